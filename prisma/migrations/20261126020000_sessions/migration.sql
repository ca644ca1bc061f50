-- A password alone must not open a file: second factors, fresh proofs, tokens for programs, and what protects somebody
-- who is made to sign in (stand-ins, suspended scope, alerts).

-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "stands_in_for" UUID;

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "factor_since" TIMESTAMPTZ(6),
ADD COLUMN     "stands_in_for" UUID,
ADD COLUMN     "suspended_until" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "session_family" ADD COLUMN     "authenticated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "name" TEXT;

-- CreateTable
CREATE TABLE "totp_factor" (
    "user_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "confirmed_at" TIMESTAMPTZ(6),
    "last_step" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "totp_factor_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "credential_id" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id","hash")
);

-- CreateTable
CREATE TABLE "sign_in_challenge" (
    "hash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "acting_id" UUID,
    "question" TEXT,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "sign_in_challenge_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "sign_in_bucket" (
    "key" BYTEA NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sign_in_bucket_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "service_token" (
    "id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "addresses" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "revoked_for" TEXT,

    CONSTRAINT "service_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oidc_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "oidc_identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "scope_restoration" (
    "user_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "scope_restoration_pkey" PRIMARY KEY ("user_id","by_id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID,
    "raised_at" TIMESTAMPTZ(6) NOT NULL,
    "details" JSONB,
    "seen_at" TIMESTAMPTZ(6),
    "seen_by" UUID,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "passkey_credential_key" ON "passkey"("credential_id");

-- CreateIndex
CREATE INDEX "passkey_user_idx" ON "passkey"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_challenge_expiry_idx" ON "sign_in_challenge"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "service_token_hash_key" ON "service_token"("hash");

-- CreateIndex
CREATE INDEX "service_token_owner_idx" ON "service_token"("owner_id");

-- CreateIndex
CREATE INDEX "oidc_identity_user_idx" ON "oidc_identity"("user_id");

-- CreateIndex
CREATE INDEX "alert_list_idx" ON "alert"("organisation_id", "raised_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_stands_in_for_key" ON "app_user"("stands_in_for");

-- AddForeignKey
ALTER TABLE "totp_factor" ADD CONSTRAINT "totp_factor_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_token" ADD CONSTRAINT "service_token_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oidc_identity" ADD CONSTRAINT "oidc_identity_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scope_restoration" ADD CONSTRAINT "scope_restoration_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Acronyms and addresses are unique among real organisations and accounts; a stand-in carries those of the real one, so
-- that nothing on a screen tells them apart.
DROP INDEX "organisation_acronym_key";
CREATE UNIQUE INDEX "organisation_acronym_key" ON "organisation" ("acronym") WHERE "stands_in_for" IS NULL;
DROP INDEX "app_user_email_key";
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user" ("email") WHERE "stands_in_for" IS NULL;

ALTER TABLE "organisation" ADD CONSTRAINT "organisation_stands_in_for_fkey" FOREIGN KEY ("stands_in_for") REFERENCES "organisation" ("id") ON DELETE CASCADE;
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_stands_in_for_fkey" FOREIGN KEY ("stands_in_for") REFERENCES "app_user" ("id") ON DELETE CASCADE;
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_stand_in_is_not_suspended" CHECK ("stands_in_for" IS NULL OR "suspended_until" IS NULL);
ALTER TABLE "sign_in_challenge" ADD CONSTRAINT "sign_in_challenge_kind" CHECK ("kind" IN ('second-factor', 'passkey', 'passkey-enrolment', 'oidc'));
ALTER TABLE "service_token" ADD CONSTRAINT "service_token_ends" CHECK ("expires_at" > "created_at");
ALTER TABLE "service_token" ADD CONSTRAINT "service_token_has_scopes" CHECK (cardinality("scopes") > 0);
ALTER TABLE "alert" ADD CONSTRAINT "alert_organisation_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT;

-- Whoever holds a live token, of a session or of a program. A suspended scope has no live token: its owner signs in to
-- the stand-in instead.
CREATE OR REPLACE VIEW "live_session" AS
SELECT t."hash", f."id" AS "family_id", u."id" AS "user_id", u."organisation_id", o."no" AS "organisation_no", o."acronym", o."country",
       u."office_id", c."no" AS "office_no", u."roles",
       f."authenticated_at", u."factor_since", NULL::text[] AS "scopes", NULL::text[] AS "addresses"
FROM "access_token" t
JOIN "session_family" f ON f."id" = t."family_id" AND f."ended_at" IS NULL
JOIN "app_user" u ON u."id" = f."user_id" AND u."disabled_at" IS NULL AND (u."suspended_until" IS NULL OR u."suspended_until" <= now())
JOIN "organisation" o ON o."id" = u."organisation_id"
LEFT JOIN "office" c ON c."id" = u."office_id"
WHERE t."expires_at" > now() AND c."closed_at" IS NULL
UNION ALL
SELECT t."hash", t."id", u."id", u."organisation_id", o."no", o."acronym", o."country", u."office_id", c."no", u."roles",
       NULL, u."factor_since", t."scopes", t."addresses"
FROM "service_token" t
JOIN "app_user" u ON u."id" = t."owner_id" AND u."disabled_at" IS NULL AND (u."suspended_until" IS NULL OR u."suspended_until" <= now())
JOIN "organisation" o ON o."id" = u."organisation_id"
LEFT JOIN "office" c ON c."id" = u."office_id"
WHERE t."revoked_at" IS NULL AND t."expires_at" > now() AND c."closed_at" IS NULL;
