/** Guessing is slowed down and nobody is locked out for good. The clock is put forward rather than waited for. */
import { emailOf, PASSWORD, problem } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService({ rateLimits: 'strict' });
});
afterAll(() => api.stop());

const signIn = (email: string, password: string) => api.holding(null).post('/v1/sessions', { email, password });
const guess = async (email: string, times: number): Promise<void> => {
  for (let i = 0; i < times; i++) await signIn(email, `guess number ${i} of many`).expect(401);
};

describe('guessing the password of one account', () => {
  it('costs nothing ten times, then every guess must wait longer, even the right one', async () => {
    const email = emailOf('lawyer');
    await guess(email, 11);
    const slowed = await signIn(email, PASSWORD);
    problem(429, 'sign-in.slow-down')(slowed);
    const wait = Number(slowed.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    api.clock.forward({ seconds: wait });
    await guess(email, 1);
    const slower = await signIn(email, PASSWORD);
    problem(429, 'sign-in.slow-down')(slower);
    expect(Number(slower.get('retry-after'))).toBeGreaterThan(wait);
  });

  it('ends with the right password after the wait, which clears the account', async () => {
    const email = emailOf('researcher');
    await guess(email, 11);
    api.clock.forward({ minutes: 20 });
    await signIn(email, PASSWORD).expect(201);
    await guess(email, 10);
    await signIn(email, PASSWORD).expect(201);
  });

  it('does not slow others down', async () => {
    await guess(emailOf('auditor'), 11);
    await signIn(emailOf('auditor'), PASSWORD).expect(429);
    await signIn(emailOf('coordinator'), PASSWORD).expect(201);
  });

  it('is slowed for an address that has no account in the same way', async () => {
    await guess('nobody@example.org', 11);
    problem(429, 'sign-in.slow-down')(await signIn('nobody@example.org', PASSWORD));
  });

  it('does not end the sessions that somebody has', async () => {
    const email = emailOf('colleague');
    const { accessToken } = (await signIn(email, PASSWORD).expect(201)).body as { accessToken: string };
    await guess(email, 11);
    await api.holding(accessToken).get('/v1/me').expect(200);
  });
});

describe('very many requests of one caller', () => {
  it('are refused with the time to wait, while others and the health page are served', async () => {
    const caseworker = api.as('caseworker');
    api.clock.hold();
    let refused = null;
    for (let i = 0; i < 80 && refused === null; i++) {
      const batch = await Promise.all(Array.from({ length: 25 }, () => caseworker.get('/v1/nothing-here')));
      refused = batch.find((response) => response.status === 429) ?? null;
    }
    problem(429, 'request.too-many')(refused!);
    expect(Number(refused!.get('retry-after'))).toBeGreaterThan(0);
    await api.as('lawyer').get('/v1/me').expect(200);
    await api.holding(null).get('/health/live').expect(200);
    api.clock.forward({ seconds: Number(refused!.get('retry-after')) });
    await caseworker.get('/v1/me').expect(200);
  });
});
