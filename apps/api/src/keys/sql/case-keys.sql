-- The wrapped data keys of some cases.
-- @param {Uuid[]} $1:cases  the cases
SELECT k.case_id, k.class, k.version, k.wrapped_by, k.blob::text AS blob FROM case_key k WHERE k.case_id = ANY ($1::uuid[])
