/** What a database contains, as comparable lines: `kind` and name point at an object, `definition` says what it is. */
import type pg from 'pg';

export interface CatalogEntry {
  kind: string;
  name: string;
  definition: string;
}

/** Objects of extensions and Prisma's own table are not ours to compare. */
const ours = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname <> '_prisma_migrations'
  and not exists (select 1 from pg_depend e where e.objid = c.oid and e.deptype = 'e')`;

/** Prisma's datamodel can describe these, so both sides must agree on them. */
const described: Record<string, string> = {
  table: `
    select n.nspname || '.' || c.relname as name, '' as definition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and ${ours}`,
  column: `
    select n.nspname || '.' || c.relname || '.' || a.attname as name,
      concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
        case when a.attidentity <> '' then 'identity' end, case when a.attgenerated <> '' then 'generated' end,
        'default ' || pg_get_expr(d.adbin, d.adrelid)) as definition
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition and ${ours}`,
  enum: `
    select n.nspname || '.' || c.typname as name, string_agg(e.enumlabel, ', ' order by e.enumsortorder) as definition
    from pg_type c join pg_enum e on e.enumtypid = c.oid join pg_namespace n on n.oid = c.typnamespace
    where not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    group by n.nspname, c.typname`,
  key: `
    select n.nspname || '.' || c.relname || '.' || k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype in ('p', 'u') and not c.relispartition and ${ours}`,
  'foreign key': `
    select n.nspname || '.' || c.relname || '.' || k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and not c.relispartition and ${ours}`,
  index: `
    select n.nspname || '.' || i.relname as name, pg_get_indexdef(x.indexrelid) as definition
    from pg_index x join pg_class i on i.oid = x.indexrelid
    join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
    where x.indpred is null and x.indexprs is null and not c.relispartition and ${ours}
      and not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid)`,
};

/** It cannot describe these: migrations alone may add them, and we list them so that a reader knows they exist. */
const beyond: Record<string, string> = {
  view: `
    select n.nspname || '.' || c.relname as name, '' as definition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and ${ours}`,
  sequence: `
    select n.nspname || '.' || c.relname as name, '' as definition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${ours}
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))`,
  partition: `
    select n.nspname || '.' || c.relname as name, '' as definition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relispartition and c.relkind in ('r', 'p') and ${ours}`,
  function: `
    select n.nspname || '.' || c.proname || '(' || pg_get_function_identity_arguments(c.oid) || ')' as name, '' as definition
    from pg_proc c join pg_namespace n on n.oid = c.pronamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select 1 from pg_depend e where e.objid = c.oid and e.deptype = 'e')`,
  trigger: `
    select n.nspname || '.' || c.relname || '.' || t.tgname as name, '' as definition
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and ${ours}`,
  policy: `
    select n.nspname || '.' || c.relname || '.' || p.polname as name, '' as definition
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
  'check or exclusion': `
    select n.nspname || '.' || c.relname || '.' || k.conname as name, '' as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype in ('c', 'x') and ${ours}`,
  'partial or expression index': `
    select n.nspname || '.' || i.relname as name, '' as definition
    from pg_index x join pg_class i on i.oid = x.indexrelid
    join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
    where (x.indpred is not null or x.indexprs is not null) and ${ours}
      and not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid)`,
  extension: `select c.extname as name, '' as definition from pg_extension c where c.extname <> 'plpgsql'`,
};

export async function readCatalog(client: pg.Client): Promise<{ described: CatalogEntry[]; beyond: CatalogEntry[] }> {
  // Definitions name a schema only when it is not on the path, so the path must be the same on both sides.
  await client.query(`set search_path = 'public'`);
  return { described: await entries(client, described), beyond: await entries(client, beyond) };
}

async function entries(client: pg.Client, queries: Record<string, string>): Promise<CatalogEntry[]> {
  const all: CatalogEntry[] = [];
  for (const [kind, sql] of Object.entries(queries)) {
    const { rows } = await client.query<{ name: string; definition: string }>(`${sql} order by 1`);
    all.push(...rows.map((row) => ({ kind, ...row })));
  }
  return all;
}
