/** Tokens for programs: what they can do, from where, until when, and what they never can. */
import { aCase, idOf, problem, type Agent } from '#lib/testing';
import { agentFor } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

interface Made {
  readonly id: string;
  readonly token: string;
}

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService({ stepUpMinutes: 720, trustProxy: '127.0.0.1' });
});
afterAll(() => api.stop());

const make = async (by: Agent, body: object): Promise<Made> =>
  (await by.post('/v1/service-tokens', { name: 'Nightly', days: 30, ...body }).expect(201)).body as Made;
const withToken = ({ token }: Made): Agent => agentFor(api.baseUrl, token, 'call to the family');

describe('a token of a program', () => {
  it('is shown once, listed without its secret, and kept as a digest', async () => {
    const response = await api
      .as('caseworker')
      .post('/v1/service-tokens', { name: 'Nightly', scopes: ['case:read'], days: 30, addresses: ['192.0.2.0/24'] })
      .expect(201);
    const { token, id } = response.body as Made;
    expect(response.get('location')).toBe(`/v1/service-tokens/${id}`);
    const { body, text } = await api.as('caseworker').get('/v1/service-tokens').expect(200);
    expect(body.items).toMatchObject([
      { id, ownerId: idOf('caseworker'), scopes: ['case:read'], addresses: ['192.0.2.0/24'], lastUsedAt: null },
    ]);
    expect(text).not.toContain(token);
    const [row] = await api.database.sql<{ found: boolean }>(
      `select hash = sha256($2::bytea) as found from service_token where id = $1`,
      [id, token],
    );
    expect(row).toEqual({ found: true });
  });

  it('can do what its scopes say, and nothing else that its owner may', async () => {
    const program = withToken(await make(api.as('caseworker'), { scopes: ['case:read', 'case:record'] }));
    const file = await aCase().named('Nombre', 'Sintético').recordedBy(program);
    await program.get('/v1/cases').expect(200);
    await program.get('/v1/reports').expect(problem(403, 'access.not-permitted'));
    await program.get('/v1/me').expect(problem(403, 'access.not-permitted'));
    const { body, text } = await program.get(file.path).expect(200);
    expect(body.person).not.toHaveProperty('identity');
    expect(text).not.toContain('Sintético');
    expect((await program.get(`${file.path}/timeline`)).text).not.toContain('Sintético');
  });

  it('reads names only where that is a scope of its own', async () => {
    const file = await aCase().named('Nombre', 'Sintético').recordedBy(api.as('caseworker'));
    const program = withToken(await make(api.as('caseworker'), { scopes: ['case:read', 'identity:read'] }));
    expect((await program.get(file.path).expect(200)).body.person.identity.familyNames).toBe('Sintético');
  });

  it('cannot be made to do more than its maker, nor be made by a program', async () => {
    await api
      .as('caseworker')
      .post('/v1/service-tokens', { name: 'Too much', scopes: ['case:read', 'user:manage'], days: 1 })
      .expect(problem(422, 'service-token.beyond-owner', { '/scopes/1': 'scope.not-yours' }));
    const program = withToken(await make(api.as('caseworker'), { scopes: ['self:read', 'case:read'] }));
    await program.get('/v1/me').expect(200);
    await program
      .post('/v1/service-tokens', { name: 'Child', scopes: ['case:read'], days: 1 })
      .expect(problem(403, 'step-up.not-for-programs'));
    await program.put('/v1/me/password', { present: 'x', next: 'la abuela cose los domingos' }).expect(403);
    await program.post('/v1/sessions/step-up', { password: 'x' }).expect(problem(403, 'step-up.not-for-programs'));
  });

  it('does not unmask, for a coordinator either', async () => {
    const file = await aCase().named('Nombre', 'Sintético').recordedBy(api.as('caseworker'));
    const program = withToken(await make(api.as('coordinator'), { scopes: ['case:read', 'identity:read'] }));
    await program.get(file.path).expect(problem(403, 'step-up.not-for-programs'));
  });

  it('loses what its owner loses, on the next request', async () => {
    const program = withToken(await make(api.as('colleague'), { scopes: ['case:read', 'import:run'] }));
    await program.get('/v1/imports').expect(200);
    const path = `/v1/users/${idOf('colleague')}`;
    await api
      .as('administrator')
      .patch(path, 1, { roles: ['lawyer'] })
      .expect(200);
    await program.get('/v1/imports').expect(problem(403, 'access.not-permitted'));
    await api.as('administrator').patch(path, 2, { disabled: true }).expect(200);
    await program.get('/v1/cases').expect(problem(401, 'access.sign-in-needed'));
  });

  it.each([
    ['192.0.2.0/24', '192.0.2.77', 200],
    ['192.0.2.0/24', '192.0.3.1', 401],
    ['2001:db8::/32', '2001:db8:1::5', 200],
    ['2001:db8::/32', '2001:db9::5', 401],
    ['198.51.100.7', '198.51.100.7', 200],
    ['198.51.100.7', '127.0.0.1', 401],
  ])('for %s comes from %s: %d', async (network, address, status) => {
    const program = withToken(await make(api.as('caseworker'), { scopes: ['case:read'], addresses: [network] }));
    await program.get('/v1/cases').set('x-forwarded-for', address).expect(status);
  });

  it('ends when it expires and when it is revoked, by its owner or an administrator, and by nobody else', async () => {
    const owner = api.as('lawyer');
    const [old, mine, theirs] = [
      await make(owner, { scopes: ['case:read'] }),
      await make(owner, { scopes: ['case:read'] }),
      await make(owner, { scopes: ['case:read'] }),
    ];
    await api.database.sql(
      `update service_token set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1`,
      [old.id],
    );
    await withToken(old).get('/v1/cases').expect(401);
    await api.as('caseworker').delete(`/v1/service-tokens/${mine.id}`).expect(problem(404, 'service-token.not-found'));
    await api
      .as('stranger administrator')
      .delete(`/v1/service-tokens/${mine.id}`)
      .expect(problem(404, 'service-token.not-found'));
    await owner.delete(`/v1/service-tokens/${mine.id}`).expect(204);
    await withToken(mine).get('/v1/cases').expect(401);
    await withToken(theirs).get('/v1/cases').expect(200);
    await api.as('administrator').delete(`/v1/service-tokens/${theirs.id}`).expect(204);
    await withToken(theirs).get('/v1/cases').expect(401);
  });

  it('is well formed or not made', async () => {
    const wrong: [object, Record<string, string>][] = [
      [{ scopes: [] }, { '/scopes': 'scopes.malformed' }],
      [{ scopes: ['case:read', 'case:read'] }, { '/scopes': 'scopes.malformed' }],
      [{ scopes: ['god:mode'] }, { '/scopes': 'scopes.malformed' }],
      [{ scopes: ['case:read'], days: 366 }, { '/days': 'number.out-of-range' }],
      [{ scopes: ['case:read'], addresses: ['somewhere'] }, { '/addresses': 'addresses.malformed' }],
      [{ scopes: ['case:read'], addresses: ['192.0.2.0/33'] }, { '/addresses': 'addresses.malformed' }],
    ];
    for (const [body, places] of wrong)
      await api
        .as('caseworker')
        .post('/v1/service-tokens', { name: 'Nightly', days: 1, ...body })
        .expect(problem(400, 'request.invalid', places));
  });
});

