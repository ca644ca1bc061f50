-- Records a case with person, names, arrest, source and consents in one statement: no trail, no facts, no retry key,
-- no search for duplicates, and no sealing: a prefix lets it past the rule that sealed columns take nothing else. This is what the benchmark compares with; the service never runs it.
-- @param {Bytes} $1:token  SHA-256 of the access token
-- @param {Text} $2:number  number of the case
-- @param {Jsonb} $3:body  the case as it was sent
-- @param {DateTime} $4:from  first moment of the day of arrest, venue time
-- @param {DateTime} $5:to  its last minute
WITH who AS (
  SELECT u.id, u.organisation_id, u.office_id FROM access_token k
  JOIN session_family m ON m.id = k.family_id AND m.ended_at IS NULL
  JOIN app_user u ON u.id = m.user_id
  WHERE k.hash = $1::bytea AND k.expires_at > now()
),
made AS (
  INSERT INTO case_file (id, organisation_id, office_id, country, number, external_id, version, recorded_at, recorded_by)
  SELECT gen_random_uuid(), organisation_id, office_id, 'SV', $2::text, $3::jsonb ->> 'externalId', 1, now(), id FROM who
  RETURNING id, organisation_id, recorded_by
),
numbered AS (INSERT INTO case_number (number, case_id) SELECT $2::text, id FROM made),
named AS (INSERT INTO external_id (organisation_id, external_id, case_id) SELECT organisation_id, $3::jsonb ->> 'externalId', id FROM made),
human AS (
  INSERT INTO person (case_id, id, code, sex, age_at_arrest, occupation, vulnerabilities)
  SELECT id, gen_random_uuid(), $2::text, $3::jsonb #>> '{person,sex}', ($3::jsonb #>> '{person,ageAtArrest}')::smallint, $3::jsonb #>> '{person,occupation}', '{}' FROM made
  RETURNING case_id, id
),
identity AS (
  INSERT INTO person_identity (case_id, person_id, given_names, family_names, document_number)
  SELECT case_id, id, 'v1:' || ($3::jsonb #>> '{person,identity,givenNames}'), 'v1:' || ($3::jsonb #>> '{person,identity,familyNames}'), 'v1:' || ($3::jsonb #>> '{person,identity,documentNumber}') FROM human
),
told AS (
  INSERT INTO source (case_id, id, type, relation, reliability, credibility, recorded_at, recorded_by)
  SELECT id, gen_random_uuid(), $3::jsonb #>> '{source,type}', $3::jsonb #>> '{source,relation}', $3::jsonb #>> '{source,reliability}', $3::jsonb #>> '{source,credibility}', now(), recorded_by FROM made
  RETURNING case_id, id
),
taken AS (
  INSERT INTO arrest (case_id, id, source_id, at_edtf, at_precision, at_earliest, at_latest, area, legal_ground, bases, bases_stated, bases_observed, forces, setting, conduct, emergency_regime, charges_at_arrest, recorded_at, recorded_by)
  SELECT made.id, gen_random_uuid(), told.id, $3::jsonb #>> '{arrest,at}', 'DAY', $4::timestamp, $5::timestamp, $3::jsonb #>> '{arrest,area}', $3::jsonb #>> '{arrest,legalGround}',
    ARRAY(SELECT jsonb_array_elements_text($3::jsonb #> '{arrest,bases}')), '{}', '{}', ARRAY(SELECT jsonb_array_elements_text($3::jsonb #> '{arrest,forces}')), 'UNKNOWN', '{}',
    $3::jsonb #>> '{arrest,emergencyRegime}', ARRAY(SELECT jsonb_array_elements_text($3::jsonb #> '{arrest,chargesAtArrest}')), now(), made.recorded_by
  FROM made JOIN told ON told.case_id = made.id
),
testified AS (INSERT INTO testimony (case_id, id, text, recorded_at, recorded_by) SELECT id, gen_random_uuid(), 'v1:' || ($3::jsonb ->> 'narrative'), now(), recorded_by FROM made),
consented AS (
  INSERT INTO consent (case_id, id, position, use, state, giver, form, recorded_at, recorded_by)
  SELECT made.id, gen_random_uuid(), (n.ordinality - 1)::smallint, n.use, 'GIVEN', 'UNKNOWN', 'UNKNOWN', now(), made.recorded_by
  FROM made CROSS JOIN jsonb_array_elements_text($3::jsonb -> 'consents') WITH ORDINALITY AS n(use, ordinality)
)
SELECT json_build_object('id', id, 'number', $2::text)::text AS body FROM made
