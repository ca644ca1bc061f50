/**
 * The operator's commands that replace keys, as processes of their own, killed with SIGKILL in the middle, again and again:
 * at every moment every value opens, and whoever comes last leaves nothing that an old key wraps.
 */
import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Database } from '#lib/database';
import { aCase } from '#lib/testing';
import { Worker } from '../../src/jobs/worker.js';
import type { CaseKeyRow } from '../../src/keys/case-keys.repository.js';
import type { Config } from '../../src/platform/config.js';
import { CONFIG } from '../../src/platform/provided.js';
import { CaseSealing } from '../../src/record/case-sealing.js';
import { SEALED } from '../../src/record/sealed-columns.js';
import { createApp, logIn } from '../../src/service.js';
import { csvOf, rowsOf, sampleBytes, send } from '../api/form-files.js';
import { aService, ROOT, type ServiceUnderTest } from '../api/service-under-test.js';

jest.setTimeout(240_000);

/** What a process holds that makes or changes the installation's keys. */
const MAKING_KEYS = `select pg_advisory_xact_lock(hashtext('amparo installation keys'))`;
const ROWS = 260;
const TABLES = Object.entries(SEALED).filter(([, { caseId }]) => caseId === 'case_id');

let api: ServiceUnderTest;
let config: Readonly<Config>;
let before: Opened;
beforeAll(async () => {
  api = await aService({ worker: false });
  config = api.app.get<Config>(CONFIG);
  await send(api.as('caseworker'), csvOf(rowsOf(sampleBytes('intake-2022.csv')).slice(0, ROWS))).expect(202);
  while (await api.app.get(Worker).takeOne());
  await aCase()
    .of({ born: '1990-05-06', identity: { givenNames: 'Ana', familyNames: 'Sintética' } })
    .saying('Se llevaron a Ana.')
    .toldBy({ name: 'Madre de Ana' })
    .recordedBy(api.as('caseworker'));
  before = await openedIn(api);
});
afterAll(() => api.stop());

type Row = Readonly<Record<string, unknown>>;
type Opened = Readonly<Record<string, readonly Row[]>>;

/** Everything that is sealed, opened; fails when one value does not open. */
async function openedIn({ app, database }: Pick<ServiceUnderTest, 'app' | 'database'>): Promise<Opened> {
  const [{ organisation = '' } = {}] = await database.sql<{ organisation: string }>(
    'select distinct organisation_id as organisation from case_file',
  );
  const keys = await database.sql<{ key: CaseKeyRow }>('select to_jsonb(k) as key from case_key k');
  const opener = await app.get(CaseSealing).opener(
    organisation,
    keys.map(({ key }) => key),
  );
  const opened: Record<string, readonly Row[]> = {};
  for (const [table, { row }] of TABLES) {
    const rows = await database.sql<{ row: Row }>(
      `select to_jsonb(t) as row from "${table}" t order by case_id, "${row}"`,
    );
    opened[table] = opener.rows(
      table,
      rows.map((one) => one.row),
    );
  }
  expect(opener.unreadable).toEqual([]);
  return opened;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly says: string;
}

