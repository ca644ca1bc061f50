-- Requests for erasure of one organisation: one of them, or a page in one state, which ends first.
-- @param {Uuid} $1:organisation  the caller's organisation
-- @param {DateTime} $2:now  the moment, after which an open request is over
-- @param {Int} $3:limit  rows, one more than the page
-- @param {Text} $4:state?  only this state
-- @param {Uuid} $5:id?  only this request
-- @param {DateTime} $6:afterMoment?  position: end of the last row
-- @param {Uuid} $7:afterId?  position: id of the last row
SELECT r.id, r.case_id AS "caseId", c.number, coalesce(cardinality(r.files), 0) AS files, r.proposal_id AS "proposalId",
  to_char(r.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "askedAt", r.asked_by AS "askedBy",
  to_char(r.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt",
  CASE WHEN r.state = 'OPEN' AND r.expires_at <= $2::timestamptz THEN 'EXPIRED' ELSE r.state END AS state,
  to_char(r.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "decidedAt", r.decided_by AS "decidedBy"
FROM erasure_request r JOIN case_file c ON c.id = r.case_id
WHERE r.organisation_id = $1::uuid
  AND CASE WHEN r.state = 'OPEN' AND r.expires_at <= $2::timestamptz THEN 'EXPIRED' ELSE r.state END = $4::text   --? state
  AND r.id = $5::uuid   --? id
  AND (r.expires_at, r.id) > ($6::timestamptz, $7::uuid)   --? afterId
ORDER BY r.expires_at, r.id
LIMIT $3::int
