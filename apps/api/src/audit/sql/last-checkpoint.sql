-- The last checkpoint of the trail, and what had been seen by then: nothing where another server counted transactions.
SELECT c.size::float8 AS size, c.note, c.frontier, CASE WHEN c.server = s.system_identifier THEN c.seen::text ELSE '1:1:' END AS seen
FROM audit_checkpoint c CROSS JOIN pg_control_system() s ORDER BY c.size DESC LIMIT 1