/** Runs a command; `killWhen` is asked again and again, and with yes the process gets SIGKILL. */
async function admin(
  words: readonly string[],
  killWhen: (says: string) => boolean | Promise<boolean> = () => false,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/apps/api/src/admin.js'), ...words], {
    cwd: ROOT,
    env: {
      ...{ PATH: process.env['PATH'], DATABASE_URL: api.database.url, LOG_LEVEL: 'silent' },
      ...{ SECRET_FILE: config.secretFile, KEY_FILE: config.keyFile, SECOND_FACTOR: 'optional' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (says += piece.toString()));
  const over = new Promise<Ended>((done) => child.once('close', (code, signal) => done({ code, signal, says })));
  let running = true;
  void over.then(() => (running = false));
  while (running && !(await killWhen(says))) await new Promise((next) => setTimeout(next, 2));
  if (running) child.kill('SIGKILL');
  return over;
}

/** Kills a command while it waits, inside its transaction, for a lock that this holds. */
async function killedAt(lock: string, words: readonly string[]): Promise<Ended> {
  const holder = new pg.Client({ connectionString: api.database.url });
  await holder.connect();
  await holder.query('begin');
  await holder.query(lock);
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  try {
    return await admin(words, async () => (await api.database.sql(waiting)).length > 0);
  } finally {
    await holder.query('rollback');
    await holder.end();
  }
}

const count = async (text: string): Promise<number> => (await api.database.sql<{ n: number }>(text))[0]?.n ?? -1;
const waiting = (): Promise<number> => count('select count(*)::int as n from reseal_pending');
const wrappedBy = async (table: string): Promise<readonly string[]> =>
  (await api.database.sql<{ name: string }>(`select distinct wrapped_by as name from ${table} order by 1`)).map(
    ({ name }) => name,
  );
const keyNames = (): string[] =>
  readFileSync(config.keyFile, 'utf8')
    .split('\n')
    .filter((line) => /^[0-9a-f]{8} /.test(line))
    .map((line) => `file:${line.slice(0, 8)}`);

it('a new wrapping key: killed between the key file and the database, the next one finishes with the same key', async () => {
  const [old] = keyNames();
  expect(await wrappedBy('installation_key')).toEqual([old]);
  for (let kill = 0; kill < 2; kill++) {
    const killed = await killedAt(MAKING_KEYS, ['keys', 'rotate-wrapping']);
    expect(killed.signal).toBe('SIGKILL');
    expect(keyNames()).toEqual([old, expect.any(String)]);
    expect(await wrappedBy('installation_key')).toEqual([old]);
    expect(await openedIn(api)).toEqual(before);
  }
  const done = await admin(['keys', 'rotate-wrapping']);
  expect(done).toMatchObject({ code: 0, says: expect.stringMatching(/keys were wrapped anew/) });
  const [, current, ...more] = keyNames();
  expect(more).toEqual([]);
  expect(await wrappedBy('installation_key')).toEqual([current]);
  expect(await wrappedBy('organisation_key')).toEqual([current]);
  expect(await openedIn(api)).toEqual(before);
});

it('new data keys: killed again and again, they go on where they were until every case has them', async () => {
  const cases = await count('select count(*)::int as n from case_file');
  expect(cases).toBeGreaterThan(200);
  // The first is killed inside the transaction of its first batch: nothing of it stays.
  const held = `select from testimony where case_id in (select id from case_file) for update`;
  expect((await killedAt(held, ['keys', 'rotate-data'])).signal).toBe('SIGKILL');
  expect(await waiting()).toBe(cases);
  expect(await openedIn(api)).toEqual(before);
  // The others each after one batch more: what they had done stays.
  for (let kill = 1; kill <= 3; kill++) {
    const left = await waiting();
    const killed = await admin(['keys', 'rotate-data'], (says) => (says.match(/cases wait/g) ?? []).length > 1);
    expect(killed.signal).toBe('SIGKILL');
    const now = await waiting();
    expect([now > 0, now < left]).toEqual([true, true]);
    expect(await wrappedBy('case_key')).toEqual(['organisation:1', 'organisation:2']);
    expect(await openedIn(api)).toEqual(before);
  }
  const done = await admin(['keys', 'rotate-data']);
  expect(done).toMatchObject({ code: 0, says: expect.stringMatching(/cases were sealed under new data keys/) });
  expect(await waiting()).toBe(0);
  expect(await wrappedBy('case_key')).toEqual(['organisation:2']);
  expect(await count('select count(*)::int as n from organisation_key where version = 1')).toBe(0);
  expect(await openedIn(api)).toEqual(before);
});

it('with every old key thrown away, the service starts and every value opens', async () => {
  const lines = readFileSync(config.keyFile, 'utf8').trimEnd().split('\n');
  const only = join(config.keyFile, '..', 'only.key');
  writeFileSync(only, `${lines[0]}\n${lines.at(-1)}\n`, { mode: 0o400 });
  chmodSync(only, 0o400);
  expect(lines.length).toBeGreaterThan(2);
  const fresh = await createApp({ ...config, keyFile: only, worker: false, logLevel: 'silent' });
  await logIn(fresh, config);
  await fresh.init();
  try {
    expect(await openedIn({ app: fresh, database: api.database })).toEqual(before);
  } finally {
    await fresh.close();
    await fresh.get(Database).close();
  }
});
