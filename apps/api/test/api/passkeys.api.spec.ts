/** Passkeys, answered by a software authenticator that can also do what an honest one never does. */
import { emailOf, idOf, PASSWORD, problem, sessionIdOf, type Agent } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { trySignIn, type Session } from './signing-in.js';
import { SoftwareAuthenticator, type Misdeeds } from './software-authenticator.js';

const ORIGIN = 'https://amparo.example.org';
const DOMAIN = 'amparo.example.org';

interface Question {
  readonly challenge: string;
  readonly options: { readonly challenge: string };
}

let api: ServiceUnderTest;
let nobody: Agent;
beforeAll(async () => {
  api = await aService({ passkeyOrigin: ORIGIN, passkeyDomain: DOMAIN, stepUpMinutes: 5 });
  await api.database.sql('update session_family set authenticated_at = now()');
  nobody = api.holding(null);
});
afterAll(() => api.stop());

const question = async (): Promise<Question> =>
  (await nobody.post('/v1/sessions/passkey-options').expect(201)).body as Question;
const offer = async (agent: Agent): Promise<Question> =>
  (await agent.post('/v1/me/factors/passkey-options').expect(201)).body as Question;
const signIn = ({ challenge }: Question, passkey: object) =>
  nobody.post('/v1/sessions/passkey', { challenge, passkey });

async function enrolled(agent: Agent): Promise<{ key: SoftwareAuthenticator; id: string; codes: string[] | null }> {
  const key = new SoftwareAuthenticator(ORIGIN, DOMAIN);
  const { challenge, options } = await offer(agent);
  const { body } = await agent
    .post('/v1/me/factors/passkeys', { challenge, name: 'Blue key', passkey: key.create(options) })
    .expect(201);
  const { id, recoveryCodes: codes } = body as { id: string; recoveryCodes: string[] | null };
  return { key, id, codes };
}

describe('adding a passkey', () => {
  it('asks for the user to be verified, for this domain, without attestation', async () => {
    const { options } = await offer(api.as('researcher'));
    expect(options).toMatchObject({
      rp: { id: DOMAIN },
      attestation: 'none',
      authenticatorSelection: { userVerification: 'required' },
    });
  });

  it('makes it a second factor and gives recovery codes with the first', async () => {
    const agent = api.as('researcher');
    const first = await enrolled(agent);
    expect(first.codes).toHaveLength(10);
    expect((await enrolled(agent)).codes).toBeNull();
    const { body } = await agent.get('/v1/me/factors').expect(200);
    expect(body).toMatchObject({ totp: false, passkeys: [{ name: 'Blue key', lastUsedAt: null }, {}] });
    const { body: asked } = await trySignIn(api, 'researcher').expect(problem(401, 'second-factor.needed'));
    expect(asked.methods).toEqual(['passkey', 'recoveryCode']);
    expect(asked.passkey.allowCredentials).toHaveLength(2);
  });

  const misdeeds: [string, Misdeeds][] = [
    ['of another origin', { origin: 'https://amparo.example.com' }],
    ['of a look-alike below it', { origin: `https://${DOMAIN}.evil.example` }],
    ['of another domain', { domain: 'example.org' }],
    ['that did not verify its user', { userVerified: false }],
    ['that is no creation', { type: 'webauthn.get' }],
  ];
  it.each(misdeeds)('refuses an answer %s', async (_name, misdeed) => {
    const agent = api.as('auditor');
    const { challenge, options } = await offer(agent);
    const passkey = new SoftwareAuthenticator(ORIGIN, DOMAIN).create(options, misdeed);
    await agent
      .post('/v1/me/factors/passkeys', { challenge, name: 'Key', passkey })
      .expect(problem(422, 'passkey.refused'));
  });

  it('refuses an answer to another challenge, to one that was used, and to somebody else’s', async () => {
    const agent = api.as('auditor');
    const [one, two] = [await offer(agent), await offer(agent)];
    const key = new SoftwareAuthenticator(ORIGIN, DOMAIN);
    const add = (by: Agent, challenge: string, passkey: object) =>
      by.post('/v1/me/factors/passkeys', { challenge, name: 'Key', passkey });
    await add(agent, one.challenge, key.create(two.options)).expect(problem(422, 'passkey.refused'));
    await add(agent, one.challenge, key.create(one.options)).expect(problem(422, 'passkey.refused'));
    await add(api.as('lawyer'), two.challenge, key.create(two.options)).expect(problem(422, 'passkey.refused'));
    expect((await agent.get('/v1/me/factors').expect(200)).body.passkeys).toEqual([]);
  });

  it('refuses a passkey that is known, and anything that is none, without a fault of the service', async () => {
    const agent = api.as('stranger auditor');
    const { key } = await enrolled(agent);
    const again = await offer(agent);
    const add = (challenge: string, passkey: unknown) =>
      agent.post('/v1/me/factors/passkeys', { challenge, name: 'Key', passkey });
    await add(again.challenge, key.create(again.options)).expect(problem(422, 'passkey.refused'));
    for (const passkey of [{}, { id: 'x' }, { id: 1, response: null }, { response: { clientDataJSON: '!' } }])
      await add((await offer(agent)).challenge, passkey).expect(problem(422, 'passkey.refused'));
    await add('x', []).expect(problem(400, 'request.invalid', { '/passkey': 'passkey.malformed' }));
  });
});

