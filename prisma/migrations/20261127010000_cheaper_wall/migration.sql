-- What policies ask costs a fifth of what it did, and every answer is now looked at the seal for by itself.

-- Functions of the wall run with the owner's rights for a login that is not the owner; the owner itself says that it is
-- at work. Asked for every table that such a function or a foreign key looks at, so it may cost nothing: looking up
-- whose the tables are took three times as long as the look-up that it guarded.
CREATE OR REPLACE FUNCTION app.at_work() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $$ SELECT current_user <> session_user OR current_setting('app.duty', true) = 'work' $$;

-- These looked at the setting beside a function that had looked at its seal. A policy asks each of them once a statement,
-- when it first needs it: between the two, whoever can send a statement could have written another setting.
CREATE OR REPLACE FUNCTION app.home() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN nullif(split_part(app.unsealed('app.caller'), '|', 4), '')::uuid; END $$;
CREATE OR REPLACE FUNCTION app.holds("role" text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN coalesce(role = ANY (string_to_array(split_part(app.unsealed('app.caller'), '|', 5), ',')), false); END $$;
CREATE OR REPLACE FUNCTION app.office() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  who text[] := string_to_array(app.unsealed('app.caller'), '|');
BEGIN
  IF 'caseworker' = ANY (string_to_array(who[5], ',')) THEN RETURN nullif(who[4], '')::uuid; END IF;
  RETURN NULL;
END
$$;

-- Cases that the caller reaches one by one: assigned to a lawyer, or to a caseworker of their office, and those opened
-- by breaking the glass. One array that is made once a statement, where a policy with two subqueries was planned into
-- every table of it.
CREATE FUNCTION app.own_cases() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who text[] := string_to_array(app.unsealed('app.caller'), '|');
  roles text[] := string_to_array(who[5], ',');
BEGIN
  IF who IS NULL OR NOT ('caseworker' = ANY (roles) OR 'lawyer' = ANY (roles)) THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT a.case_id FROM public.assignment a
    WHERE a.user_id = who[1]::uuid AND a.ended_at IS NULL
      AND ('lawyer' = ANY (roles) OR EXISTS (SELECT FROM public.case_file c WHERE c.id = a.case_id AND c.office_id = nullif(who[4], '')::uuid))
    UNION ALL
    SELECT b.case_id FROM public.break_glass b WHERE b.user_id = who[1]::uuid AND b.expires_at > now() AND b.ended_at IS NULL);
END
$$;

-- Facts carry the number of their office and not how confidential the file is; the sealed files of an office are few.
CREATE INDEX "case_file_sealed_idx" ON "case_file"("office_id") WHERE "confidentiality" = 'SEALED';
CREATE FUNCTION app.office_no() RETURNS smallint LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  who text[] := string_to_array(app.unsealed('app.caller'), '|');
BEGIN
  IF 'caseworker' = ANY (string_to_array(who[5], ',')) THEN RETURN nullif(who[6], '')::smallint; END IF;
  RETURN NULL;
END
$$;
CREATE FUNCTION app.sealed_cases() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN ARRAY(SELECT c.id FROM public.case_file c WHERE c.office_id = app.office() AND c.confidentiality = 'SEALED');
END
$$;

-- A part may be added to a case that the caller reaches, and to one that is not there yet: the statement that records a
-- case writes its parts with it. A foreign key refuses the rest.
CREATE FUNCTION app.adds_to("asked" uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN app.is_new(asked) OR app.sees(asked);
END
$$;

-- Seals who has entered, for this transaction: whoever enters by whatever way. What is sealed says the number of the office too.
CREATE FUNCTION app.speak_for("user_id" uuid, "organisation_id" uuid, "organisation_no" smallint, "office_id" uuid, "office_no" smallint, "roles" text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.caller', app.seal(concat_ws('|', user_id, organisation_id, organisation_no, coalesce(office_id::text, ''),
    array_to_string(roles, ','), coalesce(office_no::text, ''))), true), set_config('app.beyond', '', true);
