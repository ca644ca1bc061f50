/** Ending what people hold, at once: an office, everybody, and while the database is down. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DenyOrders } from '../../src/access/deny-orders.service.js';
import { OperatorService } from '../../src/accounts/operator.service.js';
import { agentFor, emailOf, idOf, OFFICES, PASSWORD, problem, type Agent } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { agentOf, trySignIn } from './signing-in.js';

const denyFolder = mkdtempSync(join(tmpdir(), 'amparo-denied-'));
afterAll(() => rmSync(denyFolder, { recursive: true, force: true }));

const order = (name: string): void => {
  mkdirSync(denyFolder, { recursive: true });
  writeFileSync(join(denyFolder, name), '');
};

/** What an office's people hold: a session and a token of a program. */
async function holdings(api: ServiceUnderTest, who: 'caseworker in the west' | 'second lawyer'): Promise<Agent[]> {
  const agent = agentOf(api, await trySignIn(api, who).expect(201));
  const { body } = await agent
    .post('/v1/service-tokens', { name: 'Nightly', scopes: ['case:read'], days: 1 })
    .expect(201);
  return [agent, agentFor(api.baseUrl, (body as { token: string }).token)];
}
const areRefused = async (agents: readonly Agent[]): Promise<void> => {
  for (const agent of agents) await agent.get('/v1/cases').expect(problem(401, 'access.sign-in-needed'));
};

describe('revoking an office', () => {
  let api: ServiceUnderTest;
  beforeAll(async () => {
    api = await aService({ denyFolder });
  });
  afterAll(() => api.stop());

  it('closes it and ends every session and token of its people, and of nobody else', async () => {
    const held = [...(await holdings(api, 'caseworker in the west')), ...(await holdings(api, 'second lawyer'))];
    for (const agent of held) await agent.get('/v1/cases').expect(200);
    const path = `/v1/offices/${OFFICES.west.id}/revocation`;
    await api.as('stranger administrator').post(path).expect(problem(404, 'office.not-found'));
    await api.as('coordinator').post(path).expect(problem(403, 'access.not-permitted'));
    const { body } = await api.as('administrator').post(path).expect(200);
    expect(body).toEqual({ sessions: expect.any(Number), tokens: 2 });
    expect(body.sessions).toBeGreaterThanOrEqual(5);
    await areRefused(held);
    await trySignIn(api, 'second lawyer').expect(problem(401, 'sign-in.refused'));
    await api.as('caseworker').get('/v1/cases').expect(200);
    expect((await api.as('administrator').post(path).expect(200)).body).toEqual({ sessions: 0, tokens: 0 });
  });

  it('is not done to the office of the last administrator over HTTP, and by the operator all the same', async () => {
    await api
      .as('administrator')
      .post(`/v1/offices/${OFFICES.central.id}/revocation`)
      .expect(problem(422, 'user.last-administrator'));
    const operator = api.app.get(OperatorService);
    await expect(operator.revokeOffice('Oficina que no existe')).rejects.toMatchObject({ code: 'office.not-found' });
    const { sessions } = await operator.revokeOffice(OFFICES.other.name);
    expect(sessions).toBe(4);
    await api.as('stranger administrator').get('/v1/me').expect(401);
  });

  it('or signing everybody out ends the session of whoever did it, too', async () => {
    const agent = agentOf(api, await trySignIn(api, 'administrator').expect(201));
    const { body } = await agent.post('/v1/revocation').expect(200);
    expect(body.sessions).toBeGreaterThan(5);
    await agent.get('/v1/me').expect(401);
    await api.as('caseworker').get('/v1/me').expect(401);
    const back = agentOf(api, await trySignIn(api, 'auditor').expect(201));
    const { body: trail } = await back.get('/v1/audit?action=organisation.signed-out').expect(200);
    expect(trail.items).toMatchObject([{ actorId: idOf('administrator') }]);
  });
});

