/**
 * Puts a copy into a database in one transaction: what was there moves aside, the schema is made by the migrations that
 * the copy names, rows come in, constraints are checked, and only then what was aside goes. A process that is killed in
 * between leaves a mark by which the next one knows that it may begin again; the database that stood there before still
 * stands aside.
 */
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { MigrationError, migrate, type Connection } from '../migrate.js';
import { CopyIn, CopyOut } from './copy-streams.js';
import { copyOptions, copyOutOf, erasuresIn } from './dump.js';
import { columnList, copiedTables, obstacles, quoted, sequences, type CopiedTable } from './standing.js';

/** The database is not one to restore into. The message says what stands there, in numbers. */
export class LivingData extends Error {}

/** Another process restores into the same database. */
export class BeingRestored extends Error {}

const LOCK = 72_707_370;
const ASIDE = 'before_restore_';
/** Says that a restore has begun; `migrate` refuses to go on where it stands. */
const MARK = 'restore_under_way';

export interface LoadOptions {
  readonly connection: Connection;
  readonly migrationsDir: string;
  /** Names of the migrations that the copy was made at. */
  readonly migrations: ReadonlySet<string>;
  /** Tables whose rows the migrations themselves put in and no copy brings. */
  readonly tablesBeside: ReadonlySet<string>;
  readonly overLivingData: boolean;
  readonly log?: (line: string) => void;
}

/** A file whose keys were destroyed, and the receipt that proves it. */
interface Erased {
  readonly caseId: string;
  readonly at: string;
  readonly receipt: object | null;
}

/** A database that is being filled. */
export class Load {
  private back: readonly string[] = [];

  private constructor(
    private readonly client: pg.Client,
    private readonly options: LoadOptions,
    private tables: ReadonlyMap<string, CopiedTable>,
    /** Whether somebody's data stands aside. */
    readonly replaces: boolean,
  ) {}

  /** Opens the database, refuses living data unless told otherwise, and makes the schema. */
  static async begin(options: LoadOptions): Promise<Load> {
    const client = new pg.Client({
      ...options.connection,
      application_name: 'amparo restore',
      options: copyOptions(),
    });
    client.on('error', () => undefined);
    await client.connect();
    let madeRoom = false;
    try {
      await alone(client);
      const replaces = await makeRoom(client, options);
      madeRoom = true;
      await migrate({
        connection: options.connection,
        migrationsDir: options.migrationsDir,
        only: options.migrations,
        restoring: true,
        log: options.log,
      });
      const load = new Load(client, options, new Map(), replaces);
      await load.open();
      return load;
    } catch (error) {
      if (madeRoom) await putBack(client).catch(() => undefined);
      await client.end();
      throw error;
    }
  }

  /** Fills one table; the number of rows as Postgres counted them. */
  async copy(name: string, columns: readonly string[], pieces: AsyncIterable<Buffer>): Promise<number> {
    const table = this.tables.get(name);
    const unknown = columns.filter((column) => table?.columns.includes(column) !== true);
    if (!table || unknown.length > 0)
      throw new MigrationError(
        `The schema has no ${[name, ...unknown].join('.')}, though its migrations were applied.`,
      );
    const copy = this.client.query(new CopyIn(`copy ${table.sql} (${columnList({ columns })}) from stdin`));
    await pipeline(pieces, copy).catch((error: unknown) => {
      throw refused(name, error);
    });
    return copy.rows;
  }

  /**
   * Rows of keys whose case or organisation the copy does not have: the keys are of a later moment than the data.
   * Answers how many.
   */
  async dropKeysOfNobody(): Promise<number> {
    let dropped = 0;
    for (const statement of this.back) {
      const found =
        /^alter table public\.(case_key|organisation_key) .*FOREIGN KEY \((\w+)\) REFERENCES (?:public\.)?(\w+)\((\w+)\)/.exec(
          statement,
        );
      if (!found) continue;
      const [, table, column, other, key] = found;
      const { rowCount } = await this.client.query(
        `delete from public.${table} k where not exists (select from public.${other} o where o.${key} = k.${column})`,
      );
      dropped += rowCount ?? 0;
    }
    return dropped;
  }

  /** Cases that were erased after the copy was made lose their keys again. Answers how many had keys. */
  async eraseAgain(erasures: readonly Erased[]): Promise<number> {
    if (erasures.length === 0) return 0;
    const [ids, moments] = [erasures.map(({ caseId }) => caseId), erasures.map(({ at }) => at)];
    const { rows } = await this.client.query(
      'with gone as (delete from public.case_key where case_id = any ($1::uuid[]) returning case_id) select distinct case_id from gone',
      [ids],
    );
    // A backup of an earlier version may be at a schema that did not have these.
    if (this.tables.has('audit_salt'))
      await this.client.query('delete from public.audit_salt where case_id = any ($1::uuid[])', [ids]);
    if (this.tables.get('case_file')?.columns.includes('erased_at') === true)
      await this.client.query(
        `update public.case_file c set erased_at = e.at from unnest($1::uuid[], $2::timestamptz[]) e(id, at) where c.id = e.id and c.erased_at is null`,
        [ids, moments],
      );
    if (this.tables.has('erasure'))
      await this.client.query(
        `insert into public.erasure select e.* from jsonb_populate_recordset(null::public.erasure, $1::jsonb) e
         where exists (select from public.case_file c where c.id = e.case_id) on conflict do nothing`,
        [JSON.stringify(erasures.flatMap(({ receipt }) => receipt ?? []))],
      );
    return rows.length;
  }

