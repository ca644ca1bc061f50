/** The boundaries hold, and they bite: each rule of .dependency-cruiser.cjs is broken on purpose in `offences`. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { ROOT } from './source-tree.js';

/** A whole cruise takes some seconds, and on a busy machine most of a minute. */
const LONG_MS = 240_000;
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const OFFENCES = join(ROOT, 'apps/api/test/house/offences');

interface Cruised {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const cruise = (folder: string): Promise<Cruised> =>
  new Promise((done, failed) => {
    const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [program, '--config', CONFIG, '--output-type', 'json', 'apps', 'libs'];
    // Ends with the number of violations, so the code says nothing here; what it printed does.
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) =>
      stdout === '' ? failed(new Error(stderr || String(error))) : done(JSON.parse(stdout) as Cruised),
    );
  });

/** `file: rule` for every file of the folder that says in its first line which rule it breaks. */
const announced = (): string[] =>
  readdirSync(OFFENCES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const rule = /^\/\/ offends: (\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
      return rule === undefined ? [] : [`${relative(OFFENCES, file)}: ${rule}`];
    })
    .sort();

describe('the boundaries', () => {
  it(
    'are not crossed anywhere in the tree',
    async () => {
      const { violations, totalCruised } = (await cruise(ROOT)).summary;
      expect(violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)).toEqual([]);
      expect(totalCruised).toBeGreaterThan(300);
    },
    LONG_MS,
  );

  it(
    'are found crossed wherever the folder of offences crosses them, and nowhere else in it',
    async () => {
      const { violations } = (await cruise(OFFENCES)).summary;
      expect([...new Set(violations.map(({ from, rule }) => `${from}: ${rule.name}`))].sort()).toEqual(announced());
    },
    LONG_MS,
  );

  it('have an offence for every rule, and a sentence', () => {
    const { forbidden } = createRequire(import.meta.url)(CONFIG) as {
      forbidden: readonly { readonly name: string; readonly comment?: string; readonly severity?: string }[];
    };
    const broken = announced().map((line) => line.replace(/^.*: /, ''));
    expect([...new Set(broken)].sort()).toEqual([...new Set(forbidden.map(({ name }) => name))].sort());
    expect(forbidden.filter(({ comment = '' }) => comment.length < 20)).toEqual([]);
    expect(forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });
});