describe('an order to end sessions', () => {
  let api: ServiceUnderTest;
  beforeAll(async () => {
    api = await aService({ denyFolder });
  });
  afterAll(() => api.stop());
  const orders = () => api.app.get(DenyOrders);

  it('refuses one person at once, then ends their sessions in the database, and goes', async () => {
    order(`user.${idOf('caseworker')}`);
    await areRefused([api.as('caseworker')]);
    await api.as('lawyer').get('/v1/cases').expect(200);
    await orders().tell();
    expect(readdirSync(denyFolder)).toEqual([]);
    await areRefused([api.as('caseworker')]);
    await trySignIn(api, 'caseworker').expect(201);
  });

  it('refuses an office, and everybody', async () => {
    order(`office.${OFFICES.west.id}`);
    await areRefused([api.as('second lawyer'), api.as('caseworker in the west')]);
    await api.as('lawyer').get('/v1/cases').expect(200);
    await orders().tell();
    order('everybody');
    await areRefused([api.as('lawyer'), api.as('coordinator')]);
    await api.holding('A'.repeat(43)).get('/v1/me').expect(401);
    await orders().tell();
    await areRefused([api.as('lawyer'), api.as('coordinator')]);
    agentOf(api, await trySignIn(api, 'lawyer').expect(201));
  });

  it('is nothing else than one of the three: other files are left alone', async () => {
    order('README');
    order('user.everybody');
    const agent = agentOf(api, await trySignIn(api, 'coordinator').expect(201));
    await agent.get('/v1/me').expect(200);
    await orders().tell();
    expect(readdirSync(denyFolder).sort()).toEqual(['README', 'user.everybody']);
    for (const name of readdirSync(denyFolder)) rmSync(join(denyFolder, name));
  });

  it('is carried out by the running service itself within seconds', async () => {
    const agent = agentOf(api, await trySignIn(api, 'researcher').expect(201));
    order('everybody');
    await agent.get('/v1/me').expect(401);
    while (readdirSync(denyFolder).length > 0) await new Promise((next) => setTimeout(next, 50));
    await agent.get('/v1/me').expect(401);
    await trySignIn(api, 'researcher').expect(201);
  });
});

describe('while the database is down', () => {
  /** Stands before the database and can go silent, as one does that hangs. */
  class Wall {
    private silent = false;
    private readonly sockets = new Set<Socket>();
    private readonly server: Server;
    readonly ready: Promise<string>;

    constructor(target: URL, connect: typeof import('node:net').connect) {
      this.server = createServer((client) => {
        this.sockets.add(client);
        if (this.silent) return;
        const upstream = connect(Number(target.port), target.hostname);
        this.sockets.add(upstream);
        client.on('data', (data) => !this.silent && upstream.write(data));
        upstream.on('data', (data) => !this.silent && client.write(data));
        for (const socket of [client, upstream]) socket.on('error', () => undefined);
        client.on('close', () => upstream.destroy());
        upstream.on('close', () => client.destroy());
      });
      this.ready = new Promise((resolve) =>
        this.server.listen(0, '127.0.0.1', () => {
          const url = new URL(target);
          url.hostname = '127.0.0.1';
          url.port = String((this.server.address() as { port: number }).port);
          resolve(url.href);
        }),
      );
    }

    fallSilent(): void {
      this.silent = true;
    }

    speak(): void {
      this.silent = false;
      for (const socket of this.sockets) socket.destroy();
    }

    close(): void {
      for (const socket of this.sockets) socket.destroy();
      this.server.close();
    }
  }

  let api: ServiceUnderTest;
  let wall: Wall;
  beforeAll(async () => {
    const { connect } = await import('node:net');
    api = await aService({ denyFolder }, undefined, async (url) => {
      wall = new Wall(new URL(url), connect);
      return wall.ready;
    });
  });
  afterAll(async () => {
    wall.speak();
    await api.stop();
    wall.close();
  });

  const timed = async (agent: Agent): Promise<{ status: number; ms: number }> => {
    const before = process.hrtime.bigint();
    const { status } = await agent.get('/v1/cases');
    return { status, ms: Number(process.hrtime.bigint() - before) / 1e6 };
  };

  it('an order refuses everybody, or whoever can still not be recognised, and is carried out when it is back', async () => {
    await api.as('caseworker').get('/v1/cases').expect(200);
    wall.fallSilent();
    order(`user.${idOf('caseworker')}`);
    const one = await timed(api.as('caseworker'));
    expect([401, 503]).toContain(one.status);
    order('everybody');
    const all = await timed(api.as('lawyer'));
    expect(all.status).toBe(401);
    await api
      .holding(null)
      .post('/v1/sessions/refresh', { refreshToken: 'A'.repeat(43) })
      .expect(problem(401, 'session.ended'));
    expect(readdirSync(denyFolder).sort()).toEqual(['everybody', `user.${idOf('caseworker')}`]);
    wall.speak();
    while (readdirSync(denyFolder).length > 0) await new Promise((next) => setTimeout(next, 100));
    const [row] = await api.database.sql<{ open: string }>(
      'select count(*) as open from session_family where ended_at is null',
    );
    expect(Number(row!.open)).toBe(0);
    await areRefused([api.as('caseworker'), api.as('lawyer')]);
    await api
      .holding(null)
      .post('/v1/sessions', { email: emailOf('lawyer'), password: PASSWORD })
      .expect(201);
  });
});
