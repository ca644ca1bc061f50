/** Duplicates: suggestions that two files are of one person, and the answer that they are not. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { REASONS, type Reason } from '#lib/matching';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT } from '../platform/paging.js';
import type { DismissBody, DismissedView, DuplicatesQuery, DuplicateView } from './duplicates.dto.js';
import { duplicateProblems } from './duplicates.problems.js';
import { DuplicatesRepository, type Suggestion } from './duplicates.repository.js';

const toDuplicateView = (suggestion: Suggestion): DuplicateView => ({
  id: suggestion.id,
  a: { caseId: suggestion.aId, externalId: suggestion.aExternalId, number: suggestion.aNumber },
  b: { caseId: suggestion.bId, externalId: suggestion.bExternalId, number: suggestion.bNumber },
  score: Math.round(suggestion.score * 10_000) / 10_000,
  reasons: suggestion.reasons,
  explanations: suggestion.reasons.flatMap((code) => (code in REASONS ? [{ code, ...REASONS[code as Reason] }] : [])),
  state: suggestion.state,
});

@Injectable()
export class DuplicatesService {
  constructor(
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly duplicates: DuplicatesRepository,
    private readonly idempotency: Idempotency,
  ) {}

  async list(caller: Caller, query: DuplicatesQuery): Promise<Page<DuplicateView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const state = query.state ?? 'open';
    const scope = JSON.stringify(['duplicates', caller.organisationId, state]);
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { score: Number(after[0]), id: String(after[1]) };
    const found = await this.duplicates.suggestionsFor(caller, state, position, limit + 1);
    return this.cursors.page(scope, found, limit, (one) => [one.score, one.id], toDuplicateView);
  }

  /** Says that two files are of different people, so that the suggestion does not come again. */
  async dismiss(caller: Caller, retry: Retry, id: string, body: DismissBody): Promise<Answer<DismissedView>> {
    return this.idempotency.once(caller, retry, async (tx) => {
      const pair = await this.duplicates.pairOf(tx, caller, id);
      if (!pair) throw duplicateProblems.notFound({});
      if (!(await this.duplicates.dismiss(tx, caller, id, this.clock.now()))) throw duplicateProblems.decided({});
      await tx.audit('duplicate.dismissed', {
        caseId: pair.aId,
        subjectId: id,
        details: { other: pair.bId, reasonGiven: body.reason.length > 0 },
      });
      return created({ id, state: 'different' }, '/v1/duplicates');
    });
  }
}
