-- Failures in a row under one key, and for how many more seconds sign-in is delayed.
-- @param {Bytes} $1:key  keyed digest of an account name or a device
-- @param {DateTime} $2:now  this moment
SELECT failures AS "inARow", greatest(0, ceil(extract(epoch FROM until - $2::timestamptz)))::int AS seconds
FROM sign_in_throttle
WHERE key = $1::bytea
