/**
 * The hottest routes remember who held a token a moment ago and leave the look-up to the statement that does the work.
 * Whatever is changed behind the service's back must still act on the very next request, and on no answer before it.
 */
import { randomUUID } from 'node:crypto';
import { aCase, idOf, problem, type Agent, type RecordedCase, type Who } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { agentOf, trySignIn } from './signing-in.js';

let api: ServiceUnderTest;
let file: RecordedCase;
beforeAll(async () => {
  api = await aService();
  file = await aCase().named('Ana', 'Ejemplo').recordedBy(api.as('caseworker'));
});
afterAll(() => api.stop());

const sql = (text: string, values: readonly unknown[]): Promise<unknown> => api.database.sql(text, values);
/** Somebody whose token the service has seen on each of the routes. */
async function known(who: Who): Promise<Agent> {
  const agent = agentOf(api, await trySignIn(api, who).expect(201));
  for (let again = 0; again < 2; again++) await agent.get('/v1/cases').expect(200);
  return agent;
}
const everyRoute = (agent: Agent): (() => ReturnType<Agent['get']>)[] => [
  () => agent.get(file.path),
  () => agent.get('/v1/cases'),
  () => agent.get('/v1/cases?externalId=none-of-this-name'),
  () => agent.post('/v1/cases', aCase().body),
  () => agent.post('/v1/cases', { nonsense: true }),
  () => agent.get(`/v1/cases/${randomUUID()}`),
];

it.each(everyRoute({} as Agent).map((_call, index) => index))(
  'whose session has ended is refused by the very next request (%i)',
  async (index) => {
    const agent = await known('colleague');
    await sql(`update session_family set ended_at = now() where user_id = $1 and ended_at is null`, [
      idOf('colleague'),
    ]);
    await everyRoute(agent)[index]!().expect(problem(401, 'access.sign-in-needed'));
    await agent.get('/v1/cases').expect(401);
  },
);

it('who lost a role is refused by the very next request, and who got one is let in', async () => {
  const agent = await known('colleague');
  const roles = (list: string) =>
    sql('update app_user set roles = $2::text[] where id = $1', [idOf('colleague'), list]);
  await roles('{researcher}');
  await agent.get(file.path).expect(problem(403, 'access.not-permitted'));
  await roles('{caseworker}');
  await agent.get(file.path).expect(200);
  await agent.get('/v1/cases').expect(200);
  await roles('{researcher}');
  await agent.post('/v1/cases', aCase().body).expect(problem(403, 'access.not-permitted'));
  await roles('{caseworker}');
  const { body } = await agent.post('/v1/cases', aCase().body).expect(201);
  expect(body.number).toMatch(/^[A-Z]+-/);
});

it('who was moved to another office sees its cases, and no more those of the old one', async () => {
  const agent = await known('colleague');
  const move = (to: Who) =>
    sql('update app_user set office_id = (select office_id from app_user where id = $2) where id = $1', [
      idOf('colleague'),
      idOf(to),
    ]);
  await agent.get(file.path).expect(200);
  await move('caseworker in the west');
  await agent.get(file.path).expect(problem(404, 'case.not-found'));
  expect((await agent.get('/v1/cases').expect(200)).body.items).toEqual([]);
  await move('caseworker');
  await agent.get(file.path).expect(200);
});

it('who is told that a repeat changes nothing is told so by the same rules', async () => {
  const agent = await known('colleague');
  const key = randomUUID();
  const first = await agent.post('/v1/cases', aCase().body).set('idempotency-key', key);
  expect(first.status).toBe(201);
  await sql(`update session_family set ended_at = now() where user_id = $1 and ended_at is null`, [idOf('colleague')]);
  await agent.post('/v1/cases', aCase().body).set('idempotency-key', key).expect(401);
});
