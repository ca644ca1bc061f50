/**
 * Every `.sql` file against the schema as the migrations make it, in every shape that its optional lines can give it, so
 * that a renamed column breaks here and not on somebody's filter. Postgres plans each; nothing is run.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import type { TestDatabase } from '#lib/testing';
import { migratedDatabase } from '../cases/migrated.js';
import { SqlFile, sqlFile, type SqlValues } from './sql-file.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const found = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql') && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name)),
);
/** A file that others include is no statement of its own. */
const fragments = new Set(
  found.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*-- @include (\S+)/gm)].map(([, name]) =>
      join(dirname(file), name ?? ''),
    ),
  ),
);
const statements = found.filter((file) => !fragments.has(file)).sort();
const load = (file: string): SqlFile => sqlFile(pathToFileURL(file).href, `./${basename(file)}`);

/** Lines of which the service gives exactly one: an order of a list, a unit of a count. */
const ONE_OF: readonly (readonly string[])[] = [
  ['arrestedDown', 'arrestedUp', 'recordedDown', 'recordedUp'],
  ['units', 'persons'],
];
/** Lines that come together or not at all: recording over HTTP keeps the retry key. */
const TOGETHER: readonly (readonly string[])[] = [['user', 'key', 'route', 'digest', 'answer']];
/** Up to so many optional names all combinations are tried; beyond, none, each, each pair, all but one, and all. */
const ALL_COMBINATIONS = 8;

/** The names whose presence decides the shape of a statement, each group that goes together as one choice. */
function choicesOf(file: SqlFile): { readonly free: readonly string[][]; readonly oneOf: readonly string[][] } {
  const names = [...file.flags, ...file.parameters.filter(({ optional }) => optional).map(({ name }) => name)];
  const within = (group: readonly string[]): string[] => group.filter((name) => names.includes(name));
  const grouped = [...ONE_OF, ...TOGETHER].flat();
  return {
    free: [...names.filter((name) => !grouped.includes(name)).map((name) => [name]), ...TOGETHER.map(within)].filter(
      (group) => group.length > 0,
    ),
    oneOf: ONE_OF.map(within).filter((group) => group.length > 0),
  };
}

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= ALL_COMBINATIONS) {
    return items.reduce<T[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]]);
  }
  const pairs = items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b]));
  const allButOne = items.map((left) => items.filter((item) => item !== left));
  return [[], ...items.map((item) => [item]), ...pairs, ...allButOne, [...items]];
}

/** Every distinct text that a file can become. */
function shapesOf(file: SqlFile): readonly string[] {
  const { free, oneOf } = choicesOf(file);
  const required: SqlValues = Object.fromEntries(
    file.parameters.filter(({ optional }) => !optional).map(({ name }) => [name, 1]),
  );
  const single = oneOf.reduce<string[][]>(
    (all, group) => all.flatMap((some) => group.map((name) => [...some, name])),
    [[]],
  );
  const given = subsets(free).flatMap((some) => single.map((names) => [...some.flat(), ...names]));
  const shapes = given.map((names) => {
    const values = { ...required, ...Object.fromEntries(names.map((name) => [name, 1])) };
    const compiled = file.compile(values);
    file.bind(compiled, values);
    return compiled.text;
  });
  return [...new Set(shapes)];
}

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await migratedDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('the statement', () => {
  it.each(statements.map((file) => [relative(ROOT, file), file]))(
    '%s is one that Postgres can plan, whatever is asked',
    async (_name, file) => {
      for (const text of shapesOf(load(file))) {
        const why = await client.query(`explain (generic_plan) ${text}`).then(
          () => null,
          (error: Error) => `${error.message} in:\n${text}`,
        );
        expect(why).toBeNull();
      }
    },
  );

  it('files are all found, and more than one of them has shapes to tell apart', () => {
    expect(statements.length).toBeGreaterThan(30);
    expect(statements.filter((file) => shapesOf(load(file)).length > 1).length).toBeGreaterThan(10);
  });

  it('of every file declares the parameters it uses and uses those it declares', () => {
    for (const file of statements) {
      const { free, oneOf } = choicesOf(load(file));
      const statement = load(file);
      const all = Object.fromEntries(
        [...free.flat(), ...oneOf.flat(), ...statement.parameters.map(({ name }) => name)].map((name) => [name, 1]),
      );
      expect([relative(ROOT, file), [...statement.compile(all).parameters].sort()]).toEqual([
        relative(ROOT, file),
        statement.parameters.map(({ name }) => name).sort(),
      ]);
    }
  });
});

describe('a broken statement', () => {
  it('is noticed: a column that is gone, in one optional line only', async () => {
    const file = new SqlFile('broken.sql', 'SELECT id FROM arrest\nWHERE true\n  AND gone = 1   --? sex');
    const answers = await Promise.all(
      shapesOf(file).map((text) =>
        client.query(`explain (generic_plan) ${text}`).then(
          () => 'planned',
          (error: Error) => error.message,
        ),
      ),
    );
    expect(answers).toEqual(['planned', 'column "gone" does not exist']);
  });
});
