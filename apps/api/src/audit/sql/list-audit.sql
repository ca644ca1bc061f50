-- A page of the trail of one organisation, newest first.
-- @param {Uuid} $1:organisation  the caller's organisation
-- @param {Int} $2:limit  rows, one more than the page
-- @param {DateTime} $3:afterMoment?  position: moment of the last row
-- @param {Uuid} $4:afterId?  position: id of the last row
-- @param {Text} $5:action?  only this action
-- @param {Uuid} $6:case?  only this case
-- @param {Uuid} $7:actor?  only this user
-- @param {Uuid[]} $8:cases?  only these cases
-- @param {Text[]} $9:actions?  only these actions
SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.action, e.actor_id AS "actorId", e.session_id AS "sessionId",
  e.request_id AS "requestId", e.case_id AS "caseId", e.subject_id AS "subjectId", e.sealed, s.salt
FROM audit_entry e LEFT JOIN audit_salt s ON s.entry_id = e.id
WHERE e.organisation_id = $1::uuid
  AND (e.at, e.id) < ($3::timestamptz, $4::uuid)   --? afterId
  AND e.action = $5::text   --? action
  AND e.case_id = $6::uuid   --? case
  AND e.actor_id = $7::uuid   --? actor
  AND e.case_id = ANY ($8::uuid[])   --? cases
  AND e.action = ANY ($9::text[])   --? actions
ORDER BY e.at DESC, e.id DESC
LIMIT $2::int
