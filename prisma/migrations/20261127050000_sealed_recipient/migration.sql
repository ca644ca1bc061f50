-- Whoever got a case file is written in free words, which can name a person or an organisation that the State looks for. It
-- is sealed like every remark, and goes when the person is erased; purpose, consents and days of the register stay.

-- The policies of an earlier start bind the owner too, until it says that it is at work.
SELECT set_config('app.duty', 'work', true);

-- Sealed at the next start, before anything is served (20261127040000_sealed_language).
INSERT INTO "reseal_pending" ("case_id", "reason")
SELECT "id", 'unsealed-column' FROM "case_file" c
WHERE c."erased_at" IS NULL AND EXISTS (SELECT FROM "disclosure" d WHERE d."case_id" = c."id")
ON CONFLICT ("case_id") DO UPDATE SET "reason" = EXCLUDED."reason" WHERE "reseal_pending"."reason" = 'rotation';

-- The keys of whoever was erased are gone: what stands for noise takes its place.
UPDATE "disclosure" d SET "recipient" = 'v1:' FROM "case_file" c WHERE c."id" = d."case_id" AND c."erased_at" IS NOT NULL;

ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_sealed" CHECK ("recipient" LIKE 'v1:%') NOT VALID;
