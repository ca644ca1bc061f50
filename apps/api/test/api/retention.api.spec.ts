/** A closed case is kept for a time, held by two people’s word, and erased by nobody’s clock; dangers are looked at again. */
import { randomUUID } from 'node:crypto';
import { aCase, idOf, problem, type Agent, type RecordedCase } from '#lib/testing';
import { ErasureProposalsService } from '../../src/retention/erasure-proposals.service.js';
import { ErasureRequestsService } from '../../src/retention/erasure-requests.service.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let coordinator: Agent;
let second: Agent;
beforeAll(async () => {
  api = await aService({ worker: false });
  coordinator = api.as('coordinator');
  second = api.as('second coordinator');
});
afterAll(() => api.stop());

const WHY = { reason: 'Proceso ante la Corte' };
/** A case that was closed so many years ago. */
async function closed(years: number): Promise<RecordedCase> {
  const file = await aCase().named('Nombre', 'De Prueba').recordedBy(api.as('caseworker'));
  await coordinator.patch(file.path, file.version, { monitoring: 'CLOSED' }).expect(200);
  await api.database.sql(
    `update amendment set recorded_at = recorded_at - make_interval(years => $2) - interval '2 days' where case_id = $1`,
    [file.id, years],
  );
  return file;
}
const propose = async (): Promise<void> => {
  const service = api.app.get(ErasureProposalsService, { strict: false });
  // Once a day is enough for the service; here a day goes by for each time.
  api.clock.forward({ days: 1 });
  await service.propose();
};
interface Proposal {
  readonly id: string;
  readonly caseId: string;
  readonly class: string;
}
const open = async (agent: Agent = coordinator): Promise<Proposal[]> =>
  (await agent.get('/v1/erasure-proposals?limit=100').expect(200)).body.items as Proposal[];
const openFor = async ({ id }: RecordedCase): Promise<Proposal[]> =>
  (await open()).filter(({ caseId }) => caseId === id);

describe('a closed case', () => {
  it('is proposed for erasure when its time is over, once, and no other is', async () => {
    const [due, young] = [await closed(10), await closed(9)];
    const still = await aCase().recordedBy(api.as('caseworker'));
    await propose();
    await propose();
    expect(await openFor(due)).toMatchObject([{ class: 'STANDARD' }]);
    expect([...(await openFor(young)), ...(await openFor(still))]).toEqual([]);
    expect(await open(api.as('stranger coordinator'))).toEqual([]);
    const { body } = await coordinator.get('/v1/notices?open=true').expect(200);
    expect(body.items).toContainEqual(expect.objectContaining({ kind: 'ERASURE_DUE', caseId: due.id }));
  });

  it('is kept as long as its class says', async () => {
    const file = await closed(3);
    const { body } = await coordinator.post(`${file.path}/retention`, { class: 'SHORT', ...WHY }).expect(201);
    expect(body).toMatchObject({ class: 'SHORT', holds: [] });
    await propose();
    expect(await openFor(file)).toHaveLength(1);
    const kept = await closed(40);
    await coordinator.post(`${kept.path}/retention`, { class: 'PERMANENT', ...WHY }).expect(201);
    await propose();
    expect(await openFor(kept)).toEqual([]);
    expect((await coordinator.get(`${kept.path}/retention`).expect(200)).body.dueOn).toBeNull();
  });

  it('is erased by the word of two coordinators only, and keeping it closes the question', async () => {
    const [one, other] = [await closed(11), await closed(12)];
    await propose();
    const decide = (id: string, erase: unknown, agent = coordinator) =>
      agent.post(`/v1/erasure-proposals/${id}/decision`, { erase, ...WHY });
    const [[first], [latter]] = [await openFor(one), await openFor(other)];
    await decide(first!.id, true, api.as('administrator')).expect(problem(403, 'access.not-permitted'));
    await decide(first!.id, true, api.as('stranger coordinator')).expect(problem(404, 'erasure.no-proposal'));
    await decide(randomUUID(), true).expect(problem(404, 'erasure.no-proposal'));
    await decide(first!.id, 'yes').expect(problem(400, 'request.invalid', { '/erase': 'flag.malformed' }));
    const { body } = await decide(first!.id, true).expect(201);
    expect(body).toMatchObject({ state: 'OPEN', requestId: expect.any(String) });
    await decide(first!.id, true, second).expect(problem(409, 'erasure.asked'));
    const wish = { number: one.number, ...WHY };
    const confirmation = `/v1/erasure-requests/${body.requestId as string}/confirmation`;
    await coordinator.post(confirmation, wish).expect(problem(422, 'erasure.second-person'));
    expect(await api.database.sql('select from case_key where case_id = $1', [one.id])).not.toEqual([]);
    await second.post(confirmation, wish).expect(201);
    expect((await coordinator.get('/v1/erasure-proposals?state=ERASED').expect(200)).body.items).toMatchObject([
      { id: first!.id, decidedBy: idOf('second coordinator') },
    ]);
    const { text } = await api.as('caseworker').get(one.path).expect(200);
    expect(text).not.toMatch(/Nombre|De Prueba/);
    expect(await api.database.sql('select from case_key where case_id = $1', [one.id])).toEqual([]);
    const { body: trail } = await api.as('auditor').get('/v1/audit?action=erasure.confirmed').expect(200);
    expect(trail.items).toMatchObject([{ caseId: one.id, ...WHY }]);
    await decide(first!.id, false, second).expect(problem(409, 'erasure.decided'));
    const { body: asked } = await decide(latter!.id, true).expect(201);
    expect((await decide(latter!.id, false, second).expect(201)).body).toMatchObject({
      state: 'KEPT',
      requestId: null,
    });
    await second
      .post(`/v1/erasure-requests/${asked.requestId as string}/confirmation`, { number: other.number, ...WHY })
      .expect(problem(409, 'erasure.request-over'));
    await propose();
    expect([...(await openFor(one)), ...(await openFor(other))]).toEqual([]);
  });

  it('that was opened again is not erased', async () => {
    const file = await closed(11);
    await propose();
    const [proposal] = await openFor(file);
    const { body } = await coordinator.get(file.path).expect(200);
    await coordinator.patch(file.path, body.version as number, { monitoring: 'ACTIVE' }).expect(200);
    await coordinator
      .post(`/v1/erasure-proposals/${proposal!.id}/decision`, { erase: true, ...WHY })
      .expect(problem(409, 'erasure.reopened'));
  });
});

