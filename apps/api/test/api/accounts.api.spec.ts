/** People and offices: who manages them, and what an administrator can and cannot do. */
import { randomUUID } from 'node:crypto';
import { emailOf, idOf, OFFICES, PASSWORD, problem, type Agent, type Who } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let administrator: Agent;
beforeAll(async () => {
  api = await aService();
  administrator = api.as('administrator');
});
afterAll(() => api.stop());

const newcomer = (more: object = {}) => ({
  email: `${randomUUID()}@example.org`,
  displayName: 'Nora',
  password: 'another four word sentence',
  roles: ['caseworker'],
  officeId: OFFICES.central.id,
  ...more,
});

describe('an administrator', () => {
  it('creates an account, and the person can sign in with its roles', async () => {
    const body = newcomer({ roles: ['caseworker', 'lawyer'] });
    const created = await administrator.post('/v1/users', body).expect(201);
    expect(created.body).toEqual({
      id: expect.any(String),
      email: body.email,
      displayName: 'Nora',
      roles: ['caseworker', 'lawyer'],
      officeId: OFFICES.central.id,
      disabled: false,
      version: 1,
    });
    expect(created.get('location')).toBe(`/v1/users/${created.body.id}`);
    expect(created.get('etag')).toBe('"1"');
    const session = await api
      .holding(null)
      .post('/v1/sessions', { email: body.email, password: body.password })
      .expect(201);
    expect(session.body.user.roles).toEqual(['caseworker', 'lawyer']);
  });

  it('never sees a password or its hash again', async () => {
    const { body, text } = await administrator.post('/v1/users', newcomer()).expect(201);
    const listed = await administrator.get('/v1/users?limit=100').expect(200);
    const one = await administrator.get(`/v1/users/${body.id}`).expect(200);
    for (const said of [text, listed.text, one.text]) expect(said).not.toMatch(/password|argon2|sentence/i);
  });

  it('lists the people of the own organisation only, page by page', async () => {
    const names: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: { body: { items: { email: string }[]; next: string | null } } = await administrator
        .get(`/v1/users?limit=3${next ? `&cursor=${next}` : ''}`)
        .expect(200);
      names.push(...page.body.items.map((user) => user.email));
      next = page.body.next;
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([emailOf('caseworker'), emailOf('auditor'), emailOf('administrator')]),
    );
    expect(names.filter((name) => name.startsWith('stranger'))).toEqual([]);
  });

  it('changes name, roles and office, and says which version is meant', async () => {
    const { body: user } = await administrator.post('/v1/users', newcomer()).expect(201);
    const path = `/v1/users/${user.id}`;
    await administrator.patch(path, null, { displayName: 'Nora B.' }).expect(problem(428, 'version.missing'));
    const changed = await administrator
      .patch(path, 1, { displayName: 'Nora B.', roles: ['lawyer'], officeId: null })
      .expect(200);
    expect(changed.body).toMatchObject({ displayName: 'Nora B.', roles: ['lawyer'], officeId: null, version: 2 });
    await administrator.patch(path, 1, { roles: ['administrator'] }).expect(problem(412, 'version.stale'));
    expect((await administrator.get(path).expect(200)).body).toEqual(changed.body);
  });

  it('lets one of two changes of the same version through', async () => {
    const { body: user } = await administrator.post('/v1/users', newcomer()).expect(201);
    const both = await Promise.all(
      ['A', 'B'].map((name) => administrator.patch(`/v1/users/${user.id}`, 1, { displayName: name })),
    );
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });

  it('does not give one address to two people, whatever its capitals', async () => {
    const response = await administrator.post('/v1/users', newcomer({ email: emailOf('caseworker').toUpperCase() }));
    expect(response.status).toBe(409);
    expect(response.text).not.toContain(emailOf('caseworker'));
  });

  it('gives nobody an office of another organisation, or one that is closed', async () => {
    const refusal = problem(422, 'office.unknown', { '/officeId': 'office.unknown' });
    await administrator.post('/v1/users', newcomer({ officeId: OFFICES.other.id })).expect(refusal);
    await administrator.post('/v1/users', newcomer({ officeId: randomUUID() })).expect(refusal);
    const { body: office } = await administrator.post('/v1/offices', { name: 'Oficina sur' }).expect(201);
    await administrator.patch(`/v1/offices/${office.id}`, 1, { closed: true }).expect(200);
    await administrator.post('/v1/users', newcomer({ officeId: office.id })).expect(refusal);
    const { body: user } = await administrator.post('/v1/users', newcomer()).expect(201);
    await administrator.patch(`/v1/users/${user.id}`, 1, { officeId: office.id }).expect(refusal);
  });

  it('is told what is wrong with an account, place by place', async () => {
    await administrator
      .post('/v1/users', {
        email: 'nora',
        displayName: '',
        password: 'short',
        roles: ['director'],
        officeId: 'x',
        admin: true,
      })
      .expect(
        problem(400, 'request.invalid', {
          '/email': 'email.malformed',
          '/displayName': 'text.blank',
          '/password': 'password.malformed',
          '/roles': 'roles.malformed',
          '/officeId': 'id.malformed',
          '/admin': 'field.unknown',
        }),
      );
    for (const roles of [[], ['caseworker', 'caseworker'], 'caseworker', null]) {
      await administrator
        .post('/v1/users', newcomer({ roles }))
        .expect(problem(400, 'request.invalid', { '/roles': 'roles.malformed' }));
    }
  });

  it('cannot be the last one to go', async () => {
    const stranger = api.as('stranger administrator');
    const path = `/v1/users/${idOf('stranger administrator')}`;
    await stranger.patch(path, 1, { disabled: true }).expect(problem(422, 'user.last-administrator'));
    await stranger.patch(path, 1, { roles: ['coordinator'] }).expect(problem(422, 'user.last-administrator'));
    const { body: second } = await stranger
      .post('/v1/users', newcomer({ roles: ['administrator'], officeId: OFFICES.other.id }))
      .expect(201);
    await stranger.patch(`/v1/users/${second.id}`, 1, { disabled: true }).expect(200);
    await stranger.patch(path, 1, { disabled: true }).expect(problem(422, 'user.last-administrator'));
  });

  it('sees no case, no figure, no audit trail and no report', async () => {
    for (const path of [
      '/v1/cases',
      `/v1/cases/${randomUUID()}`,
      '/v1/figures?indicator=arrests_total',
      '/v1/audit',
      '/v1/reports',
      '/v1/duplicates',
    ]) {
      const response = await administrator.get(path);
      expect([path, response.status]).toEqual([path, 403]);
    }
  });
});

