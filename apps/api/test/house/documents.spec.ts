/** Documents name only what exists, and the lists that they keep are complete. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { SETTINGS } from '../../src/platform/config.js';
import { filesAt, lineAt, PATHS, read, ROOT, spoken, type Offence, type SourceFile } from './source-tree.js';

const DOCUMENTS = /\.md$/;
/** Written by tests from the running application, not by hand. */
const WRITTEN = /^apps\/api\/test\/golden\//;
const TOPS = ['apps', 'libs', 'prisma', 'countries', 'samples', 'docs', 'bin', '.ci'];

const folders = new Set(PATHS.flatMap((path) => path.split('/').map((_, at, all) => all.slice(0, at).join('/'))));
const exists = (path: string): boolean => PATHS.includes(path) || folders.has(path.replace(/\/$/, ''));

/** Whether a path with `*` in it matches something, and one without is there. */
const leadsSomewhere = (path: string): boolean =>
  path.includes('*')
    ? PATHS.some((one) => new RegExp(`^${path.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}`).test(one))
    : exists(path);

/** The anchors that a rendered document has, one a heading, as GitHub makes them. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );

/** Links and images whose file, or whose heading, is not there. */
function brokenLinks({ path: file, text }: SourceFile, textOf: (path: string) => string | null): readonly Offence[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)].map((found) => ({
    target: found[1] ?? found[2] ?? '',
    line: lineAt(text, found.index),
  }));
  return targets.flatMap(({ target, line }) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    const wanted = path === '' ? file : normalize(join(dirname(file), path));
    const found = textOf(wanted);
    if (found === null) return [{ file, line, advice: `There is no ${wanted}: write it, or take the link out.` }];
    if (anchor === undefined || !wanted.endsWith('.md') || anchorsOf(found).has(anchor)) return [];
    return [{ file, line, advice: `${wanted} has no heading for #${anchor}.` }];
  });
}

/** Paths in code spans that begin at the root of the tree, or name a file there, and commands that do not exist. */
function unknownNames({ path: file, text }: SourceFile, scripts: readonly string[]): readonly Offence[] {
  const spans = [
    ...text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ' ')).matchAll(/`([^`\n]+)`/g),
  ];
  return spans.flatMap((found) => {
    const span = found[1] ?? '';
    const line = lineAt(text, found.index);
    const script = /\bnpm (?:run )?(?:--silent )?((?:demo|start|test|[a-z]+:[a-z]+)|(?<=run )[\w:-]+)/.exec(span)?.[1];
    if (script !== undefined && !scripts.includes(script))
      return [{ file, line, advice: `package.json has no script ${script}.` }];
    return span
      .split(/\s+/)
      .map((word) => word.replace(/[,;:]$/, ''))
      .filter(
        (word) => TOPS.some((top) => word.startsWith(`${top}/`)) || /^[A-Z]+\.md$|^[\w.-]+\.(cjs|mjs)$/.test(word),
      )
      .filter((word) => !/[<>…{}$]/.test(word) && !leadsSomewhere(word))
      .filter((word) => !exists(normalize(join(dirname(file), word))))
      .map((word) => ({ file, line, advice: `There is no ${word}: correct the name, or take it out.` }));
  });
}

/** Documents that a comment sends its reader to. */
const sentNowhere = ({ path: file, text }: SourceFile): readonly Offence[] =>
  [...text.matchAll(/(?<![\w/.-])docs\/[\w/-]+\.md(?:(?:, |\s\()"([^"]+)")?/g)].flatMap((found) => {
    const path = /^[^,\s]+/.exec(found[0])?.[0] ?? '';
    const line = lineAt(text, found.index);
    if (!exists(path)) return [{ file, line, advice: `There is no ${path}: write it, or send the reader elsewhere.` }];
    const title = found[1]?.toLowerCase();
    const known = title === undefined || read(path).text.toLowerCase().includes(`# ${title}`);
    return known ? [] : [{ file, line, advice: `${path} has no section "${found[1]}".` }];
  });

