-- Files whose probable duplicates have not been looked for, of one import or of nobody's.
-- @param {Uuid} $1:job?  the import
-- @param {Int} $2:limit  how many
SELECT case_id AS "caseId", organisation_id AS "organisationId" FROM match_pending
WHERE true
  AND job_id = $1::uuid   --? job
  AND (job_id IS NULL OR since < now() - interval '1 hour')   --? others
ORDER BY organisation_id, since LIMIT $2::int
FOR UPDATE SKIP LOCKED
