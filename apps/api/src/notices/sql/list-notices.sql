-- A page of the notices of one organisation, latest first, with the number of the case and the name of whoever it is about.
-- @param {Uuid} $1:organisation  the caller's organisation
-- @param {Int} $2:limit  rows, one more than the page
-- @param {DateTime} $3:afterMoment?  position: moment of the last row
-- @param {Uuid} $4:afterId?  position: id of the last row
SELECT n.id, n.kind, n.case_id AS "caseId", c.number, n.user_id AS "userId", u.display_name AS "displayName", n.subject_id AS "subjectId",
  to_char(n.raised_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "raisedAt",
  to_char(n.acknowledged_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "acknowledgedAt", n.acknowledged_by AS "acknowledgedBy"
FROM case_notice n LEFT JOIN case_file c ON c.id = n.case_id LEFT JOIN app_user u ON u.id = n.user_id
WHERE n.organisation_id = $1::uuid
  AND n.acknowledged_at IS NULL   --? open
  AND (n.raised_at, n.id) < ($3::timestamptz, $4::uuid)   --? afterId
ORDER BY n.raised_at DESC, n.id DESC
LIMIT $2::int
