-- The first shape of the record: organisations and people, case files, custody events, sources, narrow facts,
-- reference data, and the service's own trail of work. Everything below "What Prisma cannot say" is written by hand.

-- Numbers of changed fact rows; the highest one names the state of the data.
CREATE SEQUENCE "fact_change";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "case_file" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "country" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "external_id" TEXT,
    "confidentiality" TEXT NOT NULL DEFAULT 'TEAM',
    "risk_level" TEXT NOT NULL DEFAULT 'UNKNOWN',
    "risk_review_on" DATE,
    "monitoring" TEXT NOT NULL DEFAULT 'ACTIVE',
    "merged_into" UUID,
    "content_digest" BYTEA,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "case_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_number" (
    "number" TEXT NOT NULL,
    "case_id" UUID NOT NULL,

    CONSTRAINT "case_number_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "external_id" (
    "organisation_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "case_id" UUID NOT NULL,

    CONSTRAINT "external_id_pkey" PRIMARY KEY ("organisation_id","external_id")
);

-- CreateTable
CREATE TABLE "person" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "sex" TEXT NOT NULL DEFAULT 'NOT_ASKED',
    "gender_self" TEXT,
    "born_edtf" TEXT,
    "born_precision" TEXT,
    "born_earliest" TIMESTAMP(0),
    "born_latest" TIMESTAMP(0),
    "age_at_arrest" SMALLINT,
    "age_margin" SMALLINT,
    "occupation" TEXT NOT NULL DEFAULT 'NOT_ASKED',
    "vulnerabilities" TEXT[],

    CONSTRAINT "person_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "person_identity" (
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "given_names" TEXT,
    "family_names" TEXT,
    "aliases" TEXT,
    "document_type" TEXT,
    "document_number" TEXT,
    "address" TEXT,
    "phone" TEXT,

    CONSTRAINT "person_identity_pkey" PRIMARY KEY ("case_id","person_id")
);

-- CreateTable
CREATE TABLE "testimony" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "testimony_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "amendment" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "amendment_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "ended_by" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "note" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "privileged" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT NOT NULL,
    "corrects" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "note_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "merge" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "keep_id" UUID NOT NULL,
    "absorb_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "merged_at" TIMESTAMPTZ(6) NOT NULL,
    "merged_by" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "ended_by" UUID,

    CONSTRAINT "merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duplicate_candidate" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "a_id" UUID NOT NULL,
    "b_id" UUID NOT NULL,
    "score" REAL NOT NULL,
    "reasons" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'open',
    "found_at" TIMESTAMPTZ(6) NOT NULL,
    "decided_at" TIMESTAMPTZ(6),
    "decided_by" UUID,

    CONSTRAINT "duplicate_candidate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "match_pending" (
    "case_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "job_id" UUID,
    "since" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "match_pending_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "match_key" (
    "organisation_id" UUID NOT NULL,
    "key" BIGINT NOT NULL,
    "case_id" UUID NOT NULL,

    CONSTRAINT "match_key_pkey" PRIMARY KEY ("organisation_id","key","case_id")
);

