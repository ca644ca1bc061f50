-- Facts say themselves whether their file is sealed. The policy of facts asked a function for the sealed files of the office,
-- and whoever had the serving login could ask it too: which they are and how many. Now each fact is compared with nothing but
-- what stands in it, and a fact that is hidden tells nothing.

-- The policies of an earlier start bind the owner too, until it says that it is at work.
SELECT set_config('app.duty', 'work', true);

-- AlterTable
ALTER TABLE "fact_arrest" ADD COLUMN     "sealed" BOOLEAN NOT NULL DEFAULT false;

UPDATE "fact_arrest" f SET "sealed" = true FROM "case_file" c WHERE c."id" = f."case_id" AND c."confidentiality" = 'SEALED';

-- Said by the database, so that no way of writing facts can forget it. A file that is written by the same statement is not
-- seen yet, and is never sealed: sealing is an act of its own.
CREATE FUNCTION app.fact_says_sealed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.sealed := EXISTS (SELECT FROM public.case_file c WHERE c.id = NEW.case_id AND c.confidentiality = 'SEALED');
  RETURN NEW;
END
$$;
CREATE TRIGGER "fact_arrest_says_sealed" BEFORE INSERT ON "fact_arrest" FOR EACH ROW EXECUTE FUNCTION app.fact_says_sealed();

-- Sealing a file changes no figure, so the state of the data (`changed`) stays as it is.
CREATE FUNCTION app.sealing_reaches_facts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.fact_arrest SET sealed = (NEW.confidentiality = 'SEALED') WHERE case_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER "case_file_sealing_reaches_facts" AFTER UPDATE OF "confidentiality" ON "case_file"
FOR EACH ROW WHEN ((OLD."confidentiality" = 'SEALED') <> (NEW."confidentiality" = 'SEALED')) EXECUTE FUNCTION app.sealing_reaches_facts();

-- The policy that stands on it goes with it; the wall is put up anew after the migrations, and until then nothing is shown.
DROP FUNCTION app.sealed_cases() CASCADE;
DROP INDEX "case_file_sealed_idx";

REVOKE ALL ON ALL ROUTINES IN SCHEMA "app" FROM PUBLIC;
