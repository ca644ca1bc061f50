-- Files of one organisation that share a stored key with some files: worth comparing, nothing more. Of each file those
-- that share the rarest keys, and not more than so many. Keys that very many files share say little and are passed over.
-- @param {Uuid} $1:organisation  the organisation
-- @param {Uuid[]} $2:cases  files to look from
-- @param {Int} $3:mostSharing  a key shared by more files than this is passed over
-- @param {Int} $4:mostPartners  so many files at most for each file to look from
SELECT met."from", met."to" FROM (
  SELECT k.case_id AS "from", o.case_id AS "to",
    row_number() OVER (PARTITION BY k.case_id ORDER BY sum(1.0 / o.sharing) DESC, o.case_id) AS place
  FROM match_key k
  CROSS JOIN LATERAL (
    SELECT m.case_id, count(*) OVER () AS sharing FROM (
      SELECT case_id FROM match_key WHERE organisation_id = $1::uuid AND key = k.key LIMIT $3::int + 1
    ) m
  ) o
  WHERE k.organisation_id = $1::uuid AND k.case_id = ANY ($2::uuid[]) AND NOT k.searched AND o.case_id <> k.case_id AND o.sharing <= $3::int
  GROUP BY k.case_id, o.case_id
) met
WHERE met.place <= $4::int