-- CreateTable
CREATE TABLE "arrest" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "area" TEXT NOT NULL,
    "legal_ground" TEXT NOT NULL,
    "bases" TEXT[],
    "bases_stated" TEXT[],
    "bases_observed" TEXT[],
    "forces" TEXT[],
    "force_unit" TEXT,
    "setting" TEXT NOT NULL,
    "conduct" TEXT[],
    "emergency_regime" TEXT NOT NULL,
    "charges_at_arrest" TEXT[],
    "previous_arrest_id" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "arrest_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "custody_spell" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "until_edtf" TEXT,
    "until_precision" TEXT,
    "until_earliest" TIMESTAMP(0),
    "until_latest" TIMESTAMP(0),
    "place" TEXT NOT NULL,
    "place_type" TEXT NOT NULL,
    "section" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "custody_spell_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "hearing" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "stage" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "defendants" INTEGER,
    "court" TEXT,
    "judge_identity_reserved" TEXT NOT NULL,
    "facts_individualised" TEXT NOT NULL,
    "last_word_used" TEXT NOT NULL,
    "counsel_met_before" TEXT NOT NULL,
    "notice_hours" INTEGER,
    "ties_documents_accepted" TEXT NOT NULL,
    "secrecy_total" TEXT NOT NULL,
    "duration_minutes" INTEGER,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "hearing_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "measure" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "until_edtf" TEXT,
    "until_precision" TEXT,
    "until_earliest" TIMESTAMP(0),
    "until_latest" TIMESTAMP(0),
    "measure" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "measure_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "charge" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "charge" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "gang_alleged" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "charge_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "counsel" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "until_edtf" TEXT,
    "until_precision" TEXT,
    "until_earliest" TIMESTAMP(0),
    "until_latest" TIMESTAMP(0),
    "legal_aid" TEXT NOT NULL,
    "met_before_hearing" TEXT NOT NULL,
    "file_access" TEXT NOT NULL,
    "notified" TEXT NOT NULL,
    "could_speak" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "counsel_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "contact" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "until_edtf" TEXT,
    "until_precision" TEXT,
    "until_earliest" TIMESTAMP(0),
    "until_latest" TIMESTAMP(0),
    "contact" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "remedy" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "remedy" TEXT NOT NULL,
    "habeas_type" TEXT,
    "court" TEXT,
    "status" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "remedy_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "remedy_step" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "remedy_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "remedy_step_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "violation" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "until_edtf" TEXT,
    "until_precision" TEXT,
    "until_earliest" TIMESTAMP(0),
    "until_latest" TIMESTAMP(0),
    "violation" TEXT NOT NULL,
    "methods" TEXT[],
    "place" TEXT,
    "forces" TEXT[],
    "grade" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "violation_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "death" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "manner_official" TEXT NOT NULL,
    "manner_assessed" TEXT NOT NULL,
    "class_assessed" TEXT NOT NULL,
    "cause_official" TEXT NOT NULL,
    "cause_assessed" TEXT NOT NULL,
    "icd11" TEXT,
    "area" TEXT NOT NULL,
    "place_of_death" TEXT NOT NULL,
    "status_at_death_stated" TEXT NOT NULL,
    "care_failures" TEXT[],
    "documents" TEXT[],
    "burial" TEXT NOT NULL,
    "how_family_learned" TEXT NOT NULL,
    "inquiry" TEXT NOT NULL,
    "official_position" TEXT NOT NULL,
    "mismatch" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "death_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "death_sign" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "death_id" UUID NOT NULL,
    "sign" TEXT NOT NULL,
    "observer" TEXT NOT NULL,

    CONSTRAINT "death_sign_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "release" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "arrest_id" UUID,
    "corrects" UUID,
    "source_id" UUID,
    "at_edtf" TEXT NOT NULL,
    "at_precision" TEXT NOT NULL,
    "at_earliest" TIMESTAMP(0),
    "at_latest" TIMESTAMP(0),
    "release" TEXT NOT NULL,
    "place" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_for" TEXT,

    CONSTRAINT "release_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "account_choice" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "account_choice_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "source" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "reliability" TEXT NOT NULL,
    "credibility" TEXT NOT NULL,
    "informed_edtf" TEXT,
    "informed_precision" TEXT,
    "informed_earliest" TIMESTAMP(0),
    "informed_latest" TIMESTAMP(0),
    "language" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "source_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "source_contact" (
    "case_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "name" TEXT,
    "phone" TEXT,
    "address" TEXT,

    CONSTRAINT "source_contact_pkey" PRIMARY KEY ("case_id","source_id")
);

-- CreateTable
CREATE TABLE "consent" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "use" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "giver" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "language" TEXT,
    "given_edtf" TEXT,
    "given_precision" TEXT,
    "given_earliest" TIMESTAMP(0),
    "given_latest" TIMESTAMP(0),
    "expires_on" DATE,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "verification" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "fact_arrest" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "organisation_no" SMALLINT NOT NULL,
    "office_no" SMALLINT NOT NULL,
    "country" SMALLINT NOT NULL,
    "latest" BOOLEAN NOT NULL,
    "arrested_from" TIMESTAMPTZ(0) NOT NULL,
    "arrested_until" TIMESTAMPTZ(0) NOT NULL,
    "arrested_on" DATE NOT NULL,
    "arrested_by" DATE NOT NULL,
    "judge_from" DATE NOT NULL,
    "judge_to" DATE NOT NULL,
    "release_from" DATE NOT NULL,
    "release_to" DATE NOT NULL,
    "next_from" DATE NOT NULL,
    "next_to" DATE NOT NULL,
    "death_from" DATE NOT NULL,
    "death_to" DATE NOT NULL,
    "known_on" DATE NOT NULL,
    "month" INTEGER NOT NULL,
    "area1" INTEGER NOT NULL,
    "area2" INTEGER NOT NULL,
    "area3" INTEGER NOT NULL,
    "legal_ground" SMALLINT NOT NULL,
    "setting" SMALLINT NOT NULL,
    "emergency_regime" SMALLINT NOT NULL,
    "sex" SMALLINT NOT NULL,
    "age_band" SMALLINT NOT NULL,
    "occupation" SMALLINT NOT NULL,
    "source_type" SMALLINT NOT NULL,
    "verification" SMALLINT NOT NULL,
    "bases" BIGINT NOT NULL,
    "forces" BIGINT NOT NULL,
    "vulnerabilities" BIGINT NOT NULL,
    "charges" BIGINT NOT NULL,
    "consents" BIGINT NOT NULL,
    "stage" SMALLINT NOT NULL,
    "stage_since" DATE NOT NULL,
    "measure" SMALLINT NOT NULL,
    "measure_since" DATE NOT NULL,
    "counsel" SMALLINT NOT NULL,
    "counsel_since" DATE NOT NULL,
    "place" INTEGER NOT NULL,
    "place_since" DATE NOT NULL,
    "changed" BIGINT NOT NULL DEFAULT nextval('fact_change'::regclass),

    CONSTRAINT "fact_arrest_pkey" PRIMARY KEY ("case_id","arrest_no")
);

