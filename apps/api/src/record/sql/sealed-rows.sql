-- Every sealed value of some cases with the ids it is bound to, as JSON by table, and the wrapped keys: what sealing anew works on.
-- One statement, so that values and keys are of one moment. Rows without a sealed value are left out.
-- @param {Uuid[]} $1:cases  the cases
SELECT json_build_object(
  'case_key', (SELECT json_agg(r) FROM case_key r WHERE r.case_id = ANY ($1::uuid[])),
  'person', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'born_edtf', r.born_edtf, 'gender_self', r.gender_self)) FROM person r WHERE r.case_id = ANY ($1::uuid[]) AND (r.born_edtf IS NOT NULL OR r.gender_self IS NOT NULL)),
  'person_identity', (SELECT json_agg(json_build_object('case_id', r.case_id, 'person_id', r.person_id, 'given_names', r.given_names, 'family_names', r.family_names, 'aliases', r.aliases, 'document_type', r.document_type, 'document_number', r.document_number, 'address', r.address, 'phone', r.phone)) FROM person_identity r WHERE r.case_id = ANY ($1::uuid[]) AND (r.given_names IS NOT NULL OR r.family_names IS NOT NULL OR r.aliases IS NOT NULL OR r.document_type IS NOT NULL OR r.document_number IS NOT NULL OR r.address IS NOT NULL OR r.phone IS NOT NULL)),
  'testimony', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'text', r.text)) FROM testimony r WHERE r.case_id = ANY ($1::uuid[]) AND (r.text IS NOT NULL)),
  'note', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'text', r.text)) FROM note r WHERE r.case_id = ANY ($1::uuid[]) AND (r.text IS NOT NULL)),
  'amendment', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'restricted', r.restricted, 'before', r.before, 'after', r.after, 'reason', r.reason)) FROM amendment r WHERE r.case_id = ANY ($1::uuid[]) AND (r.before IS NOT NULL OR r.after IS NOT NULL OR r.reason IS NOT NULL)),
  'source', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'language', r.language)) FROM source r WHERE r.case_id = ANY ($1::uuid[]) AND (r.language IS NOT NULL)),
  'source_contact', (SELECT json_agg(json_build_object('case_id', r.case_id, 'source_id', r.source_id, 'name', r.name, 'phone', r.phone, 'address', r.address)) FROM source_contact r WHERE r.case_id = ANY ($1::uuid[]) AND (r.name IS NOT NULL OR r.phone IS NOT NULL OR r.address IS NOT NULL)),
  'consent', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'language', r.language)) FROM consent r WHERE r.case_id = ANY ($1::uuid[]) AND (r.language IS NOT NULL)),
  'disclosure', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'recipient', r.recipient)) FROM disclosure r WHERE r.case_id = ANY ($1::uuid[]) AND (r.recipient IS NOT NULL)),
  'verification', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'reason', r.reason)) FROM verification r WHERE r.case_id = ANY ($1::uuid[]) AND (r.reason IS NOT NULL)),
  'account_choice', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'reason', r.reason)) FROM account_choice r WHERE r.case_id = ANY ($1::uuid[]) AND (r.reason IS NOT NULL)),
  'merge', (SELECT json_agg(json_build_object('keep_id', r.keep_id, 'id', r.id, 'reason', r.reason)) FROM merge r WHERE r.keep_id = ANY ($1::uuid[]) AND (r.reason IS NOT NULL)),
  'arrest', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'force_unit', r.force_unit, 'withdrawn_for', r.withdrawn_for)) FROM arrest r WHERE r.case_id = ANY ($1::uuid[]) AND (r.force_unit IS NOT NULL OR r.withdrawn_for IS NOT NULL)),
  'custody_spell', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'section', r.section, 'withdrawn_for', r.withdrawn_for)) FROM custody_spell r WHERE r.case_id = ANY ($1::uuid[]) AND (r.section IS NOT NULL OR r.withdrawn_for IS NOT NULL)),
  'hearing', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'court', r.court, 'withdrawn_for', r.withdrawn_for)) FROM hearing r WHERE r.case_id = ANY ($1::uuid[]) AND (r.court IS NOT NULL OR r.withdrawn_for IS NOT NULL)),
  'measure', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'withdrawn_for', r.withdrawn_for)) FROM measure r WHERE r.case_id = ANY ($1::uuid[]) AND (r.withdrawn_for IS NOT NULL)),
  'charge', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'withdrawn_for', r.withdrawn_for)) FROM charge r WHERE r.case_id = ANY ($1::uuid[]) AND (r.withdrawn_for IS NOT NULL)),
  'counsel', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'withdrawn_for', r.withdrawn_for)) FROM counsel r WHERE r.case_id = ANY ($1::uuid[]) AND (r.withdrawn_for IS NOT NULL)),
  'contact', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'withdrawn_for', r.withdrawn_for)) FROM contact r WHERE r.case_id = ANY ($1::uuid[]) AND (r.withdrawn_for IS NOT NULL)),
  'remedy', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'court', r.court, 'withdrawn_for', r.withdrawn_for)) FROM remedy r WHERE r.case_id = ANY ($1::uuid[]) AND (r.court IS NOT NULL OR r.withdrawn_for IS NOT NULL)),
  'remedy_step', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'withdrawn_for', r.withdrawn_for)) FROM remedy_step r WHERE r.case_id = ANY ($1::uuid[]) AND (r.withdrawn_for IS NOT NULL)),
  'violation', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'withdrawn_for', r.withdrawn_for)) FROM violation r WHERE r.case_id = ANY ($1::uuid[]) AND (r.withdrawn_for IS NOT NULL)),
  'death', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'icd11', r.icd11, 'withdrawn_for', r.withdrawn_for)) FROM death r WHERE r.case_id = ANY ($1::uuid[]) AND (r.icd11 IS NOT NULL OR r.withdrawn_for IS NOT NULL)),
  'release', (SELECT json_agg(json_build_object('case_id', r.case_id, 'id', r.id, 'withdrawn_for', r.withdrawn_for)) FROM release r WHERE r.case_id = ANY ($1::uuid[]) AND (r.withdrawn_for IS NOT NULL))
) AS rows
