/** What is stored of names, and what is not; and probable duplicates found either way, also by a dry run among its own rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import pg from 'pg';
import { aCase, type RecordedCase } from '#lib/testing';
import { Database } from '#lib/database';
import { MemoryNameIndex } from '../../src/names/memory-name-index.service.js';
import { NameIndex } from '../../src/names/name-index.service.js';
import { NameNews } from '../../src/names/name-news.js';
import { NamesRepository } from '../../src/names/names.repository.js';
import { StoredKeysService } from '../../src/names/stored-keys.service.js';
import { matchPersonOf } from '../../src/record/match-rows.js';
import { Catalogue } from '../../src/reference/catalogue.js';
import { eraseByTwo } from '../api/erasing.js';
import { csvOf, imported, rowsOf, sampleBytes } from '../api/form-files.js';
import { anotherProcess, aService, ROOT, type ServiceUnderTest } from '../api/service-under-test.js';

const PAIRS = (
  JSON.parse(readFileSync(join(ROOT, 'samples/intake-2022.expected.json'), 'utf8')) as {
    readonly duplicate_pairs: readonly (readonly [string, string])[];
  }
).duplicate_pairs;

/** The rows of the sample that are one person twice, all first files before all second ones, so that batches part them. */
const twice = (): Buffer => {
  const rows = new Map(rowsOf(sampleBytes('intake-2022.csv')).map((row) => [row['_uuid'], row]));
  const others = [...rows.values()].filter((row) => !PAIRS.some((pair) => pair.includes(row['_uuid']!))).slice(0, 150);
  const of = (side: 0 | 1) => PAIRS.map((pair) => rows.get(pair[side])!);
  return csvOf([...of(0), ...others, ...of(1)]);
};

const stored = async (api: ServiceUnderTest): Promise<{ files: number; searched: number; compared: number }> => {
  const [row] = await api.database.sql<{ files: number; searched: number; compared: number }>(
    `select count(distinct case_id)::int as files, count(*) filter (where searched)::int as searched,
       count(*) filter (where not searched)::int as compared from match_key`,
  );
  return row!;
};
const audited = async (api: ServiceUnderTest, action: string): Promise<number> =>
  (await api.database.sql(`select id from audit_entry where action = $1`, [action])).length;
const found = async (api: ServiceUnderTest, name: string): Promise<string[]> =>
  (await api.as('caseworker').post('/v1/persons/search', { name }).expect(200)).body.items.map(
    (item: { caseId: string }) => item.caseId,
  );

describe.each(['memory', 'blind'] as const)('With the index `%s`', (nameIndex) => {
  let api: ServiceUnderTest;
  beforeAll(async () => {
    api = await aService({ nameIndex });
  });
  afterAll(() => api.stop());

  test('a dry run finds the pairs among its own rows and leaves nothing; the import finds the same', async () => {
    const dry = await imported(api.as('caseworker'), twice(), { dryRun: true });
    expect(dry.result).toMatchObject({ accepted: 267, duplicateCandidates: PAIRS.length });
    expect(await stored(api)).toEqual({ files: 0, searched: 0, compared: 0 });
    const real = await imported(api.as('caseworker'), twice());
    expect(real.result).toEqual(dry.result);
    const again = await imported(api.as('caseworker'), twice(), { dryRun: true });
    expect(again.result).toMatchObject({ unchanged: 267, duplicateCandidates: 0 });
  });

  test(
    nameIndex === 'memory' ? 'nothing is stored of a name' : 'keys are stored, for search and for comparing',
    async () => {
      const { files, searched, compared } = await stored(api);
      if (nameIndex === 'memory') expect([files, searched, compared]).toEqual([0, 0, 0]);
      else expect([files > 260, searched > 500, compared > 500]).toEqual([true, true, true]);
    },
  );

  test('an amended name leaves no key of the earlier one', async () => {
    const file = await aCase().named('Wenceslao', 'Xicoténcatl').recordedBy(api.as('caseworker'));
    const keys = (): Promise<{ key: string }[]> =>
      api.database.sql('select key::text from match_key where case_id = $1 and searched order by 1', [file.id]);
    const before = await keys();
    await api
      .as('caseworker')
      .patch(file.path, 1, { person: { identity: { givenNames: 'Apolinar', familyNames: 'Tecuán' } } })
      .expect(200);
    const after = await keys();
    expect(after).toHaveLength(nameIndex === 'memory' ? 0 : 2);
    expect(after.filter(({ key }) => before.some((one) => one.key === key))).toEqual([]);
    expect(await found(api, 'Apolinar Tecuan')).toEqual([file.id]);
    expect(await found(api, 'Wenceslao Xicotencatl')).toEqual([]);
  });
});

