/** Somebody is made to sign in. What they open must be empty, must look like any other session, and must tell the others. */
import { aCase, emailOf, idOf, PASSWORD, problem, sessionIdOf, type Agent } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { agentOf, challengeFor, codeOf, trySignIn, withApp, type Session } from './signing-in.js';

const DURESS = 'otra frase para quien obliga';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService();
});
afterAll(() => api.stop());

const alerts = async (): Promise<{ id: string; kind: string; subjectId: string }[]> =>
  (await api.as('coordinator').get('/v1/alerts').expect(200)).body.items as {
    id: string;
    kind: string;
    subjectId: string;
  }[];
/** The shape of an answer: names and kinds, without values. */
const shapeOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shapeOf)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]))
      : typeof value;
const restoredBy = (who: 'coordinator' | 'administrator' | 'second coordinator', subject: string) =>
  api.as(who).post(`/v1/users/${subject}/restorations`);

describe('a password under duress', () => {
  let everyday: Session;
  let underDuress: Session;
  let forced: Agent;

  beforeAll(async () => {
    const file = aCase().named('Nombre', 'Sintético').arrestedOn('2022-05-03');
    await file.recordedBy(api.as('caseworker'));
    const { body } = await trySignIn(api, 'caseworker').expect(201);
    everyday = body as Session;
    await api.holding(everyday.accessToken).get('/v1/cases').expect(200);
    await api
      .holding(everyday.accessToken)
      .put('/v1/me/duress-password', { present: PASSWORD, duress: DURESS })
      .expect(204);
    everyday = (await trySignIn(api, 'caseworker').expect(201)).body as Session;
  });

  it('must be another one, and a good one, and needs the one of every day', async () => {
    const set = (present: string, duress: string) =>
      api.holding(everyday.accessToken).put('/v1/me/duress-password', { present, duress });
    await set(PASSWORD, PASSWORD).expect(problem(422, 'duress.same-password'));
    await set(PASSWORD, 'password123456789').expect(problem(422, 'password.weak', { '/duress': 'password.common' }));
    await set('not the right sentence', 'una frase bastante larga').expect(problem(422, 'password.wrong'));
  });

  it('leaves the record of an account as long as everybody else’s, and is told by no route', async () => {
    const lengths = await api.database.sql(
      `select distinct length(password_hash) from app_user where stands_in_for is null`,
    );
    expect(lengths).toHaveLength(1);
    const administrator = api.as('administrator');
    const { text } = await administrator.get(`/v1/users/${idOf('caseworker')}`).expect(200);
    expect(text).not.toMatch(/duress|stand/i);
    const { body } = await administrator.get('/v1/users?limit=100').expect(200);
    const emails = (body.items as { email: string }[]).map(({ email }) => email);
    expect(new Set(emails).size).toBe(emails.length);
  });

  it('signs in with an answer of the same form and headers', async () => {
    const usual = await trySignIn(api, 'caseworker').expect(201);
    const response = await trySignIn(api, 'caseworker', DURESS).expect(201);
    expect(shapeOf(response.body)).toEqual(shapeOf(usual.body));
    expect(Object.keys(response.headers).sort()).toEqual(Object.keys(usual.headers).sort());
    underDuress = response.body as Session;
    forced = agentOf(api, response);
    expect(underDuress.user.roles).toEqual(everyday.user.roles);
  });

  it('shows the same person in the same organisation, with the same rights', async () => {
    const { body: me } = await forced.get('/v1/me').expect(200);
    const { body: real } = await api.as('colleague').get('/v1/me').expect(200);
    expect(me).toMatchObject({ displayName: 'Amina', organisation: real.organisation, roles: ['caseworker'] });
    expect(me.permissions).toEqual(real.permissions);
    expect(shapeOf(me)).toEqual(shapeOf(real));
  });

  it('opens nothing, by any route, and lets them work on in the void', async () => {
    for (const path of ['/v1/cases', '/v1/reports', '/v1/imports'])
      expect((await forced.get(path).expect(200)).body).toEqual({ items: [], next: null });
    const [row] = await api.database.sql<{ id: string }>('select id from case_file limit 1');
    await forced.get(`/v1/cases/${row!.id}`).expect(problem(404, 'case.not-found'));
    await forced.get(`/v1/cases/${row!.id}/timeline`).expect(problem(404, 'case.not-found'));
    const made = await aCase().arrestedOn('2022-06-01').recordedBy(forced);
    expect(made.number).toMatch(/^CDD-/);
    expect((await forced.get('/v1/cases').expect(200)).body.items).toHaveLength(1);
    await api.as('coordinator').get(made.path).expect(problem(404, 'case.not-found'));
  });

  it('ends the real sessions and keeps the password of every day from opening anything', async () => {
    await api.holding(everyday.accessToken).get('/v1/me').expect(problem(401, 'access.sign-in-needed'));
    await api.as('caseworker').get('/v1/me').expect(problem(401, 'access.sign-in-needed'));
    await api
      .holding(null)
      .post('/v1/sessions/refresh', { refreshToken: everyday.refreshToken })
      .expect(problem(401, 'session.ended'));
    const again = agentOf(api, await trySignIn(api, 'caseworker').expect(201));
    const { body } = await again.get('/v1/cases').expect(200);
    expect(body.items).toHaveLength(1);
    expect((body.items as { number: string }[])[0]!.number).toMatch(/^CDD-/);
  });

  it('tells coordinators and the auditor, and nobody else', async () => {
    expect(await alerts()).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'duress.sign-in', subjectId: idOf('caseworker') })]),
    );
    await api.as('auditor').get('/v1/alerts').expect(200);
    for (const who of ['colleague', 'lawyer', 'researcher'] as const)
      await api.as(who).get('/v1/alerts').expect(problem(403, 'access.not-permitted'));
    for (const who of ['stranger coordinator', 'administrator'] as const)
      expect((await api.as(who).get('/v1/alerts').expect(200)).body.items).toEqual([]);
    await forced.get('/v1/alerts').expect(403);
    const { body } = await api.as('auditor').get('/v1/audit?action=duress.signed-in').expect(200);
    expect(body.items).toMatchObject([{ actorId: idOf('caseworker') }]);
  });

  it('is seen by whoever has seen it, once', async () => {
    const [{ id } = { id: '' }] = await alerts();
    await api.as('administrator').put(`/v1/alerts/${id}/seen`).expect(problem(404, 'alert.not-found'));
    await api.as('coordinator').put(`/v1/alerts/${id}/seen`).expect(204);
    await api.as('auditor').put(`/v1/alerts/${id}/seen`).expect(204);
    await api.as('stranger coordinator').put(`/v1/alerts/${id}/seen`).expect(problem(404, 'alert.not-found'));
    expect(await alerts()).toMatchObject([{ seenBy: idOf('coordinator') }]);
  });

  it('lets nobody who forced it take the account: what they change is the stand-in’s', async () => {
    const theirs = 'una frase de quien obligaba';
    await forced.put('/v1/me/password', { present: DURESS, next: theirs }).expect(204);
    await forced.get('/v1/me').expect(200);
    await trySignIn(api, 'caseworker', DURESS).expect(problem(401, 'sign-in.refused'));
    const session = agentOf(api, await trySignIn(api, 'caseworker', theirs).expect(201));
    expect((await session.get('/v1/cases').expect(200)).body.items).toHaveLength(1);
    await session.put('/v1/me/travel', {}).expect(204);
    await session.get('/v1/me').expect(401);
  });

  it('is lifted by two colleagues, not by one, not by one twice, and not by a stranger', async () => {
    const subject = idOf('caseworker');
    await restoredBy('coordinator', subject).expect(200);
    expect((await restoredBy('coordinator', subject).expect(200)).body).toEqual({ restored: false, words: 1 });
    await api
      .as('stranger administrator')
      .post(`/v1/users/${subject}/restorations`)
      .expect(problem(404, 'scope.user-not-found'));
    await api.as('lawyer').post(`/v1/users/${subject}/restorations`).expect(problem(403, 'access.not-permitted'));
    expect((await restoredBy('administrator', subject).expect(200)).body).toEqual({ restored: true, words: 2 });
    await restoredBy('administrator', subject).expect(problem(422, 'scope.not-suspended'));
    await forced.get('/v1/me').expect(401);
    const back = agentOf(api, await trySignIn(api, 'caseworker').expect(201));
    await back.get('/v1/cases').expect(200);
    expect((await back.get('/v1/me').expect(200)).body.id).toBe(subject);
  });

  it('is gone when it is taken away', async () => {
    const agent = agentOf(api, await trySignIn(api, 'caseworker').expect(201));
    await agent.delete('/v1/me/duress-password').expect(204);
    await trySignIn(api, 'caseworker', 'una frase de quien obligaba').expect(problem(401, 'sign-in.refused'));
    await trySignIn(api, 'caseworker').expect(201);
  });
});

