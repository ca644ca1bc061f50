/**
 * Reads a whole database at one moment, table by table, in COPY's text format: what any PostgreSQL of the same or a later
 * version reads again, and `psql` too. The built-in PostgreSQL comes without `pg_dump`.
 */
import pg from 'pg';
import { CopyOut } from './copy-streams.js';
import { columnList, copiedTables, partlyVisible, sequences, type CopiedTable } from './standing.js';

/** A dump would not be whole, or cannot be read. The message names tables, and nothing of their rows. */
export class DumpError extends Error {}

/** Settings under which the same rows are the same bytes, and a long read is not cut short. */
export const COPY_SETTINGS = [
  'statement_timeout=0',
  'idle_in_transaction_session_timeout=0',
  'timezone=UTC',
  'datestyle=ISO,YMD',
  'intervalstyle=postgres',
  'bytea_output=hex',
  'extra_float_digits=1',
  'client_encoding=UTF8',
  'synchronize_seqscans=off',
  'app.duty=work',
];

/** As the `options` of a connection. */
export const copyOptions = (): string =>
  COPY_SETTINGS.map((setting) => `-c ${setting.replace(/([\\ ])/g, '\\$1')}`).join(' ');

/** A database at one moment, open for reading. */
export class Snapshot {
  private constructor(
    private readonly client: pg.Client,
    readonly tables: readonly CopiedTable[],
    readonly server: string,
  ) {}

  /**
   * Opens a database at this moment. Everything is read in one transaction, so that no table is newer than another.
   * @param tablesBeside names of tables that are not part of a copy
   */
  static async open(url: string, tablesBeside: ReadonlySet<string>): Promise<Snapshot> {
    const client = new pg.Client({ connectionString: url, application_name: 'amparo backup', options: copyOptions() });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query('begin isolation level repeatable read, read only');
      const hidden = (await partlyVisible(client)).filter((name) => !tablesBeside.has(name));
      if (hidden.length > 0)
        throw new DumpError(
          `This login is shown only a part of the rows of ${hidden.join(', ')}, so what it could copy would not be whole.`,
        );
      const tables = (await copiedTables(client)).filter(({ name }) => !tablesBeside.has(name));
      const { rows } = await client.query<{ server: string }>(`select current_setting('server_version') as server`);
      return new Snapshot(client, tables, rows[0]?.server ?? '');
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /** The rows of a table, as pieces of bytes. */
  async *rows(table: CopiedTable): AsyncGenerator<Buffer> {
    const copy = this.client.query(new CopyOut(copyOutOf(table)));
    for await (const piece of copy) yield piece as Buffer;
  }

  /** False while another process copies this database. The lock goes with the connection. */
  async isAlone(): Promise<boolean> {
    const [row] = await this.ask<{ got: boolean }>('select pg_try_advisory_lock(72707371) as got');
    return row?.got === true;
  }

  /** What was applied, in order. */
  migrations(): Promise<{ name: string; checksum: string }[]> {
    return this.ask(
      `select migration_name as name, checksum from public._prisma_migrations
       where finished_at is not null and rolled_back_at is null order by migration_name`,
    );
  }

  /** Every file whose keys were destroyed; the first of a person has the receipt that proves it. */
  erasures(): Promise<{ caseId: string; at: string; receipt: object | null }[]> {
    return this.ask(erasuresIn('public'));
  }

  /** Rows of every table. */
  async counts(): Promise<{ name: string; rows: number }[]> {
    const all: { name: string; rows: number }[] = [];
    for (const { name, sql } of this.tables) {
      const [row] = await this.ask<{ n: string }>(`select count(*)::text as n from ${sql}`);
      all.push({ name, rows: Number(row?.n) });
    }
    return all;
  }

  /** How long the audit trail is, and its last signed checkpoint. */
  async trail(): Promise<{ entries: number; checkpoint: string | null }> {
    const [counted] = await this.ask<{ n: string }>('select count(*)::text as n from public.audit_entry');
    const signed = this.hasColumn('audit_checkpoint', 'note')
      ? await this.ask<{ note: string }>('select note from public.audit_checkpoint order by size desc limit 1')
      : [];
    return { entries: Number(counted?.n ?? 0), checkpoint: signed[0]?.note ?? null };
  }

  private hasColumn(table: string, column: string): boolean {
    return this.tables.some(({ name, columns }) => name === table && columns.includes(column));
  }

  private async ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    return (await this.client.query<Row>(text)).rows;
  }

  /** Where each sequence stands. They are not part of the moment: a number that was given out meanwhile is skipped. */
  async sequences(): Promise<{ name: string; value: string; called: boolean }[]> {
    const found = await sequences(this.client);
    const all: { name: string; value: string; called: boolean }[] = [];
    for (const { name, sql } of found) {
      const { rows } = await this.client.query<{ value: string; called: boolean }>(
        `select last_value::text as value, is_called as called from ${sql}`,
      );
      if (rows[0]) all.push({ name, ...rows[0] });
    }
    return all;
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** In the order in which the rows lie, which a copy keeps, so that a copy of the copy is the same bytes. */
export const copyOutOf = (table: CopiedTable): string => `copy ${table.sql} (${columnList(table)}) to stdout`;

/** Erased files of the record in a schema. */
export const erasuresIn = (schema: string): string =>
  `select f.id::text as "caseId", to_json(f.erased_at) #>> '{}' as at, to_jsonb(e) as receipt
   from ${schema}.case_file f left join ${schema}.erasure e on e.case_id = f.id where f.erased_at is not null order by f.id`;
