-- A page of the alerts of one organisation, newest first.
-- @param {Uuid} $1:organisation  the caller's organisation
-- @param {Int} $2:limit  rows, one more than the page
-- @param {DateTime} $3:afterMoment?  position: moment of the last row
-- @param {Uuid} $4:afterId?  position: id of the last row
-- @param {Text[]} $5:kinds?  only these kinds
SELECT a.id, a.kind, a.subject_id AS "subjectId", to_char(a.raised_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "raisedAt",
  to_char(a.seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "seenAt", a.seen_by AS "seenBy"
FROM alert a
WHERE a.organisation_id = $1::uuid
  AND (a.raised_at, a.id) < ($3::timestamptz, $4::uuid)   --? afterId
  AND a.kind = ANY ($5::text[])   --? kinds
ORDER BY a.raised_at DESC, a.id DESC
LIMIT $2::int
