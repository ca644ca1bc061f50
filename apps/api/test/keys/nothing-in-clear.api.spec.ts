/**
 * Names go in through every field of every door, and then the whole database is read for them: every table, and the
 * files of the server with its write-ahead log, in each spelling that a name may have in bytes.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { aCase, idOf, type RecordedCase } from '#lib/testing';
import { csvOf, imported, rowsOf, sampleBytes } from '../api/form-files.js';
import { aService, type ServiceUnderTest } from '../api/service-under-test.js';

/** Letters that nobody is called by, made for this run, so that no other spec can have written them. */
const letters = (): string => [...randomBytes(14)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
const CANARY = `Xq${letters()}`;
const IMPORTED = `Zq${letters()}`;
const PHONE = `+503 ${randomBytes(6).readUIntBE(0, 6).toString().padStart(14, '7').slice(0, 14)}`;
const BORN = '1987-03-09';

let api: ServiceUnderTest;
let file: RecordedCase;
beforeAll(async () => {
  api = await aService();
  file = await recordEverywhere();
  await importOne();
  await api.database.sql('checkpoint');
});
afterAll(() => api.stop());

async function recordEverywhere(): Promise<RecordedCase> {
  const [caseworker, coordinator, lawyer] = [api.as('caseworker'), api.as('coordinator'), api.as('lawyer')];
  const made = await aCase()
    .of({
      born: BORN,
      identity: {
        givenNames: `Ana ${CANARY}`,
        familyNames: CANARY,
        aliases: CANARY,
        documentType: CANARY,
        documentNumber: `${CANARY}-1`,
        address: CANARY,
        phone: PHONE,
      },
    })
    .arrestedOn('2022-05-03', { forceUnit: CANARY })
    .toldBy({ name: CANARY, phone: PHONE, address: CANARY, language: CANARY })
    .saying(`Se llevaron a ${CANARY}.`)
    .and('custody-spells', { at: '2022-05-04', place: 'SV-IZALCO', section: CANARY })
    .and('hearings', { at: '2022-05-10', stage: 'MEASURES_HEARING', court: CANARY })
    .and('remedies', { at: '2022-05-11', remedy: 'HABEAS_CORPUS', court: CANARY })
    .and('sources', { type: 'RELATIVE', name: CANARY, phone: PHONE, address: CANARY, language: CANARY })
    .and('consents', { use: 'SHARE_UN', language: CANARY })
    .and('deaths', { at: '2022-06-11', icd11: CANARY })
    .and('notes', { text: `Llamar a ${CANARY}` })
    .recordedBy(caseworker);
  const twin = await aCase().named(`Ana ${CANARY}`, CANARY, CANARY).arrestedOn('2022-05-03').recordedBy(caseworker);
  const { body: assigned } = await coordinator.post(`${made.path}/assignments`, { userId: idOf('lawyer') }).expect(201);
  await caseworker
    .patch(made.path, assigned.version, {
      narrative: `Otra vez ${CANARY}`,
      person: { born: '1987-03-10', identity: { familyNames: `${CANARY} y ${CANARY}` } },
    })
    .expect(200);
  await lawyer.post(`${made.path}/privileged-notes`, { text: CANARY }).expect(201);
  await coordinator.post(`${made.path}/verifications`, { level: 'PLAUSIBLE', reason: CANARY }).expect(201);
  await coordinator.post(`${made.path}/account-choices`, { eventId: made.events[1]!.id, reason: CANARY }).expect(201);
  const { body: merge } = await coordinator
    .post('/v1/merges', { keep: made.id, absorb: twin.id, reason: CANARY })
    .expect(201);
  await coordinator.delete(`/v1/merges/${merge.id}`).expect(204);
  await api
    .as('coordinator', 'Comunicación')
    .post(`${made.path}/export`, { purpose: 'UN', recipient: CANARY })
    .expect(201);
  return made;
}

async function importOne(): Promise<void> {
  const [row] = rowsOf(sampleBytes('intake-2022.csv'));
  if (!row) throw new Error('the sample has no rows');
  const spoilt = { ...row, nombres: IMPORTED, apellidos: IMPORTED, dui: IMPORTED, relato: `Dice ${IMPORTED}.` };
  const job = await imported(api.as('caseworker'), csvOf([spoilt]));
  expect(job).toMatchObject({ status: 'succeeded', result: { accepted: 1 } });
}

/** A name as it may stand in bytes: as it is, in two-byte letters, in hexadecimal, in base64 at any offset. */
function spellings(name: string): Buffer[] {
  const utf8 = Buffer.from(name, 'utf8');
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), utf8])
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
  return [
    utf8,
    Buffer.from(name.toLowerCase()),
    Buffer.from(name.toUpperCase()),
    Buffer.from(name, 'utf16le'),
    Buffer.from(name, 'utf16le').swap16(),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(utf8.toString('hex').toUpperCase()),
    ...base64.map((text) => Buffer.from(text)),
    ...base64.map((text) => Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'))),
  ];
}