describe('Files worth comparing', () => {
  let blind: ServiceUnderTest;
  beforeAll(async () => {
    blind = await aService({ nameIndex: 'blind', worker: false });
    for (let n = 0; n < 120; n++)
      await aCase()
        .known()
        .named(n % 2 === 0 ? 'José Luis' : 'José', 'Hernández López', n % 10 === 0 ? `7777777${n % 4}-1` : undefined)
        .arrestedOn(n % 3 === 0 ? '2022-05-03' : '2022-05-17')
        .recordedBy(blind.as('caseworker'));
  });
  afterAll(() => blind.stop());

  const partners = async (index: NameIndex): Promise<Map<string, string[]>> => {
    const { app } = blind;
    const people = await app.get(NamesRepository).people({ after: null }, 1_000);
    const files = people.map((person) => ({ id: person.id, person: matchPersonOf(person, app.get(Catalogue)) }));
    const pairs = await app
      .get(Database)
      .write(null, (tx) => index.partnersOf(tx, people[0]!.organisationId, files), { rollback: true });
    const found = new Map<string, string[]>(files.map(({ id }) => [id, []]));
    for (const { from, to } of pairs) found.get(from)?.push(to);
    return found;
  };

  test('are the same by stored keys as in memory, and at most fifteen a file', async () => {
    const { app, clock } = blind;
    // No second process: one with another index does not start beside this one.
    const memory = new MemoryNameIndex(clock, app.get(NamesRepository), app.get(Catalogue), app.get(NameNews));
    const [stored, remembered] = [await partners(app.get(NameIndex)), await partners(memory)];
    expect(stored.size).toBe(120);
    expect(Math.max(...[...remembered.values()].map((others) => others.length))).toBe(15);
    for (const [id, others] of remembered) expect([...stored.get(id)!].sort()).toEqual([...others].sort());
  });
});

describe('An installation that changes its index', () => {
  let first: ServiceUnderTest;
  let now: ServiceUnderTest;
  let file: RecordedCase;
  beforeAll(async () => {
    first = await aService({ nameIndex: 'blind', worker: false });
    now = first;
    file = await aCase().named('Eustaquio', 'Menjívar').recordedBy(first.as('caseworker'));
  });
  afterAll(async () => {
    if (now !== first) await now.stop();
    await first.stop();
  });
  /** Stops the only process and starts one with another setting. */
  const restarted = async (nameIndex: 'memory' | 'blind'): Promise<ServiceUnderTest> => {
    await now.app.close();
    await now.app.get(Database).close();
    now = await anotherProcess(first, { nameIndex, worker: false });
    return now;
  };

  test('does so when nobody runs with the other one: a process that is told otherwise does not start', async () => {
    await expect(anotherProcess(first, { nameIndex: 'memory' })).rejects.toThrow(
      /NAME_INDEX is memory here.*has blind.*Set NAME_INDEX=blind/s,
    );
    expect((await stored(first)).files).toBe(1);
    const same = await anotherProcess(first, { worker: false });
    await same.stop();
  });

  test('to `memory` loses every stored key, on record', async () => {
    expect((await stored(first)).files).toBe(1);
    const memory = await restarted('memory');
    await memory.app.get(StoredKeysService).see();
    expect(await stored(memory)).toEqual({ files: 0, searched: 0, compared: 0 });
    expect(await audited(memory, 'name-keys.removed')).toBe(1);
    await memory.app.get(StoredKeysService).see();
    expect(await audited(memory, 'name-keys.removed')).toBe(1);
    expect(await found(memory, 'Eustaquio Menjibar')).toEqual([file.id]);
  });

  test('to `blind` gets the keys of every file that is not erased, on record', async () => {
    const blind = await restarted('blind');
    const caseworker = blind.as('caseworker');
    await blind.database.sql('delete from match_key');
    const gone = await aCase().named('Olvidado', 'Sintético').recordedBy(caseworker);
    await eraseByTwo(blind, gone);
    expect(await found(blind, 'Eustaquio Menjibar')).toEqual([]);
    await blind.app.get(StoredKeysService).see();
    expect((await stored(blind)).files).toBe(1);
    expect(await audited(blind, 'name-keys.made')).toBe(1);
    expect(await found(blind, 'Eustaquio Menjibar')).toEqual([file.id]);
  });
});

