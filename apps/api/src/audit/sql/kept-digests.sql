-- Digests of the tree that stand side by side on one kept level; level 0 are the leaves.
-- @param {Int} $1:level  the level
-- @param {BigInt} $2:first  the first place on it
-- @param {Int} $3:count  how many
SELECT d.digest FROM (
  SELECT l.position, l.digest FROM audit_leaf l WHERE $1::int = 0 AND l.position >= $2::bigint AND l.position < $2::bigint + $3::int
  UNION ALL
  SELECT n.position, n.digest FROM audit_node n WHERE n.level = $1::int AND n.position >= $2::bigint AND n.position < $2::bigint + $3::int
) d ORDER BY d.position
