/** Finding people by name or document. What the caller does not reach is not found, and not counted either. */
import { Injectable } from '@nestjs/common';
import { mayReadIdentity, type Caller } from '#lib/access';
import { auditRow, Database } from '#lib/database';
import { NameIndex } from '../names/name-index.service.js';
import { ReadingBudgetService } from '../reading/reading-budget.service.js';
import { insertRows } from '../record/case-rows.repository.js';
import { caseProblems } from '../record/case.problems.js';
import { searchProblems } from './cases.problems.js';
import type { FoundPersonView, SearchPeopleBody } from './people.dto.js';
import { PeopleRepository } from './people.repository.js';

const DEFAULT_LIMIT = 20;
/** So many are looked at before those that the caller does not reach are left out. */
const LOOKED_AT = 500;

@Injectable()
export class PeopleService {
  constructor(
    private readonly budget: ReadingBudgetService,
    private readonly database: Database,
    private readonly index: NameIndex,
    private readonly people: PeopleRepository,
  ) {}

  async search(caller: Caller, { name, documentNumber, limit }: SearchPeopleBody): Promise<FoundPersonView[]> {
    if (name === undefined && documentNumber === undefined) throw searchProblems.nothingAsked({});
    if (mayReadIdentity(caller) === 'with-reason') throw caseProblems.reasonNeeded({});
    await this.budget.admit(caller);
    const query = { name: name ?? null, documentNumber: documentNumber ?? null };
    const hits = await this.index.search(caller.organisationId, query, LOOKED_AT);
    const scores = new Map(hits.map(({ caseId, score }) => [caseId, score]));
    const reached = await this.people.reachedAmong(caller, [...scores.keys()], limit ?? DEFAULT_LIMIT);
    const found = reached.map(({ id, ...shown }) => ({ caseId: id, ...shown, score: scores.get(id) ?? 0 }));
    // An entry a case: whoever asks who has looked at it finds the search as well.
    const readings = await this.database.write(caller, async (tx) => {
      await tx.audit('people.searched', { details: { found: found.length } });
      if (found.length === 0) return null;
      await insertRows(
        tx,
        {},
        found.map(({ caseId }) => auditRow(caller, 'identity.found', { caseId })),
      );
      return this.budget.count(tx, caller);
    });
    if (readings !== null) await this.budget.noteReading(caller, readings);
    return found;
  }
}
