/** Reading is an act: a case broken open, who has looked at one, how much one person may read on a day. */
import { randomUUID } from 'node:crypto';
import { aCase, idOf, problem, type Agent, type RecordedCase, type Who } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

interface Notice {
  readonly id: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly userId: string | null;
  readonly displayName: string | null;
  readonly reason: string | null;
  readonly acknowledgedBy: string | null;
}
interface Reader {
  readonly userId: string;
  readonly displayName: string;
  readonly class: string;
  readonly reason: string | null;
}

const noticesFor = async (agent: Agent, query = ''): Promise<Notice[]> =>
  (await agent.get(`/v1/notices${query}`).expect(200)).body.items as Notice[];
const actionsOf = async (agent: Agent, action: string): Promise<{ reason: string | null; caseId: string | null }[]> =>
  (await agent.get(`/v1/audit?action=${action}`).expect(200)).body.items as { reason: string; caseId: string }[];
const noSuchCase = problem(404, 'case.not-found');

describe('breaking the glass', () => {
  let api: ServiceUnderTest;
  let file: RecordedCase;
  let strangers: RecordedCase;
  const REASON = 'La familia llama desde el hospital y nadie de la oficina contesta';
  beforeAll(async () => {
    api = await aService();
    file = await aCase().known('kobo-17').named('Nombre', 'De Prueba').recordedBy(api.as('caseworker in the west'));
    strangers = await aCase().known('kobo-18').recordedBy(api.as('stranger caseworker'));
  });
  afterAll(() => api.stop());

  const open = (who: 'caseworker' | 'lawyer' | 'colleague' | 'second lawyer', reference: string) =>
    api.as(who).post(`/v1/cases/${encodeURIComponent(reference)}/break-glass`, { reason: REASON });

  it('finds no case of another organisation, and leaves the attempt in the trail without what was tried', async () => {
    for (const reference of [strangers.id, strangers.number, 'kobo-18', randomUUID(), 'CDD-0000-0000', 'María López'])
      await open('caseworker', reference === 'María López' ? 'nobody' : reference).expect(noSuchCase);
    const missed = await actionsOf(api.as('auditor'), 'break-glass.missed');
    expect(missed).toHaveLength(6);
    expect(new Set(missed.map(({ reason, caseId }) => `${reason} ${caseId}`))).toEqual(new Set([`${REASON} null`]));
    await api.as('caseworker').get(strangers.path).expect(noSuchCase);
  });

  it('takes a reason, a reference that is one, and a retry key', async () => {
    const agent = api.as('caseworker');
    const path = `/v1/cases/${file.number}/break-glass`;
    await agent.post(path, {}).expect(problem(400, 'request.invalid', { '/reason': 'text.malformed' }));
    await agent.post(path, { reason: '  ' }).expect(problem(400, 'request.invalid', { '/reason': 'text.blank' }));
    await agent.post(path, { reason: 'x', hours: 400 }).expect(problem(400, 'request.invalid'));
    await agent.post('/v1/cases/%C3%B1/break-glass', { reason: 'x' }).expect(problem(400, 'request.invalid'));
    await agent.post(path, { reason: 'x' }).unset('idempotency-key').expect(problem(400, 'idempotency-key.missing'));
  });

  it('opens the case at once, for reading and recording, and lists it nowhere', async () => {
    const caseworker = api.as('caseworker');
    await caseworker.get(file.path).expect(noSuchCase);
    const { body } = await open('caseworker', file.number).expect(201);
    expect(body).toMatchObject({ caseId: file.id, number: file.number });
    const hours = (Date.parse(body.expiresAt as string) - api.clock.now().getTime()) / 3_600_000;
    expect(hours).toBeGreaterThan(3.9);
    expect(hours).toBeLessThanOrEqual(4);
    const { body: read } = await caseworker.get(file.path).expect(200);
    expect(read.person.identity.familyNames).toBe('De Prueba');
    await caseworker.get(`${file.path}/timeline`).expect(200);
    await caseworker.post(`${file.path}/notes`, { text: 'Habló la madre' }).expect(201);
    expect((await caseworker.get('/v1/cases').expect(200)).body.items).toEqual([]);
    expect((await caseworker.get('/v1/cases?externalId=kobo-17').expect(200)).body.items).toEqual([]);
    await open('caseworker', file.number).expect(problem(409, 'break-glass.not-needed'));
  });

  it('opens it to nobody else', async () => {
    await api.as('colleague').get(file.path).expect(noSuchCase);
    await api.as('lawyer').get(file.path).expect(noSuchCase);
  });

  it('opens no privileged note to a lawyer who is not assigned', async () => {
    await api
      .as('coordinator')
      .post(`${file.path}/assignments`, { userId: idOf('lawyer') })
      .expect(201);
    await api.as('lawyer').post(`${file.path}/privileged-notes`, { text: 'Solo la defensa' }).expect(201);
    await open('second lawyer', 'kobo-17').expect(201);
    const { text } = await api.as('second lawyer').get(`${file.path}/timeline`).expect(200);
    expect(text).not.toContain('Solo la defensa');
    await api.as('second lawyer').post(`${file.path}/privileged-notes`, { text: 'x' }).expect(403);
  });

  it('tells the coordinators and the auditor, with the reason, and the other organisation nothing', async () => {
    for (const who of ['coordinator', 'second coordinator', 'auditor'] as const) {
      const [, first] = await noticesFor(api.as(who), '?open=true');
      expect(first).toMatchObject({
        kind: 'BREAK_GLASS',
        caseId: file.id,
        userId: idOf('caseworker'),
        displayName: 'Amina',
        reason: REASON,
        acknowledgedBy: null,
      });
    }
    expect(await noticesFor(api.as('stranger coordinator'))).toEqual([]);
    for (const who of ['caseworker', 'lawyer', 'researcher', 'administrator'] as const)
      await api.as(who).get('/v1/notices').expect(problem(403, 'access.not-permitted'));
  });

  it('shows whoever opened it what they have open, and coordinators what everybody has, and why', async () => {
    const glasses = async (who: Who, path: string) =>
      (await api.as(who).get(path).expect(200)).body.items as Record<string, unknown>[];
    const [own, ...more] = await glasses('caseworker', '/v1/me/break-glass');
    expect(more).toEqual([]);
    expect(own).toEqual({
      id: expect.any(String),
      caseId: file.id,
      number: file.number,
      openedAt: expect.stringMatching(/^2\d{3}-/),
      expiresAt: expect.stringMatching(/^2\d{3}-/),
    });
    expect(Date.parse(own!['expiresAt'] as string) - Date.parse(own!['openedAt'] as string)).toBe(4 * 3_600_000);
    expect(await glasses('colleague', '/v1/me/break-glass')).toEqual([]);
    const all = await glasses('second coordinator', '/v1/break-glass');
    expect(all.map(({ userId }) => userId).sort()).toEqual([idOf('caseworker'), idOf('second lawyer')].sort());
    expect(all.find(({ userId }) => userId === idOf('caseworker'))).toEqual({
      ...own,
      userId: idOf('caseworker'),
      displayName: 'Amina',
      reason: REASON,
    });
    expect(await glasses('stranger coordinator', '/v1/break-glass')).toEqual([]);
    for (const who of ['caseworker', 'lawyer', 'researcher', 'administrator', 'auditor'] as const)
      await api.as(who).get('/v1/break-glass').expect(problem(403, 'access.not-permitted'));
    await api.as('coordinator').get('/v1/me/break-glass').expect(problem(403, 'access.not-permitted'));
  });

  it('is taken note of by a coordinator, once, and by nobody who only reads', async () => {
    const [, notice] = await noticesFor(api.as('coordinator'), '?open=true');
    const path = `/v1/notices/${notice!.id}/acknowledgement`;
    await api.as('auditor').post(path).expect(problem(403, 'access.not-permitted'));
    await api.as('stranger coordinator').post(path).expect(problem(404, 'notice.not-found'));
    await api.as('coordinator').post(path).expect(201);
    await api.as('second coordinator').post(path).expect(problem(409, 'notice.acknowledged'));
    const open = await noticesFor(api.as('coordinator'), '?open=true');
    expect(open.map(({ id }) => id)).not.toContain(notice!.id);
    const all = await noticesFor(api.as('coordinator'));
    expect(all.find(({ id }) => id === notice!.id)!.acknowledgedBy).toBe(idOf('coordinator'));
  });

  it('is shut by a coordinator before its time, and the very next reading finds it shut', async () => {
    const lawyer = api.as('second lawyer');
    await lawyer.get(file.path).expect(200);
    const open = (await api.as('coordinator').get('/v1/break-glass').expect(200)).body.items as {
      id: string;
      userId: string;
    }[];
    const path = `/v1/break-glass/${open.find(({ userId }) => userId === idOf('second lawyer'))!.id}`;
    for (const who of ['second lawyer', 'auditor', 'administrator'] as const)
      await api.as(who).delete(path).expect(problem(403, 'access.not-permitted'));
    await api.as('stranger coordinator').delete(path).expect(problem(404, 'break-glass.not-open'));
    await lawyer.get(file.path).expect(200);
    await api.as('coordinator').delete(path).expect(204);
    await lawyer.get(file.path).expect(noSuchCase);
    await api.as('caseworker').get(file.path).expect(200);
    await api.as('coordinator').delete(path).expect(problem(404, 'break-glass.not-open'));
    const { body } = await api.as('auditor').get('/v1/audit?action=break-glass.shut').expect(200);
    expect(body.items).toMatchObject([{ actorId: idOf('coordinator'), caseId: file.id }]);
  });

  it('closes by itself', async () => {
    await api.as('caseworker').get(file.path).expect(200);
    await api.database.sql(
      `update break_glass set opened_at = now() - interval '5 hours', expires_at = now() - interval '1 hour'`,
    );
    await api.as('caseworker').get(file.path).expect(noSuchCase);
    await api.as('second lawyer').get(`${file.path}/timeline`).expect(noSuchCase);
    expect((await api.as('caseworker').get('/v1/me/break-glass').expect(200)).body.items).toEqual([]);
    expect((await api.as('coordinator').get('/v1/break-glass').expect(200)).body.items).toEqual([]);
  });

  it('opens a sealed case too, because somebody is told', async () => {
    const sealed = await aCase().recordedBy(api.as('colleague'));
    await api.as('coordinator').patch(sealed.path, sealed.version, { confidentiality: 'SEALED' }).expect(200);
    await api.as('caseworker').get(sealed.path).expect(noSuchCase);
    await open('caseworker', sealed.number).expect(201);
    await api.as('caseworker').get(sealed.path).expect(200);
  });

  it('stops while three of somebody’s wait for a second person', async () => {
    const files: RecordedCase[] = [];
    for (let i = 0; i < 3; i += 1) files.push(await aCase().recordedBy(api.as('caseworker in the west')));
    await open('caseworker', files[0]!.number).expect(201);
    await open('caseworker', files[1]!.number).expect(201);
    await open('caseworker', files[2]!.number).expect(problem(422, 'break-glass.unacknowledged'));
    const [latest] = await noticesFor(api.as('coordinator'), '?open=true');
    await api.as('coordinator').post(`/v1/notices/${latest!.id}/acknowledgement`).expect(201);
    await open('caseworker', files[2]!.number).expect(201);
  });

  it('is for those who work inside cases: whoever sees all, or none, may not', async () => {
    for (const who of ['coordinator', 'researcher', 'administrator', 'auditor'] as const)
      await api
        .as(who)
        .post(`/v1/cases/${file.number}/break-glass`, { reason: 'x' })
        .expect(problem(403, 'access.not-permitted'));
  });
});

