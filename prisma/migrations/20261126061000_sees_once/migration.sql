-- Parts of a case ask `app.sees` for every row, so it looks at the seal once and at the case once. The rule is the same
-- as before (20261126060000_second_wall) and as in visible-case.sql; wall.db.spec.ts holds them against each other.

CREATE OR REPLACE FUNCTION app.sees("asked" uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  -- user, organisation, its number, office, roles: what app.enter has sealed. Null for work of the service itself, which is nobody's.
  who text[] := string_to_array(app.unsealed('app.caller'), '|');
  roles text[] := string_to_array(who[5], ',');
  file record;
  at_home boolean;
BEGIN
  IF who IS NULL THEN RETURN false; END IF;
  SELECT c.organisation_id, c.office_id, c.confidentiality INTO file FROM public.case_file c WHERE c.id = asked;
  IF NOT FOUND OR file.organisation_id <> who[2]::uuid THEN RETURN false; END IF;
  IF 'coordinator' = ANY (roles) THEN RETURN true; END IF;
  at_home := coalesce('caseworker' = ANY (roles) AND file.office_id = nullif(who[4], '')::uuid, false);
  IF at_home AND file.confidentiality <> 'SEALED' THEN RETURN true; END IF;
  IF (at_home OR 'lawyer' = ANY (roles)) AND EXISTS (
    SELECT FROM public.assignment a WHERE a.case_id = asked AND a.user_id = who[1]::uuid AND a.ended_at IS NULL) THEN
    RETURN true;
  END IF;
  RETURN ('caseworker' = ANY (roles) OR 'lawyer' = ANY (roles)) AND EXISTS (
    SELECT FROM public.break_glass b WHERE b.case_id = asked AND b.user_id = who[1]::uuid AND b.expires_at > now() AND b.ended_at IS NULL);
END
$$;
