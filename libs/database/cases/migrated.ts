/** Databases that specs of this library begin from: every migration applied, no row in any table. Used by specs only. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testDatabase, type TestDatabase } from '#lib/testing';
import { connectionFrom, migrate } from '../src/migrate.js';

const migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

function version(): string {
  const hash = createHash('sha256');
  const entries = readdirSync(migrationsDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const name of entries.map((entry) => entry.name).sort()) {
    hash.update(name).update(readFileSync(`${migrationsDir}/${name}/migration.sql`));
  }
  return hash.digest('hex');
}

export const migratedDatabase = (): Promise<TestDatabase> =>
  testDatabase({
    name: 'migrated',
    version: version(),
    fill: async (url) => void (await migrate({ connection: connectionFrom(url), migrationsDir })),
  });
