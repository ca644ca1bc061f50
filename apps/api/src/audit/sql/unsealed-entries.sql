-- Audit entries that have no leaf yet, the oldest first. An entry that can be seen is committed, so each of them may be
-- sealed. Entries of transactions older than the horizon of the last checkpoint all have their leaf and are not looked at
-- again; on another server (after a restore) transactions are counted anew, and every entry is looked at once.
-- @param {Int} $1:limit  most entries of one seal
WITH here AS (SELECT s.system_identifier AS server FROM pg_control_system() s),
last AS (SELECT c.horizon, c.server FROM audit_checkpoint c ORDER BY c.size DESC LIMIT 1)
SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.organisation_id AS "organisationId", e.actor_id AS "actorId", e.session_id AS "sessionId",
  e.request_id AS "requestId", e.action, e.case_id AS "caseId", e.subject_id AS "subjectId", sha256(e.sealed) AS "contentDigest", e.mac,
  pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, (SELECT here.server::text FROM here) AS server
FROM audit_entry e
WHERE e.xid >= coalesce((SELECT last.horizon FROM last JOIN here USING (server)), '0'::xid8)
  AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id)
ORDER BY e.at, e.id
LIMIT $1::int
