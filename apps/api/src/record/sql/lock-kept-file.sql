-- Locks a kept file, so that an act on the person comes before or after whoever holds the lock. No row when the file was
-- merged into another one meanwhile: its facts stand under that one.
-- @param {Uuid} $1:kept  the kept file
SELECT f.id FROM case_file f WHERE f.id = $1::uuid AND f.merged_into IS NULL FOR UPDATE