describe('the last use of a token', () => {
  it('is noted beside the request, to the minute, and seen by its owner', async () => {
    const made = await make(api.as('caseworker'), { scopes: ['case:read'] });
    const lastUse = async (): Promise<number | null> => {
      const { body } = await api.as('caseworker').get('/v1/service-tokens').expect(200);
      const found = (body.items as { id: string; lastUsedAt: string | null }[]).find(({ id }) => id === made.id);
      return found?.lastUsedAt ? Date.parse(found.lastUsedAt) : null;
    };
    /** It is written beside the request, so a test asks until it is there. */
    const noted = async (after: number): Promise<number> => {
      for (;;) {
        const at = await lastUse();
        if (at !== null && at > after) return at;
        await new Promise((soon) => setTimeout(soon, 10));
      }
    };
    expect(await lastUse()).toBeNull();
    await withToken(made).get('/v1/cases').expect(200);
    const first = await noted(0);
    expect(Math.abs(first - api.clock.now().getTime())).toBeLessThan(60_000);
    api.clock.forward({ seconds: 30 });
    await withToken(made).get('/v1/cases').expect(200);
    api.clock.forward({ seconds: 40 });
    await withToken(made).get('/v1/cases').expect(200);
    // The use in between was within the minute and was not noted.
    expect(await noted(first)).toBeGreaterThanOrEqual(first + 60_000);
    expect(
      await api.database.sql("select from session_family where last_used_at > now() + interval '1 minute'"),
    ).toEqual([]);
  });
});