describe('an erasure', () => {
  const keysOf = ({ id }: RecordedCase) => api.database.sql('select from case_key where case_id = $1', [id]);
  const ask = (file: RecordedCase, agent = coordinator, number = file.number) =>
    agent.post(`${file.path}/erasure-requests`, { number, ...WHY });
  const confirm = (id: string, { number }: RecordedCase, agent = second) =>
    agent.post(`/v1/erasure-requests/${id}/confirmation`, { number, ...WHY });
  const asked = async (file: RecordedCase): Promise<string> => (await ask(file).expect(201)).body.id as string;
  const listed = async (state: string, agent = second): Promise<{ id: string; state: string }[]> =>
    (await agent.get(`/v1/erasure-requests?state=${state}&limit=100`).expect(200)).body.items as {
      id: string;
      state: string;
    }[];
  const recorded = () => aCase().named('Nombre', 'De Prueba').recordedBy(api.as('caseworker'));

  it('is asked for by a coordinator who types the number and says why, and told to a second one', async () => {
    const file = await recorded();
    for (const who of ['caseworker', 'lawyer', 'administrator', 'auditor', 'researcher'] as const)
      await ask(file, api.as(who)).expect(problem(403, 'access.not-permitted'));
    await ask(file, api.as('stranger coordinator')).expect(problem(404, 'case.not-found'));
    await ask(file, coordinator, 'CDD-0000-0000').expect(problem(422, 'erasure.other-number'));
    await coordinator
      .post(`${file.path}/erasure-requests`, { number: file.number })
      .expect(problem(400, 'request.invalid', { '/reason': 'text.malformed' }));
    const { body } = await ask(file).expect(201);
    expect(body).toMatchObject({
      ...{ caseId: file.id, number: file.number, files: 1, askedBy: idOf('coordinator'), state: 'OPEN' },
      ...{ proposalId: null, decidedBy: null },
    });
    expect(Date.parse(body.expiresAt as string) - Date.parse(body.askedAt as string)).toBe(14 * 86_400_000);
    await ask(file, second).expect(problem(409, 'erasure.asked'));
    expect(await listed('OPEN')).toContainEqual(expect.objectContaining({ id: body.id }));
    expect(await listed('OPEN', api.as('stranger coordinator'))).toEqual([]);
    const { body: notices } = await second.get('/v1/notices?open=true').expect(200);
    expect(notices.items).toContainEqual(expect.objectContaining({ kind: 'ERASURE_ASKED', caseId: file.id, ...WHY }));
    expect(await keysOf(file)).not.toEqual([]);
  });

  it('is confirmed by another coordinator of the organisation, never by whoever asked', async () => {
    const file = await recorded();
    const id = await asked(file);
    await confirm(id, file, coordinator).expect(problem(422, 'erasure.second-person'));
    await confirm(id, file, api.as('stranger coordinator')).expect(problem(404, 'erasure.no-request'));
    await confirm(id, { ...file, number: 'CDD-0000-0000' }).expect(problem(422, 'erasure.other-number'));
    await confirm(randomUUID(), file).expect(problem(404, 'erasure.no-request'));
    expect(await keysOf(file)).not.toEqual([]);
    const { body } = await confirm(id, file).expect(201);
    expect(body).toMatchObject({ caseId: file.id, files: 1, keys: 2 });
    expect(await keysOf(file)).toEqual([]);
    await confirm(id, file).expect(problem(409, 'erasure.request-over'));
    expect(await listed('CONFIRMED')).toContainEqual(
      expect.objectContaining({ id, decidedBy: idOf('second coordinator') }),
    );
    const { body: trail } = await api.as('auditor').get('/v1/audit?action=erasure.confirmed&limit=1').expect(200);
    expect(trail.items).toMatchObject([
      { caseId: file.id, subjectId: id, details: { askedBy: idOf('coordinator') }, ...WHY },
    ]);
  });

  it('may be taken back by any coordinator, and comes to nothing then', async () => {
    const file = await recorded();
    const id = await asked(file);
    const path = `/v1/erasure-requests/${id}/withdrawal`;
    await api.as('caseworker').post(path, WHY).expect(problem(403, 'access.not-permitted'));
    await api.as('stranger coordinator').post(path, WHY).expect(problem(404, 'erasure.no-request'));
    expect((await second.post(path, WHY).expect(201)).body).toMatchObject({ state: 'WITHDRAWN' });
    await coordinator.post(path, WHY).expect(problem(409, 'erasure.request-over'));
    await confirm(id, file).expect(problem(409, 'erasure.request-over'));
    expect(await keysOf(file)).not.toEqual([]);
    await ask(file, second).expect(201);
    const { body: trail } = await api.as('auditor').get('/v1/audit?action=erasure.withdrawn&limit=1').expect(200);
    expect(trail.items).toMatchObject([{ caseId: file.id, subjectId: id, ...WHY }]);
  });

  it('that nobody confirms within fourteen days comes to nothing, and the trail says so', async () => {
    const file = await recorded();
    const id = await asked(file);
    api.clock.forward({ days: 14, minutes: 1 });
    expect(await listed('OPEN')).toEqual([]);
    expect(await listed('EXPIRED')).toContainEqual(expect.objectContaining({ id, state: 'EXPIRED' }));
    await confirm(id, file).expect(problem(409, 'erasure.request-over'));
    expect(await keysOf(file)).not.toEqual([]);
    const requests = api.app.get(ErasureRequestsService, { strict: false });
    await requests.expire();
    api.clock.forward({ hours: 1 });
    await requests.expire();
    const entries = await api.database.sql(
      `select from audit_entry where action = 'erasure.expired' and subject_id = $1`,
      [id],
    );
    expect(entries).toHaveLength(1);
    await ask(file).expect(201);
  });

  it('reaches the files that were spoken of: a person who has others now is asked about anew', async () => {
    const [file, other] = [await recorded(), await recorded()];
    const id = await asked(file);
    await coordinator.post('/v1/merges', { keep: file.id, absorb: other.id, reason: 'son' }).expect(201);
    await confirm(id, file).expect(problem(409, 'erasure.other-files'));
    expect([...(await keysOf(file)), ...(await keysOf(other))]).not.toEqual([]);
    await second.post(`/v1/erasure-requests/${id}/withdrawal`, WHY).expect(201);
    const { body } = await confirm(await asked(file), file).expect(201);
    expect(body.files).toBe(2);
    expect([...(await keysOf(file)), ...(await keysOf(other))]).toEqual([]);
  });

  it('is not confirmed while a hold that was placed meanwhile lasts', async () => {
    const file = await recorded();
    const id = await asked(file);
    await coordinator.post(`${file.path}/holds`, WHY).expect(201);
    await confirm(id, file).expect(problem(409, 'erasure.held'));
    expect(await keysOf(file)).not.toEqual([]);
  });
});

