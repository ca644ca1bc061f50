-- Whoever holds a live access token, with the roles they have at this moment.
-- @param {Bytes} $1:hash  SHA-256 of the token
SELECT user_id AS "userId", family_id AS "sessionId", organisation_id AS "organisationId", organisation_no AS "organisationNo",
       acronym, country, office_id AS "officeId", office_no AS "officeNo", roles,
       extract(epoch FROM now() - authenticated_at)::float8 AS "provenSecondsAgo", factor_since IS NOT NULL AS "hasFactor", scopes, addresses,
       app.stamp_of(live_session) AS stamp
FROM live_session
WHERE hash = $1
