/** Everything that can be refused, from the catalogues of the code: code, status and sentence. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '#lib/problem';
import { STATUS } from '../../src/platform/problem.filter.js';
import { filesAt, ROOT } from '../house/source-tree.js';
import { expectGolden, markdownTable } from './golden-file.js';

interface Entry {
  readonly code: string;
  readonly status: number;
  readonly kind: string;
  readonly sentence: string;
}

/** Stands for the facts of any problem: each is its own name in braces. */
const NAMED = new Proxy({}, { get: (_target, name) => `{${String(name)}}` });

/** A catalogue is an exported object called `…Problems`; each of its values makes a problem from facts. */
async function entriesOf(path: string): Promise<readonly Entry[]> {
  const module = (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, unknown>;
  return Object.entries(module)
    .filter(([name]) => name.endsWith('Problems'))
    .flatMap(([, catalogue]) => Object.values(catalogue as Record<string, (facts: unknown) => Problem>))
    .map((make) => make(NAMED))
    .map(({ code, kind, detail }) => ({ code, kind, status: STATUS[kind], sentence: detail }));
}

/** Where the code declares one, also over two lines. */
const DECLARED = /\bproblem(?:<[^>]*>)?\(\s*'[a-z-]+(?:\.[a-z-]+)*'/g;

describe('problems.md', () => {
  const files = filesAt(/^(apps\/api|libs\/database)\/src\/.*\.ts$/, /\.spec\.ts$/).filter(({ text }) => text.match(DECLARED));
  let entries: readonly Entry[];
  beforeAll(async () => {
    entries = (await Promise.all(files.map(({ path }) => entriesOf(path)))).flat();
  });

  it('lists every problem that the code declares', () => {
    const declared = files.flatMap(({ text }) => text.match(DECLARED) ?? []).length;
    const known = new Map(entries.map((entry) => [entry.code, entry]));
    const rows = [...known.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    const text = `# What can be refused

Written by \`apps/api/test/golden/problems.spec.ts\` from the catalogues; to accept a change, \`npm test -- apps/api/test/golden -u\`.
A code is stable; a sentence may change. \`{…}\` is a chosen fact. Faults of single fields stand in \`errors\` of \`request.invalid\`, \`case.not-plausible\` and others.

${markdownTable(['Code', 'Status', 'Kind', 'Sentence'], rows.map(({ code, status, kind, sentence }) => [`\`${code}\``, String(status), kind, sentence]))}
`;
    expect(entries.length).toBe(declared);
    expectGolden('problems.md', text);
  });

  it('has each code once', () => {
    const codes = entries.map(({ code }) => code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  it('says each thing as a sentence, to a person', () => {
    expect(entries.filter(({ sentence }) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
    expect(entries.filter(({ code }) => code !== 'internal' && !/^[a-z-]+\.[a-z-]+$/.test(code))).toEqual([]);
  });

  it('has the codes that docs/api.md speaks of', () => {
    const named = filesAt(/^docs\/api\.md$/).flatMap(({ text }) => [...text.matchAll(/`([a-z-]+\.[a-z-]+)`/g)]);
    const known = new Set(entries.map(({ code }) => code));
    expect(named.length).toBeGreaterThan(15);
    expect(named.map(([, code]) => code ?? '').filter((code) => !known.has(code) && !code.startsWith('links.'))).toEqual([]);
  });
});
