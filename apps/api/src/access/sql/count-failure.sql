-- One more failed sign-in for a key; beyond the free ones the delay doubles. A day without failures forgets them, unless
-- there were so many in a row that only a passkey or a recovery code opens the password again.
-- Not an act on case data and not audited here: the failed sign-in itself is.
-- @param {Bytes} $1:key  keyed digest
-- @param {DateTime} $2:now  this moment
-- @param {Int} $3:free  failures that cost nothing
-- @param {Int} $4:first  the first delay in seconds
-- @param {Int} $5:longest  the longest delay in seconds
-- @param {Int} $6:inARow  failures that close the password
INSERT INTO sign_in_throttle AS t (key, failures, until, seen_at)
VALUES ($1, 1, $2::timestamptz, $2::timestamptz)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN t.seen_at < $2::timestamptz - interval '1 day' AND t.failures < $6::int THEN 1 ELSE t.failures + 1 END,
  seen_at = $2::timestamptz,
  until = $2::timestamptz + make_interval(secs => CASE
    WHEN t.seen_at < $2::timestamptz - interval '1 day' AND t.failures < $6::int OR t.failures + 1 <= $3::int THEN 0
    ELSE least($5::int, $4::int * power(2, least(t.failures - $3::int, 20)))
  END)
