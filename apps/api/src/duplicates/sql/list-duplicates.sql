-- A page of suggested duplicates of one organisation, the most probable first.
-- @param {Uuid} $1:organisation  the organisation
-- @param {Text} $2:state  open, merged or different
-- @param {Int} $3:limit  rows, one more than the page
-- @param {Float} $4:afterScore?  position: score of the last row
-- @param {Uuid} $5:afterId?  position: id of the last row
SELECT d.id, d.score, d.reasons, d.state, a.id AS "aId", a.external_id AS "aExternalId", a.number AS "aNumber", b.id AS "bId", b.external_id AS "bExternalId", b.number AS "bNumber"
FROM duplicate_candidate d JOIN case_file a ON a.id = d.a_id JOIN case_file b ON b.id = d.b_id
WHERE d.organisation_id = $1::uuid AND d.state = $2::text
  AND (d.score < $4::real OR (d.score = $4::real AND d.id > $5::uuid))   --? afterId
ORDER BY d.score DESC, d.id
LIMIT $3::int
