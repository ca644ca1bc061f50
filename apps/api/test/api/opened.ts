/** Sealed rows opened as the service opens them, for specs that look at what was stored. */
import type { CaseKeyRow } from '../../src/keys/case-keys.repository.js';
import { CaseSealing } from '../../src/record/case-sealing.js';
import type { ServiceUnderTest } from './service-under-test.js';

type Row = Readonly<Record<string, unknown>>;

/** Every row of a case in a table, in the order of recording where it has one, with its sealed columns opened. */
export async function openedRows({ app, database }: ServiceUnderTest, table: string, caseId: string): Promise<Row[]> {
  const [{ organisation = '' } = {}] = await database.sql<{ organisation: string }>(
    'select organisation_id as organisation from case_file where id = $1',
    [caseId],
  );
  const keys = await database.sql<{ key: CaseKeyRow }>('select to_jsonb(k) as key from case_key k where case_id = $1', [
    caseId,
  ]);
  const rows = await database.sql<{ row: Row }>(
    `select to_jsonb(t) as row from "${table}" t where case_id = $1 order by to_jsonb(t) ->> 'recorded_at'`,
    [caseId],
  );
  const opener = await app.get(CaseSealing).opener(
    organisation,
    keys.map(({ key }) => key),
  );
  const opened = opener.rows(
    table,
    rows.map(({ row }) => row),
  );
  if (opener.unreadable.length > 0) throw new Error(`${table} holds values that do not open`);
  return [...opened];
}
