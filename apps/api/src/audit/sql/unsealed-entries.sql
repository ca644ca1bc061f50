-- Audit entries that have no leaf yet, the oldest first. An entry that can be seen is committed, so each of them may be
-- sealed. What the last seal saw has its leaf and is not looked at again: only entries of transactions that began since, or
-- were under way then. On another server (after a restore) transactions are counted anew, and every entry is looked at once.
-- The leaf is asked for entry by entry: what looks like few or many to the planner is always few, and read whole the leaves
-- of years would be read each second.
-- @param {Int} $1:limit  most entries of one seal
-- @param {Text} $2:seen  the snapshot of the last seal on this server
SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.organisation_id AS "organisationId", e.actor_id AS "actorId", e.session_id AS "sessionId",
  e.request_id AS "requestId", e.action, e.case_id AS "caseId", e.subject_id AS "subjectId", sha256(e.sealed) AS "contentDigest", e.mac,
  pg_current_snapshot()::text AS seen, (SELECT s.system_identifier::text FROM pg_control_system() s) AS server
FROM audit_entry e
WHERE (e.xid >= pg_snapshot_xmax($2::text::pg_snapshot) OR e.xid = ANY (ARRAY(SELECT pg_snapshot_xip($2::text::pg_snapshot))))
  AND (SELECT l.position FROM audit_leaf l WHERE l.entry_id = e.id) IS NULL
ORDER BY e.at, e.id
LIMIT $1::int
