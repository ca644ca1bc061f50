/** The environment is read in one file of a program, and the time comes from one clock. */
import { filesAt, linesWith, spoken, withoutComments, type Offence, type SourceFile } from './source-tree.js';

const NOT_SHIPPED = /\.spec\.ts$|^libs\/testing\/|^libs\/[^/]+\/(cases|samples)\/|^libs\/database\/src\/generated\//;
/** The program that measures is not the service: it hands its own settings on, in one file as well. */
const READERS = ['apps/api/src/platform/config.ts', 'apps/bench/src/environment.ts'];

const readsEnvironment = (file: SourceFile): readonly Offence[] =>
  linesWith(
    withoutComments(file),
    /\bprocess\s*(\.\s*env\b|\[\s*['"]env['"]\s*\])|import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*['"](node:)?process['"]/,
    `Add a setting to ${READERS[0]} and take it from Config.`,
  );

const readsClock = (file: SourceFile): readonly Offence[] =>
  linesWith(
    withoutComments(file),
    /\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bDate\.now\b|\bperformance\.now\b|\bprocess\.hrtime\b|\bTemporal\.Now\b/,
    'Take the time as an argument; the service has one Clock (apps/api/src/platform/clock.ts).',
  );

describe('the environment', () => {
  it('is read in one file of each program', () => {
    const files = filesAt(/^(apps\/[^/]+\/src|libs)\/.*\.ts$/, NOT_SHIPPED);
    const offences = files.flatMap(readsEnvironment);
    expect(spoken(offences.filter(({ file }) => !READERS.includes(file)))).toEqual([]);
    expect([...new Set(offences.map(({ file }) => file))].sort()).toEqual([...READERS].sort());
  });

  it('is found however it is written', () => {
    const text = ['process.env.PORT', "process['env']", "import { env } from 'node:process';", '// process.env', 'env'];
    expect(spoken(readsEnvironment({ path: 'a.ts', text: text.join('\n') })).map((line) => line.slice(0, 6))).toEqual([
      'a.ts:1',
      'a.ts:2',
      'a.ts:3',
    ]);
  });
});

describe('the clock', () => {
  it('is not read in libs', () => {
    const files = filesAt(/^libs\/.*\.ts$/, new RegExp(`${NOT_SHIPPED.source}|^libs/database/`));
    expect(spoken(files.flatMap(readsClock))).toEqual([]);
  });

  it('is read in one file of the service', () => {
    const offences = filesAt(/^apps\/api\/src\/.*\.ts$/, /\.spec\.ts$/).flatMap(readsClock);
    const elsewhere = offences.filter(({ file }) => file !== 'apps/api/src/platform/clock.ts');
    expect(spoken(elsewhere)).toEqual([]);
    expect(offences.length).toBeGreaterThan(0);
  });

  it('is found however it is written, and a date of something is no clock', () => {
    const text = [
      'new Date()',
      'Date.now()',
      'performance.now()',
      'Temporal.Now.instant()',
      'new Date(at)',
      '/* Date() */',
    ];
    expect(readsClock({ path: 'a.ts', text: text.join('\n') })).toHaveLength(4);
  });
});
