-- Names, births, contacts, testimony and every remark are sealed by the service: a dump, a stolen disk or the log of the
-- database tells none of them. From here on these columns take nothing that is not sealed.

-- The bounds of a birth follow from its text, which is sealed; they would tell it.
-- AlterTable
ALTER TABLE "person" DROP COLUMN "born_earliest",
DROP COLUMN "born_latest",
DROP COLUMN "born_precision";

-- CreateTable
CREATE TABLE "reseal_pending" (
    "case_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "reseal_pending_pkey" PRIMARY KEY ("case_id")
);

-- AlterTable
ALTER TABLE "case_file" ADD COLUMN     "erased_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "erasure" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "keys" SMALLINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "mac" BYTEA NOT NULL,
    "erased_at" TIMESTAMPTZ(6) NOT NULL,
    "erased_by" UUID NOT NULL,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("case_id")
);

-- What Prisma cannot say.

ALTER TABLE "erasure" ADD CONSTRAINT "erasure_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;

ALTER TABLE "reseal_pending" ADD CONSTRAINT "reseal_pending_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "reseal_pending" ADD CONSTRAINT "reseal_pending_reason_known" CHECK ("reason" IN ('unsealed', 'rotation'));

-- Cases from before are sealed at the next start, before anything is served. Until then their rows break the rules below,
-- so the rules are for new rows.
INSERT INTO "reseal_pending" ("case_id", "reason") SELECT "id", 'unsealed' FROM "case_file";

ALTER TABLE "person" ADD CONSTRAINT "person_sealed" CHECK ("born_edtf" LIKE 'v1:%' AND "gender_self" LIKE 'v1:%') NOT VALID;
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_sealed" CHECK ("given_names" LIKE 'v1:%' AND "family_names" LIKE 'v1:%' AND "aliases" LIKE 'v1:%' AND "document_type" LIKE 'v1:%' AND "document_number" LIKE 'v1:%' AND "address" LIKE 'v1:%' AND "phone" LIKE 'v1:%') NOT VALID;
ALTER TABLE "testimony" ADD CONSTRAINT "testimony_sealed" CHECK ("text" LIKE 'v1:%') NOT VALID;
ALTER TABLE "note" ADD CONSTRAINT "note_sealed" CHECK ("text" LIKE 'v1:%') NOT VALID;
ALTER TABLE "source_contact" ADD CONSTRAINT "source_contact_sealed" CHECK ("name" LIKE 'v1:%' AND "phone" LIKE 'v1:%' AND "address" LIKE 'v1:%') NOT VALID;
ALTER TABLE "verification" ADD CONSTRAINT "verification_sealed" CHECK ("reason" LIKE 'v1:%') NOT VALID;
ALTER TABLE "account_choice" ADD CONSTRAINT "account_choice_sealed" CHECK ("reason" LIKE 'v1:%') NOT VALID;
ALTER TABLE "merge" ADD CONSTRAINT "merge_sealed" CHECK ("reason" LIKE 'v1:%') NOT VALID;
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_sealed" CHECK ("force_unit" LIKE 'v1:%' AND "withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_sealed" CHECK ("section" LIKE 'v1:%' AND "withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_sealed" CHECK ("court" LIKE 'v1:%' AND "withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "measure" ADD CONSTRAINT "measure_sealed" CHECK ("withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "charge" ADD CONSTRAINT "charge_sealed" CHECK ("withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_sealed" CHECK ("withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "contact" ADD CONSTRAINT "contact_sealed" CHECK ("withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_sealed" CHECK ("court" LIKE 'v1:%' AND "withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_sealed" CHECK ("withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "violation" ADD CONSTRAINT "violation_sealed" CHECK ("withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "death" ADD CONSTRAINT "death_sealed" CHECK ("icd11" LIKE 'v1:%' AND "withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "release" ADD CONSTRAINT "release_sealed" CHECK ("withdrawn_for" LIKE 'v1:%') NOT VALID;
ALTER TABLE "amendment" ADD CONSTRAINT "amendment_sealed" CHECK ("reason" LIKE 'v1:%' AND (NOT "restricted" OR ("before" #>> '{}' LIKE 'v1:%' AND "after" #>> '{}' LIKE 'v1:%'))) NOT VALID;
