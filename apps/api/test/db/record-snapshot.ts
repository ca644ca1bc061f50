/** What the database holds, row by row, so that before and after can be held against each other byte for byte. */
import type { TestDatabase } from '#lib/testing';

export type Snapshot = Readonly<Record<string, readonly string[]>>;

/** Rows of tables as JSON text in their own order, without the columns that count or date every act. */
export async function snapshot(
  { sql }: TestDatabase,
  tables: readonly string[],
  without: readonly string[] = [],
): Promise<Snapshot> {
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await sql<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from "${table}" t order by 1`,
      [[...without]],
    );
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

/** The trail, and its seal that grows in the background. */
const TRAIL = ['audit_entry', 'audit_salt', 'audit_leaf', 'audit_node', 'audit_checkpoint', 'audit_verification'];

/** Every table of the service, but for those named. */
export async function tablesWithout({ sql }: TestDatabase, ...others: readonly string[]): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all ($1) order by 1`,
    [[...others, ...TRAIL, '_prisma_migrations']],
  );
  return rows.map(({ name }) => name);
}

export const factTables = async ({ sql }: TestDatabase): Promise<string[]> =>
  (
    await sql<{ name: string }>(`select tablename as name from pg_tables where tablename like 'fact\\_%' order by 1`)
  ).map(({ name }) => name);

/** The facts; `changed` numbers the writing and says nothing of the person. */
export const facts = async (database: TestDatabase): Promise<Snapshot> =>
  snapshot(database, await factTables(database), ['changed']);
