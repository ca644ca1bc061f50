/** Who may call what is decided for every route, and every permission decides something. */
import { PERMISSIONS, rolesWith, type Permission } from '#lib/access';
import { routeTable } from '../../src/access/route-table.js';
import type { DeclaredRoute } from '../../src/platform/openapi.js';
import { anApp, type AnApp } from './an-app.js';
import { filesAt, lineAt, spoken, withoutComments, type Offence, type SourceFile } from './source-tree.js';

/** A route that says neither who may call it nor, in a sentence, why everybody may. */
const undecided = (routes: readonly DeclaredRoute[]): readonly string[] =>
  routes
    .filter(({ permission, publicFor }) => permission === null && (publicFor === null || publicFor.length < 15))
    .map(({ method, path }) => `${method} ${path}  Give it @Permit('…'), or @Public('why everybody may').`);

/** Nobody could say what a permission that is neither on a route nor asked for in the code is good for. */
function unused(routes: readonly DeclaredRoute[], code: readonly SourceFile[]): readonly string[] {
  const asked = (permission: string): boolean =>
    routes.some((route) => route.permission === permission) ||
    code.some((file) => withoutComments(file).text.includes(`'${permission}'`));
  return Object.keys(PERMISSIONS)
    .filter((permission) => !asked(permission))
    .map((permission) => `${permission}  Ask for it somewhere, or take it out of libs/access/src/permissions.ts.`);
}

/** Whether a document's address is one of the route: each `{part}` of the route stands for any text without a slash. */
const isOf = (route: DeclaredRoute, method: string, path: string): boolean =>
  route.method === method &&
  new RegExp(`^${route.path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** Routes that a document names and the application does not have. */
function unknownRoutes(documents: readonly SourceFile[], routes: readonly DeclaredRoute[]): readonly Offence[] {
  return documents.flatMap(({ path: file, text }) =>
    [...text.matchAll(/`(GET|POST|PATCH|PUT|DELETE) (\/[^\s`?]*)/g)]
      .filter(([, , path = '']) => !path.includes('…'))
      .filter(([, method = '', path = '']) => !routes.some((route) => isOf(route, method, path)))
      .map((found) => ({
        file,
        line: lineAt(text, found.index),
        advice: `There is no route ${found[1]} ${found[2]}. Name one of apps/api/test/golden/permissions.md.`,
      })),
  );
}

describe('the routes of the running application', () => {
  let service: AnApp;
  let routes: readonly DeclaredRoute[];
  beforeAll(async () => {
    service = await anApp();
    routes = routeTable(service.app);
  });
  afterAll(() => service.stop());

  it('are all there to be looked at', () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toContain('POST /v1/cases');
  });

  it('each need a permission, or say why they are open to everybody', () => {
    expect(undecided(routes)).toEqual([]);
  });

  it('use every permission there is', () => {
    expect(unused(routes, filesAt(/^(apps\/api\/src|libs\/access\/src)\/.*\.ts$/, /(permissions|roles)\.ts$/))).toEqual(
      [],
    );
  });

  it('are the ones that the documents name', () => {
    expect(spoken(unknownRoutes(filesAt(/\.md$/, /^apps\//), routes))).toEqual([]);
  });
});

describe('permissions', () => {
  it.each(Object.entries(PERMISSIONS))('%s has a sentence, and a role that holds it', (permission, sentence) => {
    expect(sentence).toMatch(/^[A-Z].{15,}\.$/);
    expect(rolesWith(permission as Permission)).not.toEqual([]);
  });
});

describe('the rules about routes', () => {
  const route = (permission: Permission | null, publicFor: string | null): DeclaredRoute => ({
    ...{
      method: 'GET',
      path: '/v1/cases/{caseId}',
      permission,
      publicFor,
      freshProof: null,
      retryable: false,
      versioned: false,
    },
  });

  it('find a route that declares nothing, and one that is open without a reason', () => {
    expect(undecided([route(null, null), route(null, 'open'), route('case:read', null)])).toHaveLength(2);
  });

  it('find a permission that only a comment mentions', () => {
    const comment = { path: 'a.ts', text: "// 'audit:read'\n/* 'user:manage' */ may(caller, 'figure:read')" };
    const found = unused([route('case:read', null)], [comment]).join();
    expect(found).toMatch(/audit:read.*user:manage|user:manage.*audit:read/);
    expect(found).not.toMatch(/figure:read|case:read/);
  });

  it('find a route that only a document knows', () => {
    const document = {
      path: 'a.md',
      text: 'Ask\n`GET /v1/cases/{id}?x=1`, then `POST /v1/cases/{id}`, `GET /v1/…/x`.',
    };
    expect(spoken(unknownRoutes([document], [route('case:read', null)]))).toEqual([
      expect.stringMatching(/^a\.md:2 {2}There is no route POST \/v1\/cases\/\{id\}/),
    ]);
  });
});