describe('who has looked at a case', () => {
  let api: ServiceUnderTest;
  let file: RecordedCase;
  beforeAll(async () => {
    api = await aService();
    file = await aCase().named('Nombre', 'De Prueba').recordedBy(api.as('caseworker'));
  });
  afterAll(() => api.stop());

  const readers = async (query = ''): Promise<Reader[]> =>
    (await api.as('second coordinator').get(`${file.path}/readers${query}`).expect(200)).body.items as Reader[];

  it('is told with what they saw and why, newest first', async () => {
    await api.as('caseworker').get(file.path).expect(200);
    await api.as('coordinator').get(file.path).expect(200);
    await api.as('coordinator', 'Pide el juzgado').get(file.path).expect(200);
    await api.as('coordinator').get(`${file.path}/timeline`).expect(200);
    await api.as('caseworker in the west').post(`/v1/cases/${file.number}/break-glass`, { reason: 'Urge' }).expect(201);
    expect(await readers()).toMatchObject([
      { displayName: 'Wanda', class: 'opened', reason: 'Urge' },
      { displayName: 'Carla', class: 'facts', reason: null },
      { displayName: 'Carla', class: 'identity', reason: 'Pide el juzgado' },
      { displayName: 'Carla', class: 'facts', reason: null },
      { displayName: 'Amina', class: 'identity', reason: null, userId: idOf('caseworker') },
    ]);
    const { body } = await api.as('second coordinator').get(`${file.path}/readers?limit=2`).expect(200);
    expect((await readers(`?limit=2&cursor=${body.next as string}`)).map(({ class: what }) => what)).toEqual([
      'identity',
      'facts',
    ]);
  });

  it('is told after a merge of every file of the person', async () => {
    const twin = await aCase().recordedBy(api.as('caseworker'));
    await api.as('caseworker', 'Leído antes').get(twin.path).expect(200);
    await api.as('coordinator').post('/v1/merges', { keep: file.id, absorb: twin.id, reason: 'x' }).expect(201);
    expect((await readers()).map(({ reason }) => reason)).toContain('Leído antes');
  });

  it('is a coordinator’s to know, of cases of the organisation', async () => {
    for (const who of ['caseworker', 'lawyer', 'researcher', 'administrator', 'auditor'] as const)
      await api.as(who).get(`${file.path}/readers`).expect(problem(403, 'access.not-permitted'));
    await api.as('stranger coordinator').get(`${file.path}/readers`).expect(noSuchCase);
  });
});

