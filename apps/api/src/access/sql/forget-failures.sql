-- A successful sign-in clears the delay of its account. Not audited here: the sign-in itself is.
-- @param {Bytes} $1:key  keyed digest of the account name
DELETE FROM sign_in_throttle WHERE key = $1
