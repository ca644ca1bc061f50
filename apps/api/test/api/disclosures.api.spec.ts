/** What leaves the house with a case file: for a purpose, by consent, on record; and what a withdrawal stops. */
import { randomUUID } from 'node:crypto';
import { aCase, idOf, problem, type Agent, type RecordedCase } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let coordinator: Agent;
beforeAll(async () => {
  api = await aService();
  coordinator = api.as('coordinator', 'Comunicación al Grupo de Trabajo');
});
afterAll(() => api.stop());

const record = (...consents: string[]): Promise<RecordedCase> =>
  aCase()
    .named('Nombre', 'De Prueba', '01234567-8')
    .saying('Relato entero')
    .consentingTo('INTERNAL_CASE', ...consents)
    .seenByJudgeOn('2022-06-01')
    .and('notes', { text: 'Nota de la oficina' })
    .recordedBy(api.as('caseworker'));
const TO_UN = { purpose: 'UN', recipient: 'Grupo de Trabajo' };
const decided = async (file: RecordedCase, body: object = TO_UN): Promise<{ id: string; file: string }> => {
  const { body: answer } = await coordinator.post(`${file.path}/export`, body).expect(201);
  return { id: answer.id as string, file: answer.links.file as string };
};
const missing = (uses: Record<string, string>) => problem(422, 'disclosure.consent-missing', uses);

describe('a case file', () => {
  it('leaves for the purpose that was consented to, without names unless they are asked for', async () => {
    const file = await record('SHARE_UN');
    const plain = await coordinator.get((await decided(file)).file).expect(200);
    expect(plain.text).not.toMatch(/Nombre|De Prueba|01234567|Relato|Nota de la oficina/);
    expect(plain.body).toMatchObject({
      purpose: 'UN',
      recipient: 'Grupo de Trabajo',
      file: { number: file.number, events: [{ kind: 'arrest' }, { kind: 'hearing', at: '2022-06-01' }] },
    });
    const named = await coordinator.get((await decided(file, { ...TO_UN, identity: true })).file).expect(200);
    expect(named.body.file).toMatchObject({ identity: { familyNames: 'De Prueba' }, narrative: 'Relato entero' });
    expect(named.text).not.toMatch(/Nota de la oficina|recordedBy/);
    expect(named.get('content-disposition')).not.toContain(file.number);
  });

  it('does not leave without, and the missing uses are named', async () => {
    const file = await record('SHARE_UN');
    const ask = (body: object) => coordinator.post(`${file.path}/export`, { ...TO_UN, ...body });
    await ask({ purpose: 'IACHR' }).expect(missing({ '/consents/SHARE_IACHR': 'consent.missing' }));
    await ask({ purpose: 'NGO_COALITION', identity: true }).expect(
      missing({ '/consents/SHARE_NGO_COALITION': 'consent.missing', '/consents/NAME_PUBLIC': 'consent.missing' }),
    );
    await ask({ purpose: 'ANON_STORY', identity: true }).expect(problem(422, 'disclosure.names-never'));
    const { body } = await api.as('auditor').get(`/v1/audit?action=disclosure.refused&caseId=${file.id}`).expect(200);
    expect(body.items).toHaveLength(3);
    expect((await coordinator.get(`${file.path}/disclosures`).expect(200)).body.items).toEqual([]);
  });

  it('asks for a reason, a purpose that exists and a recipient', async () => {
    const file = await record('SHARE_UN');
    await api.as('coordinator').post(`${file.path}/export`, TO_UN).expect(problem(400, 'reason.needed'));
    const bad = (body: object, place: string, code: string) =>
      coordinator.post(`${file.path}/export`, body).expect(problem(400, 'request.invalid', { [place]: code }));
    await bad({ ...TO_UN, purpose: 'OTHER' }, '/purpose', 'word.unknown');
    await bad({ ...TO_UN, recipient: '=cmd()' }, '/recipient', 'text.formula');
    await bad({ ...TO_UN, identity: 'yes' }, '/identity', 'flag.malformed');
    const { file: address } = await decided(file);
    await api.as('coordinator').get(address).expect(problem(400, 'reason.needed'));
  });

  it('is a coordinator’s to send, of the organisation, and by its own record only', async () => {
    const [file, other] = [await record('SHARE_UN'), await record('SHARE_UN')];
    for (const who of ['caseworker', 'lawyer', 'researcher', 'administrator', 'auditor'] as const) {
      await api.as(who, 'x').post(`${file.path}/export`, TO_UN).expect(problem(403, 'access.not-permitted'));
      await api.as(who, 'x').get(`${file.path}/disclosures`).expect(problem(403, 'access.not-permitted'));
    }
    const stranger = api.as('stranger coordinator', 'x');
    await stranger.post(`${file.path}/export`, TO_UN).expect(problem(404, 'case.not-found'));
    const { id } = await decided(file);
    await stranger.get(`${file.path}/disclosures/${id}/file`).expect(problem(404, 'case.not-found'));
    await coordinator.get(`${other.path}/disclosures/${id}/file`).expect(problem(404, 'disclosure.not-found'));
    await coordinator.get(`${file.path}/disclosures/${randomUUID()}/file`).expect(problem(404, 'disclosure.not-found'));
  });

  it('that was sealed leaves by no way, and of one with restricted names the names stay', async () => {
    const file = await record('SHARE_UN');
    const { file: address } = await decided(file);
    const patch = (version: number, confidentiality: string) =>
      coordinator.patch(file.path, version, { confidentiality }).expect(200);
    const { body } = await patch(file.version, 'RESTRICTED_NAMES');
    await coordinator
      .post(`${file.path}/export`, { ...TO_UN, identity: true })
      .expect(problem(422, 'disclosure.names-restricted'));
    await coordinator.get(address).expect(200);
    await patch(body.version as number, 'SEALED');
    await coordinator.get(address).expect(problem(422, 'disclosure.sealed'));
    await coordinator.post(`${file.path}/export`, TO_UN).expect(problem(422, 'disclosure.sealed'));
  });

  it('is decided once for one retry key, and nothing of the file is kept with the key', async () => {
    const file = await record('SHARE_UN');
    const key = randomUUID();
    const ask = () => coordinator.post(`${file.path}/export`, { ...TO_UN, identity: true }).set('idempotency-key', key);
    const [first, second] = [await ask().expect(201), await ask().expect(201)];
    expect(second.body).toEqual(first.body);
    const kept = await api.database.sql<{ answer: object }>('select answer from idempotency_key where key = $1', [key]);
    expect(JSON.stringify(kept)).not.toMatch(/Nombre|Prueba|Relato/);
  });
});

