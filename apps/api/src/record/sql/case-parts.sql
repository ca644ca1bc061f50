-- Everything recorded in some files, as JSON by table: what the reading of a person is made from.
-- @param {Uuid[]} $1:cases  the files, the kept one first
SELECT json_build_object(
  'files', (SELECT json_agg(r) FROM case_file r WHERE r.id = ANY ($1::uuid[])),
  'case_key', (SELECT json_agg(r) FROM case_key r WHERE r.case_id = ANY ($1::uuid[])),
  'arrest', (SELECT json_agg(r) FROM arrest r WHERE r.case_id = ANY ($1::uuid[])),
  'custody_spell', (SELECT json_agg(r) FROM custody_spell r WHERE r.case_id = ANY ($1::uuid[])),
  'hearing', (SELECT json_agg(r) FROM hearing r WHERE r.case_id = ANY ($1::uuid[])),
  'measure', (SELECT json_agg(r) FROM measure r WHERE r.case_id = ANY ($1::uuid[])),
  'charge', (SELECT json_agg(r) FROM charge r WHERE r.case_id = ANY ($1::uuid[])),
  'counsel', (SELECT json_agg(r) FROM counsel r WHERE r.case_id = ANY ($1::uuid[])),
  'contact', (SELECT json_agg(r) FROM contact r WHERE r.case_id = ANY ($1::uuid[])),
  'remedy', (SELECT json_agg(r) FROM remedy r WHERE r.case_id = ANY ($1::uuid[])),
  'remedy_step', (SELECT json_agg(r) FROM remedy_step r WHERE r.case_id = ANY ($1::uuid[])),
  'violation', (SELECT json_agg(r) FROM violation r WHERE r.case_id = ANY ($1::uuid[])),
  'death', (SELECT json_agg(r) FROM death r WHERE r.case_id = ANY ($1::uuid[])),
  'death_sign', (SELECT json_agg(r ORDER BY r.ctid) FROM death_sign r WHERE r.case_id = ANY ($1::uuid[])),
  'release', (SELECT json_agg(r) FROM release r WHERE r.case_id = ANY ($1::uuid[])),
  'account_choice', (SELECT json_agg(r) FROM account_choice r WHERE r.case_id = ANY ($1::uuid[])),
  'source', (SELECT json_agg(r) FROM source r WHERE r.case_id = ANY ($1::uuid[])),
  'consent', (SELECT json_agg(r) FROM consent r WHERE r.case_id = ANY ($1::uuid[])),
  'verification', (SELECT json_agg(r) FROM verification r WHERE r.case_id = ANY ($1::uuid[])),
  'person', (SELECT json_agg(r) FROM person r WHERE r.case_id = ANY ($1::uuid[]))
) AS parts
