/** Every file of a person as rows: found, locked, counted up. */
import type { Caller } from '#lib/access';
import { sqlFile, type Tx } from '#lib/database';
import type { PersonFile } from './fact-source.js';
import { visibilityValues } from './visibility.js';

const reachPerson = sqlFile(import.meta.url, './sql/reach-person.sql');
const personFiles = sqlFile(import.meta.url, './sql/person-files.sql');

/** One file of a person: what an act on it must know before it reads anything else. */
export interface CaseHead extends PersonFile {
  readonly version: number;
  readonly number: string;
  readonly externalId: string | null;
  readonly organisationId: string;
  readonly officeId: string;
  readonly mergedInto: string | null;
  readonly recordedBy: string;
  readonly confidentiality: string;
  readonly riskLevel: string;
  readonly monitoring: string;
  readonly depth: number;
  readonly visible: boolean;
}

/** All files of the person whose file this is, the kept one first; none when the caller does not reach it. */
export async function filesVisibleTo(
  tx: Tx,
  caller: Caller,
  caseId: string,
  options: { readonly lock: boolean },
): Promise<CaseHead[]> {
  await tx.sql(reachPerson, { case: caseId });
  return tx.sql<CaseHead>(personFiles, { case: caseId, ...visibilityValues(caller), lock: options.lock });
}

/** Counts a file's version up and answers the new one. */
export async function nextVersion(tx: Tx, file: CaseHead): Promise<number> {
  await tx.prisma.caseFile.updateMany({ where: { id: file.id }, data: { version: { increment: 1 } } });
  return file.version + 1;
}
