/** Keys are replaced without anybody noticing, and destroyed for good. */
import { readFileSync } from 'node:fs';
import { aCase, idOf, problem, type RecordedCase } from '#lib/testing';
import { aService, type ServiceUnderTest } from '../api/service-under-test.js';
import { eraseByTwo } from '../api/erasing.js';
import { openedRows } from '../api/opened.js';
import { KeyCareService } from '../../src/protection/key-care.service.js';
import { ResealService } from '../../src/record/reseal.service.js';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService({ worker: false });
});
afterAll(() => api.stop());

const recorded = (family: string): Promise<RecordedCase> =>
  aCase()
    .of({ born: '1990-05-06', identity: { givenNames: 'Ana', familyNames: family } })
    .arrestedOn('2022-05-03', { forceUnit: 'Grupo Sintético' })
    .saying(`Se llevaron a ${family}.`)
    .toldBy({ name: `Madre de ${family}` })
    .recordedBy(api.as('caseworker'));
const read = async (file: RecordedCase) => (await api.as('caseworker').get(file.path).expect(200)).body;
const keysOf = (caseId: string) =>
  api.database.sql<{ class: string; version: number; wrapped_by: string }>(
    'select class, version, wrapped_by from case_key where case_id = $1 order by 1, 2',
    [caseId],
  );
const digestOf = async (caseId: string): Promise<{ contentDigest: string }> => {
  const [row] = await api.database.sql<{ contentDigest: string }>(
    `select encode(content_digest, 'hex') as "contentDigest" from case_file where id = $1`,
    [caseId],
  );
  if (!row) throw new Error('there is no such file');
  return row;
};
const care = (): KeyCareService => api.app.get(KeyCareService);

describe('A new wrapping key', () => {
  test('rewraps what the old one wrapped, and every case reads as before', async () => {
    const file = await recorded('Primera');
    const before = await read(file);
    const old = (await care().status()).current;
    const { name, rewrapped } = await care().rotateWrapping();
    expect(name).not.toBe(old);
    expect(rewrapped).toBeGreaterThan(5);
    const { installation, organisations } = await care().status();
    expect(Object.keys(installation)).toEqual([name]);
    expect(Object.keys(organisations)).toEqual([name]);
    expect(await read(file)).toEqual(before);
  });
});

describe('New data keys', () => {
  test('seal everything anew; version, ETag and what is read stay', async () => {
    const file = await recorded('Segunda');
    const before = await api.as('caseworker').get(file.path).expect(200);
    const timeline = await api.as('caseworker').get(`${file.path}/timeline`).expect(200);
    const [stored] = await api.database.sql('select given_names from person_identity where case_id = $1', [file.id]);
    expect(await care().rotateData()).toBeGreaterThan(1);
    expect(new Set((await keysOf(file.id)).map((key) => `${key.version} ${key.wrapped_by}`))).toEqual(
      new Set(['2 organisation:2']),
    );
    const after = await api.as('caseworker').get(file.path).expect(200);
    expect(after.headers['etag']).toBe(before.headers['etag']);
    expect(after.body).toEqual(before.body);
    expect((await api.as('caseworker').get(`${file.path}/timeline`).expect(200)).body).toEqual(timeline.body);
    expect(await openedRows(api, 'source_contact', file.id)).toMatchObject([{ name: 'Madre de Segunda' }]);
    expect(await api.database.sql('select given_names from person_identity where case_id = $1', [file.id])).not.toEqual(
      [stored],
    );
    expect((await care().status()).waiting).toBe(0);
  });

  test('are given to the rest by whoever comes after a process that was killed halfway', async () => {
    const files = [await recorded('Tercera'), await recorded('Cuarta')];
    const reseal = api.app.get(ResealService);
    await reseal.queueAll();
    // Killed in the middle of a batch: its transaction is rolled back, so what waits still waits.
    await api.database.sql(
      `create function break_reseal() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
       create trigger break_reseal before update on testimony for each statement execute function break_reseal()`,
    );
    const waiting = await reseal.waiting();
    await expect(reseal.batch()).rejects.toThrow();
    expect(await reseal.waiting()).toBe(waiting);
    for (const file of files) expect((await read(file)).narrative).toMatch(/^Se llevaron/);
    await api.database.sql('drop trigger break_reseal on testimony; drop function break_reseal()');
    await care().rotateData();
    expect(await reseal.waiting()).toBe(0);
    for (const file of files) {
      expect((await read(file)).narrative).toMatch(/^Se llevaron/);
      expect((await keysOf(file.id)).every((key) => key.version > 1)).toBe(true);
    }
  });

  test('leave a damaged value as it is, with the key that it may yet need', async () => {
    const file = await recorded('Quinta');
    await api.database.sql(
      `update person_identity set family_names = overlay(family_names placing 'AAAA' from 50 for 4) where case_id = $1`,
      [file.id],
    );
    const [damaged] = await api.database.sql('select family_names from person_identity where case_id = $1', [file.id]);
    await care().rotateData();
    expect(await api.database.sql('select family_names from person_identity where case_id = $1', [file.id])).toEqual([
      damaged,
    ]);
    const { person } = await read(file);
    expect(person.identity).toMatchObject({ givenNames: 'Ana', familyNames: 'unreadable' });
    expect((await keysOf(file.id)).filter((key) => key.class === 'identity')).toHaveLength(2);
  });
});

