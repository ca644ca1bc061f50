-- A seal remembers the whole snapshot under which it looked, and not only the oldest transaction of it. One long
-- transaction (a dry run, a report) held that back, and every second all that was written since was looked at again.

ALTER TABLE "audit_checkpoint" ALTER COLUMN "horizon" TYPE pg_snapshot USING ("horizon"::text || ':' || "horizon"::text || ':')::pg_snapshot;
ALTER TABLE "audit_checkpoint" RENAME COLUMN "horizon" TO "seen";
