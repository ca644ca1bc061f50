-- Reading is an act and a disclosure is one: both leave rows that a second person sees.

-- CreateTable
CREATE TABLE "break_glass" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "ended_by" UUID,

    CONSTRAINT "break_glass_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateTable
CREATE TABLE "reading_day" (
    "user_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "organisation_id" UUID NOT NULL,
    "readings" INTEGER NOT NULL DEFAULT 0,
    "allowance" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reading_day_pkey" PRIMARY KEY ("user_id","day")
);

-- CreateTable
CREATE TABLE "case_notice" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "case_id" UUID,
    "user_id" UUID,
    "subject_id" UUID,
    "raised_at" TIMESTAMPTZ(6) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(6),
    "acknowledged_by" UUID,

    CONSTRAINT "case_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure" (
    "case_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "identity" BOOLEAN NOT NULL,
    "uses" TEXT[],
    "overridden" TEXT[],
    "decided_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "taken_at" TIMESTAMPTZ(6),
    "digest" BYTEA,

    CONSTRAINT "disclosure_pkey" PRIMARY KEY ("case_id","id")
);

-- CreateIndex
CREATE INDEX "break_glass_user_idx" ON "break_glass"("user_id", "case_id");

-- CreateIndex
CREATE INDEX "case_notice_list_idx" ON "case_notice"("organisation_id", "raised_at" DESC, "id" DESC);

-- What Prisma cannot say.

ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT;
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_ended_whole" CHECK (("ended_at" IS NULL) = ("ended_by" IS NULL));
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_short" CHECK ("expires_at" <= "opened_at" + interval '24 hours');
ALTER TABLE "reading_day" ADD CONSTRAINT "reading_day_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT;
ALTER TABLE "reading_day" ADD CONSTRAINT "reading_day_not_negative" CHECK ("readings" >= 0 AND "allowance" >= 0);
ALTER TABLE "case_notice" ADD CONSTRAINT "case_notice_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "case_notice" ADD CONSTRAINT "case_notice_organisation_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT;
ALTER TABLE "case_notice" ADD CONSTRAINT "case_notice_other_person" CHECK ("acknowledged_by" <> "user_id");
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_names_by_consent" CHECK (NOT ("identity" AND cardinality("overridden") > 0));