const CANARIES = [CANARY, IMPORTED, PHONE];
const found = (content: Buffer): string[] =>
  CANARIES.filter((name) => spellings(name).some((spelling) => content.includes(spelling)));

async function tables(): Promise<string[]> {
  const rows = await api.database.sql<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  return rows.map(({ name }) => name);
}

describe('A name that was recorded', () => {
  test('is there for whoever may read it', async () => {
    const { body } = await api.as('caseworker').get(file.path).expect(200);
    expect(body.person.identity).toMatchObject({
      givenNames: `Ana ${CANARY}`,
      familyNames: `${CANARY} y ${CANARY}`,
      documentNumber: `${CANARY}-1`,
      phone: PHONE,
    });
    expect(body.person.born).toBe('1987-03-10');
    expect(body.narrative).toBe(`Otra vez ${CANARY}`);
    expect(body.source.language).toBe(CANARY);
    expect(body).not.toHaveProperty('unreadable');
    const { text } = await api.as('lawyer').get(`${file.path}/timeline`).expect(200);
    expect(text.split(CANARY).length).toBeGreaterThan(8);
    expect(text).not.toContain('v1:');
    const { body: left } = await api.as('coordinator').get(`${file.path}/disclosures`).expect(200);
    expect(left.items).toMatchObject([{ recipient: CANARY }]);
  });

  test('is found by this search where it does stand in clear', async () => {
    expect(found(Buffer.from(`{"a": "${CANARY}"}`))).toEqual([CANARY]);
    expect(found(Buffer.from(Buffer.from(`xx${IMPORTED}yy`).toString('base64')))).toEqual([IMPORTED]);
    expect(found(Buffer.from(Buffer.from(`x${IMPORTED}`).toString('hex')))).toEqual([IMPORTED]);
    expect(found(Buffer.from(`x${PHONE}`, 'utf16le'))).toEqual([PHONE]);
  });

  test('stands in no table, in no spelling', async () => {
    const offences: string[] = [];
    for (const table of await tables()) {
      const rows = await api.database.sql<{ row: string }>(`select to_jsonb(t)::text as row from "${table}" t`);
      for (const { row } of rows) for (const name of found(Buffer.from(row))) offences.push(`${table}: ${name}`);
    }
    expect(offences).toEqual([]);
  });

  test('nor does the day on which somebody was born', async () => {
    const offences: string[] = [];
    for (const table of await tables()) {
      const rows = await api.database.sql<{ row: string }>(
        `select to_jsonb(t)::text as row from "${table}" t where to_jsonb(t)::text ~ '1987-03-(09|10)'`,
      );
      offences.push(...rows.map(() => table));
    }
    expect(offences).toEqual([]);
  });

  test('stands in no file of the database server, nor in its write-ahead log', async () => {
    const [{ folder = '', oid = '' } = {}] = await api.database.sql<{ folder: string; oid: string }>(
      `select current_setting('data_directory') as folder, (select oid::text from pg_database where datname = current_database())`,
    );
    const read = (path: string): string[] =>
      statSync(path).isFile() ? found(readFileSync(path)).map((name) => `${path}: ${name}`) : [];
    const folders = [join(folder, 'base', oid), join(folder, 'pg_wal'), join(folder, 'base', 'pgsql_tmp')];
    const offences = folders.flatMap((one) => {
      try {
        return readdirSync(one).flatMap((name) => read(join(one, name)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    });
    expect(offences).toEqual([]);
  });
});

describe('A value that was damaged', () => {
  const damage = (column: string): Promise<unknown> =>
    api.database.sql(
      `update person_identity set ${column} = overlay(${column} placing (case when substr(${column}, 40, 1) = 'A' then 'B' else 'A' end) from 40 for 1) where case_id = $1`,
      [file.id],
    );

  test('says that it is unreadable, in the trail too, and the rest of the case works', async () => {
    await damage('phone');
    const { body } = await api.as('caseworker').get(file.path).expect(200);
    expect(body.person.identity).toMatchObject({ givenNames: `Ana ${CANARY}`, phone: 'unreadable' });
    expect(body.unreadable).toEqual(['/person/identity/phone']);
    const trail = await api.database.sql(
      `select 1 from audit_entry where action = 'field.unreadable' and case_id = $1`,
      [file.id],
    );
    expect(trail).toHaveLength(1);
    await api.as('caseworker').get(`${file.path}/timeline`).expect(200);
  });

  test('that was exchanged with another field of the same person opens in neither', async () => {
    await api.database.sql(
      `update person_identity set given_names = family_names, family_names = given_names where case_id = $1`,
      [file.id],
    );
    const { body } = await api.as('caseworker').get(file.path).expect(200);
    expect(body.person.identity).toMatchObject({ givenNames: 'unreadable', familyNames: 'unreadable' });
  });

  test('does not keep anybody from recording more', async () => {
    await api.as('caseworker').post(`${file.path}/notes`, { text: 'sigue' }).expect(201);
    await api.as('caseworker').post(`${file.path}/hearings`, { at: '2022-06-01', stage: 'SPECIAL_HEARING' });
  });
});