describe('a reading budget of two', () => {
  let api: ServiceUnderTest;
  let file: RecordedCase;
  beforeAll(async () => {
    api = await aService({ readingBudget: 2 });
    file = await aCase().named('Nombre', 'De Prueba').recordedBy(api.as('caseworker'));
  });
  afterAll(() => api.stop());
  const stopped = problem(429, 'reading.budget-spent');

  it('tells coordinators and auditor at the second reading, once', async () => {
    const caseworker = api.as('caseworker');
    await caseworker.get(file.path).expect(200);
    expect(await noticesFor(api.as('auditor'))).toEqual([]);
    await caseworker.get(`${file.path}/timeline`).expect(200);
    await caseworker.get(file.path).expect(200);
    const told = await noticesFor(api.as('coordinator'));
    expect(told).toMatchObject([{ kind: 'READING_BUDGET', userId: idOf('caseworker'), caseId: null }]);
    expect(await noticesFor(api.as('auditor'))).toEqual(told);
  });

  it('stops at three times as many, whatever is asked for, and changes nothing that would show a name', async () => {
    const caseworker = api.as('caseworker');
    for (let i = 0; i < 3; i += 1) await caseworker.get(file.path).expect(200);
    const { body } = await caseworker.get(file.path).expect(stopped);
    expect(JSON.stringify(body)).not.toMatch(/Nombre|De Prueba/);
    await caseworker.get(`${file.path}/timeline`).expect(stopped);
    await caseworker.get(`/v1/cases/${randomUUID()}`).expect(stopped);
    await caseworker.patch(file.path, file.version, { riskLevel: 'HIGH' }).expect(stopped);
    await caseworker.get('/v1/cases').expect(200);
    await caseworker.post(`${file.path}/notes`, { text: 'Lo que se sabe se anota' }).expect(201);
    expect((await noticesFor(api.as('coordinator')))[0]).toMatchObject({ kind: 'READING_STOPPED' });
    expect((await actionsOf(api.as('auditor'), 'reading.refused')).length).toBe(4);
    const identities = await api.as('auditor').get('/v1/audit?action=identity.read').expect(200);
    expect(identities.body.items).toHaveLength(6);
  });

  it('is everybody’s own', async () => {
    await api.as('colleague').get(file.path).expect(200);
  });

  it('counts no reading without names', async () => {
    for (let i = 0; i < 8; i += 1) await api.as('coordinator').get(file.path).expect(200);
  });

  it('is raised by another coordinator, by so many readings, for today', async () => {
    const path = `/v1/users/${idOf('caseworker')}/reading-allowance`;
    const body = { readings: 2, reason: 'Cierre del informe' };
    await api.as('caseworker').post(path, body).expect(problem(403, 'access.not-permitted'));
    await api.as('stranger coordinator').post(path, body).expect(problem(404, 'reading.no-such-person'));
    await api
      .as('coordinator')
      .post(path, { ...body, readings: 0 })
      .expect(problem(400, 'request.invalid'));
    await api
      .as('coordinator')
      .post(`/v1/users/${idOf('coordinator')}/reading-allowance`, body)
      .expect(problem(422, 'reading.own-allowance'));
    const { body: raised } = await api.as('coordinator').post(path, body).expect(201);
    expect(raised).toMatchObject({ readings: 6, allowance: 2 });
    await api.as('caseworker').get(file.path).expect(200);
    await api.as('caseworker').get(file.path).expect(200);
    await api.as('caseworker').get(file.path).expect(stopped);
    expect(await actionsOf(api.as('auditor'), 'reading.allowed')).toMatchObject([{ reason: 'Cierre del informe' }]);
  });

  it('begins anew the next day', async () => {
    api.clock.forward({ days: 1 });
    await api.as('caseworker').get(file.path).expect(200);
  });
});

describe('an export of what an import refused', () => {
  it('is in the trail with its reason', async () => {
    const api = await aService();
    const id = randomUUID();
    await api.database.sql(
      `insert into job (id, organisation_id, kind, status, created_by, input) select $1, organisation_id, 'import', 'succeeded', id, '{}' from app_user where id = $2`,
      [id, idOf('caseworker')],
    );
    await api.as('caseworker', 'Corregir el formulario').get(`/v1/imports/${id}/errors?format=csv`).expect(200);
    expect(await actionsOf(api.as('auditor'), 'import.errors-exported')).toMatchObject([
      { reason: 'Corregir el formulario' },
    ]);
    await api.stop();
  });
});
