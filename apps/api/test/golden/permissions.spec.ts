/** Who may call what, as the application that runs has it: a change of access is a changed line in a reviewed file. */
import { PERMISSIONS, ROLES, rolesMay, type Role } from '#lib/access';
import { routeTable } from '../../src/access/route-table.js';
import type { DeclaredRoute } from '../../src/platform/openapi.js';
import { anApp, type AnApp } from '../house/an-app.js';
import { expectGolden, markdownTable } from './golden-file.js';

const mark = (holds: boolean): string => (holds ? '●' : '');

function rowOf({ method, path, permission, publicFor }: DeclaredRoute): readonly string[] {
  const holds = (role: Role): string => mark(permission !== null && rolesMay([role], permission));
  return [method, path, permission ?? (publicFor === null ? 'NOBODY HAS DECIDED' : 'everybody'), ...ROLES.map(holds)];
}

describe('permissions.md', () => {
  let service: AnApp;
  beforeAll(async () => {
    service = await anApp();
  });
  afterAll(() => service.stop());

  it('says of every route which roles may call it', () => {
    const routes = routeTable(service.app);
    const permissions = Object.entries(PERMISSIONS).map(([code, sentence]) => [`\`${code}\``, sentence]);
    const open = routes.flatMap(({ method, path, publicFor }) => (publicFor === null ? [] : [[method, path, publicFor]]));
    const fresh = routes.flatMap(({ method, path, freshProof }) => (freshProof === null ? [] : [[method, path, freshProof]]));
    const text = `# Who may call what

Written by \`apps/api/test/golden/permissions.spec.ts\` from the running application; to accept a change, \`npm test -- apps/api/test/golden -u\`.
● the role holds the permission. To which rows is decided in the query. \`/docs\` and \`/openapi.json\` are for everybody: they describe, and hold no data.

${markdownTable(['Method', 'Path', 'Permission', ...ROLES], routes.map(rowOf))}

## Why a route is open to everybody

${markdownTable(['Method', 'Path', 'Why'], open)}

## What needs a fresh proof

\`always\`: of the last STEP_UP_MINUTES. \`to-unmask\`: the same, of a coordinator who states a reason. \`to-search\`: as \`to-unmask\`, and of caseworkers and lawyers one of the last twelve hours.

${markdownTable(['Method', 'Path', 'When'], fresh)}

## What a permission means

${markdownTable(['Permission', 'Means'], permissions)}
`;
    expect(routes.length).toBeGreaterThan(50);
    expectGolden('permissions.md', text);
  });
});
