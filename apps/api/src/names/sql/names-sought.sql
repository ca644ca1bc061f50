-- Files of one organisation in whose names some words may stand, the most promising first, with what each word tells: the
-- rarer a word is as it was asked for, the more. As many people as a large register has stand for all of them.
-- @param {Uuid} $1:organisation  the organisation
-- @param {Text[]} $2:keys  stored keys to look under
-- @param {Int[]} $3:words  for which word asked for each key is
-- @param {Float[]} $4:nearnesses  how near to that word what stands there is
-- @param {Int} $5:limit  how many
WITH sought AS (
  SELECT key::bigint AS key, word, nearness FROM unnest($2::text[], $3::int[], $4::float8[]) AS s (key, word, nearness)
),
met AS (
  SELECT m.case_id, s.word, max(s.nearness) AS nearness
  FROM sought s JOIN match_key m ON m.organisation_id = $1::uuid AND m.key = s.key AND m.searched
  GROUP BY m.case_id, s.word
),
told AS (
  SELECT w.word, log(2, (2 + 100000.0 / (1 + count(met.case_id)))::numeric)::float8 AS weight
  FROM (SELECT DISTINCT word FROM sought) w LEFT JOIN met ON met.word = w.word AND met.nearness > 0.9
  GROUP BY w.word
)
SELECT met.case_id AS id, (SELECT array_agg(weight ORDER BY word) FROM told) AS weights
FROM met JOIN told ON told.word = met.word
GROUP BY met.case_id
ORDER BY sum(met.nearness * told.weight) DESC, met.case_id
LIMIT $5::int