/** First cells of the rows of the tables below a heading, code spans only, with the rest of their row. */
function rowsBelow({ text }: SourceFile, heading: string): readonly (readonly string[])[] {
  const start = text.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`There is no section "${heading}".`);
  const end = text.indexOf('\n## ', start + 1);
  return [...text.slice(start, end < 0 ? undefined : end).matchAll(/^\| `[^|]+\|.*\|$/gm)].map(([row]) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What a cell says, without its code span; a dash says nothing. */
const bare = (cell = ''): string => cell.replace(/^`|`$/g, '').replace(/^–$/, '');

describe('documents', () => {
  const documents = filesAt(DOCUMENTS, WRITTEN);
  const textOf = (path: string): string | null =>
    PATHS.includes(path) ? (path.endsWith('.md') ? read(path).text : '') : exists(path) ? '' : null;
  const scripts = Object.keys((JSON.parse(read('package.json').text) as { scripts: object }).scripts);

  it('link only to files and headings that exist', () => {
    expect(spoken(documents.flatMap((document) => brokenLinks(document, textOf)))).toEqual([]);
  });

  it('name only files and commands that exist', () => {
    expect(spoken(documents.flatMap((document) => unknownNames(document, scripts)))).toEqual([]);
  });

  it('are there when a comment sends its reader to them', () => {
    const code = filesAt(/\.(ts|mjs|cjs|js|sql|prisma|ya?ml)$/, /^apps\/api\/test\/house\/|^countries\/.*\.csv$/);
    expect(spoken(code.flatMap(sentNowhere))).toEqual([]);
  });

  it('have a decision record for each line of docs/adr/README.md, and the other way round', () => {
    const listed = [...read('docs/adr/README.md').text.matchAll(/\]\((\d{4}-\d\d-\d\d-[a-z0-9-]+\.md)\)/g)];
    const files = PATHS.filter((path) => /^docs\/adr\/\d/.test(path)).map((path) => path.replace('docs/adr/', ''));
    expect(listed.map(([, name]) => name)).toEqual(files);
  });

  it.each(PATHS.filter((path) => /^docs\/adr\/\d/.test(path)))('%s has its four parts', (path) => {
    const headings = [...read(path).text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(headings).toEqual(['Context', 'Decision', 'What we gave up', 'How we would notice it was wrong']);
  });
});

describe('docs/configuration.md', () => {
  it('lists exactly the settings of the service, with the defaults they have', () => {
    const listed = rowsBelow(read('docs/configuration.md'), 'Settings');
    const settings = Object.values(SETTINGS).map(({ variable, fallback }) => `${variable}=${fallback}`);
    expect(listed.map(([variable, fallback]) => `${bare(variable)}=${bare(fallback)}`)).toEqual(settings);
    expect(listed.filter((row) => (row[2] ?? '').length < 20)).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  const document = read('docs/dependencies.md');
  const declared = JSON.parse(read('package.json').text) as Record<'dependencies' | 'devDependencies', object>;

  /** What the package itself says, in the present form or in the one of before 2015. */
  const licenceOf = (name: string): string => {
    const { license, licenses } = JSON.parse(
      readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
    ) as {
      license?: string;
      licenses?: readonly { type: string }[];
    };
    return license ?? (licenses ?? []).map(({ type }) => type).join(' OR ');
  };

  it.each([
    ['When it runs', 'dependencies'],
    ['To build, check and test', 'devDependencies'],
  ] as const)('lists exactly the packages %s, with the licence of what is installed', (heading, kind) => {
    const listed = rowsBelow(document, heading);
    expect(listed.map(([name, , licence]) => `${bare(name)}: ${licence}`)).toEqual(
      Object.keys(declared[kind]).map((name) => `${name}: ${licenceOf(name)}`),
    );
    expect(listed.filter((row) => (row[1] ?? '').length < 10)).toEqual([]);
  });

  it('lists packages whose version is exact, so that a fresh clone is the one that was tested', () => {
    const versions = Object.entries({ ...declared.dependencies, ...declared.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+/.test(String(version)))).toEqual([]);
    expect(existsSync(join(ROOT, 'package-lock.json'))).toBe(true);
  });
});

describe('the rules about documents', () => {
  const document = (text: string): SourceFile => ({ path: 'docs/a.md', text });

  it('find a link to a file or a heading that is not there', () => {
    const textOf = (path: string): string | null => (path === 'docs/b.md' ? '# A heading: *of* `b`\n' : null);
    const text = '[a](b.md#a-heading-of-b) [b](b.md#gone)\n[c](../c.md) <img src="d.png" /> [e](https://e.example)';
    expect(brokenLinks(document(text), textOf).map(({ line }) => line)).toEqual([1, 2, 2]);
  });

  it('find a file, a pattern and a command that are not there', () => {
    const text =
      '`libs/nowhere/src` `libs/*/src/index.ts` `prisma/migrations/<name>` `bin/no*.mjs`\n`npm run fly` `npm test`';
    expect(unknownNames(document(text), ['test']).map(({ line }) => line)).toEqual([1, 1, 2]);
  });

  it('find a comment that sends its reader nowhere', () => {
    const text =
      '// docs/gone.md\n// docs/architecture.md, "Time"\n// docs/architecture.md, "Space"\n// (docs/architecture.md).';
    expect(sentNowhere({ path: 'a.ts', text }).map(({ line }) => line)).toEqual([1, 3]);
  });
});
