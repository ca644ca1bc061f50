-- Puts values sealed anew in the place of the same values sealed before. Nothing of a case changes by it, so versions stay;
-- the act that does this audits itself.
-- @param {Jsonb} $1:rows  table name to rows: the ids and the sealed columns
WITH
person_rows AS (   --? person
  UPDATE person t SET born_edtf = r.born_edtf, gender_self = r.gender_self FROM jsonb_populate_recordset(null::person, $1::jsonb -> 'person') r WHERE t.case_id = r.case_id AND t.id = r.id   --? person
),   --? person
person_identity_rows AS (   --? person_identity
  UPDATE person_identity t SET given_names = r.given_names, family_names = r.family_names, aliases = r.aliases, document_type = r.document_type, document_number = r.document_number, address = r.address, phone = r.phone FROM jsonb_populate_recordset(null::person_identity, $1::jsonb -> 'person_identity') r WHERE t.case_id = r.case_id AND t.person_id = r.person_id   --? person_identity
),   --? person_identity
testimony_rows AS (   --? testimony
  UPDATE testimony t SET text = r.text FROM jsonb_populate_recordset(null::testimony, $1::jsonb -> 'testimony') r WHERE t.case_id = r.case_id AND t.id = r.id   --? testimony
),   --? testimony
note_rows AS (   --? note
  UPDATE note t SET text = r.text FROM jsonb_populate_recordset(null::note, $1::jsonb -> 'note') r WHERE t.case_id = r.case_id AND t.id = r.id   --? note
),   --? note
amendment_rows AS (   --? amendment
  UPDATE amendment t SET before = r.before, after = r.after, reason = r.reason FROM jsonb_populate_recordset(null::amendment, $1::jsonb -> 'amendment') r WHERE t.case_id = r.case_id AND t.id = r.id   --? amendment
),   --? amendment
source_rows AS (   --? source
  UPDATE source t SET language = r.language FROM jsonb_populate_recordset(null::source, $1::jsonb -> 'source') r WHERE t.case_id = r.case_id AND t.id = r.id   --? source
),   --? source
source_contact_rows AS (   --? source_contact
  UPDATE source_contact t SET name = r.name, phone = r.phone, address = r.address FROM jsonb_populate_recordset(null::source_contact, $1::jsonb -> 'source_contact') r WHERE t.case_id = r.case_id AND t.source_id = r.source_id   --? source_contact
),   --? source_contact
consent_rows AS (   --? consent
  UPDATE consent t SET language = r.language FROM jsonb_populate_recordset(null::consent, $1::jsonb -> 'consent') r WHERE t.case_id = r.case_id AND t.id = r.id   --? consent
),   --? consent
disclosure_rows AS (   --? disclosure
  UPDATE disclosure t SET recipient = r.recipient FROM jsonb_populate_recordset(null::disclosure, $1::jsonb -> 'disclosure') r WHERE t.case_id = r.case_id AND t.id = r.id   --? disclosure
),   --? disclosure
verification_rows AS (   --? verification
  UPDATE verification t SET reason = r.reason FROM jsonb_populate_recordset(null::verification, $1::jsonb -> 'verification') r WHERE t.case_id = r.case_id AND t.id = r.id   --? verification
),   --? verification
account_choice_rows AS (   --? account_choice
  UPDATE account_choice t SET reason = r.reason FROM jsonb_populate_recordset(null::account_choice, $1::jsonb -> 'account_choice') r WHERE t.case_id = r.case_id AND t.id = r.id   --? account_choice
),   --? account_choice
merge_rows AS (   --? merge
  UPDATE merge t SET reason = r.reason FROM jsonb_populate_recordset(null::merge, $1::jsonb -> 'merge') r WHERE t.keep_id = r.keep_id AND t.id = r.id   --? merge
),   --? merge
arrest_rows AS (   --? arrest
  UPDATE arrest t SET force_unit = r.force_unit, withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::arrest, $1::jsonb -> 'arrest') r WHERE t.case_id = r.case_id AND t.id = r.id   --? arrest
),   --? arrest
custody_spell_rows AS (   --? custody_spell
  UPDATE custody_spell t SET section = r.section, withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::custody_spell, $1::jsonb -> 'custody_spell') r WHERE t.case_id = r.case_id AND t.id = r.id   --? custody_spell
),   --? custody_spell
hearing_rows AS (   --? hearing
  UPDATE hearing t SET court = r.court, withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::hearing, $1::jsonb -> 'hearing') r WHERE t.case_id = r.case_id AND t.id = r.id   --? hearing
),   --? hearing
measure_rows AS (   --? measure
  UPDATE measure t SET withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::measure, $1::jsonb -> 'measure') r WHERE t.case_id = r.case_id AND t.id = r.id   --? measure
),   --? measure
charge_rows AS (   --? charge
  UPDATE charge t SET withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::charge, $1::jsonb -> 'charge') r WHERE t.case_id = r.case_id AND t.id = r.id   --? charge
),   --? charge
counsel_rows AS (   --? counsel
  UPDATE counsel t SET withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::counsel, $1::jsonb -> 'counsel') r WHERE t.case_id = r.case_id AND t.id = r.id   --? counsel
),   --? counsel
contact_rows AS (   --? contact
  UPDATE contact t SET withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::contact, $1::jsonb -> 'contact') r WHERE t.case_id = r.case_id AND t.id = r.id   --? contact
),   --? contact
remedy_rows AS (   --? remedy
  UPDATE remedy t SET court = r.court, withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::remedy, $1::jsonb -> 'remedy') r WHERE t.case_id = r.case_id AND t.id = r.id   --? remedy
),   --? remedy
remedy_step_rows AS (   --? remedy_step
  UPDATE remedy_step t SET withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::remedy_step, $1::jsonb -> 'remedy_step') r WHERE t.case_id = r.case_id AND t.id = r.id   --? remedy_step
),   --? remedy_step
violation_rows AS (   --? violation
  UPDATE violation t SET withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::violation, $1::jsonb -> 'violation') r WHERE t.case_id = r.case_id AND t.id = r.id   --? violation
),   --? violation
death_rows AS (   --? death
  UPDATE death t SET icd11 = r.icd11, withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::death, $1::jsonb -> 'death') r WHERE t.case_id = r.case_id AND t.id = r.id   --? death
),   --? death
release_rows AS (   --? release
  UPDATE release t SET withdrawn_for = r.withdrawn_for FROM jsonb_populate_recordset(null::release, $1::jsonb -> 'release') r WHERE t.case_id = r.case_id AND t.id = r.id   --? release
),   --? release
done AS (SELECT 1)
SELECT count(*)::int AS done FROM done
