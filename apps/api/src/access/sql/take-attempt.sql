-- Takes one attempt out of the bucket of an address or a network, and answers 0; or takes none and answers for how many
-- seconds there is none.
-- Not an act on case data and not audited: the failed sign-in itself is.
-- @param {Bytes} $1:key  keyed digest
-- @param {DateTime} $2:now  this moment
-- @param {Float} $3:capacity  attempts in a full bucket
-- @param {Float} $4:perSecond  attempts that come back in a second
WITH taken AS (
  INSERT INTO sign_in_bucket AS b (key, tokens, at)
  VALUES ($1, $3::float8 - 1, $2::timestamptz)
  ON CONFLICT (key) DO UPDATE SET
    tokens = least($3::float8, b.tokens + greatest(0, extract(epoch FROM $2::timestamptz - b.at)) * $4::float8) - 1,
    at = $2::timestamptz
  WHERE b.tokens + greatest(0, extract(epoch FROM $2::timestamptz - b.at)) * $4::float8 >= 1
  RETURNING 0 AS seconds
)
SELECT seconds FROM taken
UNION ALL
SELECT greatest(1, ceil((1 - b.tokens - greatest(0, extract(epoch FROM $2::timestamptz - b.at)) * $4::float8) / $4::float8))::int
FROM sign_in_bucket b WHERE b.key = $1 AND NOT EXISTS (SELECT FROM taken)
