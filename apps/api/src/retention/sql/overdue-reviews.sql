-- A page of the cases a caller reaches whose danger was to be looked at again, longest overdue first.
-- @param {Uuid} $1:organisation  the caller's organisation
-- @param {Uuid} $2:user  the caller
-- @param {Uuid} $3:office?  the caller's office, when the role reaches its cases
-- @param {Date} $4:today  today in the caller's country
-- @param {Int} $5:limit  rows, one more than the page
-- @param {Date} $6:afterDay?  position: day of the last row
-- @param {Uuid} $7:afterId?  position: id of the last row
SELECT c.id AS "caseId", c.number, c.risk_level AS "riskLevel", c.risk_review_on::text AS "reviewOn"
FROM case_file c
WHERE c.risk_review_on < $4::date AND c.merged_into IS NULL AND c.monitoring <> 'CLOSED'
  -- @include ../../record/sql/visible-case.sql
  AND (c.risk_review_on, c.id) > ($6::date, $7::uuid)   --? afterId
ORDER BY c.risk_review_on, c.id
LIMIT $5::int
