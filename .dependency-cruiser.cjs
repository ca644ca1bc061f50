/**
 * The boundaries of docs/architecture.md, as a machine keeps them: `npm run check -- --only boundaries`.
 * apps/api/test/house/boundaries.spec.ts offends against every rule on purpose and expects it to fire.
 */

/** Which library may look at which. What is not written here is not allowed; the table is complete on purpose. */
const ARROWS = {
  problem: [],
  time: [],
  access: [],
  backup: [],
  consent: [],
  sealing: [],
  custody: ['time'],
  intake: ['time'],
  matching: ['time'],
  statistics: ['time'],
  disclosure: ['statistics'],
  reports: ['disclosure'],
  trail: [],
  database: ['access', 'trail'],
};

/** Packages inside a library. Everything else that a rule needs is plain TypeScript. */
const PACKAGES = {
  time: ['@js-temporal/polyfill'],
  reports: ['echarts'],
  database: ['pg', '@prisma/'],
};

/** Specs, what they read aloud (`cases`), what they print (`samples`), and the test kit. */
const TESTS = '\\.spec\\.ts$|^libs/[^/]+/(cases|samples)/|^libs/testing/|^apps/[^/]+/test/';
const GENERATED = '^libs/database/src/generated/';

const anyOf = (names) => (names.length === 0 ? '(?!)' : `(${names.join('|')})`);
const npm = (names) => `(^|/)node_modules/${anyOf(names)}`;

module.exports = {
  forbidden: [
    ...Object.entries({ '[^/]+': [], ...PACKAGES }).map(([library, packages]) => ({
      name: 'libs-know-no-framework',
      comment:
        'A library decides, it does not serve or store: no Nest, no class-validator, no web server; Prisma and pg in ' +
        'libs/database only. Packages a library may have are listed above, so that a new one is a decision.',
      severity: 'error',
      from: {
        path: `^libs/${library}/`,
        pathNot: [
          TESTS,
          GENERATED,
          ...(library === '[^/]+' ? Object.keys(PACKAGES).map((name) => `^libs/${name}/`) : []),
        ],
      },
      to: { path: '(^|/)node_modules/', pathNot: npm(packages) },
    })),
    {
      name: 'libs-touch-nothing',
      comment:
        'No files, network, processes or environment in a rule: what it needs is an argument. A digest is arithmetic. ' +
        'libs/database is the one library that reaches outside.',
      severity: 'error',
      from: { path: '^libs/', pathNot: [TESTS, '^libs/database/'] },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'prisma-only-in-repositories',
      comment:
        'Queries live in *.repository.ts, so that what the database is asked can be read in one place. The tables of ' +
        'the client are reached through libs/database; nobody else imports Prisma or the generated client.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/database/', '^apps/[^/]+/(src|test)/.+\\.repository\\.ts$'] },
      to: { path: ['(^|/)node_modules/(@prisma/|prisma/|\\.prisma/)', GENERATED] },
    },
    ...Object.entries(ARROWS).map(([library, targets]) => ({
      name: 'libs-arrows',
      comment:
        'Arrows never turn back: reports → disclosure → statistics → time; custody, intake, matching → time; database ' +
        '→ access, trail. Everything may say what went wrong (problem). A report cannot see statistics: it is made from ' +
        'tables that went through disclosure, or not at all.',
      severity: 'error',
      from: { path: `^libs/${library}/`, pathNot: TESTS },
      to: { path: '^libs/[^/]+/', pathNot: `^libs/${anyOf([library, 'problem', ...targets])}/` },
    })),
    {
      name: 'libs-arrows',
      comment:
        'A library that the table above does not know has no arrows yet. Give it a line there, and one in docs/architecture.md.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: `^libs/${anyOf([...Object.keys(ARROWS), 'testing'])}/` },
      to: { path: '^libs/', pathNot: '^libs/$1/' },
    },
    {
      name: 'libs-look-at-no-app',
      comment: 'The middle does not know the rim.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'features-through-services',
      comment:
        'A feature uses another one through its service (and the module that gives it), its problems, and four ' +
        'declarations: @Permit and @Caller, the installation’s own keys, the catalogue of codes. Never its repository, body, view, controller or ' +
        'SQL: whoever changes a table must be able to see who depends on it. The shared ground (next rule) is no feature.',
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/' },
      to: {
        path: '^apps/api/src/[^/]+/',
        pathNot: [
          '^apps/api/src/($1|platform|keys|record|jobs)/',
          '\\.(service|module|problems)\\.ts$',
          '/access/decorators\\.ts$',
          '/keys/purpose-keys\\.ts$',
          '/reference/catalogue\\.ts$',
        ],
      },
    },
    {
      name: 'record-carries-few',
      comment:
        'The rows of the record are written and read by cases, custody, duplicates, imports, names, reading, disclosures ' +
        'and retention, which stand on it. Everybody else asks one of these, or a service.',
      severity: 'error',
      from: {
        path: '^apps/api/src/',
        pathNot: '^apps/api/src/(record|cases|custody|duplicates|imports|names|reading|disclosures|retention)/',
      },
      to: { path: '^apps/api/src/record/', pathNot: '\\.(service|module|problems)\\.ts$' },
    },
    {
      name: 'ground-knows-no-feature',
      comment:
        'platform, keys, jobs and record carry the features; if one of them knew a feature, nothing could be moved.',
      severity: 'error',
      from: { path: '^apps/api/src/(platform|keys|jobs|record)/' },
      to: { path: '^apps/api/src/[^/]+/', pathNot: '^apps/api/src/($1|platform|keys|reference|access)/' },
    },
    {
      name: 'apps-are-islands',
      comment: 'Programs speak over HTTP or the database; they never import one another.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'front-doors-only',
      comment:
        'A library is what its src/index.ts says. Whoever needs more asks for it there. Golden tests may look at the ' +
        'samples that a library prints.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: {
        path: '^libs/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/', '^libs/[^/]+/samples/'],
      },
    },
    {
      name: 'tests-stay-in-tests',
      comment:
        'The test kit, specs, examples and samples are not in what runs: an import of them would ship the cast and its passwords.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'tests-stay-in-tests',
      comment:
        'What is installed for development only is not there when the server runs. (A type leaves nothing behind.)',
      severity: 'error',
      from: { path: '^(apps/api/src|libs)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: { pathNot: GENERATED },
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere is not judged by any rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', GENERATED] },
    exclude: { path: '^apps/api/test/house/offences/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // `#lib/*` leads to the sources, as for the compiler and Jest.
      conditionNames: ['source', 'import', 'node', 'default', 'require', 'types'],
    },
  },
};
