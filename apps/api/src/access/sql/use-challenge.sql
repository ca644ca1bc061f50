-- Uses a challenge up: one row the first time, none after.
-- Not an act on case data and not audited: what follows from the answer is.
-- @param {Bytes} $1:hash  SHA-256 of the challenge token
-- @param {DateTime} $2:now  this moment
UPDATE sign_in_challenge SET used_at = $2::timestamptz WHERE hash = $1::bytea AND used_at IS NULL RETURNING kind
