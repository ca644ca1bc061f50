-- The trail shows tampering: each entry has a MAC that the database cannot make, and a Merkle tree is sealed behind it.

-- Entries from before have no MAC, and one that is made afterwards would prove nothing. They also hold reasons in clear
-- text. No release had them; they go.
DROP TRIGGER "audit_entry_append_only" ON "audit_entry";
TRUNCATE "audit_entry";

-- AlterTable
ALTER TABLE "audit_entry" DROP COLUMN "details",
DROP COLUMN "reason",
ADD COLUMN     "mac" BYTEA NOT NULL,
ADD COLUMN     "sealed" BYTEA,
ADD COLUMN     "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
ALTER COLUMN "at" DROP DEFAULT;

-- CreateTable
CREATE TABLE "audit_salt" (
    "entry_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "audit_salt_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "audit_leaf" (
    "position" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "audit_leaf_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "audit_node" (
    "level" SMALLINT NOT NULL,
    "position" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "audit_node_pkey" PRIMARY KEY ("level","position")
);

-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "frontier" BYTEA NOT NULL,
    "horizon" xid8 NOT NULL,
    "server" BIGINT NOT NULL,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "audit_verification" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "entries" BIGINT NOT NULL,
    "checkpoints" BIGINT NOT NULL,
    "pending" INTEGER NOT NULL,
    "stubs" BIGINT NOT NULL,
    "outside" INTEGER NOT NULL,
    "findings" INTEGER NOT NULL,
    "found" JSONB NOT NULL,
    "milliseconds" INTEGER NOT NULL,

    CONSTRAINT "audit_verification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_salt_case_idx" ON "audit_salt"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_leaf_entry_key" ON "audit_leaf"("entry_id");

-- CreateIndex
CREATE INDEX "audit_verification_at_idx" ON "audit_verification"("at" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_xid_idx" ON "audit_entry"("xid");

ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_mac_whole" CHECK (octet_length("mac") = 32);
ALTER TABLE "audit_salt" ADD CONSTRAINT "audit_salt_whole" CHECK (octet_length("salt") = 32);
ALTER TABLE "audit_leaf" ADD CONSTRAINT "audit_leaf_digest_whole" CHECK ("position" >= 0 AND octet_length("digest") = 32);
ALTER TABLE "audit_node" ADD CONSTRAINT "audit_node_digest_whole" CHECK ("level" > 0 AND "position" >= 0 AND octet_length("digest") = 32);
ALTER TABLE "audit_checkpoint" ADD CONSTRAINT "audit_checkpoint_not_empty" CHECK ("size" > 0);

-- Speed bumps for mistakes, as for the entries: the owner of a table can drop them, and verification is the proof.
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_is_append_only"();
CREATE TRIGGER "audit_leaf_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_leaf" FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_is_append_only"();
CREATE TRIGGER "audit_node_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_node" FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_is_append_only"();
CREATE TRIGGER "audit_checkpoint_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_is_append_only"();