describe('A case from before anything was sealed', () => {
  test('is sealed at the next start, and reads as it read', async () => {
    const file = await recorded('Sexta');
    await api.database.sql('alter table testimony drop constraint testimony_sealed');
    await api.database.sql(`update testimony set text = 'Contada antes.' where case_id = $1`, [file.id]);
    await api.database.sql(`insert into reseal_pending values ($1, 'unsealed')`, [file.id]);
    await api.app.get(ResealService).onModuleInit();
    const rows = await api.database.sql<{ text: string }>('select text from testimony where case_id = $1', [file.id]);
    expect(rows[0]?.text).toMatch(/^v1:/);
    expect((await read(file)).narrative).toBe('Contada antes.');
  });
});

describe('A language from before languages were sealed', () => {
  const sql = readFileSync('prisma/migrations/20261127040000_sealed_language/migration.sql', 'utf8');

  test('is sealed at the next start and reads as it read; of somebody who was erased it is gone', async () => {
    const [file, erased] = [await recorded('Séptima'), await recorded('Undécima')];
    await eraseByTwo(api, erased);
    const { contentDigest } = await digestOf(file.id);
    await api.database.sql('alter table source drop constraint source_sealed');
    await api.database.sql('alter table consent drop constraint consent_sealed');
    for (const { id } of [file, erased])
      for (const table of ['source', 'consent'])
        await api.database.sql(`update ${table} set language = 'nah' where case_id = $1`, [id]);
    await api.database.sql(sql);
    await api.app.get(ResealService).onModuleInit();
    for (const table of ['source', 'consent']) {
      const [row] = await api.database.sql<{ language: string }>(
        `select language from ${table} where case_id = $1 order by id`,
        [file.id],
      );
      expect(row?.language).toMatch(/^v1:/);
      expect(await openedRows(api, table, file.id)).toContainEqual(expect.objectContaining({ language: 'nah' }));
      expect(await api.database.sql(`select distinct language from ${table} where case_id = $1`, [erased.id])).toEqual([
        { language: null },
      ]);
    }
    expect((await read(file)).source.language).toBe('nah');
    // Its content was recognised by a keyed digest before; keyed twice, nobody would recognise it again.
    expect(await digestOf(file.id)).toEqual({ contentDigest });
  });
});

describe('Whoever got a case file', () => {
  test('is sealed under new keys like the rest, and goes with the person; that something left stays', async () => {
    const file = await recorded('Duodécima');
    const coordinator = api.as('coordinator', 'Comunicación');
    await api.as('caseworker').post(`${file.path}/consents`, { use: 'SHARE_UN' }).expect(201);
    await coordinator.post(`${file.path}/export`, { purpose: 'UN', recipient: 'Grupo de Trabajo' }).expect(201);
    const left = async () => (await coordinator.get(`${file.path}/disclosures`).expect(200)).body.items;
    const before = await left();
    expect(before).toMatchObject([{ recipient: 'Grupo de Trabajo', purpose: 'UN' }]);
    await care().rotateData();
    expect(await left()).toEqual(before);
    await api.database.sql('alter table disclosure drop constraint disclosure_sealed');
    await api.database.sql(`update disclosure set recipient = 'Otro Grupo' where case_id = $1`, [file.id]);
    await api.database.sql(readFileSync('prisma/migrations/20261127050000_sealed_recipient/migration.sql', 'utf8'));
    await api.app.get(ResealService).onModuleInit();
    expect(await openedRows(api, 'disclosure', file.id)).toMatchObject([{ recipient: 'Otro Grupo' }]);
    await eraseByTwo(api, file);
    expect(await left()).toMatchObject([{ recipient: null, purpose: 'UN', uses: ['SHARE_UN'] }]);
  });
});

describe('Erasure', () => {
  test('destroys the keys: a copy of the rows from before opens no more, figures stay, and a receipt says so', async () => {
    const file = await recorded('Octava');
    const facts = () => api.database.sql('select to_jsonb(f) as fact from fact_arrest f where case_id = $1', [file.id]);
    const [before, dump] = [
      await facts(),
      await api.database.sql('select * from person_identity where case_id = $1', [file.id]),
    ];
    const receipt = await eraseByTwo(api, file);
    expect(receipt).toMatchObject({
      caseId: file.id,
      files: 1,
      keys: 3,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await keysOf(file.id)).toEqual([]);
    expect(await facts()).toEqual(before);
    // The rows are untouched: whoever has a dump from before has the same noise.
    expect(await api.database.sql('select * from person_identity where case_id = $1', [file.id])).toEqual(dump);
    await expect(openedRows(api, 'person_identity', file.id)).rejects.toThrow('do not open');
    const body = await read(file);
    expect(body.person).toMatchObject({ born: null, identity: {} });
    expect(JSON.stringify(body)).not.toMatch(/Octava|unreadable|v1:/);
    expect(body.erasedAt).toBe(receipt.erasedAt);
    const { text } = await api.as('caseworker').get(`${file.path}/timeline`).expect(200);
    expect(text).not.toMatch(/Octava|Sintético|unreadable|v1:/);
    expect(
      await api.database.sql(`select 1 from audit_entry where action = 'case.erased' and case_id = $1`, [file.id]),
    ).toHaveLength(1);
  });

  test('leaves a file that takes nothing more and is joined with no other', async () => {
    const [file, other] = [await recorded('Novena'), await recorded('Décima')];
    await eraseByTwo(api, file);
    await api.as('caseworker').post(`${file.path}/notes`, { text: 'más' }).expect(409);
    await api.as('coordinator').post('/v1/merges', { keep: other.id, absorb: file.id, reason: 'son' }).expect(409);
    const again = { number: file.number, reason: 'otra vez' };
    await api.as('coordinator').post(`${file.path}/erasure-requests`, again).expect(problem(409, 'case.erased'));
    await api
      .as('coordinator')
      .post(`${file.path}/assignments`, { userId: idOf('lawyer') })
      .expect(409);
    await care().rotateData();
    expect(await keysOf(file.id)).toEqual([]);
  });
});
