-- Who is asking is found out inside the database, from the session token, and sealed there: what a policy believes can
-- then not be asserted by the service, nor by anybody who gets a statement of their own into it.

CREATE TABLE "wall_key" (
    "id" SMALLINT NOT NULL,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "wall_key_pkey" PRIMARY KEY ("id")
);
INSERT INTO "wall_key" VALUES (1, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

CREATE SCHEMA "app";
COMMENT ON SCHEMA "app" IS 'What policies ask: who has entered, and what they reach.';

-- A setting can be set by anybody who can send a statement, so what is kept in one is sealed with a secret that only the
-- owner reads, for this connection and this transaction. The nested digest is there against lengthened messages.
CREATE FUNCTION app.seal("content" text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  key bytea := (SELECT k.secret FROM public.wall_key k WHERE k.id = 1);
BEGIN
  RETURN content || '#' || encode(sha256(key || sha256(key || convert_to(content || '#' || pg_backend_pid() || '#' || extract(epoch FROM transaction_timestamp()), 'UTF8'))), 'hex');
END
$$;

-- What was sealed in this transaction; an error when nobody has entered or the setting was made by somebody else.
CREATE FUNCTION app.unsealed("setting" text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  stored text := current_setting(setting, true);
  content text := split_part(stored, '#', 1);
BEGIN
  IF coalesce(stored, '') = '' THEN
    -- Work of the service itself is nobody's: a policy that asks whose it is lets nothing through by that.
    IF current_setting('app.duty', true) = 'work' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'nobody has entered' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF stored <> app.seal(content) THEN
    RAISE EXCEPTION 'nobody has entered in this transaction' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN content;
END
$$;

-- Makes the transaction speak for whoever holds a live session: the user enabled, the office open, the session not ended.
CREATE PROCEDURE app.enter("token" bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who record;
BEGIN
  SELECT * INTO who FROM public.live_session s WHERE s.hash = token;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such session' USING ERRCODE = 'U0001';
  END IF;
  PERFORM set_config('app.caller', app.seal(concat_ws('|', who.user_id, who.organisation_id, who.organisation_no,
    coalesce(who.office_id::text, ''), array_to_string(who.roles, ','))), true);
  PERFORM set_config('app.beyond', '', true);
END
$$;

-- The same for a report or an import under way, which speaks for whoever asked for it, with the roles they have now.
CREATE PROCEDURE app.enter_for("job" uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who record;
BEGIN
  SELECT u.id, u.organisation_id, o.no, u.office_id, u.roles INTO who
  FROM public.job j JOIN public.app_user u ON u.id = j.created_by AND u.organisation_id = j.organisation_id
  JOIN public.organisation o ON o.id = u.organisation_id
  LEFT JOIN public.office c ON c.id = u.office_id
  WHERE j.id = job AND j.status = 'running' AND u.disabled_at IS NULL AND c.closed_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such job under way' USING ERRCODE = 'U0001';
  END IF;
  PERFORM set_config('app.caller', app.seal(concat_ws('|', who.id, who.organisation_id, who.no,
    coalesce(who.office_id::text, ''), array_to_string(who.roles, ','))), true);
  PERFORM set_config('app.beyond', '', true);
END
$$;

-- Every policy asks one of these three, so that no policy believes a setting that was not sealed.
CREATE FUNCTION app.organisation() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN split_part(app.unsealed('app.caller'), '|', 2)::uuid; END $$;
CREATE FUNCTION app.organisation_no() RETURNS smallint LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN split_part(app.unsealed('app.caller'), '|', 3)::smallint; END $$;
CREATE FUNCTION app.me() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN split_part(app.unsealed('app.caller'), '|', 1)::uuid; END $$;

-- These are read only beside one of the three, which has then looked at the seal of the same setting.
CREATE FUNCTION app.home() RETURNS uuid LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $$ SELECT nullif(split_part(current_setting('app.caller', true), '|', 4), '')::uuid $$;
CREATE FUNCTION app.holds("role" text) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $$ SELECT role = ANY (string_to_array(split_part(split_part(current_setting('app.caller', true), '#', 1), '|', 5), ',')) $$;
-- The three doors of libs/access (`visibilityOf`).
CREATE FUNCTION app.everywhere() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT app.holds('coordinator') $$;
CREATE FUNCTION app.office() RETURNS uuid LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT CASE WHEN app.holds('caseworker') THEN app.home() END $$;
CREATE FUNCTION app.assigned() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT app.holds('lawyer') $$;
-- Whether somebody may open a case by breaking the glass (`mayBreakGlass`).
CREATE FUNCTION app.opens() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT app.holds('caseworker') OR app.holds('lawyer') $$;
-- Whether somebody holds a role that records cases (libs/access, `case:record`).
CREATE FUNCTION app.records() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT app.everywhere() OR app.holds('caseworker') OR app.assigned() $$;

-- Files of a person that the caller does not reach, and that an act on a file they do reach must read and lock, so that
-- facts are kept for the person (`app.reach_person`).
CREATE FUNCTION app.beyond() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF coalesce(current_setting('app.beyond', true), '') = '' THEN RETURN '{}'; END IF;
  RETURN app.unsealed('app.beyond')::uuid[];
END
$$;

-- Whether the caller reaches a case: the rule of the policies, for those that cannot ask case_file without asking
-- themselves.
CREATE FUNCTION app.sees("asked" uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.case_file c
    WHERE c.id = asked AND c.organisation_id = app.organisation() AND (
      app.everywhere()
      OR (c.office_id = app.office() AND c.confidentiality <> 'SEALED')
      OR ((c.office_id = app.office() OR app.assigned())
        AND EXISTS (SELECT FROM public.assignment a WHERE a.case_id = c.id AND a.user_id = app.me() AND a.ended_at IS NULL))
      OR (app.opens() AND EXISTS (
        SELECT FROM public.break_glass b WHERE b.case_id = c.id AND b.user_id = app.me() AND b.expires_at > now() AND b.ended_at IS NULL))));
END
$$;

-- A case of the caller's organisation by what people call it, also one that the caller does not see: for whoever is about
-- to break the glass. It tells that there is such a case in the own organisation, and nothing of it but its number.
CREATE FUNCTION app.case_called("reference" text, "asked" uuid) RETURNS TABLE ("id" uuid, "number" text)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF NOT app.opens() THEN RETURN; END IF;
  RETURN QUERY
  SELECT c.id, c.number FROM public.case_file c
  WHERE c.organisation_id = app.organisation() AND (
    c.id = (SELECT n.case_id FROM public.case_number n WHERE n.number = reference)
    OR c.id = (SELECT x.case_id FROM public.external_id x WHERE x.organisation_id = app.organisation() AND x.external_id = reference)
    OR c.id = asked)
  ORDER BY c.number = reference DESC
  LIMIT 1;
END
$$;

-- Whether a case is one of the caller's organisation, seen or not.
CREATE FUNCTION app.in_house("asked" uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM public.case_file c WHERE c.id = asked AND c.organisation_id = app.organisation());
END
$$;

-- Whether a login is bound by the two rules below: whoever owns the tables is not.
CREATE FUNCTION app.is_owner() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $$ SELECT pg_has_role(session_user, (SELECT c.relowner FROM pg_catalog.pg_class c WHERE c.oid = 'public.break_glass'::regclass), 'MEMBER') $$;

-- Nobody breaks a glass unheard: the act is not committed without the notice that tells a second person.
CREATE FUNCTION app.break_glass_is_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_owner() AND NOT EXISTS (
    SELECT FROM public.case_notice n
    WHERE n.subject_id = NEW.id AND n.case_id = NEW.case_id AND n.user_id = NEW.user_id AND n.kind = 'BREAK_GLASS') THEN
    RAISE EXCEPTION 'a glass was broken and nobody told' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "break_glass_is_told" AFTER INSERT ON "break_glass" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.break_glass_is_told();

-- Nobody gives themselves more to read: readings only rise, and what is added to a budget somebody else adds.
CREATE FUNCTION app.reading_day_only_rises() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_owner() THEN RETURN NEW; END IF;
  IF NEW.readings < OLD.readings OR NEW.user_id <> OLD.user_id OR NEW.day <> OLD.day
    OR (NEW.allowance <> OLD.allowance AND (NEW.user_id = app.me() OR NOT app.everywhere())) THEN
    RAISE EXCEPTION 'a reading budget is raised by somebody else' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "reading_day_only_rises" BEFORE UPDATE ON "reading_day" FOR EACH ROW EXECUTE FUNCTION app.reading_day_only_rises();

-- Whether there is no case of this id yet: the parts of a new one are written by the statement that writes the case.
CREATE FUNCTION app.is_new("asked" uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN NOT EXISTS (SELECT FROM public.case_file c WHERE c.id = asked);
END
$$;

-- Lets the transaction read and lock the other files of a person of whom the caller reaches one; answers how many.
CREATE FUNCTION app.reach_person("asked" uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  others uuid[];
BEGIN
  IF NOT app.sees(asked) THEN RETURN 0; END IF;
  WITH RECURSIVE
  up AS (
    SELECT f.id, f.merged_into FROM public.case_file f WHERE f.id = asked
    UNION
    SELECT f.id, f.merged_into FROM public.case_file f JOIN up ON f.id = up.merged_into
  ),
  person AS (
    SELECT up.id FROM up WHERE up.merged_into IS NULL
    UNION
    SELECT f.id FROM public.case_file f JOIN person ON f.merged_into = person.id
  )
  SELECT array_agg(p.id) INTO others
  FROM person p JOIN public.case_file f ON f.id = p.id
  WHERE f.organisation_id = app.organisation() AND NOT app.sees(p.id);
  IF others IS NOT NULL THEN
    PERFORM set_config('app.beyond', app.seal((app.beyond() || others)::text), true);
  END IF;
  RETURN coalesce(array_length(others, 1), 0);
END
$$;

-- Whether the owner's rights are used to do the service's own work: by the owner, who says so, or by one of the functions
-- above on behalf of a login that is not the owner. It binds the owner only: it stands in no policy of the other logins.
CREATE FUNCTION app.at_work() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $$ SELECT current_setting('app.duty', true) = 'work' OR NOT app.is_owner() $$;

REVOKE ALL ON SCHEMA "app" FROM PUBLIC;
REVOKE ALL ON ALL ROUTINES IN SCHEMA "app" FROM PUBLIC;
