/**
 * Researchers, administrators and auditors are never inside a case by any route: every route of the running application
 * is tried as each of them, with the address of a case that exists.
 */
import { permissionsOf, type Role } from '#lib/access';
import { aCase, type RecordedCase } from '#lib/testing';
import { routeTable } from '../../src/access/route-table.js';
import type { DeclaredRoute } from '../../src/platform/openapi.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

const OUTSIDE = ['researcher', 'administrator', 'auditor'] as const;
/** What only this case says; it must come back to none of them. */
const NAME = 'Xochiquetzal';
const TOLD = 'Relato irrepetible';
/** Kinds of things that are inside a case, or made of what is inside. */
const INSIDE = /^(case|identity|privileged|assignment|merge|import|figure|report:prepare)/;

let api: ServiceUnderTest;
let file: RecordedCase;
let routes: readonly DeclaredRoute[];
beforeAll(async () => {
  api = await aService();
  file = await aCase()
    .named(NAME, 'De Prueba')
    .saying(TOLD)
    .known('id-inside')
    .seenByJudgeOn('2022-06-01')
    .recordedBy(api.as('caseworker'));
  routes = routeTable(api.app).filter(({ path }) => path.startsWith('/v1/'));
});
afterAll(() => api.stop());

const concrete = (path: string): string => path.replaceAll(/\{\w+\}/g, file.id);
/** Sessions are everybody's own; ending them here would end the test. */
const isOwn = ({ path, publicFor }: DeclaredRoute): boolean => publicFor !== null || /sessions/.test(path);

describe.each(OUTSIDE)('%s', (who) => {
  it('gets 403 or 404 from every route with a case in its address', async () => {
    const ofCases = routes.filter(({ path }) => path.includes('/cases'));
    expect(ofCases.length).toBeGreaterThan(20);
    const found: string[] = [];
    for (const { method, path } of ofCases) {
      const agent = api.as(who, 'Tengo un motivo');
      const address = concrete(path);
      const { status } = await (method === 'GET'
        ? agent.get(address)
        : method === 'PATCH'
          ? agent.patch(address, 1, { riskLevel: 'LOW' })
          : method === 'DELETE'
            ? agent.delete(address, 1)
            : agent.post(address, {}));
      if (![403, 404].includes(status)) found.push(`${method} ${path} ${status}`);
    }
    expect(found).toEqual([]);
  });

  it('reads nothing of the case by any other route either', async () => {
    const others = routes.filter((route) => route.method === 'GET' && !isOwn(route));
    for (const { path } of others) {
      const { text, status } = await api.as(who, 'Tengo un motivo').get(concrete(path));
      expect([path, status < 500]).toEqual([path, true]);
      expect([path, text.includes(NAME) || text.includes(TOLD)]).toEqual([path, false]);
    }
  });

  it('holds no permission that is inside a case', () => {
    expect(permissionsOf([who as Role]).filter((permission) => INSIDE.test(permission))).toEqual([]);
  });
});
