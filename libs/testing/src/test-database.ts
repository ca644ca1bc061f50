/**
 * One database for every spec file, copied from a template, so that specs run beside each other and begin from the same
 * state. A template is filled once on a server; a copy takes a fraction of a second.
 */
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

export interface Template {
  /** Letters and digits; databases are named after it. */
  readonly name: string;
  /** Whatever must make a new template when it changes: file contents, mostly. */
  readonly version: string;
  /** Fills the empty database at this address. */
  readonly fill: (url: string) => Promise<void>;
}

export interface TestDatabase {
  readonly url: string;
  /** Runs one statement: for looking at what was stored, or for breaking it. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** How many rows each table holds, without those that every request leaves (`RUNNING_TABLES`). */
  contents(): Promise<Readonly<Record<string, number>>>;
  /** Ends the connections and drops the database. */
  drop(): Promise<void>;
}

/** Tables that fill by mere use: the trail, counted readings, sessions, throttling. */
const RUNNING_TABLES = [
  'audit_entry',
  'reading_day',
  'audit_salt',
  'audit_leaf',
  'audit_node',
  'audit_checkpoint',
  'session_family',
  'access_token',
  'refresh_token',
  'sign_in_throttle',
];

function serverAddress(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run tests with `npm test`, or name a server for them.');
  return url;
}

/** The address of another database on the same server. */
export function onServer(database: string, server: string = serverAddress()): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'amparo test' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A copy of the template, made for one spec file. */
export async function testDatabase(template: Template): Promise<TestDatabase> {
  const name = `spec_${randomBytes(6).toString('hex')}`;
  await withClient(serverAddress(), async (admin) => {
    const source = await readyTemplate(admin, template);
    await admin.query(`create database ${name} template ${source}`);
  });
  const url = onServer(name);
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'amparo test' });
  pool.on('error', () => undefined);
  return {
    url,
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      return (await pool.query<Row>(text, [...values])).rows;
    },
    async contents() {
      const tables = await pool.query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all ($1) order by 1`,
        [RUNNING_TABLES],
      );
      const counts = tables.rows.map(
        ({ name: table }) => `select '${table}' as name, count(*)::int as n from "${table}"`,
      );
      const { rows } = await pool.query<{ name: string; n: number }>(counts.join(' union all '));
      return Object.fromEntries(rows.map((row) => [row.name, row.n]));
    },
    async drop() {
      await pool.end();
      await withClient(serverAddress(), (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Makes the template if the server has none of this version. The comment on the database says that it is whole. */
async function readyTemplate(admin: pg.Client, { name, version, fill }: Template): Promise<string> {
  const database = `template_${name}_${createHash('sha256').update(version).digest('hex').slice(0, 12)}`;
  await admin.query('select pg_advisory_lock(hashtext($1))', [database]);
  try {
    const { rows } = await admin.query<{ state: string | null }>(
      `select shobj_description(oid, 'pg_database') as state from pg_database where datname = $1`,
      [database],
    );
    if (rows[0]?.state === 'whole') return database;
    await admin.query(`drop database if exists ${database} with (force)`);
    await admin.query(`create database ${database}`);
    await fill(onServer(database));
    await admin.query(`comment on database ${database} is 'whole'`);
    return database;
  } finally {
    await admin.query('select pg_advisory_unlock(hashtext($1))', [database]);
  }
}
