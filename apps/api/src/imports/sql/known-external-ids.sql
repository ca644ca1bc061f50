-- Which external ids of one organisation are on record, with the digest of what was first recorded under them.
-- @param {Uuid} $1:organisation  the organisation
-- @param {Text[]} $2:ids  external ids
SELECT x.external_id AS "externalId", encode(c.content_digest, 'hex') AS digest
FROM external_id x JOIN case_file c ON c.id = x.case_id
WHERE x.organisation_id = $1::uuid AND x.external_id = ANY ($2::text[])
