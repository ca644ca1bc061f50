/** What stands in a database, as far as a copy of it needs to know: tables, columns, sequences, constraints, policies. */
import pg from 'pg';

export const { escapeIdentifier: quoted, escapeLiteral } = pg.Client.prototype;

/** Our own tables. A schema that a later migration adds is copied without being named. */
const OURS = `n.nspname !~ '^(pg_|before_restore_)' and n.nspname <> 'information_schema'`;

export interface CopiedTable {
  /** With its schema unless that is `public`, as a name in a backup. */
  readonly name: string;
  /** The same, quoted for a statement. */
  readonly sql: string;
  /** Without those that Postgres computes. */
  readonly columns: readonly string[];
}

/** Every table, by name. */
export async function copiedTables(client: pg.ClientBase): Promise<CopiedTable[]> {
  const { rows } = await client.query<{ schema: string; table: string; columns: string[] }>(`
    select n.nspname as schema, c.relname as table,
      coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attname is not null), '{}') as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and c.relpersistence = 'p' and ${OURS}
    group by 1, 2 order by 1, 2`);
  return rows.map(({ schema, table, columns }) => ({
    name: schema === 'public' ? table : `${schema}.${table}`,
    sql: `${quoted(schema)}.${quoted(table)}`,
    columns,
  }));
}

export const columnList = ({ columns }: Pick<CopiedTable, 'columns'>): string => columns.map(quoted).join(', ');

/** Names, as in a backup, of tables of which this login would silently be shown a part. */
export async function partlyVisible(client: pg.ClientBase): Promise<string[]> {
  // Policies that hide nothing: one without a condition, and the owner's on a connection that does the service's work.
  const { rows } = await client.query<{ name: string }>(`
    select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${OURS} and row_security_active(c.oid) and not exists (
      select from pg_policy p
      where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*')
        and exists (select from unnest(p.polroles) r where r = 0 or pg_has_role(current_user, r, 'USAGE'))
        and (pg_get_expr(p.polqual, p.polrelid) = 'true'
          or (pg_get_expr(p.polqual, p.polrelid) ~ '^\\(?\\s*SELECT app\\.at_work\\(\\)' and current_setting('app.duty', true) = 'work')))
    order by 1`);
  return rows.map(({ name }) => name);
}

export interface StandingSequence {
  readonly name: string;
  readonly sql: string;
}

export async function sequences(client: pg.ClientBase): Promise<StandingSequence[]> {
  const { rows } = await client.query<{ schema: string; sequence: string }>(`
    select n.nspname as schema, c.relname as sequence
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and c.relpersistence = 'p' and ${OURS} order by 1, 2`);
  return rows.map(({ schema, sequence }) => ({
    name: schema === 'public' ? sequence : `${schema}.${sequence}`,
    sql: `${quoted(schema)}.${quoted(sequence)}`,
  }));
}

/** Statements that take out of the way what would refuse or change rows while they are copied in, and put it back. */
export interface Obstacles {
  readonly away: readonly string[];
  readonly back: readonly string[];
}

/**
 * Foreign keys (rows come table by table, and some point at their own table), checks that hold for new rows only,
 * triggers, and row-level security, under which nothing can be copied in.
 */
export async function obstacles(client: pg.ClientBase): Promise<Obstacles> {
  const table = `format('%I.%I', n.nspname, c.relname)`;
  const from = `pg_class c join pg_namespace n on n.oid = c.relnamespace`;
  const { rows } = await client.query<{ away: string; back: string }>(`
    select * from (
      select 1 as place, format('alter table %s drop constraint %I', ${table}, k.conname) as away,
        format('alter table %s add constraint %I %s', ${table}, k.conname, pg_get_constraintdef(k.oid)) as back
      from ${from} join pg_constraint k on k.conrelid = c.oid
      where ${OURS} and c.relkind = 'r' and (k.contype = 'f' or (k.contype = 'c' and not k.convalidated))
      union all
      select 2, format('alter table %s disable trigger %I', ${table}, t.tgname), format('alter table %s enable trigger %I', ${table}, t.tgname)
      from ${from} join pg_trigger t on t.tgrelid = c.oid
      where ${OURS} and not t.tgisinternal and t.tgenabled = 'O'
      union all
      select 3, format('alter table %s no force row level security, disable row level security', ${table}),
        format('alter table %s enable row level security', ${table}) || case when c.relforcerowsecurity then ', force row level security' else '' end
      from ${from} where ${OURS} and c.relkind = 'r' and c.relrowsecurity
    ) one order by place, away`);
  return { away: rows.map(({ away }) => away), back: rows.map(({ back }) => back) };
}
