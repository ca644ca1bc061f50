-- Files merged into a kept one, directly or through others, nearest first.
-- @param {Uuid} $1:kept  the kept file
WITH RECURSIVE person AS (
  SELECT id, 1 AS depth FROM case_file WHERE merged_into = $1::uuid
  UNION
  SELECT f.id, person.depth + 1 FROM case_file f JOIN person ON f.merged_into = person.id
)
SELECT f.id, f.country, o.no AS "officeNo", g.no AS "organisationNo"
FROM person p JOIN case_file f ON f.id = p.id JOIN office o ON o.id = f.office_id JOIN organisation g ON g.id = f.organisation_id
ORDER BY p.depth, f.recorded_at, f.id
