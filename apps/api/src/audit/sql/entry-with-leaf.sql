-- One audit entry as its receipt states it, and its place in the tree; no row where there is no such entry or no leaf yet.
-- @param {Uuid} $1:entry  the entry
-- @param {Uuid} $2:organisation?  only an entry of this organisation
SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.organisation_id AS "organisationId", e.actor_id AS "actorId", e.session_id AS "sessionId",
  e.request_id AS "requestId", e.action, e.case_id AS "caseId", e.subject_id AS "subjectId", sha256(e.sealed) AS "contentDigest", e.mac, l.position::float8 AS position
FROM audit_entry e LEFT JOIN audit_leaf l ON l.entry_id = e.id
WHERE e.id = $1::uuid
  AND e.organisation_id = $2::uuid   --? organisation
