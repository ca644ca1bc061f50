-- Writes the rows of one or many cases, with their narrow facts and their audit rows, as one statement: all or nothing.
-- Recording over HTTP gives a retry key: nothing is written unless it is new. Imports and later events give none,
-- because they run inside `write`. Whose session it is, and that it is live, is proven before (libs/database).
-- @param {Jsonb} $1:rows  table name to rows, columns as in the table
-- @param {Jsonb} $2:audit  audit rows, signed; those about a case with the salt of their content
-- @param {Uuid} $3:user?  whose retry key it is
-- @param {Uuid} $4:key?  retry key
-- @param {Text} $5:route?  method and address of the request
-- @param {Bytes} $6:digest?  digest of the body
-- @param {Jsonb} $7:answer?  what a repeat is answered
WITH
fresh AS (   --? key
  INSERT INTO idempotency_key (user_id, key, route, digest, status, answer)   --? key
  VALUES ($3::uuid, $4::uuid, $5::text, $6::bytea, 201, $7::jsonb)   --? key
  ON CONFLICT DO NOTHING RETURNING 1   --? key
),   --? key
case_file_rows AS (   --? case_file
  INSERT INTO case_file SELECT r.* FROM jsonb_populate_recordset(null::case_file, $1::jsonb -> 'case_file') r   --? case_file
  WHERE EXISTS (SELECT FROM fresh)   --? case_file key
),   --? case_file
case_key_rows AS (   --? case_key
  INSERT INTO case_key SELECT r.* FROM jsonb_populate_recordset(null::case_key, $1::jsonb -> 'case_key') r   --? case_key
  WHERE EXISTS (SELECT FROM fresh)   --? case_key key
),   --? case_key
case_number_rows AS (   --? case_number
  INSERT INTO case_number SELECT r.* FROM jsonb_populate_recordset(null::case_number, $1::jsonb -> 'case_number') r   --? case_number
  WHERE EXISTS (SELECT FROM fresh)   --? case_number key
),   --? case_number
external_id_rows AS (   --? external_id
  INSERT INTO external_id SELECT r.* FROM jsonb_populate_recordset(null::external_id, $1::jsonb -> 'external_id') r   --? external_id
  WHERE EXISTS (SELECT FROM fresh)   --? external_id key
),   --? external_id
person_rows AS (   --? person
  INSERT INTO person SELECT r.* FROM jsonb_populate_recordset(null::person, $1::jsonb -> 'person') r   --? person
  WHERE EXISTS (SELECT FROM fresh)   --? person key
),   --? person
person_identity_rows AS (   --? person_identity
  INSERT INTO person_identity SELECT r.* FROM jsonb_populate_recordset(null::person_identity, $1::jsonb -> 'person_identity') r   --? person_identity
  WHERE EXISTS (SELECT FROM fresh)   --? person_identity key
),   --? person_identity
testimony_rows AS (   --? testimony
  INSERT INTO testimony SELECT r.* FROM jsonb_populate_recordset(null::testimony, $1::jsonb -> 'testimony') r   --? testimony
  WHERE EXISTS (SELECT FROM fresh)   --? testimony key
),   --? testimony
source_rows AS (   --? source
  INSERT INTO source SELECT r.* FROM jsonb_populate_recordset(null::source, $1::jsonb -> 'source') r   --? source
  WHERE EXISTS (SELECT FROM fresh)   --? source key
),   --? source
source_contact_rows AS (   --? source_contact
  INSERT INTO source_contact SELECT r.* FROM jsonb_populate_recordset(null::source_contact, $1::jsonb -> 'source_contact') r   --? source_contact
  WHERE EXISTS (SELECT FROM fresh)   --? source_contact key
),   --? source_contact
consent_rows AS (   --? consent
  INSERT INTO consent SELECT r.* FROM jsonb_populate_recordset(null::consent, $1::jsonb -> 'consent') r   --? consent
  WHERE EXISTS (SELECT FROM fresh)   --? consent key
),   --? consent
verification_rows AS (   --? verification
  INSERT INTO verification SELECT r.* FROM jsonb_populate_recordset(null::verification, $1::jsonb -> 'verification') r   --? verification
  WHERE EXISTS (SELECT FROM fresh)   --? verification key
),   --? verification
assignment_rows AS (   --? assignment
  INSERT INTO assignment SELECT r.* FROM jsonb_populate_recordset(null::assignment, $1::jsonb -> 'assignment') r   --? assignment
  WHERE EXISTS (SELECT FROM fresh)   --? assignment key
),   --? assignment
arrest_rows AS (   --? arrest
  INSERT INTO arrest SELECT r.* FROM jsonb_populate_recordset(null::arrest, $1::jsonb -> 'arrest') r   --? arrest
  WHERE EXISTS (SELECT FROM fresh)   --? arrest key
),   --? arrest
custody_spell_rows AS (   --? custody_spell
  INSERT INTO custody_spell SELECT r.* FROM jsonb_populate_recordset(null::custody_spell, $1::jsonb -> 'custody_spell') r   --? custody_spell
  WHERE EXISTS (SELECT FROM fresh)   --? custody_spell key
),   --? custody_spell
hearing_rows AS (   --? hearing
  INSERT INTO hearing SELECT r.* FROM jsonb_populate_recordset(null::hearing, $1::jsonb -> 'hearing') r   --? hearing
  WHERE EXISTS (SELECT FROM fresh)   --? hearing key
),   --? hearing
measure_rows AS (   --? measure
  INSERT INTO measure SELECT r.* FROM jsonb_populate_recordset(null::measure, $1::jsonb -> 'measure') r   --? measure
  WHERE EXISTS (SELECT FROM fresh)   --? measure key
),   --? measure
charge_rows AS (   --? charge
  INSERT INTO charge SELECT r.* FROM jsonb_populate_recordset(null::charge, $1::jsonb -> 'charge') r   --? charge
  WHERE EXISTS (SELECT FROM fresh)   --? charge key
),   --? charge
counsel_rows AS (   --? counsel
  INSERT INTO counsel SELECT r.* FROM jsonb_populate_recordset(null::counsel, $1::jsonb -> 'counsel') r   --? counsel
  WHERE EXISTS (SELECT FROM fresh)   --? counsel key
),   --? counsel
contact_rows AS (   --? contact
  INSERT INTO contact SELECT r.* FROM jsonb_populate_recordset(null::contact, $1::jsonb -> 'contact') r   --? contact
  WHERE EXISTS (SELECT FROM fresh)   --? contact key
),   --? contact
remedy_rows AS (   --? remedy
  INSERT INTO remedy SELECT r.* FROM jsonb_populate_recordset(null::remedy, $1::jsonb -> 'remedy') r   --? remedy
  WHERE EXISTS (SELECT FROM fresh)   --? remedy key
),   --? remedy
remedy_step_rows AS (   --? remedy_step
  INSERT INTO remedy_step SELECT r.* FROM jsonb_populate_recordset(null::remedy_step, $1::jsonb -> 'remedy_step') r   --? remedy_step
  WHERE EXISTS (SELECT FROM fresh)   --? remedy_step key
),   --? remedy_step
violation_rows AS (   --? violation
  INSERT INTO violation SELECT r.* FROM jsonb_populate_recordset(null::violation, $1::jsonb -> 'violation') r   --? violation
  WHERE EXISTS (SELECT FROM fresh)   --? violation key
),   --? violation
death_rows AS (   --? death
  INSERT INTO death SELECT r.* FROM jsonb_populate_recordset(null::death, $1::jsonb -> 'death') r   --? death
  WHERE EXISTS (SELECT FROM fresh)   --? death key
),   --? death
death_sign_rows AS (   --? death_sign
  INSERT INTO death_sign SELECT r.* FROM jsonb_populate_recordset(null::death_sign, $1::jsonb -> 'death_sign') r   --? death_sign
  WHERE EXISTS (SELECT FROM fresh)   --? death_sign key
),   --? death_sign
release_rows AS (   --? release
  INSERT INTO release SELECT r.* FROM jsonb_populate_recordset(null::release, $1::jsonb -> 'release') r   --? release
  WHERE EXISTS (SELECT FROM fresh)   --? release key
),   --? release
match_pending_rows AS (   --? match_pending
  INSERT INTO match_pending SELECT r.* FROM jsonb_populate_recordset(null::match_pending, $1::jsonb -> 'match_pending') r   --? match_pending
  WHERE EXISTS (SELECT FROM fresh)   --? match_pending key
  ON CONFLICT DO NOTHING   --? match_pending
),   --? match_pending
match_key_rows AS (   --? match_key
  INSERT INTO match_key SELECT r.* FROM jsonb_populate_recordset(null::match_key, $1::jsonb -> 'match_key') r   --? match_key
  WHERE EXISTS (SELECT FROM fresh)   --? match_key key
),   --? match_key
fact_arrest_rows AS (   --? fact_arrest
  INSERT INTO fact_arrest SELECT r.* FROM jsonb_populate_recordset(null::fact_arrest, (SELECT jsonb_agg(e || jsonb_build_object('changed', nextval('fact_change'))) FROM jsonb_array_elements($1::jsonb -> 'fact_arrest') e)) r   --? fact_arrest
  WHERE EXISTS (SELECT FROM fresh)   --? fact_arrest key
),   --? fact_arrest
fact_state_rows AS (   --? fact_state
  INSERT INTO fact_state SELECT r.* FROM jsonb_populate_recordset(null::fact_state, $1::jsonb -> 'fact_state') r   --? fact_state
  WHERE EXISTS (SELECT FROM fresh)   --? fact_state key
),   --? fact_state
fact_hearing_rows AS (   --? fact_hearing
  INSERT INTO fact_hearing SELECT r.* FROM jsonb_populate_recordset(null::fact_hearing, $1::jsonb -> 'fact_hearing') r   --? fact_hearing
  WHERE EXISTS (SELECT FROM fresh)   --? fact_hearing key
),   --? fact_hearing
fact_remedy_rows AS (   --? fact_remedy
  INSERT INTO fact_remedy SELECT r.* FROM jsonb_populate_recordset(null::fact_remedy, $1::jsonb -> 'fact_remedy') r   --? fact_remedy
  WHERE EXISTS (SELECT FROM fresh)   --? fact_remedy key
),   --? fact_remedy
fact_remedy_step_rows AS (   --? fact_remedy_step
  INSERT INTO fact_remedy_step SELECT r.* FROM jsonb_populate_recordset(null::fact_remedy_step, $1::jsonb -> 'fact_remedy_step') r   --? fact_remedy_step
  WHERE EXISTS (SELECT FROM fresh)   --? fact_remedy_step key
),   --? fact_remedy_step
fact_release_rows AS (   --? fact_release
  INSERT INTO fact_release SELECT r.* FROM jsonb_populate_recordset(null::fact_release, $1::jsonb -> 'fact_release') r   --? fact_release
  WHERE EXISTS (SELECT FROM fresh)   --? fact_release key
),   --? fact_release
fact_violation_rows AS (   --? fact_violation
  INSERT INTO fact_violation SELECT r.* FROM jsonb_populate_recordset(null::fact_violation, $1::jsonb -> 'fact_violation') r   --? fact_violation
  WHERE EXISTS (SELECT FROM fresh)   --? fact_violation key
),   --? fact_violation
fact_death_rows AS (   --? fact_death
  INSERT INTO fact_death SELECT r.* FROM jsonb_populate_recordset(null::fact_death, $1::jsonb -> 'fact_death') r   --? fact_death
  WHERE EXISTS (SELECT FROM fresh)   --? fact_death key
),   --? fact_death
salt_rows AS (   --? salted
  INSERT INTO audit_salt (entry_id, case_id, salt)   --? salted
  SELECT r.id, r.case_id, r.salt FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, case_id uuid, salt bytea)   --? salted
  WHERE r.salt IS NOT NULL   --? salted
  AND EXISTS (SELECT FROM fresh)   --? salted key
),   --? salted
trail AS (
  INSERT INTO audit_entry (id, at, organisation_id, actor_id, session_id, request_id, action, case_id, subject_id, sealed, mac)
  SELECT r.id, r.at, r.organisation_id, r.actor_id, r.session_id, r.request_id, r.action, r.case_id, r.subject_id, r.sealed, r.mac
  FROM jsonb_populate_recordset(null::audit_entry, $2::jsonb) r
  WHERE EXISTS (SELECT FROM fresh)   --? key
  RETURNING 1
)
SELECT
  EXISTS (SELECT FROM fresh) AS fresh,   --? key
  (SELECT count(*)::int FROM trail) AS audited
