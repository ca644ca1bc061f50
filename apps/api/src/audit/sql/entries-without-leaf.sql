-- Entries that have no leaf, and whether they should have one: the last seal of this server saw them.
-- @param {Int} $1:limit  how many
WITH here AS (SELECT s.system_identifier AS server FROM pg_control_system() s),
last AS (SELECT c.seen, c.server FROM audit_checkpoint c ORDER BY c.size DESC LIMIT 1)
SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.organisation_id AS "organisationId", e.actor_id AS "actorId", e.session_id AS "sessionId",
  e.request_id AS "requestId", e.action, e.case_id AS "caseId", e.subject_id AS "subjectId", sha256(e.sealed) AS "contentDigest", e.mac,
  coalesce(pg_visible_in_snapshot(e.xid, (SELECT last.seen FROM last JOIN here USING (server))), false) AS overdue
FROM audit_entry e
WHERE NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id)
LIMIT $1::int