describe('Two processes with names in memory', () => {
  let here: ServiceUnderTest;
  let there: ServiceUnderTest;
  beforeAll(async () => {
    here = await aService({ worker: false });
    there = await anotherProcess(here);
    expect(await found(there, 'Nadie')).toEqual([]);
    await heard();
  });
  afterAll(async () => {
    await there.stop();
    await here.stop();
  });

  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; !(await holds()); tries++) {
      if (tries > 200) throw new Error('it did not come');
      await new Promise((next) => setTimeout(next, 25));
    }
  };
  /** Until the second process hears the first; the clock stands still, so that it does not look by itself from then on. */
  const heard = async (): Promise<void> => {
    await until(() => there.app.get(NameNews).epoch > 0);
    await found(there, 'Nadie');
  };

  test('tell each other who was recorded, renamed and erased, by ids alone', async () => {
    const told: string[] = [];
    const client = new pg.Client({ connectionString: here.database.url });
    await client.connect();
    client.on('notification', ({ payload = '' }) => told.push(payload));
    await client.query('LISTEN amparo_names');
    const file = await aCase().named('Wenceslao', 'Xicoténcatl').recordedBy(here.as('caseworker'));
    await until(async () => (await found(there, 'Xicotencatl')).includes(file.id));
    await here
      .as('caseworker')
      .patch(file.path, 1, { person: { identity: { familyNames: 'Tecuán' } } })
      .expect(200);
    await until(async () => (await found(there, 'Tecuan')).includes(file.id));
    expect(await found(there, 'Xicotencatl')).toEqual([]);
    await eraseByTwo(here, file);
    await until(async () => (await found(there, 'Wenceslao Tecuan')).length === 0);
    const news = (): string[] => told.filter((one) => !/^proof [0-9a-f-]{36}$/.test(one));
    await until(() => news().length >= 3);
    for (const one of news()) expect(one).toMatch(/^[0-9a-f-]{36}\|[0-9a-f-]{36}(,[0-9a-f-]{36})*$/);
    await client.end();
  });

  test('look by themselves while they do not hear each other', async () => {
    await there.database.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'amparo listening' and datname = current_database()`,
    );
    await until(() => there.app.get(NameNews).epoch === 0);
    const file = await aCase().named('Eustaquio', 'Olvidado').recordedBy(here.as('caseworker'));
    expect(await found(there, 'Eustaquio')).toEqual([file.id]);
    await heard();
  });

  test('look after half a minute for what nobody told them', async () => {
    await heard();
    const silent = jest.spyOn(here.app.get(NameNews), 'tell').mockImplementation(() => undefined);
    const file = await aCase().named('Hermenegildo', 'Callado').recordedBy(here.as('caseworker'));
    silent.mockRestore();
    expect(await found(here, 'Hermenegildo')).toEqual([file.id]);
    expect(await found(there, 'Hermenegildo')).toEqual([]);
    here.clock.forward({ seconds: 31 });
    expect(await found(there, 'Hermenegildo')).toEqual([file.id]);
  });
});
