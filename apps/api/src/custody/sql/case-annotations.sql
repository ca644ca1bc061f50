-- Notes and amendments of some files, as JSON by table, sealed, with the wrapped keys of that moment.
-- @param {Uuid[]} $1:cases  the files
SELECT json_build_object(
  'keys', (SELECT json_agg(r) FROM case_key r WHERE r.case_id = ANY ($1::uuid[])),
  'notes', (SELECT coalesce(json_agg(r), '[]'::json) FROM note r WHERE r.case_id = ANY ($1::uuid[])),
  'amendments', (SELECT coalesce(json_agg(r), '[]'::json) FROM amendment r WHERE r.case_id = ANY ($1::uuid[]))
) AS annotations
