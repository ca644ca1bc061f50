/** A second factor: an authenticator app and recovery codes, who needs one, and what a session without one may do. */
import { emailOf, idOf, PASSWORD, problem } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { agentOf, challengeFor, codeOf, trySignIn, withApp } from './signing-in.js';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService();
});
afterAll(() => api.stop());

const answer = (challenge: string, given: object) =>
  api.holding(null).post('/v1/sessions/second-factor', { challenge, ...given });

describe('an authenticator app', () => {
  let secret: string;
  beforeAll(async () => {
    ({ secret } = await withApp(api, api.as('lawyer')));
  });
  /** Every test signs in later than the one before, because a code is good once. */
  beforeEach(() => api.clock.forward({ minutes: 2 }));
  const code = (ahead = 0): string => codeOf(secret, api.clock.now(), ahead);

  it('is asked for after the right password, with a challenge and no token', async () => {
    const { body } = await trySignIn(api, 'lawyer').expect(problem(401, 'second-factor.needed'));
    expect(body).toMatchObject({ methods: ['totp', 'recoveryCode'], challenge: expect.stringMatching(/^[\w-]{43}$/) });
    expect(body).not.toHaveProperty('accessToken');
  });

  it('is not asked for after a wrong password, which is refused in the words of an account that does not exist', async () => {
    const wrong = await trySignIn(api, 'lawyer', 'not the right sentence').expect(problem(401, 'sign-in.refused'));
    const unknown = await api
      .holding(null)
      .post('/v1/sessions', { email: 'nobody@example.org', password: 'not the right sentence' });
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('opens a session with its code', async () => {
    const session = await answer(await challengeFor(api, 'lawyer'), { totp: code() }).expect(201);
    await agentOf(api, session).get('/v1/me').expect(200);
  });

  it('opens none with a code that was used, nor with an earlier one', async () => {
    const used = code();
    await answer(await challengeFor(api, 'lawyer'), { totp: used }).expect(201);
    await answer(await challengeFor(api, 'lawyer'), { totp: used }).expect(problem(401, 'second-factor.refused'));
    await answer(await challengeFor(api, 'lawyer'), { totp: code(-1) }).expect(problem(401, 'second-factor.refused'));
  });

  it('opens one of two sessions that show the same code at the same moment', async () => {
    const challenges = [await challengeFor(api, 'lawyer'), await challengeFor(api, 'lawyer')];
    const both = await Promise.all(challenges.map((challenge) => answer(challenge, { totp: code() })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  it.each([2, -2, 20])('opens none with the code of %d steps away', async (away) => {
    await answer(await challengeFor(api, 'lawyer'), { totp: code(away) }).expect(problem(401, 'second-factor.refused'));
  });

  it('answers a challenge once, within five minutes, with at most five tries', async () => {
    const once = await challengeFor(api, 'lawyer');
    await answer(once, { totp: code() }).expect(201);
    await answer(once, { totp: code(1) }).expect(problem(401, 'second-factor.refused'));
    const old = await challengeFor(api, 'lawyer');
    api.clock.forward({ minutes: 5, seconds: 1 });
    await answer(old, { totp: code() }).expect(problem(401, 'second-factor.refused'));
    const tried = await challengeFor(api, 'lawyer');
    for (let i = 0; i < 5; i++) await answer(tried, { totp: '000000' }).expect(401);
    await answer(tried, { totp: code() }).expect(problem(401, 'second-factor.refused'));
  });

  it('is not answered with somebody else’s challenge, with nothing, or with two things that are wrong', async () => {
    await answer('A'.repeat(43), { totp: code() }).expect(problem(401, 'second-factor.refused'));
    await answer(await challengeFor(api, 'lawyer'), {}).expect(problem(401, 'second-factor.refused'));
    await answer(await challengeFor(api, 'lawyer'), { totp: '', recoveryCode: '' }).expect(401);
    await answer('x', { totp: 1 }).expect(problem(400, 'request.invalid', { '/totp': 'code.malformed' }));
  });

  it('has a secret that is in the database neither in the open nor under another account', async () => {
    const [row] = await api.database.sql<{ secret: Buffer }>('select secret from totp_factor where user_id = $1', [
      idOf('lawyer'),
    ]);
    expect(row!.secret.length).toBe(12 + 20 + 16);
    await api.database.sql(
      `insert into totp_factor (user_id, secret, confirmed_at) values ($1, $2, now())
       on conflict (user_id) do update set secret = excluded.secret`,
      [idOf('second lawyer'), row!.secret],
    );
    await api.database.sql('update app_user set factor_since = now() where id = $1', [idOf('second lawyer')]);
    await answer(await challengeFor(api, 'second lawyer'), { totp: code() }).expect(
      problem(401, 'second-factor.refused'),
    );
  });

  it('counts from its first code on, and not before', async () => {
    const agent = api.as('colleague');
    const offered = (await agent.post('/v1/me/factors/totp').expect(201)).body as { secret: string; uri: string };
    expect(offered.uri).toContain(offered.secret);
    await trySignIn(api, 'colleague').expect(201);
    await agent.post('/v1/me/factors/totp/confirmation', { code: '000000' }).expect(problem(422, 'totp.wrong-code'));
    await trySignIn(api, 'colleague').expect(201);
    await agent.post('/v1/me/factors/totp/confirmation', { code: codeOf(offered.secret, api.clock.now()) }).expect(201);
    await trySignIn(api, 'colleague').expect(problem(401, 'second-factor.needed'));
    expect((await agent.get('/v1/me/factors').expect(200)).body).toEqual({
      totp: true,
      passkeys: [],
      recoveryCodesLeft: 10,
    });
    await agent.delete('/v1/me/factors/totp').expect(204);
    await trySignIn(api, 'colleague').expect(201);
    expect((await agent.get('/v1/me/factors').expect(200)).body).toEqual({
      totp: false,
      passkeys: [],
      recoveryCodesLeft: 0,
    });
  });
});

describe('a recovery code', () => {
  let codes: string[];
  beforeAll(async () => {
    ({ codes } = await withApp(api, api.as('coordinator')));
  });

  it('is one of ten of 128 bits, shown once and kept as a digest', async () => {
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]$/);
    const [row] = await api.database.sql<{ found: string }>(
      `select count(*) as found from recovery_code where user_id = $1 and octet_length(hash) = 32`,
      [idOf('coordinator')],
    );
    expect(Number(row!.found)).toBe(10);
  });

  it('opens a session in the place of a code, once, however it is written', async () => {
    const [code = ''] = codes;
    const written = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
    await answer(await challengeFor(api, 'coordinator'), { recoveryCode: written }).expect(201);
    await answer(await challengeFor(api, 'coordinator'), { recoveryCode: code }).expect(
      problem(401, 'second-factor.refused'),
    );
  });

  it('may come with the password, and is worth nothing without it', async () => {
    const [, code = '', other = ''] = codes;
    const email = emailOf('coordinator');
    const nobody = api.holding(null);
    await nobody
      .post('/v1/sessions', { email, password: 'not the right sentence', recoveryCode: code })
      .expect(problem(401, 'sign-in.refused'));
    await nobody.post('/v1/sessions', { email, password: PASSWORD, recoveryCode: code }).expect(201);
    await nobody
      .post('/v1/sessions', { email, password: PASSWORD, recoveryCode: code })
      .expect(problem(401, 'sign-in.refused'));
    await nobody
      .post('/v1/sessions', { email: emailOf('auditor'), password: PASSWORD, recoveryCode: other })
      .expect(401);
  });

  it('stops working when new ones are made', async () => {
    const agent = api.as('coordinator');
    const { recoveryCodes } = (await agent.post('/v1/me/factors/recovery-codes').expect(201)).body as {
      recoveryCodes: string[];
    };
    await answer(await challengeFor(api, 'coordinator'), { recoveryCode: codes[9] }).expect(401);
    await answer(await challengeFor(api, 'coordinator'), { recoveryCode: recoveryCodes[0] }).expect(201);
  });
});

describe('where a second factor is required', () => {
  let strict: ServiceUnderTest;
  beforeAll(async () => {
    strict = await aService({ secondFactor: 'required' });
  });
  afterAll(() => strict.stop());

  it.each(['caseworker', 'lawyer', 'coordinator'] as const)(
    'a %s without one can add one and do nothing else',
    async (who) => {
      const agent = agentOf(strict, await trySignIn(strict, who).expect(201));
      await agent.get('/v1/me').expect(200);
      for (const path of ['/v1/cases', '/v1/indicators', '/v1/reports', '/v1/vocabularies'])
        await agent.get(path).expect(problem(403, 'second-factor.enrol-first'));
      await agent.post('/v1/cases', {}).expect(problem(403, 'second-factor.enrol-first'));
      await withApp(strict, agent);
      await agent.get('/v1/cases').expect(200);
    },
  );

  it.each(['researcher', 'auditor', 'administrator'] as const)(
    'a %s, who sees no name, may go without',
    async (who) => {
      await strict.as(who).get('/v1/me').expect(200);
      await strict.as(who).get('/v1/vocabularies').expect(200);
    },
  );

  it('adding one is written down, without secret or code', async () => {
    const { body, text } = await strict
      .as('auditor')
      .get(`/v1/audit?actorId=${idOf('lawyer')}&limit=5`)
      .expect(200);
    expect((body.items as { action: string }[]).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['totp.enrolled', 'recovery-codes.made', 'totp.offered']),
    );
    expect(text).not.toMatch(/[A-Z2-7]{32}/);
  });
});
