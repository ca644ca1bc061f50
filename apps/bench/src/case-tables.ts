/** Which tables hold the parts of a case, parents first, as the database itself tells: a table added later is found, too. */
import type { Place } from './place.js';

export interface CaseTable {
  readonly name: string;
  /** The column that holds the id of the case. */
  readonly caseColumn: string;
  readonly columns: readonly string[];
}

/** Waiting lists that are empty again when a recording is through. */
const PASSING = new Set(['match_pending']);

interface ColumnRow {
  readonly table: string;
  readonly columns: string[];
}

const COLUMNS = `
  SELECT c.table_name AS "table", array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
  FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' GROUP BY 1`;
const PARENTS = `
  SELECT child.relname AS child, parent.relname AS parent
  FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
  WHERE k.contype = 'f' AND child.oid <> parent.oid`;

/** The tables of a case in an order in which they can be filled. */
export async function caseTables(place: Place): Promise<readonly CaseTable[]> {
  const rows = await place.rows<ColumnRow & Record<string, unknown>>(COLUMNS);
  const waiting = rows
    .filter((row) => (row.table === 'case_file' || row.columns.includes('case_id')) && !PASSING.has(row.table))
    .map((row): CaseTable => ({
      name: row.table,
      caseColumn: row.table === 'case_file' ? 'id' : 'case_id',
      columns: row.columns,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const parents = await place.rows<{ child: string; parent: string }>(PARENTS);
  const ordered: CaseTable[] = [];
  while (waiting.length > 0) {
    const left = new Set(waiting.map((table) => table.name));
    const next = waiting.findIndex(
      (table) => !parents.some((link) => link.child === table.name && left.has(link.parent)),
    );
    if (next < 0) throw new Error('the tables of a case refer to each other in a circle');
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}
