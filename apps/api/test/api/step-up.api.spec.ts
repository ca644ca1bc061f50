/** Acts that a stolen session must not be able to do need a proof of who one is that is a few minutes old at most. */
import { randomUUID } from 'node:crypto';
import { aCase, emailOf, idOf, PASSWORD, problem, sessionIdOf, type Who } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { codeOf, withApp } from './signing-in.js';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService({ stepUpMinutes: 5 });
  await api.database.sql('update session_family set authenticated_at = now()');
});
afterAll(() => api.stop());

/** The database judges by its own clock, so the proof is made old rather than the clock put forward. */
const age = (who: Who, minutes: number) =>
  api.database.sql(`update session_family set authenticated_at = now() - make_interval(mins => $2) where id = $1`, [
    sessionIdOf(who),
    minutes,
  ]);
const prove = (who: Who, proof: object) => api.as(who).post('/v1/sessions/step-up', proof);
const newcomer = () => ({
  email: `${randomUUID()}@example.org`,
  displayName: 'Persona Nueva',
  password: 'la abuela cose los domingos',
  roles: ['caseworker'],
});

describe('changing accounts', () => {
  it('is refused with an old proof, and done after a fresh one', async () => {
    await age('administrator', 6);
    await api.as('administrator').post('/v1/users', newcomer()).expect(problem(403, 'step-up.needed'));
    await api.as('administrator').get('/v1/users').expect(200);
    await prove('administrator', { password: PASSWORD }).expect(204);
    await api.as('administrator').post('/v1/users', newcomer()).expect(201);
  });

  it('is not opened by a wrong password, by nothing, or by somebody else’s', async () => {
    await age('administrator', 6);
    for (const proof of [{ password: 'not the right sentence' }, {}, { totp: '123456' }, { recoveryCode: 'AAAAA' }])
      await prove('administrator', proof).expect(problem(403, 'step-up.refused'));
    await api.as('administrator').post('/v1/users', newcomer()).expect(problem(403, 'step-up.needed'));
    await prove('administrator', { password: PASSWORD }).expect(204);
  });

  it('is tied to the session that proved it, not to the person', async () => {
    const there = (
      await api.holding(null).post('/v1/sessions', { email: emailOf('administrator'), password: PASSWORD })
    ).body as { accessToken: string };
    await age('administrator', 6);
    await api.holding(there.accessToken).post('/v1/users', newcomer()).expect(201);
    await api.as('administrator').post('/v1/users', newcomer()).expect(problem(403, 'step-up.needed'));
  });
});

describe('unmasking', () => {
  it('asks a coordinator who states a reason for a fresh proof, and nobody for a page without names', async () => {
    const file = await aCase().named('Nombre', 'Sintético').arrestedOn('2022-05-03').recordedBy(api.as('caseworker'));
    await age('coordinator', 6);
    await api.as('coordinator').get(file.path).expect(200);
    const curious = api.as('coordinator', 'call to the family');
    await curious.get(file.path).expect(problem(403, 'step-up.needed'));
    await curious.get(`${file.path}/timeline`).expect(problem(403, 'step-up.needed'));
    await prove('coordinator', { password: PASSWORD }).expect(204);
    const { body } = await curious.get(file.path).expect(200);
    expect(body.person.identity.familyNames).toBe('Sintético');
    await age('caseworker', 600);
    await api.as('caseworker').get(file.path).expect(200);
  });
});

describe('a search by name', () => {
  const search = (who: Who) => api.as(who, 'Comunicación').post('/v1/persons/search', { name: 'Sintético' });

  it('asks whoever reads names all day once a day, and a coordinator for a proof of the last minutes', async () => {
    for (const who of ['caseworker', 'lawyer'] as const) {
      await age(who, 11 * 60);
      await search(who).expect(200);
      await age(who, 13 * 60);
      await search(who).expect(problem(403, 'step-up.needed'));
      await prove(who, { password: PASSWORD }).expect(204);
      await search(who).expect(200);
    }
    await age('coordinator', 6);
    await search('coordinator').expect(problem(403, 'step-up.needed'));
    await prove('coordinator', { password: PASSWORD }).expect(204);
    await search('coordinator').expect(200);
  });
});