-- CreateTable
CREATE TABLE "fact_state" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "kind" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "since" DATE NOT NULL,
    "code" INTEGER NOT NULL,

    CONSTRAINT "fact_state_pkey" PRIMARY KEY ("case_id","arrest_no","kind","position")
);

-- CreateTable
CREATE TABLE "fact_hearing" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "position" SMALLINT NOT NULL,
    "held_from" DATE NOT NULL,
    "held_to" DATE NOT NULL,
    "stage" SMALLINT NOT NULL,
    "mode" SMALLINT NOT NULL,
    "size" SMALLINT NOT NULL,
    "defendants" INTEGER NOT NULL,

    CONSTRAINT "fact_hearing_pkey" PRIMARY KEY ("case_id","arrest_no","position")
);

-- CreateTable
CREATE TABLE "fact_remedy" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "position" SMALLINT NOT NULL,
    "filed_from" DATE NOT NULL,
    "filed_to" DATE NOT NULL,
    "remedy" SMALLINT NOT NULL,
    "status" SMALLINT NOT NULL,
    "status_since" DATE NOT NULL,

    CONSTRAINT "fact_remedy_pkey" PRIMARY KEY ("case_id","arrest_no","position")
);

-- CreateTable
CREATE TABLE "fact_remedy_step" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "position" SMALLINT NOT NULL,
    "step" SMALLINT NOT NULL,
    "since" DATE NOT NULL,
    "status" SMALLINT NOT NULL,

    CONSTRAINT "fact_remedy_step_pkey" PRIMARY KEY ("case_id","arrest_no","position","step")
);

-- CreateTable
CREATE TABLE "fact_release" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "position" SMALLINT NOT NULL,
    "released_from" DATE NOT NULL,
    "released_to" DATE NOT NULL,
    "release" SMALLINT NOT NULL,
    "leaves" BOOLEAN NOT NULL,

    CONSTRAINT "fact_release_pkey" PRIMARY KEY ("case_id","arrest_no","position")
);

-- CreateTable
CREATE TABLE "fact_violation" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "position" SMALLINT NOT NULL,
    "happened_from" DATE NOT NULL,
    "happened_to" DATE NOT NULL,
    "violation" SMALLINT NOT NULL,
    "forces" BIGINT NOT NULL,

    CONSTRAINT "fact_violation_pkey" PRIMARY KEY ("case_id","arrest_no","position")
);

