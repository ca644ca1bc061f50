import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { connectionFrom, migrate, MigrationError, type Connection } from './migrate.js';

const adminUrl = process.env.TEST_DATABASE_URL ?? '';
const connection: Connection = { ...connectionFrom(adminUrl), database: `migrate_${process.pid}` };
let migrationsDir: string;

async function query<Row extends pg.QueryResultRow>(sql: string, database = connection.database): Promise<Row[]> {
  const client = new pg.Client({ ...connection, database });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(migrationsDir, name), { recursive: true });
  await writeFile(path.join(migrationsDir, name, 'migration.sql'), sql);
}

const run = (): Promise<{ applied: string[]; before: number }> => migrate({ connection, migrationsDir });
const exists = async (name: string): Promise<boolean> =>
  (await query<{ found: boolean }>(`select to_regclass('${name}') is not null as found`))[0]!.found;

beforeEach(async () => {
  migrationsDir = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  await query(`drop database if exists ${connection.database} with (force)`, 'postgres');
  await query(`create database ${connection.database}`, 'postgres');
  await write('20260101000000_first', '-- The first.\ncreate table first (n integer);\n');
  await write(
    '20260102000000_second',
    `-- The second.\ncreate function one() returns integer language plpgsql as $$ begin return 1; end $$;\n`,
  );
});

afterAll(() => query(`drop database if exists ${connection.database} with (force)`, 'postgres'));

describe('migrations', () => {
  it('are applied in order, once, and recorded as Prisma records them', async () => {
    expect(await run()).toEqual({ applied: ['20260101000000_first', '20260102000000_second'], before: 0 });
    expect(await run()).toEqual({ applied: [], before: 2 });
    // What @prisma/schema-engine-wasm 7.10 writes for the same two files, ids and times aside.
    expect(
      await query(
        'select migration_name, checksum, logs, rolled_back_at, applied_steps_count from _prisma_migrations order by started_at',
      ),
    ).toEqual([
      {
        migration_name: '20260101000000_first',
        checksum: '38e70fb6975b28562493876fbe7fe6b2f82730ece522ed93aa57e400df121706',
        logs: null,
        rolled_back_at: null,
        applied_steps_count: 1,
      },
      expect.objectContaining({ migration_name: '20260102000000_second', logs: null, applied_steps_count: 1 }),
    ]);
  });

  it('are applied once when several processes start together', async () => {
    const all = await Promise.all([run(), run(), run()]);
    expect(all.flatMap(({ applied }) => applied).sort()).toEqual(['20260101000000_first', '20260102000000_second']);
  });

  it('leave nothing behind when they fail, and can be tried again', async () => {
    await write(
      '20260103000000_third',
      '-- Fails in its third line.\ncreate table third (n integer);\nselect nothing_here();\n',
    );
    await expect(run()).rejects.toThrow(
      'Migration 20260103000000_third failed, line 3: function nothing_here() does not exist (42883)',
    );
    expect(await exists('third')).toBe(false);
    expect(await exists('first')).toBe(true);
    await write('20260103000000_third', '-- Works.\ncreate table third (n integer);\n');
    expect(await run()).toEqual({ applied: ['20260103000000_third'], before: 2 });
  });

  it('do not repeat stored values in their messages', async () => {
    await write(
      '20260103000000_third',
      `-- Doubles.\ncreate table person (name text unique);\ninsert into person values ('Amina'), ('Amina');\n`,
    );
    const message = await run().then(String, String);
    expect(message).toContain('duplicate key value violates unique constraint');
    expect(message).not.toContain('Amina');
  });

  it('start from the same role and path, whatever the one before did', async () => {
    await write(
      '20260103000000_third',
      '-- Elsewhere.\ncreate schema elsewhere;\nset search_path = elsewhere;\ncreate table third (n integer);\n',
    );
    await write('20260104000000_fourth', '-- Here.\ncreate table fourth (n integer);\n');
    await run();
    expect([await exists('elsewhere.third'), await exists('public.fourth')]).toEqual([true, true]);
  });

  it('may ask to run without a transaction', async () => {
    await write(
      '20260103000000_third',
      '-- no-transaction\n-- The table is large.\ncreate index concurrently first_n on first (n);\n',
    );
    await run();
    expect(await exists('first_n')).toBe(true);
  });

  it('that failed without a transaction stop everything until a person has looked', async () => {
    await write(
      '20260103000000_third',
      '-- no-transaction\n-- No such column.\ncreate index concurrently first_m on first (m);\n',
    );
    await expect(run()).rejects.toThrow('It ran without a transaction: look at what it left.');
    await expect(run()).rejects.toThrow('Migration 20260103000000_third was begun and not finished.');
    await query('update _prisma_migrations set rolled_back_at = now() where finished_at is null');
    await write(
      '20260103000000_third',
      '-- no-transaction\n-- The table is large.\ncreate index concurrently first_n on first (n);\n',
    );
    expect(await run()).toEqual({ applied: ['20260103000000_third'], before: 2 });
  });

  it('must not change after they were applied', async () => {
    await run();
    await write('20260101000000_first', '-- The first.\ncreate table first (n bigint);\n');
    await expect(run()).rejects.toThrow(MigrationError);
    await expect(run()).rejects.toThrow('Migration 20260101000000_first was changed after it was applied.');
  });

  it('must not vanish after they were applied', async () => {
    await run();
    await rm(path.join(migrationsDir, '20260101000000_first'), { recursive: true });
    await expect(run()).rejects.toThrow(
      'Migration 20260101000000_first was applied to this database, but its file is gone.',
    );
  });
});

describe('an address', () => {
  it('is taken apart with its escapes', () => {
    expect(connectionFrom('postgresql://a%40b:p%2Fw@db.example:6543/amparo?sslmode=require')).toEqual({
      host: 'db.example',
      port: 6543,
      user: 'a@b',
      password: 'p/w',
      database: 'amparo',
      ssl: { rejectUnauthorized: false },
    });
  });
});
