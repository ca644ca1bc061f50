/**
 * The test kit, imported by specs only. The cast is described in ../README.md.
 *
 * A database of one's own, for any spec (`npm test` says where the server is):
 *
 *     const database = await testDatabase(template);    // copied from a template that is filled once on a server
 *     await database.sql('select count(*) from arrest');
 *     await database.drop();
 *
 * The service over HTTP, with packs and cast in its database (`apps/api/test/api/service-under-test.ts`):
 *
 *     const api = await aService();                     // in beforeAll
 *     const { as } = api;
 *     const file = await aCase().named('Ana', 'Ejemplo').arrestedOn('2022-05-03').recordedBy(as('caseworker'));
 *     await as('lawyer').get(file.path).expect(problem(404, 'case.not-found'));
 *     await api.stop();                                 // in afterAll
 *
 * Services and repositories without HTTP: `api.app.get(SomeService)` and `callerOf('caseworker')`, whose session is in
 * the same database. `api.clock` is put forward with `forward({ hours: 1 })`.
 */
export { aCase, CaseBuilder } from './a-case.js';
export type { CaseBody, RecordedCase, RecordedEvent } from './a-case.js';
export { agentFor, etag } from './agent.js';
export type { Agent } from './agent.js';
export {
  callerOf,
  CAST,
  emailOf,
  EVERYBODY,
  idOf,
  OFFICES,
  ORGANISATIONS,
  PASSWORD,
  sessionIdOf,
  tokenOf,
} from './cast.js';
export type { Who } from './cast.js';
export { insertCast } from './cast-rows.js';
export { finished } from './jobs.js';
export type { Job } from './jobs.js';
export { problem } from './problem.js';
export { TestClock } from './test-clock.js';
export { onServer, testDatabase } from './test-database.js';
export type { Template, TestDatabase } from './test-database.js';
