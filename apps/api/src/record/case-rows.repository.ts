/** The one writer of case rows: `record.sql`, with just the lines that the rows need. */
import type { Caller } from '#lib/access';
import { sqlFile, type AuditRow, type Database, type SignedRows, type SqlValues, type Tx } from '#lib/database';
import type { Answer } from '../platform/answer.js';
import type { Retry } from '../platform/idempotency.js';
import type { Rows } from './event-rows.js';

const record = sqlFile(import.meta.url, './sql/record.sql');

/** The rows as JSON with their audit rows, and a flag for every table that has any. */
function valuesOf(rows: Rows, entries: SignedRows): SqlValues {
  const filled = Object.entries(rows).filter(([, list]) => list.length > 0);
  return {
    ...Object.fromEntries(filled.map(([table]) => [table, true])),
    rows: JSON.stringify(Object.fromEntries(filled)),
    ...entries,
  };
}

/** Writes rows inside an act; audit rows come along where one act records many cases. */
export async function insertRows(tx: Tx, rows: Rows, audits: readonly AuditRow[] = []): Promise<void> {
  await tx.sql(record, valuesOf(rows, tx.entries(audits)));
}

/**
 * Writes the rows of a new case as one statement, with its audit rows and its retry key: the hottest path there is.
 * Whether the retry key was new; if not, nothing was written.
 */
export async function insertOnce(
  database: Database,
  caller: Caller,
  retry: Retry,
  rows: Rows,
  audits: readonly AuditRow[],
  answer: Answer,
): Promise<boolean> {
  const [outcome] = await database.statement<{ fresh: boolean }>(caller, record, {
    ...valuesOf(rows, database.entries(audits)),
    user: caller.userId,
    key: retry.key,
    route: retry.route,
    digest: retry.digest,
    answer: JSON.stringify({ body: answer.body, headers: answer.headers }),
  });
  return outcome?.fresh ?? false;
}