describe('everybody else', () => {
  it.each<Who>(['caseworker', 'lawyer', 'coordinator', 'researcher', 'auditor'])(
    'as a %s manages nobody',
    async (who) => {
      const path = `/v1/users/${idOf('colleague')}`;
      const refusal = problem(403, 'access.not-permitted');
      await api.as(who).get('/v1/users').expect(refusal);
      await api.as(who).get(path).expect(refusal);
      await api.as(who).post('/v1/users', newcomer()).expect(refusal);
      await api
        .as(who)
        .patch(path, 1, { roles: ['administrator'] })
        .expect(refusal);
      await api.as(who).delete(`${path}/sessions`).expect(refusal);
      await api.as(who).post('/v1/offices', { name: 'Mine' }).expect(refusal);
      await api.as(who).patch(`/v1/offices/${OFFICES.west.id}`, 1, { closed: true }).expect(refusal);
    },
  );

  it('of another organisation finds nobody here, whatever they try', async () => {
    const stranger = api.as('stranger administrator');
    const path = `/v1/users/${idOf('caseworker')}`;
    await stranger.get(path).expect(problem(404, 'user.not-found'));
    await stranger.patch(path, 1, { disabled: true }).expect(problem(404, 'user.not-found'));
    await stranger.delete(`${path}/sessions`).expect(problem(404, 'user.not-found'));
    await stranger.get(`/v1/offices/${OFFICES.west.id}`).expect(problem(404, 'office.not-found'));
    await stranger
      .patch(`/v1/offices/${OFFICES.west.id}`, 1, { closed: true })
      .expect(problem(404, 'office.not-found'));
    await api.as('caseworker').get('/v1/me').expect(200);
  });
});

describe('offices', () => {
  it('are opened, renamed and closed', async () => {
    const { body: office } = await administrator.post('/v1/offices', { name: 'Oficina oriente' }).expect(201);
    expect(office).toMatchObject({ name: 'Oficina oriente', country: 'SV', closed: false, version: 1 });
    const path = `/v1/offices/${office.id}`;
    await administrator.patch(path, null, { name: 'Oriente' }).expect(problem(428, 'version.missing'));
    await administrator.patch(path, 1, { name: 'Oriente' }).expect(200);
    await administrator.patch(path, 1, { closed: true }).expect(problem(412, 'version.stale'));
    const closed = await administrator.patch(path, 2, { closed: true }).expect(200);
    expect(closed.body).toMatchObject({ name: 'Oriente', closed: true, version: 3 });
    expect(closed.get('etag')).toBe('"3"');
  });

  it('stay open where the only administrator is, because nobody could open them again', async () => {
    const stranger = api.as('stranger administrator');
    await stranger
      .patch(`/v1/offices/${OFFICES.other.id}`, 1, { closed: true })
      .expect(problem(422, 'user.last-administrator'));
    await api.as('stranger caseworker').get('/v1/me').expect(200);
  });

  it('have names of their own', async () => {
    await administrator.post('/v1/offices', { name: 'Oficina doble' }).expect(201);
    expect((await administrator.post('/v1/offices', { name: 'Oficina doble' })).status).toBe(409);
    await api.as('stranger administrator').post('/v1/offices', { name: 'Oficina doble' }).expect(201);
  });
});

it('leaves a trail of every change, with roles before and after and without names', async () => {
  const { body: user } = await administrator
    .post('/v1/users', newcomer({ displayName: 'Nombre Muy Propio' }))
    .expect(201);
  await administrator.patch(`/v1/users/${user.id}`, 1, { roles: ['lawyer'], displayName: 'Otro Nombre' }).expect(200);
  const { body, text } = await api
    .as('auditor')
    .get(`/v1/audit?actorId=${idOf('administrator')}&limit=2`)
    .expect(200);
  expect(body.items).toMatchObject([
    { action: 'user.changed', subjectId: user.id, details: { rolesBefore: ['caseworker'], rolesAfter: ['lawyer'] } },
    { action: 'user.created', subjectId: user.id, details: { roles: ['caseworker'] } },
  ]);
  expect(text).not.toMatch(/Nombre|example\.org/);
});

it('changes no account when a refused change is repeated many times', async () => {
  const path = `/v1/users/${idOf('lawyer')}`;
  const before = (await administrator.get(path).expect(200)).body;
  for (const body of [{ roles: ['god'] }, { disabled: 'yes' }, { displayName: '=cmd()' }, { password: PASSWORD }]) {
    expect((await administrator.patch(path, before.version, body)).status).toBe(400);
  }
  expect((await administrator.get(path).expect(200)).body).toEqual(before);
});