describe('a password under duress of somebody with a second factor', () => {
  it('asks for it in the same form, and has told the others already', async () => {
    const { secret } = await withApp(api, api.as('lawyer'));
    await api.as('lawyer').put('/v1/me/duress-password', { present: PASSWORD, duress: DURESS }).expect(204);
    const usual = await trySignIn(api, 'lawyer').expect(problem(401, 'second-factor.needed'));
    const forced = await trySignIn(api, 'lawyer', DURESS).expect(problem(401, 'second-factor.needed'));
    expect({ ...(shapeOf(forced.body) as object) }).toEqual({ ...(shapeOf(usual.body) as object) });
    expect((await alerts()).some(({ subjectId }) => subjectId === idOf('lawyer'))).toBe(true);
    api.clock.forward({ minutes: 2 });
    const challenge = await challengeFor(api, 'lawyer');
    const session = await api
      .holding(null)
      .post('/v1/sessions/second-factor', { challenge, totp: codeOf(secret, api.clock.now()) })
      .expect(201);
    expect((session.body as Session).user.id).not.toBe(idOf('lawyer'));
    expect((await agentOf(api, session).get('/v1/me/factors').expect(200)).body).toMatchObject({ totp: true });
  });
});

describe('travelling', () => {
  it('suspends one’s scope until a moment, and gives it back by itself', async () => {
    const agent = api.as('second lawyer');
    const inAnHour = new Date(api.clock.now().getTime() + 3_600_000).toISOString();
    await agent.put('/v1/me/travel', { until: '2020-01-01T00:00:00Z' }).expect(problem(422, 'scope.until-passed'));
    await agent
      .put('/v1/me/travel', { until: 'tomorrow' })
      .expect(problem(400, 'request.invalid', { '/until': 'moment.malformed' }));
    await agent.put('/v1/me/travel', { until: inAnHour }).expect(204);
    await agent.get('/v1/me').expect(problem(401, 'access.sign-in-needed'));
    const away = await trySignIn(api, 'second lawyer').expect(201);
    expect((away.body as Session).user.id).not.toBe(idOf('second lawyer'));
    api.clock.forward({ hours: 1, seconds: 1 });
    const home = await trySignIn(api, 'second lawyer').expect(201);
    expect((home.body as Session).user.id).toBe(idOf('second lawyer'));
    expect((await alerts()).map(({ kind }) => kind)).toContain('scope.suspended');
  });

  it('ends for nobody by their own word', async () => {
    const agent = agentOf(api, await trySignIn(api, 'second coordinator').expect(201));
    await agent.post(`/v1/users/${idOf('second coordinator')}/restorations`).expect(problem(422, 'scope.own'));
  });

  it('makes a changed role and a disabled account act on the stand-in as well', async () => {
    const path = `/v1/users/${idOf('colleague')}`;
    await api.as('colleague').put('/v1/me/travel', {}).expect(204);
    const away = agentOf(api, await trySignIn(api, 'colleague').expect(201));
    await away.get('/v1/cases').expect(200);
    await api
      .as('administrator')
      .patch(path, 1, { roles: ['researcher'] })
      .expect(200);
    await away.get('/v1/cases').expect(401);
    const again = await trySignIn(api, 'colleague').expect(201);
    expect((again.body as Session).user.roles).toEqual(['researcher']);
    await api.as('administrator').patch(path, 2, { disabled: true }).expect(200);
    await agentOf(api, again).get('/v1/me').expect(401);
    await trySignIn(api, 'colleague').expect(problem(401, 'sign-in.refused'));
  });
});

it('never leaves a stand-in that could be signed in to by itself', async () => {
  const rows = await api.database.sql<{ email: string; password_hash: string }>(
    'select email, password_hash from app_user where stands_in_for is not null',
  );
  expect(rows.length).toBeGreaterThan(2);
  for (const { password_hash: record } of rows) expect(record).toBe('none');
  expect(emailOf('caseworker')).toBe(rows.find(({ email }) => email === emailOf('caseworker'))?.email);
  expect(sessionIdOf('caseworker')).toBeDefined();
});
