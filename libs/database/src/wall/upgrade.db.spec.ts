/**
 * An upgrade of an installation that has run: the wall stands, the owner is no superuser, and so a migration that works on
 * rows sees none of them unless it says that it is at work. It would end well and have done nothing.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestDatabase } from '#lib/testing';
import { insertRowOfEach, shapeOf, type Row } from '../../cases/a-row-of-each.js';
import { connectionFrom, migrate, type Connection } from '../migrate.js';
import { raiseWall } from './raise.js';

const migrationsDir = fileURLToPath(new URL('../../../../prisma/migrations/', import.meta.url));
const names = readdirSync(migrationsDir, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? one.name : []));
const server = connectionFrom(process.env['TEST_DATABASE_URL'] ?? '');
const owner = `upgrade_owner_${process.pid}`;
const connection: Connection = { ...server, user: owner, password: 'of this spec', database: `upgrade_${process.pid}` };

async function asked<T extends pg.QueryResultRow>(at: pg.ClientConfig, text: string, values?: unknown[]): Promise<T[]> {
  const client = new pg.Client({ ...at });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}
const atWork = <T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]> =>
  asked<T>({ ...connection, options: '-c app.duty=work' }, text, values);
const first = async (text: string): Promise<Row> => (await atWork<Row>(text))[0] ?? {};

/** As an earlier version put it up, as far as its owner feels it: today's rules speak of columns that are not there yet. */
async function wallOfBefore(): Promise<void> {
  const tables = await asked<{ name: string }>(
    connection,
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  const ours = tables.filter(({ name }) => name !== '_prisma_migrations');
  const walls = ours.map(
    ({ name }) => `alter table "${name}" enable row level security; alter table "${name}" force row level security;
      create policy before on "${name}" using ((select app.at_work()));`,
  );
  await asked(connection, walls.join('\n'));
  await asked(
    connection,
    'create policy facts on fact_arrest for select using (case_id <> all ((select app.sealed_cases())::uuid[]))',
  );
}

beforeAll(async () => {
  await asked(server, `create role ${owner} login createrole nosuperuser password 'of this spec'`);
  await asked(server, `create database ${connection.database} owner ${owner}`);
});
afterAll(async () => {
  await asked(server, `drop database if exists ${connection.database} with (force)`);
  await asked(server, `drop role if exists ${owner}`);
});

it('seals what stood in the clear, and marks the facts of sealed files', async () => {
  const before = new Set(names.filter((name) => name < '20261127040000'));
  await migrate({ connection, migrationsDir, only: before });
  await wallOfBefore();
  const database = { sql: atWork } as unknown as TestDatabase;
  await insertRowOfEach(database, await shapeOf(database));
  await atWork(`update source set language = 'nah'; update consent set language = 'nah';
    update disclosure set recipient = 'Grupo de Trabajo'; update case_file set confidentiality = 'SEALED', erased_at = null`);
  expect(await asked(connection, 'select 1 from source')).toEqual([]);

  const { applied } = await migrate({ connection, migrationsDir });
  expect(applied).toContain('20261127060000_facts_of_sealed_files');
  await raiseWall({ connection, logins: null });
  expect(await first('select reason from reseal_pending')).toEqual({ reason: 'unsealed-column' });
  expect(await first('select sealed from fact_arrest')).toEqual({ sealed: true });
  expect(await first('select language from source')).toEqual({ language: 'nah' });
  const policies = await first(
    `select count(*)::int as facts from pg_policies where tablename = 'fact_arrest' and qual like '%NOT sealed%'`,
  );
  expect(policies).toEqual({ facts: 1 });
});