END
$$;
-- Everything that is known of somebody who holds a live token, as one short text: another when anything of it changes.
CREATE FUNCTION app.stamp_of("who" public.live_session) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT md5(who::text) $$;
-- Enters as whoever the service remembers: the session is looked up as ever, and must still be the one that was seen.
-- Without a stamp nothing was remembered.
CREATE PROCEDURE app.enter_as("token" bytea, "stamp" text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who public.live_session;
BEGIN
  SELECT * INTO who FROM public.live_session s WHERE s.hash = token;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such session' USING ERRCODE = 'U0001';
  END IF;
  IF app.stamp_of(who) <> stamp THEN
    RAISE EXCEPTION 'what is known of the caller has changed' USING ERRCODE = 'U0002';
  END IF;
  PERFORM app.speak_for(who.user_id, who.organisation_id, who.organisation_no, who.office_id, who.office_no, who.roles);
END
$$;
CREATE OR REPLACE PROCEDURE app.enter("token" bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN CALL app.enter_as(token, NULL); END $$;
CREATE OR REPLACE PROCEDURE app.enter_for("job" uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who record;
BEGIN
  SELECT u.id, u.organisation_id, o.no, u.office_id, u.roles, c.no AS office_no INTO who
  FROM public.job j JOIN public.app_user u ON u.id = j.created_by AND u.organisation_id = j.organisation_id
  JOIN public.organisation o ON o.id = u.organisation_id
  LEFT JOIN public.office c ON c.id = u.office_id
  WHERE j.id = job AND j.status = 'running' AND u.disabled_at IS NULL AND c.closed_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such job under way' USING ERRCODE = 'U0001';
  END IF;
  PERFORM app.speak_for(who.id, who.organisation_id, who.no, who.office_id, who.office_no, who.roles);
END
$$;

-- After an import the planner knows the tables as they were before it, and a page of the list was sorted out of all of
-- them until the server looked by itself, a minute later. Only the owner of a table may look at once.
CREATE FUNCTION app.look_at_sizes() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  ANALYZE public.case_file, public.fact_arrest, public.fact_state, public.person, public.arrest, public.assignment, public.external_id;
END
$$;

-- Reading one case, the most frequent act there is, through one door: whether the caller reaches the case is asked once
-- and not by a policy for every part, and nothing of it is told without its audit row, which the policies cannot demand.
-- No row is the answer for a case that the caller does not reach, and where their readings of the day are used up.
-- Sealed columns come as they are stored, with the ids that they are bound to and the wrapped keys.
CREATE FUNCTION app.read_case("asked" uuid, "identity" boolean, "audit" jsonb, "today" date, "daily_limit" int)
RETURNS TABLE ("readings" int, "version" int, "country" text, "organisation_id" uuid, "erased" boolean, "person_id" uuid, "keys" json,
  "recorded_by" uuid, "body" json, "arrested_on" date, "arrested_by" date, "judge_from" date, "judge_to" date, "release_from" date,
  "release_to" date, "death_from" date, "death_to" date, "known_on" date, "stage" smallint, "may_be_lost" boolean, "opened" boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  who text[] := string_to_array(app.unsealed('app.caller'), '|');
  counted int;
  entry public.audit_entry;
  salt bytea;
BEGIN
  IF who IS NULL OR NOT app.sees(asked) THEN RETURN; END IF;
  entry := jsonb_populate_record(null::public.audit_entry, audit -> 0);
  IF coalesce(jsonb_array_length(audit), 0) <> 1 OR entry.organisation_id IS DISTINCT FROM who[2]::uuid
    OR entry.actor_id IS DISTINCT FROM who[1]::uuid OR entry.case_id IS DISTINCT FROM asked THEN
    RAISE EXCEPTION 'a case is not read without an audit row of whoever reads it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF identity AND daily_limit IS NOT NULL THEN
    INSERT INTO public.reading_day AS d (user_id, day, organisation_id, readings) VALUES (who[1]::uuid, today, who[2]::uuid, 1)
    ON CONFLICT (user_id, day) DO UPDATE SET readings = d.readings + 1 WHERE d.readings < daily_limit + d.allowance
    RETURNING d.readings INTO counted;
    IF counted IS NULL THEN RETURN; END IF;
  END IF;
  salt := (audit -> 0 ->> 'salt')::bytea;
  IF salt IS NOT NULL THEN
    INSERT INTO public.audit_salt (entry_id, case_id, salt) VALUES (entry.id, asked, salt);
  END IF;
  INSERT INTO public.audit_entry (id, at, organisation_id, actor_id, session_id, request_id, action, case_id, subject_id, sealed, mac)
  VALUES (entry.id, entry.at, entry.organisation_id, entry.actor_id, entry.session_id, entry.request_id, entry.action, asked, entry.subject_id, entry.sealed, entry.mac);
  RETURN QUERY
  SELECT counted, c.version, c.country, c.organisation_id, c.erased_at IS NOT NULL, p.id,
    (SELECT json_agg(k) FROM public.case_key k WHERE k.case_id = asked), c.recorded_by,
    json_build_object(
      'id', c.id, 'number', c.number, 'externalId', c.external_id, 'country', c.country, 'officeId', c.office_id,
      'confidentiality', c.confidentiality, 'riskLevel', c.risk_level, 'monitoring', c.monitoring, 'mergedInto', c.merged_into,
      'erasedAt', to_char(c.erased_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'version', c.version, 'recordedAt', to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'person', CASE WHEN p.id IS NOT NULL THEN json_build_object('code', p.code, 'sex', p.sex, 'genderSelf', p.gender_self, 'born', p.born_edtf,
        'ageAtArrest', p.age_at_arrest, 'ageMargin', p.age_margin, 'occupation', p.occupation, 'vulnerabilities', p.vulnerabilities,
        'identity', CASE WHEN identity AND i.case_id IS NOT NULL THEN json_strip_nulls(json_build_object('givenNames', i.given_names, 'familyNames', i.family_names, 'aliases', i.aliases,
          'documentType', i.document_type, 'documentNumber', i.document_number, 'address', i.address, 'phone', i.phone)) END,
        'identityRecorded', i.case_id IS NOT NULL) END,
      'arrest', (
        -- The latest arrest in the reading; facts say which, and a case that was absorbed shows its own first one.
        SELECT json_build_object('id', a.id, 'at', a.at_edtf, 'precision', a.at_precision, 'area', a.area, 'legalGround', a.legal_ground, 'bases', a.bases,
          'basesStated', a.bases_stated, 'basesObserved', a.bases_observed, 'forces', a.forces, 'forceUnit', a.force_unit, 'setting', a.setting,
          'conduct', a.conduct, 'emergencyRegime', a.emergency_regime, 'chargesAtArrest', a.charges_at_arrest)
        FROM public.arrest a
        WHERE a.case_id = asked AND a.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT FROM public.arrest later WHERE later.case_id = asked AND later.corrects = a.id AND later.withdrawn_at IS NULL)
        ORDER BY a.at_earliest DESC NULLS LAST, a.recorded_at, a.id LIMIT 1),
      'consents', (
        SELECT coalesce(json_agg(n.use ORDER BY n.position, n.recorded_at), '[]'::json)
        FROM (SELECT DISTINCT ON (n.use) n.use, n.state, n.position, n.recorded_at, n.expires_on FROM public.consent n WHERE n.case_id = asked
              ORDER BY n.use, n.recorded_at DESC, n.position DESC) n
        WHERE n.state = 'GIVEN' AND (n.expires_on IS NULL OR n.expires_on >= today)),
      'source', (
        SELECT json_build_object('id', s.id, 'type', s.type, 'relation', s.relation, 'reliability', s.reliability, 'credibility', s.credibility,
          'informedOn', s.informed_edtf, 'language', s.language)
        FROM public.source s WHERE s.case_id = asked ORDER BY s.recorded_at, s.id LIMIT 1),
      'narrative', CASE WHEN identity THEN (
        SELECT json_build_object('id', t.id, 'text', t.text) FROM public.testimony t WHERE t.case_id = asked ORDER BY t.recorded_at DESC, t.id DESC LIMIT 1) END,
      'verification', coalesce((SELECT v.level FROM public.verification v WHERE v.case_id = asked ORDER BY v.recorded_at DESC, v.id DESC LIMIT 1), 'ALLEGED'),
      'assignments', (
        SELECT coalesce(json_agg(json_build_object('id', a.id, 'userId', a.user_id) ORDER BY a.recorded_at, a.id), '[]'::json)
        FROM public.assignment a WHERE a.case_id = asked AND a.ended_at IS NULL)
    ),
    f.arrested_on, f.arrested_by, f.judge_from, f.judge_to, f.release_from, f.release_to, f.death_from, f.death_to, f.known_on, f.stage,
    -- Whether the record has to be read to know if the last word is that nobody is told where the person is (libs/custody,
    -- `hidesWhereabouts`): facts do not say it.
    EXISTS (SELECT FROM public.contact o WHERE o.case_id = asked AND o.contact IN ('CAPTURE_DENIED', 'CAPTURE_ACK_PLACE_UNKNOWN'))
      OR EXISTS (SELECT FROM public.release o WHERE o.case_id = asked AND o.release = 'WHEREABOUTS_UNKNOWN')
      OR EXISTS (SELECT FROM public.case_file o WHERE o.merged_into = asked),
    EXISTS (SELECT FROM public.break_glass b WHERE b.case_id = asked AND b.user_id = who[1]::uuid AND b.expires_at > now() AND b.ended_at IS NULL)
  FROM public.case_file c
  LEFT JOIN LATERAL (SELECT q.* FROM public.person q WHERE q.case_id = asked LIMIT 1) p ON true
  LEFT JOIN public.person_identity i ON i.case_id = asked AND i.person_id = p.id
  LEFT JOIN public.fact_arrest f ON f.case_id = asked AND f.latest
  WHERE c.id = asked;
END
$$;

REVOKE ALL ON ALL ROUTINES IN SCHEMA "app" FROM PUBLIC;