-- CreateTable
CREATE TABLE "fact_death" (
    "case_id" UUID NOT NULL,
    "arrest_no" SMALLINT NOT NULL,
    "died_from" DATE NOT NULL,
    "died_to" DATE NOT NULL,
    "manner_official" SMALLINT NOT NULL,
    "manner_assessed" SMALLINT NOT NULL,
    "class_assessed" SMALLINT NOT NULL,
    "cause_official" SMALLINT NOT NULL,
    "cause_assessed" SMALLINT NOT NULL,
    "area1" INTEGER NOT NULL,
    "place_of_death" SMALLINT NOT NULL,
    "month" INTEGER NOT NULL,
    "status_at_death" SMALLINT NOT NULL,
    "status_stated" SMALLINT NOT NULL,
    "mismatch" SMALLINT NOT NULL,
    "documents" BIGINT NOT NULL,
    "signs" BIGINT NOT NULL,

    CONSTRAINT "fact_death_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "no" SMALLSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "acronym" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office" (
    "id" UUID NOT NULL,
    "no" SMALLSERIAL NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "office_id" UUID,
    "email" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "roles" TEXT[],
    "password_hash" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_family" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),
    "ended_for" TEXT,

    CONSTRAINT "session_family_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_token" (
    "hash" BYTEA NOT NULL,
    "family_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "hash" BYTEA NOT NULL,
    "family_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "successor" BYTEA,

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "key" BYTEA NOT NULL,
    "failures" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "setup_code" (
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "setup_code_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "country" (
    "code" TEXT NOT NULL,
    "no" SMALLSERIAL NOT NULL,
    "en" TEXT NOT NULL,
    "es" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "loaded_at" TIMESTAMPTZ(6) NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "country_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "vocabulary" (
    "code" TEXT NOT NULL,
    "en" TEXT NOT NULL,
    "es" TEXT NOT NULL,
    "multi" BOOLEAN NOT NULL,
    "source" TEXT,

    CONSTRAINT "vocabulary_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "term" (
    "id" SMALLSERIAL NOT NULL,
    "vocabulary" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "country" TEXT NOT NULL DEFAULT '',
    "parent" TEXT,
    "en" TEXT NOT NULL,
    "es" TEXT NOT NULL,
    "definition" JSONB,
    "attributes" JSONB,
    "public" BOOLEAN NOT NULL DEFAULT true,
    "bit" SMALLINT,
    "position" SMALLINT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,

    CONSTRAINT "term_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "area" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "level" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "parent" TEXT,
    "valid_from" DATE,
    "valid_to" DATE,

    CONSTRAINT "area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "area_reading" (
    "area" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "level_name_en" TEXT NOT NULL,
    "level_name_es" TEXT NOT NULL,
    "parent" TEXT,

    CONSTRAINT "area_reading_pkey" PRIMARY KEY ("area","position")
);

-- CreateTable
CREATE TABLE "place" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "type" TEXT NOT NULL,
    "area" TEXT,
    "sex" TEXT,
    "valid_from" TEXT,
    "valid_to" TEXT,
    "note_en" TEXT,
    "note_es" TEXT,
    "source" TEXT,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emergency_period" (
    "country" TEXT NOT NULL,
    "number" SMALLINT NOT NULL,
    "from_edtf" TEXT NOT NULL,
    "to_edtf" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "source" TEXT,
    "note_en" TEXT,
    "note_es" TEXT,

    CONSTRAINT "emergency_period_pkey" PRIMARY KEY ("country","number")
);

-- CreateTable
CREATE TABLE "capacity" (
    "id" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "value" INTEGER NOT NULL,
    "as_of" TEXT NOT NULL,
    "hedge" TEXT,
    "source" TEXT NOT NULL,
    "address" TEXT,

    CONSTRAINT "capacity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "population" (
    "id" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "sex" TEXT,
    "age_band" TEXT,
    "value" INTEGER NOT NULL,
    "as_of" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "address" TEXT,
    "note" TEXT,

    CONSTRAINT "population_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "published_figure" (
    "id" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "indicator" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "as_of" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "population" TEXT NOT NULL,
    "hedge" TEXT NOT NULL,
    "qualifier" TEXT,
    "owner" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "address" TEXT,
    "note" TEXT,

    CONSTRAINT "published_figure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "organisation_id" UUID,
    "actor_id" UUID,
    "session_id" UUID,
    "request_id" TEXT,
    "action" TEXT NOT NULL,
    "case_id" UUID,
    "subject_id" UUID,
    "reason" TEXT,
    "details" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "user_id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "route" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "status" SMALLINT NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "ready" BOOLEAN NOT NULL DEFAULT false,
    "heartbeat_at" TIMESTAMPTZ(6),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "cancel_wanted" BOOLEAN NOT NULL DEFAULT false,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "input" JSONB NOT NULL,
    "checkpoint" JSONB,
    "result" JSONB,
    "problem" TEXT,

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_piece" (
    "job_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "import_piece_pkey" PRIMARY KEY ("job_id","position")
);

-- CreateTable
CREATE TABLE "import_fault" (
    "job_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "position" SMALLINT NOT NULL,
    "column" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "external_id" TEXT,

    CONSTRAINT "import_fault_pkey" PRIMARY KEY ("job_id","row","position")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "genre" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "document" JSON,
    "marking" TEXT,
    "data_version" TEXT,
    "findings" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "case_file_recorded_idx" ON "case_file"("organisation_id", "recorded_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "case_file_merged_into_idx" ON "case_file"("merged_into");

-- CreateIndex
CREATE INDEX "assignment_user_idx" ON "assignment"("user_id", "case_id");

-- CreateIndex
CREATE INDEX "merge_organisation_idx" ON "merge"("organisation_id", "merged_at" DESC, "id");

-- CreateIndex
CREATE INDEX "merge_keep_idx" ON "merge"("keep_id");

-- CreateIndex
CREATE INDEX "merge_absorb_idx" ON "merge"("absorb_id");

-- CreateIndex
CREATE INDEX "duplicate_candidate_list_idx" ON "duplicate_candidate"("organisation_id", "state", "score" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "duplicate_candidate_pair_key" ON "duplicate_candidate"("a_id", "b_id");

-- CreateIndex
CREATE INDEX "match_pending_job_idx" ON "match_pending"("job_id");

-- CreateIndex
CREATE INDEX "match_key_case_idx" ON "match_key"("case_id");

-- CreateIndex
CREATE INDEX "fact_arrest_changed_idx" ON "fact_arrest"("organisation_no", "changed" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "organisation_no_key" ON "organisation"("no");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_acronym_key" ON "organisation"("acronym");

-- CreateIndex
CREATE UNIQUE INDEX "office_no_key" ON "office"("no");

-- CreateIndex
CREATE UNIQUE INDEX "office_name_key" ON "office"("organisation_id", "name");

-- CreateIndex
CREATE INDEX "app_user_organisation_idx" ON "app_user"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "session_family_user_idx" ON "session_family"("user_id");

-- CreateIndex
CREATE INDEX "access_token_family_idx" ON "access_token"("family_id");

-- CreateIndex
CREATE INDEX "access_token_expiry_idx" ON "access_token"("expires_at");

-- CreateIndex
CREATE INDEX "refresh_token_family_idx" ON "refresh_token"("family_id");

-- CreateIndex
CREATE UNIQUE INDEX "country_no_key" ON "country"("no");

-- CreateIndex
CREATE UNIQUE INDEX "term_code_key" ON "term"("vocabulary", "country", "code");

-- CreateIndex
CREATE UNIQUE INDEX "area_code_key" ON "area"("code");

-- CreateIndex
CREATE INDEX "area_country_idx" ON "area"("country", "level");

-- CreateIndex
CREATE INDEX "area_parent_idx" ON "area"("parent");

-- CreateIndex
CREATE UNIQUE INDEX "place_code_key" ON "place"("code");

-- CreateIndex
CREATE INDEX "place_country_idx" ON "place"("country");

-- CreateIndex
CREATE INDEX "published_figure_indicator_idx" ON "published_figure"("country", "indicator");

-- CreateIndex
CREATE INDEX "audit_entry_list_idx" ON "audit_entry"("organisation_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_case_idx" ON "audit_entry"("case_id", "at");

-- CreateIndex
CREATE INDEX "idempotency_key_created_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "job_queue_idx" ON "job"("status", "created_at");

-- CreateIndex
CREATE INDEX "job_list_idx" ON "job"("organisation_id", "kind", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "report_list_idx" ON "report"("organisation_id", "created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "report_number_key" ON "report"("organisation_id", "number");

-- AddForeignKey
ALTER TABLE "office" ADD CONSTRAINT "office_organisation_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_organisation_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_office_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_family" ADD CONSTRAINT "session_family_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_family_fkey" FOREIGN KEY ("family_id") REFERENCES "session_family"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_family_fkey" FOREIGN KEY ("family_id") REFERENCES "session_family"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "term" ADD CONSTRAINT "term_vocabulary_fkey" FOREIGN KEY ("vocabulary") REFERENCES "vocabulary"("code") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ---------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say
-- ---------------------------------------------------------------------------------------------------------------

-- Parts belong to a case. Nothing is deleted with its case by accident: erasure is an act of its own.
ALTER TABLE "external_id" ADD CONSTRAINT "external_id_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "person" ADD CONSTRAINT "person_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "testimony" ADD CONSTRAINT "testimony_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "amendment" ADD CONSTRAINT "amendment_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "note" ADD CONSTRAINT "note_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "measure" ADD CONSTRAINT "measure_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "charge" ADD CONSTRAINT "charge_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "contact" ADD CONSTRAINT "contact_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "violation" ADD CONSTRAINT "violation_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "death" ADD CONSTRAINT "death_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "death_sign" ADD CONSTRAINT "death_sign_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "release" ADD CONSTRAINT "release_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "account_choice" ADD CONSTRAINT "account_choice_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "source" ADD CONSTRAINT "source_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "source_contact" ADD CONSTRAINT "source_contact_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "consent" ADD CONSTRAINT "consent_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "verification" ADD CONSTRAINT "verification_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "case_number" ADD CONSTRAINT "case_number_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "match_pending" ADD CONSTRAINT "match_pending_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE CASCADE;
ALTER TABLE "match_key" ADD CONSTRAINT "match_key_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE RESTRICT;

-- Facts are derived from events, and fall with the case row or are rebuilt; the others hang on the fact of their arrest.
ALTER TABLE "fact_arrest" ADD CONSTRAINT "fact_arrest_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file" ("id") ON DELETE CASCADE;
ALTER TABLE "fact_state" ADD CONSTRAINT "fact_state_arrest_fkey" FOREIGN KEY ("case_id", "arrest_no") REFERENCES "fact_arrest" ("case_id", "arrest_no") ON DELETE CASCADE;
ALTER TABLE "fact_hearing" ADD CONSTRAINT "fact_hearing_arrest_fkey" FOREIGN KEY ("case_id", "arrest_no") REFERENCES "fact_arrest" ("case_id", "arrest_no") ON DELETE CASCADE;
ALTER TABLE "fact_remedy" ADD CONSTRAINT "fact_remedy_arrest_fkey" FOREIGN KEY ("case_id", "arrest_no") REFERENCES "fact_arrest" ("case_id", "arrest_no") ON DELETE CASCADE;
ALTER TABLE "fact_remedy_step" ADD CONSTRAINT "fact_remedy_step_remedy_fkey" FOREIGN KEY ("case_id", "arrest_no", "position") REFERENCES "fact_remedy" ("case_id", "arrest_no", "position") ON DELETE CASCADE;
ALTER TABLE "fact_release" ADD CONSTRAINT "fact_release_arrest_fkey" FOREIGN KEY ("case_id", "arrest_no") REFERENCES "fact_arrest" ("case_id", "arrest_no") ON DELETE CASCADE;
ALTER TABLE "fact_violation" ADD CONSTRAINT "fact_violation_arrest_fkey" FOREIGN KEY ("case_id", "arrest_no") REFERENCES "fact_arrest" ("case_id", "arrest_no") ON DELETE CASCADE;
ALTER TABLE "fact_death" ADD CONSTRAINT "fact_death_arrest_fkey" FOREIGN KEY ("case_id", "arrest_no") REFERENCES "fact_arrest" ("case_id", "arrest_no") ON DELETE CASCADE;

-- An event names its arrest, its source and what it corrects within its own case.
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "custody_spell" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "hearing" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "measure" ADD CONSTRAINT "measure_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "measure" ADD CONSTRAINT "measure_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "measure" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "measure" ADD CONSTRAINT "measure_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "measure" ADD CONSTRAINT "measure_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "measure" ADD CONSTRAINT "measure_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "charge" ADD CONSTRAINT "charge_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "charge" ADD CONSTRAINT "charge_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "charge" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "charge" ADD CONSTRAINT "charge_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "charge" ADD CONSTRAINT "charge_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "charge" ADD CONSTRAINT "charge_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "counsel" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "contact" ADD CONSTRAINT "contact_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "contact" ADD CONSTRAINT "contact_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "contact" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "contact" ADD CONSTRAINT "contact_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "contact" ADD CONSTRAINT "contact_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "contact" ADD CONSTRAINT "contact_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "remedy" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "remedy_step" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "violation" ADD CONSTRAINT "violation_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "violation" ADD CONSTRAINT "violation_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "violation" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "violation" ADD CONSTRAINT "violation_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "violation" ADD CONSTRAINT "violation_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "violation" ADD CONSTRAINT "violation_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "death" ADD CONSTRAINT "death_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "death" ADD CONSTRAINT "death_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "death" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "death" ADD CONSTRAINT "death_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "death" ADD CONSTRAINT "death_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "death" ADD CONSTRAINT "death_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "release" ADD CONSTRAINT "release_arrest_fkey" FOREIGN KEY ("case_id", "arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "release" ADD CONSTRAINT "release_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "release" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "release" ADD CONSTRAINT "release_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "release" ADD CONSTRAINT "release_withdrawn_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by" IS NULL));
ALTER TABLE "release" ADD CONSTRAINT "release_corrects_another" CHECK ("corrects" <> "id");
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_previous_fkey" FOREIGN KEY ("case_id", "previous_arrest_id") REFERENCES "arrest" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_remedy_fkey" FOREIGN KEY ("case_id", "remedy_id") REFERENCES "remedy" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "death_sign" ADD CONSTRAINT "death_sign_death_fkey" FOREIGN KEY ("case_id", "death_id") REFERENCES "death" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "source_contact" ADD CONSTRAINT "source_contact_source_fkey" FOREIGN KEY ("case_id", "source_id") REFERENCES "source" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_person_fkey" FOREIGN KEY ("case_id", "person_id") REFERENCES "person" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "note" ADD CONSTRAINT "note_corrects_fkey" FOREIGN KEY ("case_id", "corrects") REFERENCES "note" ("case_id", "id") ON DELETE RESTRICT;
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "case_file" ("id") ON DELETE RESTRICT;
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_organisation_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT;
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_office_fkey" FOREIGN KEY ("office_id") REFERENCES "office" ("id") ON DELETE RESTRICT;
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user" ("id") ON DELETE RESTRICT;
ALTER TABLE "import_piece" ADD CONSTRAINT "import_piece_job_fkey" FOREIGN KEY ("job_id") REFERENCES "job" ("id") ON DELETE CASCADE;
ALTER TABLE "import_fault" ADD CONSTRAINT "import_fault_job_fkey" FOREIGN KEY ("job_id") REFERENCES "job" ("id") ON DELETE CASCADE;

-- Dates are intervals: the earliest moment is not after the latest, and a date has a spelling and a precision.
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "arrest" ADD CONSTRAINT "arrest_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_until_ordered" CHECK ("until_earliest" <= "until_latest");
ALTER TABLE "custody_spell" ADD CONSTRAINT "custody_spell_until_precision" CHECK ("until_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "measure" ADD CONSTRAINT "measure_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "measure" ADD CONSTRAINT "measure_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "measure" ADD CONSTRAINT "measure_until_ordered" CHECK ("until_earliest" <= "until_latest");
ALTER TABLE "measure" ADD CONSTRAINT "measure_until_precision" CHECK ("until_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "charge" ADD CONSTRAINT "charge_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "charge" ADD CONSTRAINT "charge_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_until_ordered" CHECK ("until_earliest" <= "until_latest");
ALTER TABLE "counsel" ADD CONSTRAINT "counsel_until_precision" CHECK ("until_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "contact" ADD CONSTRAINT "contact_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "contact" ADD CONSTRAINT "contact_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "contact" ADD CONSTRAINT "contact_until_ordered" CHECK ("until_earliest" <= "until_latest");
ALTER TABLE "contact" ADD CONSTRAINT "contact_until_precision" CHECK ("until_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "remedy_step" ADD CONSTRAINT "remedy_step_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "violation" ADD CONSTRAINT "violation_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "violation" ADD CONSTRAINT "violation_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "violation" ADD CONSTRAINT "violation_until_ordered" CHECK ("until_earliest" <= "until_latest");
ALTER TABLE "violation" ADD CONSTRAINT "violation_until_precision" CHECK ("until_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "death" ADD CONSTRAINT "death_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "death" ADD CONSTRAINT "death_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "release" ADD CONSTRAINT "release_at_ordered" CHECK ("at_earliest" <= "at_latest");
ALTER TABLE "release" ADD CONSTRAINT "release_at_precision" CHECK ("at_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "source" ADD CONSTRAINT "source_informed_ordered" CHECK ("informed_earliest" <= "informed_latest");
ALTER TABLE "source" ADD CONSTRAINT "source_informed_precision" CHECK ("informed_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "consent" ADD CONSTRAINT "consent_given_ordered" CHECK ("given_earliest" <= "given_latest");
ALTER TABLE "consent" ADD CONSTRAINT "consent_given_precision" CHECK ("given_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));
ALTER TABLE "person" ADD CONSTRAINT "person_born_ordered" CHECK ("born_earliest" <= "born_latest");
ALTER TABLE "person" ADD CONSTRAINT "person_born_precision" CHECK ("born_precision" IN ('EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN'));

-- Words that the code reasons about.
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_roles_known" CHECK ("roles" <@ ARRAY['caseworker', 'lawyer', 'coordinator', 'researcher', 'administrator', 'auditor'] AND cardinality("roles") > 0);
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_email_folded" CHECK ("email" = lower("email") AND length("email") BETWEEN 3 AND 254);
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_confidentiality_known" CHECK ("confidentiality" IN ('PUBLIC', 'TEAM', 'LEGAL_PRIVILEGED', 'RESTRICTED_NAMES', 'SEALED'));
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_not_into_itself" CHECK ("merged_into" <> "id");
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_version_positive" CHECK ("version" > 0);
ALTER TABLE "case_number" ADD CONSTRAINT "case_number_form" CHECK ("number" ~ '^[A-Z]{2,8}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$');
ALTER TABLE "external_id" ADD CONSTRAINT "external_id_not_blank" CHECK (length("external_id") BETWEEN 1 AND 200);
ALTER TABLE "person" ADD CONSTRAINT "person_age_plausible" CHECK ("age_at_arrest" BETWEEN 0 AND 120);
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_defendants_positive" CHECK ("defendants" BETWEEN 1 AND 100000);
ALTER TABLE "merge" ADD CONSTRAINT "merge_two_files" CHECK ("keep_id" <> "absorb_id");
ALTER TABLE "merge" ADD CONSTRAINT "merge_ended_whole" CHECK (("ended_at" IS NULL) = ("ended_by" IS NULL));
ALTER TABLE "duplicate_candidate" ADD CONSTRAINT "duplicate_candidate_two_files" CHECK ("a_id" <> "b_id");
ALTER TABLE "duplicate_candidate" ADD CONSTRAINT "duplicate_candidate_state_known" CHECK ("state" IN ('open', 'merged', 'different'));
ALTER TABLE "job" ADD CONSTRAINT "job_status_known" CHECK ("status" IN ('queued', 'running', 'succeeded', 'failed', 'cancelled'));
ALTER TABLE "term" ADD CONSTRAINT "term_bit_in_mask" CHECK ("bit" BETWEEN 0 AND 62);
ALTER TABLE "fact_state" ADD CONSTRAINT "fact_state_kind_known" CHECK ("kind" IN ('stage', 'measure', 'counsel', 'place'));

-- Only one merge of a file is in force at a time.
CREATE UNIQUE INDEX "merge_absorb_in_force_key" ON "merge" ("absorb_id") WHERE "ended_at" IS NULL;
-- A bit belongs to one term of a vocabulary.
CREATE UNIQUE INDEX "term_bit_key" ON "term" ("vocabulary", "bit") WHERE "bit" IS NOT NULL;
-- Lists are pages of a keyset over the latest arrest of each person, within an organisation or an office.
CREATE INDEX "fact_arrest_list_idx" ON "fact_arrest" ("organisation_no", "arrested_on" DESC, "case_id" DESC) WHERE "latest";
CREATE INDEX "fact_arrest_office_list_idx" ON "fact_arrest" ("office_no", "arrested_on" DESC, "case_id" DESC) WHERE "latest";
CREATE INDEX "case_file_office_recorded_idx" ON "case_file" ("office_id", "recorded_at" DESC, "id" DESC);
-- Who is assigned now.
CREATE UNIQUE INDEX "assignment_in_force_key" ON "assignment" ("case_id", "user_id") WHERE "ended_at" IS NULL;

-- Whoever holds a live access token: one row, or none. A revoked session, a disabled user or a closed office is gone at
-- the next request, because every request asks here (security/design.md section 2).
CREATE VIEW "live_session" AS
SELECT t."hash", f."id" AS "family_id", u."id" AS "user_id", u."organisation_id", o."no" AS "organisation_no", o."acronym", o."country",
       u."office_id", c."no" AS "office_no", u."roles"
FROM "access_token" t
JOIN "session_family" f ON f."id" = t."family_id" AND f."ended_at" IS NULL
JOIN "app_user" u ON u."id" = f."user_id" AND u."disabled_at" IS NULL
JOIN "organisation" o ON o."id" = u."organisation_id"
LEFT JOIN "office" c ON c."id" = u."office_id"
WHERE t."expires_at" > now() AND c."closed_at" IS NULL;
COMMENT ON VIEW "live_session" IS 'Access tokens that are valid at this moment, with whom they speak for.';

-- The trail is only ever added to. A speed bump for mistakes, not a proof: the owner of the table can drop it.
CREATE FUNCTION "audit_entry_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are only ever added' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_is_append_only"();

-- The value of one dimension as a number: a term, an area, a month, or a mask of terms. A dimension given as a constant
-- folds away at planning time, so one written question serves every combination of dimensions.
-- States that change over time (stage, measure, counsel, place) are handed in as they stood on the cut-off day.
CREATE FUNCTION "dimension_of"("f" "fact_arrest", "dimension" text, "stage" int, "measure" int, "counsel" int, "place" int) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE dimension
    WHEN 'legalGround' THEN (f).legal_ground::bigint
    WHEN 'sex' THEN (f).sex::bigint
    WHEN 'ageBand' THEN (f).age_band::bigint
    WHEN 'area1' THEN (f).area1::bigint
    WHEN 'area2' THEN (f).area2::bigint
    WHEN 'district' THEN (f).area3::bigint
    WHEN 'occupation' THEN (f).occupation::bigint
    WHEN 'month' THEN (f).month::bigint
    WHEN 'year' THEN ((f).month / 100)::bigint
    WHEN 'setting' THEN (f).setting::bigint
    WHEN 'emergencyRegime' THEN (f).emergency_regime::bigint
    WHEN 'sourceType' THEN (f).source_type::bigint
    WHEN 'verification' THEN (f).verification::bigint
    WHEN 'office' THEN (f).office_no::bigint
    WHEN 'basis' THEN (f).bases
    WHEN 'force' THEN (f).forces
    WHEN 'forceCombination' THEN (f).forces
    WHEN 'vulnerability' THEN (f).vulnerabilities
    WHEN 'charge' THEN (f).charges
    WHEN 'consent' THEN (f).consents
    WHEN 'stage' THEN stage::bigint
    WHEN 'measure' THEN measure::bigint
    WHEN 'counsel' THEN counsel::bigint
    WHEN 'place' THEN place::bigint
  END
$$;

-- The same for deaths: their own dimensions, and those of the arrest. The area of a death is its own where it is known.
CREATE FUNCTION "dimension_of_death"("x" "fact_death", "f" "fact_arrest", "dimension" text, "stage" int, "measure" int, "counsel" int, "place" int) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE dimension
    WHEN 'mannerOfficial' THEN (x).manner_official::bigint
    WHEN 'mannerAssessed' THEN (x).manner_assessed::bigint
    WHEN 'assessedClass' THEN (x).class_assessed::bigint
    WHEN 'causeOfficial' THEN (x).cause_official::bigint
    WHEN 'causeAssessed' THEN (x).cause_assessed::bigint
    WHEN 'placeOfDeath' THEN (x).place_of_death::bigint
    WHEN 'statusAtDeath' THEN (x).status_at_death::bigint
    WHEN 'statusStated' THEN (x).status_stated::bigint
    WHEN 'causeDiffers' THEN (x).mismatch::bigint
    WHEN 'deathDocument' THEN (x).documents
    WHEN 'autopsySeen' THEN (x).documents
    WHEN 'photosSeen' THEN (x).documents
    WHEN 'sign' THEN (x).signs
    WHEN 'deathMonth' THEN (x).month::bigint
    WHEN 'deathYear' THEN ((x).month / 100)::bigint
    WHEN 'area1' THEN CASE WHEN (x).area1 <> 0 THEN (x).area1::bigint ELSE (f).area1::bigint END
    ELSE dimension_of(f, dimension, stage, measure, counsel, place)
  END
$$;

-- Whether a value passes a filter: no filter, one of these numbers, or any bit of this mask.
CREATE FUNCTION "passes"("value" bigint, "numbers" bigint[], "mask" bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN mask IS NOT NULL THEN (value & mask) <> 0 WHEN numbers IS NOT NULL THEN value = ANY (numbers) ELSE true END
$$;
