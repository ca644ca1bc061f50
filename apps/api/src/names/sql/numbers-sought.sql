-- Files of one organisation that stand under a stored key of a document number.
-- @param {Uuid} $1:organisation  the organisation
-- @param {Text} $2:key  the key
-- @param {Int} $3:limit  how many
SELECT case_id AS id FROM match_key WHERE organisation_id = $1::uuid AND key = $2::text::bigint AND searched ORDER BY case_id LIMIT $3::int