describe('signing in with a passkey', () => {
  let key: SoftwareAuthenticator;
  let id: string;
  beforeAll(async () => {
    ({ key, id } = await enrolled(api.as('lawyer')));
  });

  it('needs nothing else', async () => {
    const asked = await question();
    const session = (await signIn(asked, key.sign(asked.options)).expect(201)).body as Session;
    expect(session.user).toEqual({ id: idOf('lawyer'), roles: ['lawyer'] });
  });

  it('or answers the challenge after the password', async () => {
    const { body } = await trySignIn(api, 'lawyer').expect(problem(401, 'second-factor.needed'));
    const { challenge, passkey } = body as { challenge: string; passkey: { challenge: string } };
    await nobody
      .post('/v1/sessions/second-factor', { challenge, passkey: key.sign(passkey, { userVerified: false }) })
      .expect(problem(401, 'second-factor.refused'));
    await nobody.post('/v1/sessions/second-factor', { challenge, passkey: key.sign(passkey) }).expect(201);
  });

  const misdeeds: [string, Misdeeds][] = [
    ['another origin', { origin: 'https://amparo.example.com' }],
    ['plain http', { origin: `http://${DOMAIN}` }],
    ['another domain', { domain: 'example.org' }],
    ['no verified user', { userVerified: false }],
    ['another key', { otherKey: true }],
    ['another ceremony', { type: 'webauthn.create' }],
    ['a counter that stands still', { counter: 1 }],
  ];
  it.each(misdeeds)('is refused with %s, in the words of a wrong password', async (_name, misdeed) => {
    const asked = await question();
    await signIn(asked, key.sign(asked.options, misdeed)).expect(problem(401, 'sign-in.refused'));
  });

  it('answers a challenge once, within five minutes, and only its own', async () => {
    const [once, other] = [await question(), await question()];
    const answer = key.sign(once.options);
    await signIn(once, answer).expect(201);
    await signIn(once, answer).expect(problem(401, 'sign-in.refused'));
    await signIn(once, key.sign(once.options)).expect(problem(401, 'sign-in.refused'));
    await signIn(other, key.sign(once.options)).expect(problem(401, 'sign-in.refused'));
    const old = await question();
    api.clock.forward({ minutes: 5, seconds: 1 });
    await signIn(old, key.sign(old.options)).expect(problem(401, 'sign-in.refused'));
  });

  it('is refused to a copy whose counter is behind, and goes on for the original', async () => {
    const [one, two, three] = [await question(), await question(), await question()];
    await signIn(one, key.sign(one.options, { counter: 1000 })).expect(201);
    await signIn(two, key.sign(two.options, { counter: 999 })).expect(problem(401, 'sign-in.refused'));
    await signIn(three, key.sign(three.options, { counter: 1001 })).expect(201);
  });

  it('lets one of two through that answer one challenge at the same moment', async () => {
    const asked = await question();
    const answers = [key.sign(asked.options, { counter: 2000 }), key.sign(asked.options, { counter: 2001 })];
    const both = await Promise.all(answers.map((answer) => signIn(asked, answer)));
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('is a fresh proof', async () => {
    const agent = api.as('lawyer');
    await api.database.sql(`update session_family set authenticated_at = now() - interval '1 hour' where id = $1`, [
      sessionIdOf('lawyer'),
    ]);
    await agent.post('/v1/me/factors/recovery-codes').expect(problem(403, 'step-up.needed'));
    // The password alone is none for whoever has a second factor.
    await agent.post('/v1/sessions/step-up', { password: PASSWORD }).expect(problem(403, 'step-up.refused'));
    const asked = await question();
    await agent
      .post('/v1/sessions/step-up', { challenge: asked.challenge, passkey: key.sign(asked.options, { counter: 3000 }) })
      .expect(204);
    await agent.post('/v1/me/factors/recovery-codes').expect(201);
  });

  it('of somebody else is no proof of who one is', async () => {
    const { key: theirs } = await enrolled(api.as('second lawyer'));
    const asked = await question();
    await api
      .as('lawyer')
      .post('/v1/sessions/step-up', { challenge: asked.challenge, passkey: theirs.sign(asked.options) })
      .expect(problem(403, 'step-up.refused'));
  });

  it('ends when the passkey is removed', async () => {
    const agent = api.as('lawyer');
    await api.as('second lawyer').delete(`/v1/me/factors/passkeys/${id}`).expect(problem(404, 'passkey.not-found'));
    await agent.delete(`/v1/me/factors/passkeys/${id}`).expect(204);
    const asked = await question();
    await signIn(asked, key.sign(asked.options, { counter: 4000 })).expect(problem(401, 'sign-in.refused'));
    await nobody.post('/v1/sessions', { email: emailOf('lawyer'), password: PASSWORD }).expect(201);
  });
});

it('leaves a trail of passkeys added and removed', async () => {
  const { body } = await api.as('auditor').get('/v1/audit?action=passkey.enrolled').expect(200);
  expect(body.items.length).toBeGreaterThan(2);
  expect((await api.as('auditor').get('/v1/audit?action=passkey.removed').expect(200)).body.items).toHaveLength(1);
});
