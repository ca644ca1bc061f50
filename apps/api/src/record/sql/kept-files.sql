-- Files that were not merged into another one, in order of id. Erased ones keep the facts they have.
-- @param {Uuid} $1:after?  the last id of the batch before
-- @param {Int} $2:limit  size of the batch
SELECT f.id, f.country, o.no AS "officeNo", g.no AS "organisationNo"
FROM case_file f JOIN office o ON o.id = f.office_id JOIN organisation g ON g.id = f.organisation_id
WHERE f.merged_into IS NULL AND f.erased_at IS NULL
  AND f.id > $1::uuid   --? after
ORDER BY f.id LIMIT $2::int
