-- Digests of names are stored only where NAME_INDEX is `blind` (docs/adr/2026-11-27-name-index.md), so those that an
-- earlier version wrote for everybody go, with the pages they stood on. Where they are wanted, the service makes them anew,
-- and says of each whether people are searched by it. What was amended or erased lately is found without reading everything.

TRUNCATE "match_key";

-- AlterTable
ALTER TABLE "match_key" ADD COLUMN     "searched" BOOLEAN NOT NULL;

CREATE INDEX "amendment_person_idx" ON "amendment" ("recorded_at") WHERE "field" LIKE 'person.%';
CREATE INDEX "case_file_erased_idx" ON "case_file" ("erased_at") WHERE "erased_at" IS NOT NULL;
