-- Takes one attempt at a challenge: the row while it is open, or nothing when it was answered, ran out, or was tried too often.
-- Not an act on case data and not audited: what follows from the answer is.
-- @param {Bytes} $1:hash  SHA-256 of the challenge token
-- @param {Text} $2:kind  what was asked
-- @param {DateTime} $3:now  this moment
-- @param {Int} $4:attempts  how often it may be tried
UPDATE sign_in_challenge SET attempts = attempts + 1
WHERE hash = $1::bytea AND kind = $2::text AND used_at IS NULL AND expires_at > $3::timestamptz AND attempts < $4::int
RETURNING user_id AS "userId", acting_id AS "actingId", question
