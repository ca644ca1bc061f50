/** A client that is not sure whether its request arrived sends it again, and nothing happens twice. */
import { randomUUID } from 'node:crypto';
import { aCase, problem, type Agent } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let caseworker: Agent;
beforeAll(async () => {
  api = await aService({ worker: false });
  caseworker = api.as('caseworker');
});
afterAll(() => api.stop());

const body = aCase().body;
const cases = async (): Promise<number> => (await api.database.contents())['case_file'] ?? 0;
const open = (key: string, sent: object = body, agent: Agent = caseworker) =>
  agent.post('/v1/cases', sent).set('idempotency-key', key);

describe('recording a case with a retry key', () => {
  it('answers the repeat as the first time, and records once', async () => {
    const [key, before] = [randomUUID(), await cases()];
    const first = await open(key).expect(201);
    const again = await open(key).expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.get('location')).toBe(first.get('location'));
    expect(again.get('etag')).toBe(first.get('etag'));
    expect(await cases()).toBe(before + 1);
  });

  it('answers the repeat as the first time also when the case has changed meanwhile', async () => {
    const key = randomUUID();
    const first = await open(key).expect(201);
    await caseworker.patch(`/v1/cases/${first.body.id}`, 1, { riskLevel: 'HIGH' }).expect(200);
    expect((await open(key).expect(201)).body).toEqual(first.body);
  });

  it('records once when both come at the same moment', async () => {
    const [key, before] = [randomUUID(), await cases()];
    const answers = await Promise.all(Array.from({ length: 6 }, () => open(key)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await cases()).toBe(before + 1);
  });

  it('refuses another body under the same key', async () => {
    const [key, before] = [randomUUID(), await cases()];
    await open(key).expect(201);
    await open(key, aCase().of({ sex: 'F' }).body).expect(problem(422, 'idempotency-key.reused'));
    expect(await cases()).toBe(before + 1);
  });

  it('refuses another address under the same key', async () => {
    const key = randomUUID();
    const { body: first } = await open(key).expect(201);
    await caseworker
      .post(`/v1/cases/${first.id}/notes`, { text: 'x' })
      .set('idempotency-key', key)
      .expect(problem(422, 'idempotency-key.reused'));
  });

  it('knows keys by whoever sends them: a colleague may use the same one', async () => {
    const key = randomUUID();
    const first = await open(key).expect(201);
    const other = await open(key, body, api.as('colleague')).expect(201);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('takes the key in capitals for the same key', async () => {
    const key = randomUUID();
    const first = await open(key).expect(201);
    expect((await open(key.toUpperCase()).expect(201)).body).toEqual(first.body);
  });

  it('does not hold a refusal against the key: the corrected request goes through', async () => {
    const key = randomUUID();
    await open(key, { ...body, consents: 'x' }).expect(
      problem(400, 'request.invalid', { '/consents': 'list.malformed' }),
    );
    await open(key, aCase().arrestedOn('2090-01-01').body).expect(422);
    await open(key).expect(201);
  });

  it('needs the key, and a UUID it must be', async () => {
    const before = await cases();
    await caseworker.post('/v1/cases', body).unset('idempotency-key').expect(problem(400, 'idempotency-key.missing'));
    for (const key of ['1', 'not-a-uuid', `${randomUUID()} `.repeat(2)]) {
      await open(key).expect(problem(400, 'idempotency-key.malformed'));
    }
    expect(await cases()).toBe(before);
  });

  it('keeps no name and no narrative with the answer', async () => {
    const key = randomUUID();
    await open(key, aCase().named('Nombre', 'Inventado').saying('Relato inventado').body).expect(201);
    const [row] = await api.database.sql<{ answer: string }>(
      'select answer::text from idempotency_key where key = $1',
      [key],
    );
    expect(row!.answer).not.toMatch(/Inventado|Relato/);
  });

  it('keeps no name and no address of a new account with the answer either', async () => {
    const key = randomUUID();
    const account = {
      email: `inventada.${key}@example.org`,
      displayName: 'Inventada',
      password: 'four words make a sentence',
      roles: ['lawyer'],
    };
    await api.as('administrator').post('/v1/users', account).set('idempotency-key', key).expect(201);
    const [row] = await api.database.sql<{ answer: string }>(
      'select answer::text from idempotency_key where key = $1',
      [key],
    );
    expect(row!.answer).not.toMatch(/inventada/i);
  });
});

describe('every other creation', () => {
  const creations: [what: string, create: () => Promise<{ path: string; body: object; agent: Agent }>][] = [
    [
      'an event',
      async () => ({
        path: `${(await aCase().recordedBy(caseworker)).path}/hearings`,
        body: { at: '2022-05-10', stage: 'TRIAL' },
        agent: caseworker,
      }),
    ],
    [
      'a note',
      async () => ({
        path: `${(await aCase().recordedBy(caseworker)).path}/notes`,
        body: { text: 'Una nota' },
        agent: caseworker,
      }),
    ],
    [
      'a source',
      async () => ({
        path: `${(await aCase().recordedBy(caseworker)).path}/sources`,
        body: { type: 'PRESS' },
        agent: caseworker,
      }),
    ],
    [
      'a consent',
      async () => ({
        path: `${(await aCase().recordedBy(caseworker)).path}/consents`,
        body: { use: 'RECONTACT' },
        agent: caseworker,
      }),
    ],
    [
      'a grade',
      async () => ({
        path: `${(await aCase().recordedBy(caseworker)).path}/verifications`,
        body: { level: 'PLAUSIBLE' },
        agent: api.as('coordinator'),
      }),
    ],
    [
      'an office',
      async () => ({ path: '/v1/offices', body: { name: `Oficina ${randomUUID()}` }, agent: api.as('administrator') }),
    ],
    [
      'an account',
      async () => ({
        path: '/v1/users',
        body: {
          email: `${randomUUID()}@example.org`,
          displayName: 'N',
          password: 'four words make a sentence',
          roles: ['lawyer'],
        },
        agent: api.as('administrator'),
      }),
    ],
    [
      'a report',
      async () => ({
        path: '/v1/reports',
        body: { genre: 'G5', language: 'en', from: '2022-01-01', to: '2022-12-31' },
        agent: api.as('coordinator'),
      }),
    ],
  ];
  it.each(creations)('of %s happens once under one key', async (_what, create) => {
    const { path, body: sent, agent } = await create();
    await agent.post(path, sent).unset('idempotency-key').expect(problem(400, 'idempotency-key.missing'));
    const key = randomUUID();
    const post = () => agent.post(path, sent).set('idempotency-key', key);
    const [first, second] = await Promise.all([post(), post()]);
    const before = await api.database.contents();
    const third = await post();
    expect([first.status, second.status, third.status]).toEqual([first.status, first.status, first.status]);
    expect([201, 202]).toContain(first.status);
    expect(second.body).toEqual(first.body);
    expect(third.body).toEqual(first.body);
    expect(await api.database.contents()).toEqual(before);
  });

  it('of two different events at the same moment on one case both happen', async () => {
    const file = await aCase().recordedBy(caseworker);
    const answers = await Promise.all(
      ['2022-05-10', '2022-05-11', '2022-05-12', '2022-05-13'].map((at) =>
        caseworker.post(`${file.path}/contacts`, { at, contact: 'CALL' }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(answers.map((answer) => answer.body.version as number).sort()).toEqual([2, 3, 4, 5]);
  });
});
