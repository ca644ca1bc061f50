-- Notes when a program's token was used, to the minute. Not an act: what the program does with it audits itself.
-- @param {Uuid} $1:token  the token
-- @param {DateTime} $2:now  this moment
UPDATE service_token SET last_used_at = $2::timestamptz
WHERE id = $1::uuid AND revoked_at IS NULL AND (last_used_at IS NULL OR last_used_at <= $2::timestamptz - interval '1 minute')
