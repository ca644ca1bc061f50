/** The tables of a database as the wall sees them: what their columns say about whose rows they hold. */
import type pg from 'pg';

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Every view of the service, by name. */
export async function viewsOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select viewname as name from pg_views where schemaname = 'public' order by 1`,
  );
  return rows.map((row) => row.name);
}

/** Every table of the service, by name. Prisma's own list of migrations is not one. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relname <> '_prisma_migrations'
    group by c.relname order by c.relname`);
  return rows;
}
