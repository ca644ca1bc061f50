-- Readings of cases that are asked for at the same moment, by whomever, are answered by one statement: entering, the
-- commit, and setting a plan over fifteen tables in motion cost more than the reading of one case.

DROP FUNCTION app.read_case(uuid, boolean, jsonb, date, int);

-- The door for reading cases. Each item of "wanted" is one reading of one case under one token; the token is looked up
-- here, as everywhere, and must belong to whom the service took its holder for ("stamp"; null where nothing was remembered).
-- What an item cannot say is who reads: the audit entry is written for the holder of the token and for this case, so one
-- that was signed for anybody else does not verify. Nothing of a case is told without its entry.
--
-- "met" says how each was met: `ended` no such token, `changed` another stamp, `hidden` no such case for them, `spent` the
-- readings of the day do not suffice for all that this person asks for here (asked alone: for this one), or `read`, with a
-- sheet. Of a case that is not reached nothing is told, and nothing written.
-- Sealed columns come as they are stored, with the ids that they are bound to and the wrapped keys.
CREATE FUNCTION app.read_cases("wanted" jsonb, "daily_limit" int)
RETURNS TABLE ("place" int, "met" text, "sheet" text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH item AS MATERIALIZED (
    SELECT w.* FROM jsonb_to_recordset(wanted) AS w(place int, token bytea, stamp text, case_id uuid, identity boolean, today date,
      id uuid, at timestamptz, session_id uuid, request_id text, action text, sealed bytea, mac bytea, salt bytea)
  ),
  holder AS MATERIALIZED (
    SELECT l.hash, l.user_id, l.organisation_id, l.office_id, l.roles, app.stamp_of(l) AS stamp
    FROM (SELECT DISTINCT i.token FROM item i) t JOIN public.live_session l ON l.hash = t.token
  ),
  -- The rule of `app.sees`, for many at once.
  reached AS MATERIALIZED (
    SELECT i.*, h.user_id, h.organisation_id, s.opened
    FROM item i
    JOIN holder h ON h.hash = i.token AND (i.stamp IS NULL OR i.stamp = h.stamp)
    JOIN public.case_file c ON c.id = i.case_id AND c.organisation_id = h.organisation_id
    CROSS JOIN LATERAL (SELECT 'caseworker' = ANY (h.roles) AS caseworker, 'lawyer' = ANY (h.roles) AS lawyer,
      coalesce('caseworker' = ANY (h.roles) AND c.office_id = h.office_id, false) AS at_home,
      EXISTS (SELECT FROM public.break_glass b WHERE b.case_id = i.case_id AND b.user_id = h.user_id AND b.expires_at > now() AND b.ended_at IS NULL) AS opened) s
    WHERE 'coordinator' = ANY (h.roles)
      OR (s.at_home AND c.confidentiality <> 'SEALED')
      OR ((s.at_home OR s.lawyer) AND EXISTS (SELECT FROM public.assignment a WHERE a.case_id = i.case_id AND a.user_id = h.user_id AND a.ended_at IS NULL))
      OR ((s.caseworker OR s.lawyer) AND s.opened)
  ),
  -- All that one person reads here, or nothing of it: how much of it would still be admitted only they alone can be told.
  counted AS (
    INSERT INTO public.reading_day AS d (user_id, day, organisation_id, readings)
    SELECT r.user_id, r.today, r.organisation_id, count(*) FROM reached r WHERE r.identity AND daily_limit IS NOT NULL
    GROUP BY r.user_id, r.today, r.organisation_id HAVING count(*) = 1 OR count(*) <= daily_limit ORDER BY r.user_id
    ON CONFLICT (user_id, day) DO UPDATE SET readings = d.readings + EXCLUDED.readings WHERE d.readings + EXCLUDED.readings <= daily_limit + d.allowance
    RETURNING d.user_id, d.day, d.readings
  ),
  admitted AS MATERIALIZED (
    SELECT r.*, (n.readings - count(*) OVER mine + row_number() OVER mine_in_turn)::int AS readings
    FROM reached r LEFT JOIN counted n ON r.identity AND n.user_id = r.user_id AND n.day = r.today
    WHERE n.user_id IS NOT NULL OR daily_limit IS NULL OR NOT r.identity
    WINDOW mine AS (PARTITION BY r.user_id, r.today, r.identity), mine_in_turn AS (PARTITION BY r.user_id, r.today, r.identity ORDER BY r.place)
  ),
  salted AS (
    INSERT INTO public.audit_salt (entry_id, case_id, salt) SELECT a.id, a.case_id, a.salt FROM admitted a WHERE a.salt IS NOT NULL
  ),
  entered AS (
    INSERT INTO public.audit_entry (id, at, organisation_id, actor_id, session_id, request_id, action, case_id, sealed, mac)
    SELECT a.id, a.at, a.organisation_id, a.user_id, a.session_id, a.request_id, a.action, a.case_id, a.sealed, a.mac FROM admitted a
  )
  SELECT i.place, 'read', made.sheet
  FROM admitted i
  CROSS JOIN LATERAL (
    SELECT json_build_object('readings', i.readings, 'version', c.version, 'country', c.country, 'organisationId', c.organisation_id, 'erased', c.erased_at IS NOT NULL, 'personId', p.id,
    'keys', (SELECT json_agg(k) FROM public.case_key k WHERE k.case_id = i.case_id), 'recordedBy', c.recorded_by,
    'body', json_build_object(
      'id', c.id, 'number', c.number, 'externalId', c.external_id, 'country', c.country, 'officeId', c.office_id,
      'confidentiality', c.confidentiality, 'riskLevel', c.risk_level, 'monitoring', c.monitoring, 'mergedInto', c.merged_into,
      'erasedAt', to_char(c.erased_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'version', c.version, 'recordedAt', to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'person', CASE WHEN p.id IS NOT NULL THEN json_build_object('code', p.code, 'sex', p.sex, 'genderSelf', p.gender_self, 'born', p.born_edtf,
        'ageAtArrest', p.age_at_arrest, 'ageMargin', p.age_margin, 'occupation', p.occupation, 'vulnerabilities', p.vulnerabilities,
        'identity', CASE WHEN i.identity AND n.case_id IS NOT NULL THEN json_strip_nulls(json_build_object('givenNames', n.given_names, 'familyNames', n.family_names, 'aliases', n.aliases,
          'documentType', n.document_type, 'documentNumber', n.document_number, 'address', n.address, 'phone', n.phone)) END,
        'identityRecorded', n.case_id IS NOT NULL) END,
      'arrest', (
        -- The latest arrest in the reading; facts say which, and a case that was absorbed shows its own first one.
        SELECT json_build_object('id', a.id, 'at', a.at_edtf, 'precision', a.at_precision, 'area', a.area, 'legalGround', a.legal_ground, 'bases', a.bases,
          'basesStated', a.bases_stated, 'basesObserved', a.bases_observed, 'forces', a.forces, 'forceUnit', a.force_unit, 'setting', a.setting,
          'conduct', a.conduct, 'emergencyRegime', a.emergency_regime, 'chargesAtArrest', a.charges_at_arrest)
        FROM public.arrest a
        WHERE a.case_id = i.case_id AND a.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT FROM public.arrest later WHERE later.case_id = i.case_id AND later.corrects = a.id AND later.withdrawn_at IS NULL)
        ORDER BY a.at_earliest DESC NULLS LAST, a.recorded_at, a.id LIMIT 1),
      'consents', (
        SELECT coalesce(json_agg(u.use ORDER BY u.position, u.recorded_at), '[]'::json)
        FROM (SELECT DISTINCT ON (o.use) o.use, o.state, o.position, o.recorded_at, o.expires_on FROM public.consent o WHERE o.case_id = i.case_id
              ORDER BY o.use, o.recorded_at DESC, o.position DESC) u
        WHERE u.state = 'GIVEN' AND (u.expires_on IS NULL OR u.expires_on >= i.today)),
      'source', (
        SELECT json_build_object('id', s.id, 'type', s.type, 'relation', s.relation, 'reliability', s.reliability, 'credibility', s.credibility,
          'informedOn', s.informed_edtf, 'language', s.language)
        FROM public.source s WHERE s.case_id = i.case_id ORDER BY s.recorded_at, s.id LIMIT 1),
      'narrative', CASE WHEN i.identity THEN (
        SELECT json_build_object('id', t.id, 'text', t.text) FROM public.testimony t WHERE t.case_id = i.case_id ORDER BY t.recorded_at DESC, t.id DESC LIMIT 1) END,
      'verification', coalesce((SELECT v.level FROM public.verification v WHERE v.case_id = i.case_id ORDER BY v.recorded_at DESC, v.id DESC LIMIT 1), 'ALLEGED'),
      'assignments', (
        SELECT coalesce(json_agg(json_build_object('id', a.id, 'userId', a.user_id) ORDER BY a.recorded_at, a.id), '[]'::json)
        FROM public.assignment a WHERE a.case_id = i.case_id AND a.ended_at IS NULL)
    ),
    'arrestedOn', f.arrested_on, 'arrestedBy', f.arrested_by, 'judgeFrom', f.judge_from, 'judgeTo', f.judge_to, 'releaseFrom', f.release_from,
    'releaseTo', f.release_to, 'deathFrom', f.death_from, 'deathTo', f.death_to, 'knownOn', f.known_on, 'stage', f.stage,
    -- Whether the record has to be read to know if the last word is that nobody is told where the person is (libs/custody,
    -- `hidesWhereabouts`): facts do not say it.
    'mayBeLost', EXISTS (SELECT FROM public.contact o WHERE o.case_id = i.case_id AND o.contact IN ('CAPTURE_DENIED', 'CAPTURE_ACK_PLACE_UNKNOWN'))
      OR EXISTS (SELECT FROM public.release o WHERE o.case_id = i.case_id AND o.release = 'WHEREABOUTS_UNKNOWN')
      OR EXISTS (SELECT FROM public.case_file o WHERE o.merged_into = i.case_id),
    'opened', i.opened)::text AS sheet
    FROM public.case_file c
    LEFT JOIN LATERAL (SELECT q.* FROM public.person q WHERE q.case_id = i.case_id LIMIT 1) p ON true
    LEFT JOIN public.person_identity n ON n.case_id = i.case_id AND n.person_id = p.id
    LEFT JOIN LATERAL (SELECT a.* FROM public.fact_arrest a WHERE a.case_id = i.case_id AND a.latest LIMIT 1) f ON true
    WHERE c.id = i.case_id
  ) made
  UNION ALL
  SELECT i.place, CASE WHEN h.hash IS NULL THEN 'ended' WHEN i.stamp <> h.stamp THEN 'changed' WHEN r.place IS NULL THEN 'hidden' ELSE 'spent' END, NULL
  FROM item i LEFT JOIN holder h ON h.hash = i.token LEFT JOIN reached r ON r.place = i.place
  WHERE NOT EXISTS (SELECT FROM admitted a WHERE a.place = i.place);
END
$$;

REVOKE ALL ON FUNCTION app.read_cases(jsonb, int) FROM PUBLIC;
