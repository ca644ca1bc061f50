/** The threat model promises nothing without a test, and everybody who points at one of its lines points at one that is there. */
import { dirname, join, normalize } from 'node:path';
import { filesAt, lineAt, PATHS, read, spoken, type Offence, type SourceFile } from './source-tree.js';

const MODEL = 'docs/threat-model.md';
const PARTS = ['We promise', 'We do not promise', 'Not yet'];

interface Line {
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

/** The numbered lines of the model. */
function linesOf(text: string): readonly Line[] {
  const from = text.indexOf('\n## The lines\n');
  return text
    .slice(from)
    .split(/^(?=### T\d)/m)
    .slice(1)
    .map((part) => {
      const found = /^### T(\d+) (.+)$/m.exec(part)!;
      return { number: Number(found[1]), title: found[2]!, text: part };
    });
}

/** The bullets below one of the headings of a line. */
function bullets({ text }: Line, part: string): readonly string[] {
  const from = text.indexOf(`**${part}**`);
  if (from < 0) return [];
  const rest = text.slice(from + part.length + 4);
  const until = rest.search(/^\*\*/m);
  return [...rest.slice(0, until < 0 ? undefined : until).matchAll(/^- (.+)$/gm)].map(([, said]) => said!);
}

const targets = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, path]) => path!);

/** Promises that no test stands behind. A sentence that promises nothing needs none. */
const untested = (line: Line, known: readonly string[]): readonly string[] =>
  bullets(line, 'We promise')
    .filter((said) => !/^Nothing\b/.test(said))
    .filter((said) => {
      const specs = targets(said).map((path) => normalize(join(dirname(MODEL), path)));
      return !specs.some((path) => path.endsWith('.spec.ts') && known.includes(path));
    })
    .map((said) => `T${line.number}: ${said}`);

/** Mentions of a line that does not exist. */
const pointingNowhere = (file: SourceFile, most: number): readonly Offence[] =>
  [...file.text.matchAll(/threat model,? ((?:T\d+(?:, | and )?)+)/gi)]
    .filter(([, said]) =>
      [...said!.matchAll(/T(\d+)/g)].some(([, number]) => Number(number) < 1 || Number(number) > most),
    )
    .map((found) => ({ file: file.path, line: lineAt(file.text, found.index), advice: `${MODEL} has no such line.` }));

describe('the threat model', () => {
  const lines = linesOf(read(MODEL).text);

  it('has numbered lines without a gap, each with its parts', () => {
    expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
    expect(lines.length).toBeGreaterThan(12);
    for (const line of lines)
      for (const part of PARTS)
        expect([line.number, part, bullets(line, part).length > 0]).toEqual([line.number, part, true]);
  });

  it('has a test behind every promise', () => {
    expect(lines.flatMap((line) => untested(line, PATHS))).toEqual([]);
  });

  it('says in a table what each compromise surrenders, and which line speaks of it', () => {
    const { text } = read(MODEL);
    const table = text.slice(text.indexOf('<!-- surrender -->'), text.indexOf('<!-- /surrender -->'));
    const rows = [...table.matchAll(/^\| (?!Somebody|---)(.+) \|$/gm)].map(([, row]) => row!.split(' | '));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => row.length !== 4)).toEqual([]);
    const named = new Set([...table.matchAll(/\bT(\d+)\b/g)].map(([, number]) => Number(number)));
    expect([...named].filter((number) => !lines.some((line) => line.number === number))).toEqual([]);
  });

  it('is pointed at by lines that are there', () => {
    const files = filesAt(/\.(ts|mjs|sql|prisma|md|ya?ml)$|Caddyfile$/, /house\/threat-model\.spec\.ts$/);
    expect(spoken(files.flatMap((file) => pointingNowhere(file, lines.length)))).toEqual([]);
    expect(files.filter(({ text }) => /threat model,? T\d/i.test(text)).length).toBeGreaterThan(5);
  });

  it('is where SECURITY.md sends its reader', () => {
    expect(read('SECURITY.md').text).toContain('(docs/threat-model.md)');
  });
});

describe('the rules about it', () => {
  const line = (text: string): Line => ({ number: 1, title: 'x', text });

  it('find a promise without a test, or with one that is gone', () => {
    const text =
      '**We promise**\n\n- A. [s](../a.spec.ts)\n- B.\n- C. [s](../b.spec.ts)\n- Nothing yet.\n\n**Not yet**\n\n- D.';
    expect(untested(line(text), ['a.spec.ts'])).toEqual(['T1: B.', 'T1: C. [s](../b.spec.ts)']);
  });

  it('find a mention of a line that is not there', () => {
    const text = 'threat model T3\nthreat model T3, T99\nThreat model, T0';
    expect(pointingNowhere({ path: 'a.ts', text }, 17).map((offence) => offence.line)).toEqual([2, 3]);
  });
});
