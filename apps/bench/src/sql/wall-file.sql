-- What happened to one person, as far as whoever asks may see it: the events of a file, table by table, each with its own policy.
-- @param {Uuid} $1:case  the case
SELECT json_build_object(
  'arrests', (SELECT json_agg(r) FROM arrest r WHERE r.case_id = $1::uuid), 'spells', (SELECT json_agg(r) FROM custody_spell r WHERE r.case_id = $1::uuid),
  'hearings', (SELECT json_agg(r) FROM hearing r WHERE r.case_id = $1::uuid), 'measures', (SELECT json_agg(r) FROM measure r WHERE r.case_id = $1::uuid),
  'contacts', (SELECT json_agg(r) FROM contact r WHERE r.case_id = $1::uuid), 'deaths', (SELECT json_agg(r) FROM death r WHERE r.case_id = $1::uuid),
  'releases', (SELECT json_agg(r) FROM release r WHERE r.case_id = $1::uuid), 'sources', (SELECT json_agg(r) FROM source r WHERE r.case_id = $1::uuid))::text AS body
FROM case_file c WHERE c.id = $1::uuid
