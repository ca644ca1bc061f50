-- Checkpoints by size, behind one size.
-- @param {BigInt} $1:after  the size of the last one read
-- @param {BigInt} $2:end  the largest size
-- @param {Int} $3:limit  how many
SELECT c.size::float8 AS size, c.note, c.frontier FROM audit_checkpoint c
WHERE c.size > $1::bigint AND c.size <= $2::bigint
ORDER BY c.size
LIMIT $3::int
