/**
 * Applies prisma/migrations/<stamp>_<name>/migration.sql in order and keeps the same table as `prisma migrate deploy`,
 * so that either can go on where the other stopped, without Prisma's schema engine in production.
 *
 * A migration and its row are one transaction: one that fails leaves nothing behind. Only a file whose first line is
 * `-- no-transaction` (for CREATE INDEX CONCURRENTLY and the like) runs outside; it holds a single statement, because
 * Postgres makes one transaction of several sent together.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

export interface Connection {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  ssl?: pg.ClientConfig['ssl'];
}

export interface MigrateOptions {
  connection: Connection;
  migrationsDir: string;
  /** Apply these and no later one: a backup is restored at the schema that it was made at. */
  only?: ReadonlySet<string>;
  /** Whether a restore asks; anybody else is refused while one is under way. */
  restoring?: boolean;
  log?: (line: string) => void;
}

/** Which migrations this call applied, and how many had been applied before. */
export interface Migrated {
  applied: string[];
  before: number;
}

/** Something a person must look at. Its message names the migration and what to do, and quotes no stored value. */
export class MigrationError extends Error {}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface Row {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

/** Prisma's own lock number: its command line and ours wait for each other. */
const lockNumber = 72_707_369;

/** As Prisma creates it. */
const table = `create table if not exists public._prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

export async function migrate({
  connection,
  migrationsDir,
  only,
  restoring = false,
  log = () => undefined,
}: MigrateOptions): Promise<Migrated> {
  const migrations = (await readMigrations(migrationsDir)).filter(({ name }) => only?.has(name) ?? true);
  const client = new pg.Client({ ...connection, application_name: 'amparo migrate' });
  client.on('error', () => undefined); // a lost connection also fails the query that is waiting, which reports it
  await client.connect();
  try {
    await lock(client, log);
    if (!restoring) await refuseHalfRestored(client);
    await prepareTable(client);
    const { rows } = await client.query<Row>(
      'select migration_name, checksum, finished_at, rolled_back_at from public._prisma_migrations order by started_at',
    );
    const done = finished(rows, migrations);
    const pending = migrations.filter(({ name }) => !done.has(name));
    for (const migration of pending) {
      const began = performance.now();
      await apply(client, migration);
      log(`applied ${migration.name} (${Math.round(performance.now() - began)} ms)`);
    }
    return { applied: pending.map(({ name }) => name), before: done.size };
  } finally {
    await client.end(); // gives the lock back
  }
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const file = path.join(dir, name, 'migration.sql');
      const sql = await readFile(file, 'utf8').catch(() => {
        throw new MigrationError(`${file} is missing: remove the empty folder, or fetch the file.`);
      });
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** A restore that was killed leaves an empty schema; to serve from it would be to begin anew beside the record. */
async function refuseHalfRestored(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('public.restore_under_way') is not null as there`,
  );
  if (rows[0]?.there === true)
    throw new MigrationError(
      'A restore into this database was begun and not finished, or is under way. Repeat it: `admin restore`.',
    );
}

async function lock(client: pg.Client, log: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [lockNumber]);
  if (rows[0]?.got) return;
  log('waiting for another process that is migrating this database');
  await client.query('set statement_timeout = 0');
  await client.query('select pg_advisory_lock($1)', [lockNumber]);
}

/** An account that may not create tables can still find that there is nothing to do. */
async function prepareTable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ missing: boolean }>(
    `select to_regclass('public._prisma_migrations') is null as missing`,
  );
  if (rows[0]?.missing) await client.query(table);
}

/** The names that need not be applied; refuses a history that this folder cannot have written. */
function finished(rows: Row[], migrations: Migration[]): Set<string> {
  const files = new Map(migrations.map((migration) => [migration.name, migration]));
  const counting = rows.filter((row) => row.rolled_back_at === null);
  for (const { migration_name: name, finished_at, checksum } of counting) {
    if (finished_at === null) {
      throw new MigrationError(
        `Migration ${name} was begun and not finished. Look at the database: undo what it did and set rolled_back_at ` +
          `in its row of _prisma_migrations, or complete it and set finished_at.`,
      );
    }
    const file = files.get(name);
    if (!file)
      throw new MigrationError(
        `Migration ${name} was applied to this database, but its file is gone. Is this an older version of the program?`,
      );
    if (file.checksum !== checksum) {
      throw new MigrationError(
        `Migration ${name} was changed after it was applied. Restore the file, and put the change into a new migration.`,
      );
    }
  }
  return new Set(counting.map((row) => row.migration_name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const inTransaction = !/^-- no-transaction\b/.test(migration.sql);
  const id = randomUUID();
  const local = inTransaction ? 'local' : 'session';
  try {
    if (inTransaction) await client.query('begin');
    // Limits meant for the API's short queries must not cut a migration; a table that others hold must not hang it.
    await client.query(`set ${local} statement_timeout = 0; set ${local} lock_timeout = '60s'`);
    await client.query('insert into public._prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
      id,
      migration.checksum,
      migration.name,
    ]);
    await client.query(migration.sql);
    // A migration may have changed who we are or where names are looked up; the next one starts from the beginning.
    await client.query('reset role; reset search_path');
    await client.query(
      'update public._prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1',
      [id],
    );
    await client.query(inTransaction ? 'commit' : 'reset all');
  } catch (error) {
    const reason = explain(migration, error);
    if (inTransaction) await client.query('rollback').catch(() => undefined);
    else
      await client
        .query('update public._prisma_migrations set logs = $2 where id = $1', [id, reason])
        .catch(() => undefined);
    throw new MigrationError(
      `${reason}\n${inTransaction ? 'Nothing of it was applied.' : 'It ran without a transaction: look at what it left.'}`,
    );
  }
}

/** Postgres' message without its detail, which can quote a person's data. */
function explain({ name, sql }: Migration, error: unknown): string {
  if (!(error instanceof pg.DatabaseError))
    return `Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`;
  const line = error.position ? `, line ${sql.slice(0, Number(error.position)).split('\n').length}` : '';
  return `Migration ${name} failed${line}: ${error.message} (${error.code})`;
}

/** The parts of a `postgresql://` address. `sslmode` as libpq understands it. */
export function connectionFrom(url: string): Connection {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const mode = searchParams.get('sslmode') ?? 'prefer';
  const ssl = {
    require: { rejectUnauthorized: false },
    'verify-ca': { checkServerIdentity: () => undefined },
    'verify-full': {},
  }[mode];
  return {
    host: searchParams.get('host') ?? hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ...(ssl && { ssl }),
  };
}