describe('a legal hold', () => {
  it('keeps a case that is due, until two people have released it', async () => {
    const [file, late] = [await closed(11), await closed(11)];
    const { body: hold } = await coordinator
      .post(`${file.path}/holds`, { ...WHY, ownerId: idOf('lawyer') })
      .expect(201);
    expect(hold).toMatchObject({ ownerId: idOf('lawyer'), placedBy: idOf('coordinator'), releasedAt: null });
    await propose();
    expect(await openFor(file)).toEqual([]);
    const [proposal] = await openFor(late);
    await coordinator.post(`${late.path}/holds`, WHY).expect(201);
    await coordinator
      .post(`/v1/erasure-proposals/${proposal!.id}/decision`, { erase: true, ...WHY })
      .expect(problem(409, 'erasure.held'));
    await coordinator
      .post(`${file.path}/erasure-requests`, { number: file.number, ...WHY })
      .expect(problem(409, 'erasure.held'));
    const path = `${file.path}/holds/${hold.id as string}/release`;
    const { body: asked } = await coordinator.post(path, WHY).expect(201);
    expect(asked).toMatchObject({ releaseAskedBy: idOf('coordinator'), releasedAt: null });
    await coordinator.post(path, WHY).expect(problem(422, 'hold.second-person'));
    await propose();
    expect(await openFor(file)).toEqual([]);
    await second.post(path, WHY).expect(201);
    await second.post(path, WHY).expect(problem(409, 'hold.released'));
    await propose();
    expect(await openFor(file)).toHaveLength(1);
  });

  it('has a reason, an owner of the organisation, and a case', async () => {
    const file = await closed(1);
    const path = `${file.path}/holds`;
    await coordinator.post(path, {}).expect(problem(400, 'request.invalid', { '/reason': 'text.malformed' }));
    await coordinator
      .post(path, { ...WHY, ownerId: idOf('stranger caseworker') })
      .expect(problem(422, 'hold.no-such-owner', { '/ownerId': 'user.unknown' }));
    await coordinator.post(`${path}/${randomUUID()}/release`, WHY).expect(problem(404, 'hold.not-found'));
    for (const who of ['caseworker', 'lawyer', 'administrator'] as const)
      await api.as(who).post(path, WHY).expect(problem(403, 'access.not-permitted'));
    await api.as('stranger coordinator').post(path, WHY).expect(problem(404, 'case.not-found'));
    await coordinator
      .post(`${file.path}/retention`, { class: 'FOREVER', ...WHY })
      .expect(problem(400, 'request.invalid', { '/class': 'word.unknown' }));
  });
});