  /** Erased cases of the database that stands aside, which knows best. */
  async erasuresAside(): Promise<Erased[]> {
    const { rows: there } = await this.client.query<{ there: boolean }>(
      `select to_regclass('${ASIDE}public.erasure') is not null as there`,
    );
    if (there[0]?.there !== true) return [];
    const { rows } = await this.client.query<Erased>(erasuresIn(`${ASIDE}public`));
    return rows;
  }

  /** A session that was ended after the copy was made must not live again. */
  async endSessions(): Promise<void> {
    await this.client.query(
      `update public.session_family set ended_at = clock_timestamp(), ended_for = 'restored' where ended_at is null`,
    );
  }

  async setSequences(values: readonly { name: string; value: string; called: boolean }[]): Promise<void> {
    const known = new Map((await sequences(this.client)).map((sequence) => [sequence.name, sequence]));
    for (const { name, value, called } of values) {
      const sequence = known.get(name);
      if (!sequence)
        throw new MigrationError(`The schema has no sequence ${name}, though its migrations were applied.`);
      await this.client.query('select setval($1::regclass, $2::bigint, $3)', [sequence.sql, value, called]);
    }
  }

  /** The rows of a table as they stand now, in the order in which they lie. */
  async *rows(name: string): AsyncGenerator<Buffer> {
    const table = this.tables.get(name);
    if (!table) return;
    const copy = this.client.query(new CopyOut(copyOutOf(table)));
    for await (const piece of copy) yield piece as Buffer;
  }

  tableNames(): string[] {
    return [...this.tables.keys()];
  }

  /** Puts constraints and policies back, which checks every foreign key; forgets what stood aside; makes it count. */
  async commit(): Promise<void> {
    for (const statement of this.back) await this.client.query(statement);
    for (const schema of await schemasAside(this.client))
      await this.client.query(`drop schema ${quoted(schema)} cascade`);
    await this.client.query(`drop table public.${MARK}`);
    await this.client.query('commit');
    await this.client.query('analyze').catch(() => undefined);
    await this.client.end();
  }

  /**
   * Undoes everything; what stood aside stands in its place again. Where even that fails, the mark stays, and whoever
   * restores next starts over.
   */
  async abandon(): Promise<void> {
    await putBack(this.client).catch(() => undefined);
    await this.client.end().catch(() => undefined);
  }

  private async open(): Promise<void> {
    await this.client.query('begin');
    const { away, back } = await obstacles(this.client);
    this.back = back;
    for (const statement of away) await this.client.query(statement);
    const found = (await copiedTables(this.client)).filter(
      ({ name }) => name !== MARK && !this.options.tablesBeside.has(name),
    );
    this.tables = new Map(found.map((table) => [table.name, table]));
    if (found.length > 0) await this.client.query(`truncate ${found.map(({ sql }) => sql).join(', ')}`);
  }
}

/** The server may take a moment to notice that a restore was killed; another one that lives is not waited for. */
async function alone(client: pg.Client): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LOCK]);
    if (rows[0]?.got === true) return;
    if (tries === 40) throw new BeingRestored('Another process is restoring into this database.');
    await new Promise((soon) => setTimeout(soon, 250));
  }
}

/** Postgres' message without its detail, which can quote a row. */
function refused(table: string, error: unknown): unknown {
  return error instanceof pg.DatabaseError
    ? new MigrationError(`Rows of ${table} were refused: ${error.message} (${error.code})`)
    : error;
}

async function schemas(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
  );
  return rows.map(({ name }) => name);
}

const schemasAside = async (client: pg.ClientBase): Promise<string[]> =>
  (await schemas(client)).filter((name) => name.startsWith(ASIDE));

/** An empty `public` with the mark of a restore in it; whether somebody's data stands aside. */
async function makeRoom(client: pg.Client, { overLivingData, log = () => undefined }: LoadOptions): Promise<boolean> {
  await client.query('begin');
  try {
    const begun = await hasMark(client);
    const tables = (await copiedTables(client)).filter(({ name }) => name !== MARK);
    if (begun) log('a restore into this database was begun and not finished: starting over');
    else if (tables.length > 0 && !overLivingData) throw new LivingData(await whatLives(client, tables));
    for (const name of (await schemas(client)).filter((schema) => !schema.startsWith(ASIDE))) {
      if (begun) await client.query(`drop schema ${quoted(name)} cascade`);
      else await client.query(`alter schema ${quoted(name)} rename to ${quoted(ASIDE + name)}`);
    }
    await client.query('create schema public');
    await client.query(`create table public.${MARK} (begun_at timestamptz not null default clock_timestamp())`);
    const aside = await schemasAside(client);
    await client.query('commit');
    const { rows } = await client.query<{ living: boolean }>(
      `select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind = 'r') as living`,
      [aside],
    );
    return rows[0]?.living === true;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function hasMark(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.${MARK}') is not null as there`);
  return rows[0]?.there === true;
}

/** Drops what was begun and gives what stood aside its names again. */
async function putBack(client: pg.Client): Promise<void> {
  await client.query('rollback');
  await client.query('begin');
  for (const name of (await schemas(client)).filter((schema) => !schema.startsWith(ASIDE)))
    await client.query(`drop schema ${quoted(name)} cascade`);
  for (const name of await schemasAside(client))
    await client.query(`alter schema ${quoted(name)} rename to ${quoted(name.slice(ASIDE.length))}`);
  await client.query('commit');
}

async function whatLives(client: pg.ClientBase, tables: readonly CopiedTable[]): Promise<string> {
  const count = async (name: string): Promise<string> => {
    const table = tables.find((one) => one.name === name);
    if (!table) return 'no';
    const { rows } = await client.query<{ n: string }>(`select count(*)::text as n from ${table.sql}`);
    return rows[0]?.n ?? 'no';
  };
  return `${tables.length} tables with ${await count('case_file')} cases and ${await count('app_user')} accounts`;
}
