-- How far the trail reaches; how many kept subtrees reach further, which would keep the next seals from being written; how
-- many entries can no longer be read because the key of their content was destroyed.
WITH extent AS (SELECT greatest((SELECT coalesce(max(c.size), 0) FROM audit_checkpoint c), (SELECT coalesce(max(l.position) + 1, 0) FROM audit_leaf l)) AS size)
SELECT x.size::float8 AS size,
  (SELECT count(*) FROM audit_node n WHERE (n.position + 1) << n.level::int > x.size OR n.position < 0 OR n.level NOT BETWEEN 1 AND 62)::float8 AS beyond,
  (SELECT count(*) FROM audit_entry e WHERE e.sealed IS NOT NULL AND e.case_id IS NOT NULL AND NOT EXISTS (SELECT FROM audit_salt s WHERE s.entry_id = e.id))::float8 AS stubs
FROM extent x
