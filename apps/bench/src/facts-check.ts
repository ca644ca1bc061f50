/**
 * Copied facts must be what the service would have made of the copied events, or every figure measured here would be
 * of something else. So they are made again by the service's own operator command and compared, row by row.
 */
import { createHash } from 'node:crypto';
import type { Place } from './place.js';
import { operate } from './service.js';

const FACT_TABLES = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name LIKE 'fact\\_%' ORDER BY 1`;

/** Number and digest of the rows of every fact table, but for the number of the change that wrote them. */
async function digests(place: Place): Promise<Map<string, string>> {
  const tables = await place.rows<{ name: string }>(FACT_TABLES);
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const digest = createHash('sha256');
    const rows = await place.rows<{ row: string }>(
      `SELECT (to_jsonb(t) - 'changed')::text AS row FROM ${name} t ORDER BY 1`,
    );
    for (const { row } of rows) digest.update(row).update('\\n');
    found.set(name, `${rows.length} rows ${digest.digest('hex').slice(0, 16)}`);
  }
  return found;
}

/** Rebuilds every fact and throws where one differs. Answers how many arrests were compared. */
export async function checkFacts(place: Place): Promise<number> {
  const before = await digests(place);
  await operate(place.url, ['facts', 'rebuild']);
  const after = await digests(place);
  const differing = [...before]
    .filter(([table, digest]) => after.get(table) !== digest)
    .map(([table, digest]) => `${table}: ${digest}, rebuilt ${after.get(table)}`);
  if (differing.length > 0) throw new Error(`facts differ from a rebuild\n  ${differing.join('\n  ')}`);
  const [row] = await place.rows<{ n: number }>('SELECT count(*)::int AS n FROM fact_arrest');
  return row?.n ?? 0;
}
