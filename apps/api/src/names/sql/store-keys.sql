-- Stores the keys of some files; the act that has locked them is audited.
-- @param {Jsonb} $1:keys  rows of match_key
INSERT INTO match_key (organisation_id, key, case_id, searched)
SELECT r.organisation_id, r.key, r.case_id, r.searched FROM jsonb_populate_recordset(null::match_key, $1::jsonb) r
ON CONFLICT DO NOTHING
