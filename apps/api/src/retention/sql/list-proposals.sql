-- A page of erasure proposals of one organisation in one state, longest due first.
-- @param {Uuid} $1:organisation  the caller's organisation
-- @param {Text} $2:state  only this state
-- @param {Int} $3:limit  rows, one more than the page
-- @param {Date} $4:afterDay?  position: day of the last row
-- @param {Uuid} $5:afterId?  position: id of the last row
SELECT p.id, p.case_id AS "caseId", c.number, p.class, p.closed_on::text AS "closedOn", p.due_on::text AS "dueOn", p.state,
  to_char(p.proposed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "proposedAt", p.decided_by AS "decidedBy"
FROM erasure_proposal p JOIN case_file c ON c.id = p.case_id
WHERE p.organisation_id = $1::uuid AND p.state = $2::text AND (p.state <> 'OPEN' OR c.erased_at IS NULL)
  AND (p.due_on, p.id) > ($4::date, $5::uuid)   --? afterId
ORDER BY p.due_on, p.id
LIMIT $3::int
