-- A closed case is not kept for ever, and not erased while somebody needs it: schedules, holds, proposals, risk reviews.

-- CreateTable
CREATE TABLE "case_retention" (
    "case_id" UUID NOT NULL,
    "class" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(6) NOT NULL,
    "set_by" UUID NOT NULL,

    CONSTRAINT "case_retention_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "legal_hold" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "placed_at" TIMESTAMPTZ(6) NOT NULL,
    "placed_by" UUID NOT NULL,
    "release_asked_at" TIMESTAMPTZ(6),
    "release_asked_by" UUID,
    "released_at" TIMESTAMPTZ(6),
    "released_by" UUID,

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "erasure_proposal" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "class" TEXT NOT NULL,
    "closed_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "proposed_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'OPEN',
    "decided_at" TIMESTAMPTZ(6),
    "decided_by" UUID,

    CONSTRAINT "erasure_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "risk_review" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "review_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,

    CONSTRAINT "risk_review_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateIndex
CREATE INDEX "erasure_proposal_list_idx" ON "erasure_proposal"("organisation_id", "state", "due_on", "id");

-- CreateIndex
CREATE INDEX "erasure_proposal_case_idx" ON "erasure_proposal"("case_id");

-- What Prisma cannot say.

ALTER TABLE "case_retention" ADD CONSTRAINT "case_retention_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "case_retention" ADD CONSTRAINT "case_retention_class_known" CHECK ("class" IN ('SHORT', 'STANDARD', 'EVIDENCE', 'PERMANENT'));
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE RESTRICT;
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_two_people" CHECK ("released_by" IS NULL OR ("release_asked_by" IS NOT NULL AND "released_by" <> "release_asked_by"));
ALTER TABLE "erasure_proposal" ADD CONSTRAINT "erasure_proposal_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "erasure_proposal" ADD CONSTRAINT "erasure_proposal_state_known" CHECK ("state" IN ('OPEN', 'KEPT', 'CONFIRMED', 'ERASED'));
ALTER TABLE "risk_review" ADD CONSTRAINT "risk_review_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
-- One question at a time about one case.
CREATE UNIQUE INDEX "erasure_proposal_open_key" ON "erasure_proposal" ("case_id") WHERE "state" IN ('OPEN', 'CONFIRMED');
CREATE INDEX "case_file_review_idx" ON "case_file" ("organisation_id", "risk_review_on", "id") WHERE "risk_review_on" IS NOT NULL;
