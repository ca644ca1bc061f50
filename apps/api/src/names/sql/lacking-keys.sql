-- Files without any stored key, those after one, in order; locked on demand, so that nobody amends them while their keys
-- are made. Whether a file has one is asked file by file, by the index: there may be millions of keys.
-- @param {Uuid} $1:after  the last file that was looked at
-- @param {Int} $2:limit  how many
SELECT c.id FROM case_file c
LEFT JOIN LATERAL (SELECT true AS stored FROM match_key WHERE case_id = c.id LIMIT 1) k ON true
WHERE c.id > $1::uuid AND c.erased_at IS NULL AND k.stored IS NULL
ORDER BY c.id LIMIT $2::int
FOR UPDATE OF c   --? locked
