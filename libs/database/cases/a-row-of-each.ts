/**
 * One row in every table, made from the catalog: what must be filled is filled with something, and foreign keys point
 * at the row made before. A table that a later migration adds is filled, and so attacked, without a word here.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { TestDatabase } from '#lib/testing';

export interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly needed: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

export interface UniqueIndex {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly table: string;
}

/** What the catalog says of the tables of the service. */
export interface Shape {
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly uniques: readonly UniqueIndex[];
  readonly checks: readonly Check[];
}

export type Row = Readonly<Record<string, unknown>>;

const OURS = `n.nspname = 'public' and c.relkind = 'r' and c.relname <> '_prisma_migrations'`;
const NAMES = (keys: string, relation: string): string =>
  `(select array_agg(a.attname::text order by u.i) from unnest(${keys}) with ordinality u(k, i) join pg_attribute a on a.attrelid = ${relation} and a.attnum = u.k)`;

/** Reads the shape of a migrated database. */
export async function shapeOf({ sql }: TestDatabase): Promise<Shape> {
  const from = `from pg_class c join pg_namespace n on n.oid = c.relnamespace`;
  return {
    columns: await sql<Column & Row>(
      `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull and not a.atthasdef as needed
       ${from} join pg_attribute a on a.attrelid = c.oid where ${OURS} and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`,
    ),
    foreignKeys: await sql<ForeignKey & Row>(
      `select k.conname as name, c.relname as table, p.relname as parent, ${NAMES('k.conkey', 'k.conrelid')} as columns, ${NAMES('k.confkey', 'k.confrelid')} as "parentColumns"
       ${from} join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' join pg_class p on p.oid = k.confrelid where ${OURS} order by 1`,
    ),
    uniques: await sql<UniqueIndex & Row>(
      `select i.relname as name, c.relname as table, ${NAMES('x.indkey', 'x.indrelid')} as columns
       ${from} join pg_index x on x.indrelid = c.oid and x.indisunique join pg_class i on i.oid = x.indexrelid where ${OURS} order by 1`,
    ),
    checks: await sql<Check & Row>(
      `select k.conname as name, c.relname as table ${from} join pg_constraint k on k.conrelid = c.oid and k.contype = 'c' where ${OURS} order by 1`,
    ),
  };
}

/** What a sealed column takes; whether it can be opened is no question of the database. */
const sealed = (): string => `v1:${randomBytes(24).toString('base64url')}`;

/** Values that are more than something of their type. */
const MEANT: Readonly<Record<string, () => unknown>> = {
  'audit_checkpoint.seen': () => '1:1:',
  'app_user.email': () => `${randomUUID()}@example.org`,
  'app_user.roles': () => ['caseworker'],
  'case_key.class': () => 'identity',
  'case_retention.class': () => 'STANDARD',
  'case_number.number': () =>
    `CDD-${randomBytes(2).toString('hex').toUpperCase()}-${randomBytes(2).toString('hex').toUpperCase()}`,
  'account_choice.reason': sealed,
  'testimony.text': sealed,
  'note.text': sealed,
  'disclosure.recipient': sealed,
  'merge.reason': sealed,
  'reseal_pending.reason': () => 'rotation',
  'fact_state.kind': () => 'stage',
  'service_token.expires_at': () => '2022-01-02',
  'service_token.scopes': () => ['case:read'],
  'sign_in_challenge.kind': () => 'passkey',
  'term.bit': () => 7,
};

let counter = 1_000;

/** Some value of a column that no other row has. */
export function freshValue({ table, name, type }: Column): unknown {
  const meant = MEANT[`${table}.${name}`];
  if (meant) return meant();
  if (name.endsWith('_precision')) return 'DAY';
  counter += 1;
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'boolean':
      return false;
    case 'bytea':
      // As long as a key or a digest, of which most of them are one.
      return `\\x${randomBytes(32).toString('hex')}`;
    case 'jsonb':
      return {};
    case 'text[]':
      return [];
    case 'integer':
    case 'smallint':
    case 'bigint':
    case 'real':
    case 'double precision':
      return counter;
    case 'date':
    case 'timestamp without time zone':
    case 'timestamp with time zone':
      return '2022-01-01';
    default:
      return `x${counter}`;
  }
}

/** Tables in an order in which each comes after those it points at. */
function inOrder({ columns, foreignKeys }: Shape): string[] {
  const waiting = new Set(columns.map(({ table }) => table));
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].filter((table) =>
      foreignKeys.every((key) => key.table !== table || key.parent === table || !waiting.has(key.parent)),
    );
    if (free.length === 0) throw new Error(`tables point at each other: ${[...waiting].join(', ')}`);
    for (const table of free) waiting.delete(table);
    ordered.push(...free);
  }
  return ordered;
}

/** Inserts one row into each table and answers the rows by table. */
export async function insertRowOfEach(database: TestDatabase, shape: Shape): Promise<Readonly<Record<string, Row>>> {
  const rows: Record<string, Row> = {};
  for (const table of inOrder(shape)) {
    const columns = shape.columns.filter((column) => column.table === table);
    const values: Record<string, unknown> = {};
    for (const column of columns) {
      if (column.needed || MEANT[`${table}.${column.name}`]) values[column.name] = freshValue(column);
    }
    for (const key of shape.foreignKeys.filter((one) => one.table === table && one.parent !== table)) {
      // A key that may be empty stays so, unless another one needs its columns.
      if (!key.columns.every((name) => name in values)) continue;
      key.columns.forEach((name, index) => (values[name] = rows[key.parent]?.[key.parentColumns[index] ?? '']));
    }
    const [row] = await insertRow(database, table, values);
    rows[table] = row ?? {};
  }
  return rows;
}

/** Inserts values as JSON, so that each column reads its own type. What is left out takes its default. */
export function insertRow({ sql }: TestDatabase, table: string, values: Row): Promise<Row[]> {
  const names = Object.keys(values)
    .map((name) => `"${name}"`)
    .join(', ');
  return sql(
    `insert into "${table}" as t (${names}) select ${names} from jsonb_populate_record(null::"${table}", $1::jsonb) returning to_jsonb(t.*) as row`,
    [JSON.stringify(values)],
  ).then((rows) => rows.map((one) => one['row'] as Row));
}
