-- A page of the refused cells of one import, in the order of the file.
-- @param {Uuid} $1:job  the import
-- @param {Int} $2:limit  rows, one more than the page
-- @param {Int} $3:afterRow?  position: row of the last one
-- @param {Int} $4:afterPosition?  position: its place within the row
SELECT f.row, f.position, f."column", f.code, f.external_id AS "externalId"
FROM import_fault f
WHERE f.job_id = $1::uuid
  AND (f.row, f.position) > ($3::int, $4::int)   --? afterRow
ORDER BY f.row, f.position
LIMIT $2::int
