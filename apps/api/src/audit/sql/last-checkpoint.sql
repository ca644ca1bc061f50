-- The last checkpoint of the trail, and from where the next seal goes on.
SELECT c.size::float8 AS size, c.note, c.frontier, c.horizon::text AS horizon FROM audit_checkpoint c ORDER BY c.size DESC LIMIT 1
