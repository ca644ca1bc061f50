/** Ten thousand guesses must not keep an owner out of a device that they used before. The clock is put forward. */
import { emailOf, PASSWORD, problem, type Who } from '#lib/testing';
import { networkOf } from '../../src/access/throttle.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { codeOf, trySignIn, withApp } from './signing-in.js';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService({ rateLimits: 'strict', trustProxy: '127.0.0.1' });
});
afterAll(() => api.stop());

const from = (address: string, who: Who, password: string, cookie?: string) => {
  const test = api
    .holding(null)
    .post('/v1/sessions', { email: emailOf(who), password })
    .set('x-forwarded-for', address);
  return cookie === undefined ? test : test.set('cookie', cookie);
};
const cookieOf = (response: { get: (name: 'Set-Cookie') => string[] | undefined }): string =>
  (response.get('Set-Cookie') ?? [])[0]!.split(';')[0]!;
const HOME = '203.0.113.5';

it('the cookie of a device is for this site only, for nobody’s script, and opens nothing', async () => {
  const response = await from(HOME, 'lawyer', PASSWORD).expect(201);
  const [cookie = ''] = response.get('Set-Cookie') ?? [];
  for (const word of ['__Host-', 'Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(word);
  await api.holding(null).get('/v1/me').set('cookie', cookieOf(response)).expect(401);
  await from(HOME, 'lawyer', 'not the right sentence', cookieOf(response)).expect(401);
});

describe('ten thousand guesses at one account, from many addresses', () => {
  let known: string;
  beforeAll(async () => {
    known = cookieOf(await from(HOME, 'researcher', PASSWORD).expect(201));
    for (let batch = 0; batch < 400; batch++) {
      const guesses = Array.from({ length: 25 }, (_, i) => {
        const n = batch * 25 + i;
        const address = `10.${n >> 12}.${(n >> 4) & 255}.${n & 15}`;
        return from(address, 'researcher', `guess number ${n} of many`);
      });
      for (const { status } of await Promise.all(guesses))
        if (![401, 429].includes(status)) throw new Error(`${status}`);
      // So that guesses reach the password again and again.
      api.clock.forward({ minutes: 16 });
    }
  }, 300_000);

  it('close the password for devices that nobody knows, in words that say nothing of the account', async () => {
    const response = await from('198.51.100.1', 'researcher', PASSWORD);
    problem(429, 'sign-in.closed')(response);
    expect(response.body.detail).not.toContain(emailOf('researcher'));
  });

  it('do not keep its owner out where they were before', async () => {
    await from(HOME, 'researcher', PASSWORD, known).expect(201);
    await from('10.0.0.1', 'researcher', PASSWORD, known).expect(201);
  });

  it('nor does a forged cookie, one of another account, or a cut one make a device known', async () => {
    const other = cookieOf(await from('203.0.113.9', 'auditor', PASSWORD).expect(201));
    for (const cookie of [other, known.slice(0, -1), `${known}A`, known.replace(/.$/, '_'), '__Host-amparo-device=x'])
      if (cookie !== known)
        await from('198.51.100.2', 'researcher', PASSWORD, cookie).expect(problem(429, 'sign-in.closed'));
  });

  it('and the device’s own failures slow only it', async () => {
    for (let i = 0; i < 11; i++) await from(HOME, 'researcher', `slip of the hand ${i}`, known).expect(401);
    problem(429, 'sign-in.slow-down')(await from(HOME, 'researcher', PASSWORD, known));
    api.clock.forward({ minutes: 16 });
    await from(HOME, 'researcher', PASSWORD, known).expect(201);
  });
});

describe('a password that was closed', () => {
  const close = async (who: Who): Promise<void> => {
    for (let i = 0; i < 100; i++) {
      await from(`10.99.${i}.1`, who, `guess number ${i} of many`).expect(401);
      api.clock.forward({ minutes: 16 });
    }
    await from('10.98.1.1', who, PASSWORD).expect(problem(429, 'sign-in.closed'));
  };

  it('stays closed for days, is the same for an address that has no account, and opens with a recovery code', async () => {
    const { codes, secret } = await withApp(api, api.as('colleague'));
    await close('colleague');
    api.clock.forward({ days: 3 });
    await from('10.97.1.1', 'colleague', PASSWORD).expect(problem(429, 'sign-in.closed'));
    const nobody = api.holding(null);
    const email = emailOf('colleague');
    await nobody
      .post('/v1/sessions', { email, password: PASSWORD, recoveryCode: 'AAAAA-AAAAA' })
      .expect(problem(401, 'sign-in.refused'));
    await nobody.post('/v1/sessions', { email, password: PASSWORD, recoveryCode: codes[0] }).expect(201);
    const { challenge } = (await trySignIn(api, 'colleague').expect(problem(401, 'second-factor.needed'))).body as {
      challenge: string;
    };
    const totp = codeOf(secret, api.clock.now());
    await nobody.post('/v1/sessions/second-factor', { challenge, totp }).expect(201);
  });
});

describe('attempts from one place', () => {
  it('empty the bucket of the address, whoever they are for, and it fills again', async () => {
    let tried = 0;
    let status = 401;
    for (; status === 401 && tried < 1_000; tried++)
      ({ status } = await api
        .holding(null)
        .post('/v1/sessions', { email: `nobody${tried}@example.org`, password: 'not the right sentence' })
        .set('x-forwarded-for', '192.0.2.1'));
    expect(status).toBe(429);
    expect(tried).toBeGreaterThan(120);
    const slowed = await from('192.0.2.1', 'coordinator', PASSWORD);
    problem(429, 'sign-in.slow-down')(slowed);
    await from('192.0.2.200', 'coordinator', PASSWORD).expect(201);
    api.clock.forward({ seconds: Number(slowed.get('retry-after')) });
    await from('192.0.2.1', 'coordinator', PASSWORD).expect(201);
  });

  it.each([
    ['192.0.2.77', '192.0.2'],
    ['::ffff:192.0.2.77', '192.0.2'],
    ['2001:db8:1:2::5', '2001:db8:1'],
    ['2001:db8::5', '2001:db8:0'],
    ['::1', '0:0:0'],
  ])('are of one network: %s is in %s', (address, network) => expect(networkOf(address)).toBe(network));
});
