-- Names and testimony are sealed from here on, so there are keys: stored wrapped, useless without the key provider.

-- CreateTable
CREATE TABLE "installation_key" (
    "purpose" TEXT NOT NULL,
    "wrapped_by" TEXT NOT NULL,
    "blob" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_key_pkey" PRIMARY KEY ("purpose")
);

-- CreateTable
CREATE TABLE "organisation_key" (
    "organisation_id" UUID NOT NULL,
    "version" SMALLINT NOT NULL,
    "wrapped_by" TEXT NOT NULL,
    "blob" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_key_pkey" PRIMARY KEY ("organisation_id","version")
);

-- CreateTable
CREATE TABLE "case_key" (
    "case_id" UUID NOT NULL,
    "class" TEXT NOT NULL,
    "version" SMALLINT NOT NULL,
    "wrapped_by" TEXT NOT NULL,
    "blob" BYTEA NOT NULL,

    CONSTRAINT "case_key_pkey" PRIMARY KEY ("case_id","class","version")
);

-- CreateTable
CREATE TABLE "passphrase_key" (
    "name" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,
    "memory_kib" INTEGER NOT NULL,
    "passes" SMALLINT NOT NULL,
    "verifier" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "passphrase_key_pkey" PRIMARY KEY ("name")
);

-- What Prisma cannot say.

ALTER TABLE "organisation_key" ADD CONSTRAINT "organisation_key_organisation_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT;
ALTER TABLE "organisation_key" ADD CONSTRAINT "organisation_key_version_positive" CHECK ("version" > 0);
ALTER TABLE "case_key" ADD CONSTRAINT "case_key_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "case_key" ADD CONSTRAINT "case_key_class_known" CHECK ("class" IN ('identity', 'testimony', 'source'));
ALTER TABLE "case_key" ADD CONSTRAINT "case_key_version_positive" CHECK ("version" > 0);
