/** Everything recorded in some files, by table: what the reading of a person, its facts and its timeline are made from. */
import { sqlFile, type Database, type Tx } from '#lib/database';
import type { CaseParts } from './case-file.js';

const caseParts = sqlFile(import.meta.url, './sql/case-parts.sql');
const absorbedFiles = sqlFile(import.meta.url, './sql/absorbed-files.sql');

/** The parts as they stand inside this transaction. */
export async function partsOf(tx: Tx, caseIds: readonly string[]): Promise<CaseParts> {
  const [row] = await tx.sql<{ parts: CaseParts }>(caseParts, { cases: caseIds });
  return row?.parts ?? {};
}

/**
 * The files of the person whose kept file this is, and their parts, outside of any act. The service reads them for itself:
 * a person is what all files say together, and whoever asked reaches perhaps one of them.
 */
export async function partsOfPerson(
  database: Database,
  keptId: string,
): Promise<{ readonly caseIds: readonly string[]; readonly parts: CaseParts }> {
  const absorbed = await database.statement<{ id: string }>(null, absorbedFiles, { kept: keptId });
  const caseIds = [keptId, ...absorbed.map(({ id }) => id)];
  const [row] = await database.statement<{ parts: CaseParts }>(null, caseParts, { cases: caseIds });
  return { caseIds, parts: row?.parts ?? {} };
}
