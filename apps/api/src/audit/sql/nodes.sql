-- Kept subtrees by where they end and by level, behind one of them.
-- @param {BigInt} $1:afterEnd  where the last one read ends
-- @param {Int} $2:afterLevel  and its level
-- @param {BigInt} $3:end  the largest end
-- @param {Int} $4:limit  how many
SELECT n.level::int AS level, n.position::float8 AS position, n.digest FROM audit_node n
WHERE n.position >= 0 AND ((n.position + 1) << n.level::int) <= $3::bigint AND ((n.position + 1) << n.level::int, n.level::int) > ($1::bigint, $2::int)
ORDER BY (n.position + 1) << n.level::int, n.level
LIMIT $4::int
