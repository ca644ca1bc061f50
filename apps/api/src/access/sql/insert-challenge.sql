-- Keeps what was asked, and forgets what ran out an hour ago.
-- Not an act on case data and not audited: what follows from the answer is.
-- @param {Bytes} $1:hash  SHA-256 of the challenge token
-- @param {Text} $2:kind  what was asked
-- @param {Uuid} $3:user?  whose factors answer it
-- @param {Uuid} $4:acting?  as whom the session begins
-- @param {Text} $5:question?  the bytes to sign, or nonce and verifier
-- @param {DateTime} $6:expiresAt  until when it may be answered
-- @param {DateTime} $7:now  this moment
WITH old AS (DELETE FROM sign_in_challenge WHERE expires_at < $7::timestamptz - interval '1 hour')
INSERT INTO sign_in_challenge (hash, kind, user_id, acting_id, question, expires_at)
VALUES ($1::bytea, $2::text, $3::uuid, $4::uuid, $5::text, $6::timestamptz)
