/**
 * Five kinds of test, one runner (docs/architecture.md, "Tests").
 *   pure, examples   libs/**            no I/O at all
 *   database         *.db.spec.ts       real Postgres
 *   api              *.api.spec.ts      HTTP + Postgres
 *   golden, house    apps/api/test/**   the running app and the source tree
 * Run by `node --experimental-vm-modules`; bin/test.mjs starts the embedded Postgres that the last three need.
 */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  setupFiles: ['<rootDir>/libs/testing/src/property-seed.ts'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testTimeout: 60_000,
};
