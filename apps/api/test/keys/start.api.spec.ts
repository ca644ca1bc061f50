/** A start without the right key ends there, says which key is needed, and changes nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '#lib/database';
import { PurposeKeys } from '../../src/keys/purpose-keys.js';
import { PURPOSE_NAMES } from '../../src/keys/purposes.js';
import type { Config } from '../../src/platform/config.js';
import { CONFIG } from '../../src/platform/provided.js';
import { createApp } from '../../src/service.js';
import { aService, type ServiceUnderTest } from '../api/service-under-test.js';

let api: ServiceUnderTest;
let folder: string;
let config: Config;
beforeAll(async () => {
  api = await aService();
  config = api.app.get<Config>(CONFIG);
  folder = mkdtempSync(join(tmpdir(), 'amparo-keys-'));
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts another process' worth of the service on the same database. */
async function start(more: Partial<Config>): Promise<PurposeKeys> {
  const app = await createApp({ ...config, worker: false, ...more });
  try {
    await app.init();
    return app.get(PurposeKeys);
  } finally {
    await app.close();
    await app.get(Database).close();
  }
}

interface Stored {
  purpose: string;
  wrapped_by: string;
  blob: Buffer;
}
const stored = (): Promise<Stored[]> =>
  api.database.sql<Stored>('select purpose, wrapped_by, blob from installation_key order by purpose');

describe('The keys of an installation', () => {
  test('are made at the first start, one a purpose, and stored wrapped', async () => {
    const keys = api.app.get(PurposeKeys);
    const rows = await stored();
    expect(rows.map((row) => row.purpose)).toEqual([...PURPOSE_NAMES].sort());
    for (const purpose of PURPOSE_NAMES) {
      expect(keys.get(purpose)).toHaveLength(32);
      for (const row of rows) expect(row.blob.includes(keys.get(purpose))).toBe(false);
    }
    expect(new Set(PURPOSE_NAMES.map((purpose) => keys.get(purpose).toString('hex'))).size).toBe(PURPOSE_NAMES.length);
    const entries = await api.database.sql(`select 1 from audit_entry where action = 'keys.created'`);
    expect(entries).toHaveLength(1);
  });

  test('are the same for a second process and after a restart', async () => {
    const again = await start({});
    for (const purpose of PURPOSE_NAMES)
      expect(again.get(purpose).equals(api.app.get(PurposeKeys).get(purpose))).toBe(true);
  });

  test('are made once when several processes start together', async () => {
    await api.database.sql(`delete from installation_key where purpose in ('files', 'backup')`);
    const started = await Promise.all([start({}), start({}), start({})]);
    expect(new Set(started.map((keys) => keys.get('backup').toString('hex'))).size).toBe(1);
    expect(new Set(started.map((keys) => keys.get('files').toString('hex'))).size).toBe(1);
  });

  test('are not opened without the key file, which is not made anew', async () => {
    const before = await stored();
    const [{ wrapped_by: needed } = { wrapped_by: '' }] = before;
    await expect(start({ keyFile: join(folder, 'gone.key') })).rejects.toThrow(needed);
    expect(await stored()).toEqual(before);
  });

  test('are not opened with the key of another installation, and the refusal names the one that is needed', async () => {
    const other = await aService({ keyFile: join(folder, 'other.key') });
    await other.stop();
    const [{ wrapped_by: needed } = { wrapped_by: '' }] = await stored();
    await expect(start({ keyFile: join(folder, 'other.key') })).rejects.toThrow(`needs the wrapping key ${needed}`);
  });

  test('are not opened by another provider', async () => {
    await expect(
      start({ keyProvider: 'passphrase', keyPassphrase: 'seis palabras que nadie mas conoce' }),
    ).rejects.toThrow(/needs the wrapping key file:/);
  });

  test('are not opened when one of them was exchanged for another in the table', async () => {
    await api.database.sql(
      `update installation_key k set blob = o.blob from installation_key o where k.purpose = 'files' and o.purpose = 'backup'`,
    );
    await expect(start({})).rejects.toThrow(/installation\|files/);
  });
});
