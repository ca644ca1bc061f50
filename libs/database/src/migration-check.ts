/**
 * Do prisma/migrations and prisma/schema describe the same database? Both are applied to empty databases and the two
 * catalogs compared. Only for authors and tests (see schema-engine.ts).
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { readCatalog, type CatalogEntry } from './catalog.js';
import { connectionFrom, migrate } from './migrate.js';
import { schemaSql, type SchemaFile } from './schema-engine.js';

export interface Agreement {
  /** One sentence for each object on which the two disagree; empty when they agree. */
  differences: string[];
  /** What only the migrations add and the schema cannot say: views, triggers, checks, foreign keys without a relation… */
  beyond: string[];
}

/**
 * @param adminUrl a login that may create databases; two scratch databases are made and dropped again
 * @example const { differences } = await checkMigrations({ adminUrl, prismaDir: 'prisma' })
 */
export async function checkMigrations({
  adminUrl,
  prismaDir,
}: {
  adminUrl: string;
  prismaDir: string;
}): Promise<Agreement> {
  const wanted = await readSchema(path.join(prismaDir, 'schema'));
  return withScratch(adminUrl, async (migrated) =>
    withScratch(adminUrl, async (described) => {
      await migrate({ connection: connectionFrom(migrated), migrationsDir: path.join(prismaDir, 'migrations') });
      const actual = await withClient(migrated, async (client) => ({
        ...(await readCatalog(client)),
        helpers: await helpersOf(client),
      }));
      const expected = await withClient(described, async (client) => {
        await addHelpers(client, actual.helpers);
        await client.query(await schemaSql('empty', wanted));
        return readCatalog(client);
      });
      const isExtra = ({ kind, name }: CatalogEntry): boolean =>
        mayStandAlone.has(kind) && !expected.described.some((entry) => entry.kind === kind && entry.name === name);
      const extra = actual.described.filter(isExtra);
      return {
        differences: compare(
          actual.described.filter((entry) => !isExtra(entry)),
          expected.described,
        ),
        beyond: [...actual.beyond, ...extra].map(({ kind, name }) => `${kind} ${name}`),
      };
    }),
  );
}

/** A foreign key may be written in a migration only: a relation field in the schema is for queries that want one. */
const mayStandAlone = new Set(['foreign key']);

export async function readSchema(dir: string): Promise<SchemaFile[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name) => ({ path: path.join(dir, name), content: await readFile(path.join(dir, name), 'utf8') })),
  );
}

function compare(migrated: CatalogEntry[], described: CatalogEntry[]): string[] {
  const key = ({ kind, name }: CatalogEntry): string => `${kind} ${name}`;
  const expected = new Map(described.map((entry) => [key(entry), entry.definition]));
  const actual = new Map(migrated.map((entry) => [key(entry), entry.definition]));
  const wrong = [...actual].flatMap(([name, definition]) => {
    const other = expected.get(name);
    if (other === undefined) return [`${name}: the migrations make it, the schema does not have it`];
    return other === definition ? [] : [`${name}: the migrations make “${definition}”, the schema says “${other}”`];
  });
  const missing = [...expected.keys()].filter((name) => !actual.has(name));
  return [...wrong, ...missing.map((name) => `${name}: the schema has it, no migration makes it`)];
}

// ── what defaults and types of the schema may lean on ───────────────────────────────────────────────────────────

/** A column default may call a function or sequence that only a migration makes, so these come before the schema's SQL. */
async function helpersOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ sql: string }>(`
    select format('create extension if not exists %I with schema %I', e.extname, n.nspname) as sql, 2 as step
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    union all select format('create schema if not exists %I', nspname), 1
    from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
    union all select format('create sequence if not exists %I.%I', schemaname, sequencename), 3 from pg_sequences s
    where not exists (select 1 from pg_depend d where d.deptype in ('a', 'i')
      and d.objid = format('%I.%I', schemaname, sequencename)::regclass)
    union all select pg_get_functiondef(p.oid), 4
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select 1 from pg_depend e where e.objid = p.oid and e.deptype = 'e')
    order by step`);
  return rows.map(({ sql }) => sql);
}

async function addHelpers(client: pg.Client, helpers: string[]): Promise<void> {
  await client.query('set check_function_bodies = off');
  // A function over a table's row type cannot exist before the table, and no default can need it.
  for (const sql of helpers) await client.query(sql).catch(() => undefined);
}

// ── scratch databases ───────────────────────────────────────────────────────────────────────────────────────────

async function withScratch<T>(adminUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `check_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, (client) => client.query(`create database ${name} template template0`));
  try {
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return await work(url.href);
  } finally {
    await withClient(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionFrom(url));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