describe('letting somebody in', () => {
  it('needs a fresh proof: an assignment, broken glass, a raised budget; shutting somebody out needs none', async () => {
    const stale = problem(403, 'step-up.needed');
    const file = await aCase().recordedBy(api.as('caseworker in the west'));
    const coordinator = api.as('coordinator');
    const assign = () => coordinator.post(`${file.path}/assignments`, { userId: idOf('lawyer') });
    await age('coordinator', 6);
    await assign().expect(stale);
    await coordinator
      .post(`/v1/users/${idOf('caseworker')}/reading-allowance`, { readings: 10, reason: 'x' })
      .expect(stale);
    await prove('coordinator', { password: PASSWORD }).expect(204);
    const { body } = await assign().expect(201);
    await age('coordinator', 6);
    await coordinator
      .delete(`${file.path}/assignments/${body.id as string}`)
      .set('if-match', `"${body.version as number}"`)
      .expect(204);
    await age('caseworker', 6);
    const open = () => api.as('caseworker').post(`/v1/cases/${file.number}/break-glass`, { reason: 'llaman' });
    await open().expect(stale);
    await prove('caseworker', { password: PASSWORD }).expect(204);
    await open().expect(201);
  });
});

describe('what cannot be called back', () => {
  it('needs a fresh proof: a file that leaves, the release of a hold, an erasure', async () => {
    const file = await aCase().consentingTo('SHARE_UN').recordedBy(api.as('caseworker'));
    const coordinator = api.as('coordinator', 'Comunicación');
    const wish = { purpose: 'UN', recipient: 'Grupo de Trabajo' };
    const stale = problem(403, 'step-up.needed');
    await prove('coordinator', { password: PASSWORD }).expect(204);
    const { body } = await coordinator.post(`${file.path}/export`, wish).expect(201);
    const { body: hold } = await coordinator.post(`${file.path}/holds`, { reason: 'x' }).expect(201);
    await age('coordinator', 6);
    await coordinator.post(`${file.path}/export`, wish).expect(stale);
    await coordinator.get(body.links.file as string).expect(stale);
    await coordinator.post(`${file.path}/holds/${hold.id as string}/release`, { reason: 'x' }).expect(stale);
    await coordinator
      .post(`/v1/erasure-proposals/${randomUUID()}/decision`, { erase: true, reason: 'x' })
      .expect(stale);
    const erasing = { number: file.number, reason: 'x' };
    await coordinator.post(`${file.path}/erasure-requests`, erasing).expect(stale);
    await coordinator.post(`/v1/erasure-requests/${randomUUID()}/confirmation`, erasing).expect(stale);
    await coordinator.get(`${file.path}/disclosures`).expect(200);
  });
});

describe('whoever has a second factor', () => {
  it('needs it too, and a code is used up by it', async () => {
    const { secret } = await withApp(api, api.as('stranger administrator'));
    await age('stranger administrator', 6);
    api.clock.forward({ minutes: 2 });
    await prove('stranger administrator', { password: PASSWORD }).expect(problem(403, 'step-up.refused'));
    const totp = codeOf(secret, api.clock.now());
    await prove('stranger administrator', { totp }).expect(problem(403, 'step-up.refused'));
    await prove('stranger administrator', { password: PASSWORD, totp }).expect(204);
    await prove('stranger administrator', { password: PASSWORD, totp }).expect(problem(403, 'step-up.refused'));
  });
});

it('leaves a trail of proofs given and refused', async () => {
  const { body } = await api
    .as('auditor')
    .get(`/v1/audit?actorId=${idOf('administrator')}`)
    .expect(200);
  const actions = (body.items as { action: string }[]).map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['session.stepped-up', 'session.step-up-refused']));
});