describe('a withdrawal', () => {
  it('stops what was decided at once, lists what had left, and tells coordinators', async () => {
    const file = await record('SHARE_UN');
    const { file: taken, id } = await decided(file);
    const { file: waiting } = await decided(file);
    await coordinator.get(taken).expect(200);
    await api.as('caseworker').post(`${file.path}/consents`, { use: 'SHARE_UN', state: 'WITHDRAWN' }).expect(201);
    const refused = missing({ '/consents/SHARE_UN': 'consent.refused' });
    await coordinator.get(waiting).expect(refused);
    await coordinator.get(taken).expect(refused);
    await coordinator.post(`${file.path}/export`, TO_UN).expect(refused);
    const { body } = await coordinator.get(`${file.path}/disclosures`).expect(200);
    const left = (body.items as { id: string; takenAt: string | null; ended: string[] }[]).filter((one) => one.takenAt);
    expect(left).toMatchObject([{ id, ended: ['SHARE_UN'] }]);
    const { body: notices } = await coordinator.get('/v1/notices?open=true').expect(200);
    expect(notices.items[0]).toMatchObject({ kind: 'CONSENT_WITHDRAWN', caseId: file.id, userId: idOf('caseworker') });
  });

  it('of a use on which nothing rested tells nobody', async () => {
    const file = await record('SHARE_UN');
    await decided(file);
    await api.as('caseworker').post(`${file.path}/consents`, { use: 'SHARE_UN', state: 'WITHDRAWN' }).expect(201);
    const { body } = await coordinator.get('/v1/notices').expect(200);
    expect((body.items as { caseId: string }[]).filter(({ caseId }) => caseId === file.id)).toEqual([]);
  });
});

describe('a consent with a last day', () => {
  it('holds on that day and not on the next', async () => {
    const file = await record();
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/El_Salvador' }).format(api.clock.now());
    await api.as('caseworker').post(`${file.path}/consents`, { use: 'SHARE_UN', expiresOn: today }).expect(201);
    const { file: address } = await decided(file);
    api.clock.forward({ days: 1 });
    await coordinator.get(address).expect(missing({ '/consents/SHARE_UN': 'consent.missing' }));
  });
});

describe('setting consent aside', () => {
  it('fills in what nobody was asked, with a reason and in front of another coordinator', async () => {
    const file = await record();
    await coordinator.post(`${file.path}/export`, TO_UN).expect(422);
    const { body } = await coordinator.post(`${file.path}/export`, { ...TO_UN, override: true }).expect(201);
    expect(body).toMatchObject({ uses: [], overridden: ['SHARE_UN'] });
    await coordinator.get(body.links.file as string).expect(200);
    const { body: notices } = await api.as('second coordinator').get('/v1/notices?open=true').expect(200);
    const [notice] = notices.items as { id: string; kind: string; reason: string }[];
    expect(notice).toMatchObject({ kind: 'CONSENT_OVERRIDDEN', reason: 'Comunicación al Grupo de Trabajo' });
    await coordinator.post(`/v1/notices/${notice!.id}/acknowledgement`).expect(problem(422, 'notice.own-act'));
    await api.as('second coordinator').post(`/v1/notices/${notice!.id}/acknowledgement`).expect(201);
  });

  it('never takes a no for a silence, and never brings names along', async () => {
    const file = await record();
    const override = { ...TO_UN, override: true };
    await coordinator
      .post(`${file.path}/export`, { ...override, identity: true })
      .expect(missing({ '/consents/SHARE_UN': 'consent.missing' }));
    const { body } = await coordinator.post(`${file.path}/export`, override).expect(201);
    await api.as('caseworker').post(`${file.path}/consents`, { use: 'SHARE_UN', state: 'WITHDRAWN' }).expect(201);
    const refused = missing({ '/consents/SHARE_UN': 'consent.refused' });
    await coordinator.post(`${file.path}/export`, override).expect(refused);
    await coordinator.get(body.links.file as string).expect(refused);
  });
});

describe('a report', () => {
  const body = { genre: 'G5', language: 'es', from: '2022-03-27', to: '2023-03-27' };

  it('for publication is refused, because exact figures count people who did not agree to leave', async () => {
    await coordinator
      .post('/v1/reports', { ...body, purpose: 'PUBLICATION' })
      .expect(problem(422, 'report.no-publication-lane', { '/purpose': 'purpose.not-served' }));
    await coordinator
      .post('/v1/reports', { ...body, purpose: 'PRESS' })
      .expect(problem(400, 'request.invalid', { '/purpose': 'word.unknown' }));
    await coordinator.post('/v1/reports', { ...body, purpose: 'INTERNAL' }).expect(202);
  });
});
