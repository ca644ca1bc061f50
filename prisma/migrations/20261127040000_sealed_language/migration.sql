-- The language in which somebody told something, or consented, is sealed as well: no figure is computed from it, and one that
-- few speak, beside a district and a day, points at a village and at whoever told us.

-- The policies of an earlier start bind the owner too, until it says that it is at work.
SELECT set_config('app.duty', 'work', true);

-- Cases with a language in the clear are sealed at the next start, before anything is served, like those from before
-- anything was sealed; their digests are keyed already and stay, so the reason is another one.
ALTER TABLE "reseal_pending" DROP CONSTRAINT "reseal_pending_reason_known";
ALTER TABLE "reseal_pending" ADD CONSTRAINT "reseal_pending_reason_known" CHECK ("reason" IN ('unsealed', 'unsealed-column', 'rotation'));
INSERT INTO "reseal_pending" ("case_id", "reason")
SELECT "id", 'unsealed-column' FROM "case_file" c
WHERE c."erased_at" IS NULL
  AND (EXISTS (SELECT FROM "source" s WHERE s."case_id" = c."id" AND s."language" IS NOT NULL)
    OR EXISTS (SELECT FROM "consent" n WHERE n."case_id" = c."id" AND n."language" IS NOT NULL))
ON CONFLICT ("case_id") DO UPDATE SET "reason" = EXCLUDED."reason" WHERE "reseal_pending"."reason" = 'rotation';

-- The keys of whoever was erased are gone: had it been sealed, it would be noise by now. This is what was promised to them.
UPDATE "source" s SET "language" = NULL FROM "case_file" c WHERE c."id" = s."case_id" AND c."erased_at" IS NOT NULL AND s."language" IS NOT NULL;
UPDATE "consent" n SET "language" = NULL FROM "case_file" c WHERE c."id" = n."case_id" AND c."erased_at" IS NOT NULL AND n."language" IS NOT NULL;

ALTER TABLE "source" ADD CONSTRAINT "source_sealed" CHECK ("language" LIKE 'v1:%') NOT VALID;
ALTER TABLE "consent" ADD CONSTRAINT "consent_sealed" CHECK ("language" LIKE 'v1:%') NOT VALID;
