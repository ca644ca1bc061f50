/**
 * A database behind the wall, for specs: three files with one row in every table each (the caller's office, another office
 * of the organisation, another organisation), people of every role who hold a token, and a way to be each login.
 */
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestDatabase } from '#lib/testing';
import { connectionFrom } from '../src/migrate.js';
import { addressFor, DUTIES, loginsFrom, type Duty, type Logins } from '../src/wall/duties.js';
import { raiseWall } from '../src/wall/raise.js';
import { insertRowOfEach, shapeOf, type Row, type Shape } from './a-row-of-each.js';
import { migratedDatabase } from './migrated.js';

export type File = 'own' | 'beside' | 'foreign';
export const FILES: readonly File[] = ['own', 'beside', 'foreign'];
export const PEOPLE = ['caseworker', 'lawyer', 'coordinator', 'researcher', 'administrator', 'auditor'] as const;
export type Somebody = (typeof PEOPLE)[number];

export interface Walled {
  readonly database: TestDatabase;
  readonly shape: Shape;
  readonly logins: Logins;
  /** One row of each table, by whose file it is. */
  readonly rows: Readonly<Record<File, Readonly<Record<string, Row>>>>;
  readonly caseIds: Readonly<Record<File, string>>;
  readonly users: Readonly<Record<Somebody, string>>;
  readonly tokens: Readonly<Record<Somebody, Buffer>>;
  /** Tables whose rows belong to a case by its id. */
  readonly caseTables: readonly string[];
  /** A connection as one login. */
  readonly as: Readonly<Record<Duty, pg.Client>>;
  /** Runs work in a transaction of one login, after somebody has entered, and takes it back. */
  within<T>(duty: Duty, who: Somebody | null, work: (client: pg.Client) => Promise<T>): Promise<T>;
  readonly stop: () => Promise<void>;
}

/** The same for every spec of a server: its logins belong to the server. */
export function secretOf(url: string): Buffer {
  const { username, password } = new URL(url);
  return createHash('sha256').update(`wall spec ${username} ${password}`).digest();
}

/** Tables with a case id that are about an act on a case rather than parts of one; the specs try them by name. */
const UNLIKE = new Set(['break_glass', 'case_notice', 'erasure_proposal', 'erasure_request']);

export async function walledDatabase(): Promise<Walled> {
  const database = await migratedDatabase();
  const shape = await shapeOf(database);
  const rows = {
    own: await insertRowOfEach(database, shape),
    beside: await insertRowOfEach(database, shape),
    foreign: await insertRowOfEach(database, shape),
  };
  const text = (file: File, table: string, column = 'id'): string => String(rows[file][table]?.[column]);
  const house = text('own', 'organisation');
  await settle(database, shape, rows, house);
  const { users, tokens } = await people(database, house, text('own', 'office'));
  await database.sql(
    'insert into assignment (case_id, id, user_id, recorded_at, recorded_by) values ($1, $2, $3, now(), $3)',
    [text('beside', 'case_file'), randomUUID(), users.lawyer],
  );
  const logins = loginsFrom(secretOf(database.url));
  await raiseWall({ connection: connectionFrom(database.url), logins });
  const as = {} as Record<Duty, pg.Client>;
  for (const duty of DUTIES) {
    as[duty] = new pg.Client({ connectionString: addressFor(database.url, logins[duty]) });
    await as[duty].connect();
  }
  return {
    database,
    shape,
    logins,
    rows,
    caseIds: {
      own: text('own', 'case_file'),
      beside: text('beside', 'case_file'),
      foreign: text('foreign', 'case_file'),
    },
    users,
    tokens,
    caseTables: [...new Set(shape.columns.filter(({ name }) => name === 'case_id').map(({ table }) => table))].filter(
      (table) => !table.startsWith('audit_') && !UNLIKE.has(table),
    ),
    as,
    async within(duty, who, work) {
      const client = as[duty];
      await client.query('begin');
      try {
        if (who !== null) await client.query('call app.enter($1)', [tokens[who]]);
        return await work(client);
      } finally {
        await client.query('rollback');
      }
    },
    async stop() {
      await Promise.all(Object.values(as).map((client) => client.end()));
      await database.drop();
    },
  };
}

/** Puts the file beside into the house, in an office of its own, and gives facts the numbers of their organisations. */
async function settle(
  { sql }: TestDatabase,
  shape: Shape,
  rows: Readonly<Record<File, Readonly<Record<string, Row>>>>,
  house: string,
): Promise<void> {
  const beside = rows.beside['organisation']?.['id'];
  const moved = shape.columns.filter(({ name, table }) => name === 'organisation_id' && table !== 'audit_entry');
  await sql(`update office set name = 'beside' where organisation_id = $1`, [beside]);
  for (const { table } of moved.filter(({ table: one }) => one !== 'report' && one !== 'organisation_key')) {
    await sql(`update "${table}" set organisation_id = $1 where organisation_id = $2`, [house, beside]);
  }
  // Not every table that names an organisation points at it; what belongs to a case belongs to its organisation.
  for (const { table } of moved) {
    if (!shape.columns.some((column) => column.table === table && column.name === 'case_id')) continue;
    await sql(`update "${table}" t set organisation_id = c.organisation_id from case_file c where c.id = t.case_id`);
  }
  await sql(
    `update fact_arrest f set organisation_no = o.no, office_no = p.no
     from case_file c join organisation o on o.id = c.organisation_id join office p on p.id = c.office_id where c.id = f.case_id`,
  );
}

async function people(
  { sql }: TestDatabase,
  organisation: string,
  office: string,
): Promise<{ users: Record<Somebody, string>; tokens: Record<Somebody, Buffer> }> {
  const users = {} as Record<Somebody, string>;
  const tokens = {} as Record<Somebody, Buffer>;
  for (const role of PEOPLE) {
    const [user, family] = [randomUUID(), randomUUID()];
    users[role] = user;
    tokens[role] = createHash('sha256').update(`${role} ${family}`).digest();
    await sql(
      `insert into app_user (id, organisation_id, office_id, email, display_name, roles, password_hash)
       values ($1, $2, $3, $4, $5, $6, 'x')`,
      [user, organisation, office, `${role}.${family}@example.org`, role, [role]],
    );
    await sql('insert into session_family (id, user_id) values ($1, $2)', [family, user]);
    await sql(`insert into access_token (hash, family_id, expires_at) values ($1, $2, '2099-01-01')`, [
      tokens[role],
      family,
    ]);
  }
  return { users, tokens };
}
