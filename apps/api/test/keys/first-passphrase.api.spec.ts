/** An installation that begins with a passphrase: nothing opens it but that, from the first start on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '#lib/database';
import { testDatabase, type TestDatabase } from '#lib/testing';
import { PurposeKeys } from '../../src/keys/purpose-keys.js';
import { PURPOSE_NAMES } from '../../src/keys/purposes.js';
import { readConfig } from '../../src/platform/config.js';
import { createApp, prepareData } from '../../src/service.js';
import { emptyInstallation, ROOT } from '../api/service-under-test.js';

const WORDS = 'siete palabras que los dados sacaron de una lista';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase(emptyInstallation());
  // As before the first start: the template was filled by a service with a key file.
  await database.sql('delete from installation_key');
  folder = mkdtempSync(join(tmpdir(), 'amparo-passphrase-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts, and answers the key for one purpose. */
async function start(passphrase: string): Promise<string> {
  const app = await createApp(
    readConfig({
      DATABASE_URL: database.url,
      AMPARO_ROOT: ROOT,
      SECRET_FILE: join(folder, 'secret.key'),
      KEY_PROVIDER: 'passphrase',
      KEY_PASSPHRASE: passphrase,
      MIGRATE_ON_START: 'false',
      WORKER: 'false',
      LOG_LEVEL: 'silent',
    }),
  );
  try {
    await prepareData(app, readConfig({ DATABASE_URL: database.url, AMPARO_ROOT: ROOT, MIGRATE_ON_START: 'false' }));
    return app.get(PurposeKeys).get('audit-mac').toString('hex');
  } finally {
    await app.close();
    await app.get(Database).close();
  }
}
const stored = () =>
  database.sql<{ passphrases: number; keys: number; entries: number }>(
    `select (select count(*)::int from passphrase_key) as passphrases, (select count(*)::int from installation_key) as keys,
            (select count(*)::int from audit_entry where action = 'keys.passphrase-set') as entries`,
  );

it('refuses a first passphrase that could be guessed, and keeps nothing of it', async () => {
  await expect(start('amparo 2022')).rejects.toThrow(/too short/);
  expect(await stored()).toEqual([{ passphrases: 0, keys: 0, entries: 0 }]);
});

it('begins with a good one, which is kept with the keys that it wraps and is on the trail', async () => {
  await start(WORDS);
  expect(await stored()).toEqual([{ passphrases: 1, keys: PURPOSE_NAMES.length, entries: 1 }]);
});

it('opens the same keys with it at the next start, and with no other', async () => {
  expect(await start(WORDS)).toBe(await start(WORDS));
  await expect(start('ocho palabras que nadie sacó de ninguna lista nunca')).rejects.toThrow(/does not open/);
  expect(await stored()).toEqual([{ passphrases: 1, keys: PURPOSE_NAMES.length, entries: 1 }]);
});
