/** What signing in leaves behind goes when nothing can ask for it any more, and not before. */
import { PASSWORD, emailOf, problem } from '#lib/testing';
import { SignInSweep } from '../../src/access/sign-in-sweep.service.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService({ worker: false, rateLimits: 'strict' });
});
afterAll(() => api.stop());

const signIn = (password: string) => api.holding(null).post('/v1/sessions', { email: emailOf('caseworker'), password });
const sweep = async (): Promise<void> => {
  api.clock.forward({ hours: 1, seconds: 1 });
  await api.app.get(SignInSweep).sweep();
};
const count = async (table: string): Promise<number> =>
  (await api.database.sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? -1;
const swept = (): Promise<number> => count(`audit_entry where action = 'sign-ins.swept'`);
const LEFT = ['sign_in_throttle', 'sign_in_bucket', 'sign_in_challenge'] as const;

it('what still counts stays: failures of today, tokens that are good, a password that was closed', async () => {
  await signIn('not the password at all').expect(problem(401, 'sign-in.refused'));
  await signIn(PASSWORD).expect(201);
  await signIn('not the password at all').expect(problem(401, 'sign-in.refused'));
  await api.database.sql(
    `insert into sign_in_challenge (hash, kind, expires_at) values ('\\x01', 'passkey', now() + interval '5 minutes')`,
  );
  await api.database.sql(
    `insert into sign_in_throttle (key, failures, until, seen_at) values ('\\x02', 100, now() - interval '90 days', now() - interval '90 days')`,
  );
  const before = await Promise.all([...LEFT, 'access_token', 'refresh_token'].map(count));
  await sweep();
  expect(await Promise.all([...LEFT, 'access_token', 'refresh_token'].map(count))).toEqual(before);
  expect(await swept()).toBe(0);
});

it('what is over for a day goes, with one entry that counts it; a closed password stays closed', async () => {
  const good = await count(`access_token where expires_at > now() + interval '10 days'`);
  api.clock.forward({ days: 3 });
  await sweep();
  expect(await count('sign_in_challenge')).toBe(0);
  expect(await count('sign_in_bucket')).toBe(0);
  expect(await api.database.sql('select failures from sign_in_throttle')).toEqual([{ failures: 100 }]);
  expect(await count('access_token')).toBe(good);
  expect(good).toBeGreaterThan(5);
  expect(await count('refresh_token where used_at is null and expires_at < now()')).toBe(0);
  expect(await swept()).toBe(1);
  await sweep();
  expect(await swept()).toBe(1);
});

describe('A month later', () => {
  const key = 'b0000000-0000-4000-8000-0000000000aa';
  const families = (): Promise<{ id: string }[]> => api.database.sql('select id from session_family order by id');

  it('sessions that ended or ran out and idempotency keys go; a session that somebody can go on with stays', async () => {
    const { body } = await signIn(PASSWORD).expect(201);
    const [own] = await api.database.sql<{ id: string }>(
      `select family_id as id from refresh_token where hash = sha256($1)`,
      [Buffer.from(body.refreshToken as string)],
    );
    await api.database.sql(
      `insert into idempotency_key (user_id, key, route, digest, status, answer, created_at)
       select id, $1, 'POST /v1/cases', '\\x01', 201, '{}', $2 from app_user where email = $3`,
      [key, api.clock.now(), emailOf('caseworker')],
    );
    api.clock.forward({ days: 29 });
    await sweep();
    // Its tokens are gone, so nobody can go on with it; that there was one is still to be seen.
    expect(await count('refresh_token')).toBe(0);
    expect(await families()).toContainEqual(own);
    expect(await count(`idempotency_key where key = '${key}'`)).toBe(1);
    const [held] = await api.database.sql<{ id: string }>('select family_id as id from access_token limit 1');
    await api.database.sql('update session_family set last_used_at = $2 where id <> $1', [own?.id, api.clock.now()]);
    api.clock.forward({ days: 2 });
    await sweep();
    expect(await families()).not.toContainEqual(own);
    expect(await families()).toContainEqual(held);
    expect(await count(`idempotency_key where key = '${key}'`)).toBe(0);
    expect(await count(`audit_entry where action = 'session.started' and subject_id = '${own?.id}'`)).toBe(1);
  });

  it('a session that ended is forgotten a month after its end, and one with a token that is still good never', async () => {
    const [ended, held] = await api.database.sql<{ id: string }>('select id from session_family order by id limit 2');
    await api.database.sql('delete from access_token where family_id = $1', [ended?.id]);
    await api.database.sql('update session_family set ended_at = $2 where id = $1', [ended?.id, api.clock.now()]);
    await api.database.sql(`update access_token set expires_at = '2999-01-01' where family_id = $1`, [held?.id]);
    api.clock.forward({ days: 29 });
    await sweep();
    expect(await families()).toContainEqual(ended);
    api.clock.forward({ days: 2 });
    await sweep();
    expect(await families()).not.toContainEqual(ended);
    expect(await families()).toContainEqual(held);
  });
});
