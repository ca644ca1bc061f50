/** Every file of a person, for reading and for an act: not found when the caller does not reach the file asked for. */
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';
import { caseProblems } from './case.problems.js';
import { filesVisibleTo, type CaseHead } from './person-files.repository.js';

export interface PersonFiles {
  /** The file that was asked for. */
  readonly file: CaseHead;
  /** All files of the person, the kept one first. */
  readonly all: readonly CaseHead[];
}

export async function filesOfPerson(
  tx: Tx,
  caller: Caller,
  caseId: string,
  options: { readonly lock: boolean },
): Promise<PersonFiles> {
  const all = await filesVisibleTo(tx, caller, caseId, options);
  const file = all.find((one) => one.id === caseId);
  if (!file) throw caseProblems.notFound({});
  return { file, all };
}

/** Locks the person for an act on one file. A file that was absorbed takes no more events. */
export async function lockForAct(tx: Tx, caller: Caller, caseId: string): Promise<PersonFiles> {
  const found = await filesOfPerson(tx, caller, caseId, { lock: true });
  if (found.file.mergedInto !== null) throw caseProblems.merged({});
  if (found.all.some((file) => file.erasedAt)) throw caseProblems.erased({});
  return found;
}
