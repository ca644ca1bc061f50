/** Signing in, staying signed in, and the end of it. */
import { randomUUID } from 'node:crypto';
import { emailOf, idOf, PASSWORD, problem, type Agent, type Who } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

interface Session {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  user: { id: string; roles: string[] };
}

let api: ServiceUnderTest;
let nobody: Agent;
beforeAll(async () => {
  api = await aService();
  nobody = api.holding(null);
});
afterAll(() => api.stop());

const signIn = async (who: Who): Promise<Session> =>
  (await nobody.post('/v1/sessions', { email: emailOf(who), password: PASSWORD }).expect(201)).body as Session;
const refresh = (refreshToken: string) => nobody.post('/v1/sessions/refresh', { refreshToken });
const worksWith = async (token: string): Promise<boolean> => (await api.holding(token).get('/v1/me')).status === 200;

describe('signing in', () => {
  it('gives an access token for some minutes, a refresh token, and says who one is', async () => {
    const session = await signIn('lawyer');
    expect(session).toEqual({
      accessToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      refreshToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      expiresIn: 1800,
      user: { id: idOf('lawyer'), roles: ['lawyer'] },
    });
    const { body } = await api.holding(session.accessToken).get('/v1/me').expect(200);
    expect(body).toMatchObject({ id: idOf('lawyer'), roles: ['lawyer'], displayName: 'Luis', country: 'SV' });
    expect(body.permissions).toEqual(expect.arrayContaining(['case:read', 'privileged:read']));
    expect(body.permissions).not.toContain('figure:read');
  });

  it('does not mind capitals and spaces around the address, but minds them in the password', async () => {
    await nobody
      .post('/v1/sessions', { email: ` ${emailOf('lawyer').toUpperCase()} `, password: PASSWORD })
      .expect(201);
    await nobody.post('/v1/sessions', { email: emailOf('lawyer'), password: PASSWORD.toUpperCase() }).expect(401);
  });

  it('answers a wrong password and an unknown address in the same words', async () => {
    const wrong = await nobody.post('/v1/sessions', { email: emailOf('lawyer'), password: 'not the right sentence' });
    const unknown = await nobody.post('/v1/sessions', {
      email: 'nobody@example.org',
      password: 'not the right sentence',
    });
    for (const response of [wrong, unknown]) problem(401, 'sign-in.refused')(response);
    const { requestId: _one, ...said } = wrong.body;
    const { requestId: _other, ...saidToo } = unknown.body;
    expect(said).toEqual(saidToo);
    expect(Object.keys(wrong.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
  });

  it('keeps no token and no password in the database', async () => {
    const session = await signIn('lawyer');
    const [row] = await api.database.sql<{ found: boolean }>(
      `select exists (select from access_token a where encode(a.hash, 'escape') like $1)
           or exists (select from app_user u where u.password_hash like $2) as found`,
      [`%${session.accessToken}%`, `%${PASSWORD}%`],
    );
    expect(row).toEqual({ found: false });
  });

  it('wants text, and nothing else', async () => {
    await nobody
      .post('/v1/sessions', { email: 1, password: PASSWORD })
      .expect(problem(400, 'request.invalid', { '/email': 'email.malformed' }));
    await nobody
      .post('/v1/sessions', {})
      .expect(problem(400, 'request.invalid', { '/email': 'email.malformed', '/password': 'password.malformed' }));
    await nobody
      .post('/v1/sessions', { email: emailOf('lawyer'), password: PASSWORD, roles: ['administrator'] })
      .expect(problem(400, 'request.invalid', { '/roles': 'field.unknown' }));
  });
});

describe('a request without a valid token', () => {
  const tokens: [string, string | null][] = [
    ['no token', null],
    ['an unknown token', 'A'.repeat(43)],
    ['something that is no token', 'hello'],
    ['an empty one', ''],
  ];
  it.each(tokens)('is refused with %s', async (_name, token) => {
    const response = await api.holding(token).get('/v1/cases');
    problem(401, 'access.sign-in-needed')(response);
    expect(response.get('www-authenticate')).toBe('Bearer');
  });

  it('is refused when the token comes in the address, in a cookie or under another scheme', async () => {
    const { accessToken } = await signIn('caseworker');
    await nobody.get(`/v1/me?access_token=${accessToken}`).expect(401);
    await nobody.get('/v1/me').set('cookie', `token=${accessToken}`).expect(401);
    await nobody.get('/v1/me').set('authorization', `Basic ${accessToken}`).expect(401);
    await nobody.get('/v1/me').set('authorization', accessToken).expect(401);
  });

  it('does not take a refresh token for an access token', async () => {
    const { refreshToken } = await signIn('caseworker');
    expect(await worksWith(refreshToken)).toBe(false);
  });
});

describe('refreshing', () => {
  it('gives new tokens for a refresh token, once', async () => {
    const first = await signIn('caseworker');
    const second = (await refresh(first.refreshToken).expect(201)).body as Session;
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await worksWith(second.accessToken)).toBe(true);
    await refresh(second.refreshToken).expect(201);
  });

  it('tells two windows of one person from a thief: a second use within seconds changes nothing', async () => {
    const first = await signIn('caseworker');
    const second = (await refresh(first.refreshToken).expect(201)).body as Session;
    const raced = await refresh(first.refreshToken);
    problem(409, 'session.refreshed-elsewhere')(raced);
    expect(raced.get('retry-after')).toBe('1');
    expect(await worksWith(second.accessToken)).toBe(true);
    await refresh(second.refreshToken).expect(201);
  });

  it('ends the whole session when a used refresh token comes again', async () => {
    const first = await signIn('caseworker');
    const second = (await refresh(first.refreshToken).expect(201)).body as Session;
    await refresh(second.refreshToken).expect(201);
    await refresh(first.refreshToken).expect(problem(401, 'session.ended'));
    expect(await worksWith(first.accessToken)).toBe(false);
    expect(await worksWith(second.accessToken)).toBe(false);
    await refresh(second.refreshToken).expect(problem(401, 'session.ended'));
    const { body } = await api.as('auditor').get('/v1/audit?action=session.reuse-detected').expect(200);
    expect(body.items[0]).toMatchObject({ actorId: idOf('caseworker') });
  });

  it('ends the session also when the copy comes later and the new token was never used', async () => {
    const first = await signIn('caseworker');
    const second = (await refresh(first.refreshToken).expect(201)).body as Session;
    api.clock.forward({ seconds: 30 });
    await refresh(first.refreshToken).expect(problem(401, 'session.ended'));
    expect(await worksWith(second.accessToken)).toBe(false);
  });

  it('lets one of two requests through that come at the same moment', async () => {
    const { refreshToken } = await signIn('caseworker');
    const both = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(both.map((response) => response.status).sort()).toEqual([201, 409]);
  });

  it('is over after twelve hours without use', async () => {
    const { refreshToken } = await signIn('caseworker');
    api.clock.forward({ hours: 12, seconds: 1 });
    await refresh(refreshToken).expect(problem(401, 'session.ended'));
  });

  it('is over thirty days after signing in, however busily it was used', async () => {
    let { refreshToken } = await signIn('caseworker');
    for (let hours = 10; hours <= 30 * 24; hours += 10) {
      api.clock.forward({ hours: 10 });
      refreshToken = ((await refresh(refreshToken).expect(hours === 30 * 24 ? 401 : 201)).body as Session).refreshToken;
    }
    expect(refreshToken).toBeUndefined();
  });

  it('refuses what is no refresh token of ours, in the same words', async () => {
    await refresh('B'.repeat(43)).expect(problem(401, 'session.ended'));
    await refresh('hello').expect(problem(401, 'session.ended'));
    await nobody
      .post('/v1/sessions/refresh', { refreshToken: ['x'] })
      .expect(problem(400, 'request.invalid', { '/refreshToken': 'token.malformed' }));
  });
});

describe('the end of a session', () => {
  it('comes with signing out, on the very next request', async () => {
    const [here, there] = [await signIn('caseworker'), await signIn('caseworker')];
    await api.holding(here.accessToken).delete('/v1/sessions/current').expect(204);
    expect(await worksWith(here.accessToken)).toBe(false);
    await refresh(here.refreshToken).expect(problem(401, 'session.ended'));
    expect(await worksWith(there.accessToken)).toBe(true);
  });

  it('comes for every device with signing out everywhere', async () => {
    const [here, there] = [await signIn('second lawyer'), await signIn('second lawyer')];
    await api.holding(here.accessToken).delete('/v1/sessions').expect(204);
    expect([await worksWith(here.accessToken), await worksWith(there.accessToken)]).toEqual([false, false]);
    await refresh(there.refreshToken).expect(problem(401, 'session.ended'));
  });

  it('can be brought to one of one’s other devices, and to nobody else’s', async () => {
    const [here, there] = [await signIn('colleague'), await signIn('colleague')];
    const { body } = await api.holding(here.accessToken).get('/v1/sessions').expect(200);
    const other = (body.items as { id: string; current: boolean }[]).find((session) => !session.current)!;
    expect((body.items as { current: boolean }[]).filter((session) => session.current)).toHaveLength(1);
    await api.as('lawyer').delete(`/v1/sessions/${other.id}`).expect(problem(404, 'session.not-found'));
    const left = (body.items as { id: string; current: boolean }[]).filter((session) => !session.current);
    for (const { id } of left) await api.holding(here.accessToken).delete(`/v1/sessions/${id}`).expect(204);
    expect(await worksWith(there.accessToken)).toBe(false);
    expect(await worksWith(here.accessToken)).toBe(true);
    await api.holding(here.accessToken).delete(`/v1/sessions/${other.id}`).expect(problem(404, 'session.not-found'));
    await api
      .holding(here.accessToken)
      .delete(`/v1/sessions/${randomUUID()}`)
      .expect(problem(404, 'session.not-found'));
  });

  it('comes on the very next request when an administrator ends the sessions of somebody', async () => {
    const session = await signIn('stranger caseworker');
    await api
      .as('stranger administrator')
      .delete(`/v1/users/${idOf('stranger caseworker')}/sessions`)
      .expect(204);
    expect(await worksWith(session.accessToken)).toBe(false);
    await refresh(session.refreshToken).expect(problem(401, 'session.ended'));
    await signIn('stranger caseworker');
  });

  it('comes when the access token has run out', async () => {
    const { accessToken } = await signIn('caseworker');
    // The database looks at its own clock, so the token is made old rather than the clock put forward.
    await api.database.sql(
      `update access_token set expires_at = now() - interval '1 second' where hash = sha256($1::bytea)`,
      [accessToken],
    );
    expect(await worksWith(accessToken)).toBe(false);
  });
});

describe('a change by the administrator acts on the very next request', () => {
  const change = async (who: Who, body: object): Promise<void> => {
    const path = `/v1/users/${idOf(who)}`;
    const { version } = (await api.as('administrator').get(path).expect(200)).body as { version: number };
    await api.as('administrator').patch(path, version, body).expect(200);
  };

  it('of roles: the old session is over, and the new one has the new rights', async () => {
    const before = await signIn('second coordinator');
    await api.holding(before.accessToken).get('/v1/figures?indicator=arrests_total').expect(200);
    await change('second coordinator', { roles: ['researcher'] });
    await api
      .holding(before.accessToken)
      .get('/v1/figures?indicator=arrests_total')
      .expect(problem(401, 'access.sign-in-needed'));
    const after = await signIn('second coordinator');
    expect(after.user.roles).toEqual(['researcher']);
    await api
      .holding(after.accessToken)
      .get('/v1/figures?indicator=arrests_total')
      .expect(problem(403, 'figure.editions-only'));
  });

  it('of the account: whoever is disabled is out and stays out', async () => {
    const session = await signIn('colleague');
    await change('colleague', { disabled: true });
    expect(await worksWith(session.accessToken)).toBe(false);
    await refresh(session.refreshToken).expect(problem(401, 'session.ended'));
    await nobody
      .post('/v1/sessions', { email: emailOf('colleague'), password: PASSWORD })
      .expect(problem(401, 'sign-in.refused'));
    await change('colleague', { disabled: false });
    expect(await worksWith(session.accessToken)).toBe(false);
    await signIn('colleague');
  });

  it('of the office: when it closes, its people are signed out and cannot sign in', async () => {
    const administrator = api.as('administrator');
    const { id } = (await administrator.post('/v1/offices', { name: 'Oficina norte' }).expect(201)).body as {
      id: string;
    };
    await change('caseworker in the west', { officeId: id });
    const session = await signIn('caseworker in the west');
    await administrator.patch(`/v1/offices/${id}`, 1, { closed: true }).expect(200);
    expect(await worksWith(session.accessToken)).toBe(false);
    await refresh(session.refreshToken).expect(problem(401, 'session.ended'));
    await nobody
      .post('/v1/sessions', { email: emailOf('caseworker in the west'), password: PASSWORD })
      .expect(problem(401, 'sign-in.refused'));
  });
});

it('leaves a trail of signing in, failing to, refreshing and signing out', async () => {
  const { accessToken, refreshToken } = await signIn('researcher');
  await refresh(refreshToken).expect(201);
  await nobody.post('/v1/sessions', { email: emailOf('researcher'), password: 'not the right sentence' }).expect(401);
  await api.holding(accessToken).delete('/v1/sessions/current').expect(204);
  const { body } = await api
    .as('auditor')
    .get(`/v1/audit?actorId=${idOf('researcher')}`)
    .expect(200);
  const actions = (body.items as { action: string }[]).map((entry) => entry.action);
  expect(actions.slice(0, 4)).toEqual(['session.ended', 'session.refused', 'session.refreshed', 'session.started']);
});
