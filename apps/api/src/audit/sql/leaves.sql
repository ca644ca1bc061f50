-- Leaves by their place, each with the entry that it was made from.
-- @param {BigInt} $1:first  the first place
-- @param {BigInt} $2:end  the place behind the last one
-- @param {Int} $3:limit  how many
SELECT l.position::float8 AS position, l.entry_id AS "entryId", l.digest, e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  e.organisation_id AS "organisationId", e.actor_id AS "actorId", e.session_id AS "sessionId", e.request_id AS "requestId", e.action,
  e.case_id AS "caseId", e.subject_id AS "subjectId", sha256(e.sealed) AS "contentDigest", e.mac
FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id
WHERE l.position >= $1::bigint AND l.position < $2::bigint
ORDER BY l.position
LIMIT $3::int
