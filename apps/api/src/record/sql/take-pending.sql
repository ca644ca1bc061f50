-- Some cases that wait to be sealed anew, locked so that no other process takes them and no act changes them meanwhile.
-- @param {Int} $1:limit  how many
SELECT c.id, c.organisation_id AS "organisationId", p.reason
FROM reseal_pending p JOIN case_file c ON c.id = p.case_id
ORDER BY p.reason DESC, p.case_id LIMIT $1::int
FOR UPDATE OF p, c SKIP LOCKED