describe('a judgement of danger', () => {
  const day = (days: number): string =>
    new Date(api.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const overdue = async (agent: Agent): Promise<{ caseId: string; riskLevel: string }[]> =>
    (await agent.get('/v1/reviews').expect(200)).body.items as { caseId: string; riskLevel: string }[];

  it('that nobody renewed in time is overdue, for those who see the case', async () => {
    const file = await aCase().recordedBy(api.as('caseworker'));
    const agent = api.as('caseworker');
    const { body } = await agent.post(`${file.path}/reviews`, { level: 'HIGH', reviewOn: day(10) }).expect(201);
    expect(body).toMatchObject({ kind: 'riskReview', version: file.version + 1 });
    expect((await agent.get(file.path).expect(200)).body.riskLevel).toBe('HIGH');
    expect(await overdue(agent)).toEqual([]);
    api.clock.forward({ days: 12 });
    expect(await overdue(agent)).toMatchObject([{ caseId: file.id, riskLevel: 'HIGH' }]);
    expect(await overdue(api.as('lawyer'))).toEqual([]);
    expect(await overdue(api.as('caseworker in the west'))).toEqual([]);
    expect(await overdue(api.as('stranger coordinator'))).toEqual([]);
    await api
      .as('coordinator')
      .post(`${file.path}/reviews`, { level: 'LOW', reviewOn: day(90) })
      .expect(201);
    expect(await overdue(agent)).toEqual([]);
  });

  it('looks ahead, at a level that exists', async () => {
    const file = await aCase().recordedBy(api.as('caseworker'));
    const agent = api.as('caseworker');
    const path = `${file.path}/reviews`;
    for (const reviewOn of [day(-1), day(-400), day(900)])
      await agent
        .post(path, { level: 'LOW', reviewOn })
        .expect(problem(422, 'review.past', { '/reviewOn': 'date.out-of-range' }));
    await agent.post(path, { level: 'TERRIBLE', reviewOn: day(9) }).expect(problem(400, 'request.invalid'));
    await agent.post(path, { level: 'LOW', reviewOn: '2026-02-30' }).expect(problem(400, 'request.invalid'));
    await api
      .as('lawyer')
      .post(path, { level: 'LOW', reviewOn: day(9) })
      .expect(problem(404, 'case.not-found'));
  });
});
