/** How dangerous a case is to the people in it, and when somebody looks again. A judgement nobody renews is overdue. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { dayInZone } from '#lib/time';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT, type PageQuery } from '../platform/paging.js';
import { requestProblems } from '../platform/validation/body.pipe.js';
import { etagOf } from '../platform/versions.js';
import { codeFaults } from '../record/code-check.js';
import { nextVersion } from '../record/person-files.repository.js';
import { lockForAct } from '../record/person-files.js';
import type { RecordedView } from '../record/recorded.view.js';
import { Catalogue } from '../reference/catalogue.js';
import { ReviewRiskBody, type ReviewView } from './retention.dto.js';
import { retentionProblems } from './retention.problems.js';
import { ReviewsRepository } from './reviews.repository.js';

const DAY_MS = 86_400_000;
const FURTHEST_DAYS = 731;

@Injectable()
export class ReviewsService {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly idempotency: Idempotency,
    private readonly reviews: ReviewsRepository,
  ) {}

  async record(caller: Caller, retry: Retry, caseId: string, body: ReviewRiskBody): Promise<Answer<RecordedView>> {
    return this.idempotency.once(caller, retry, async (tx) => {
      const { file } = await lockForAct(tx, caller, caseId);
      const faults = codeFaults(this.catalogue, ReviewRiskBody, body, file.country);
      if (faults.length > 0) throw requestProblems.invalid({}, faults);
      const today = this.today(file.country);
      const ahead = (Date.parse(body.reviewOn) - Date.parse(today)) / DAY_MS;
      if (ahead < 1 || ahead > FURTHEST_DAYS)
        throw retentionProblems.reviewPast({}, [
          { pointer: '/reviewOn', code: 'date.out-of-range', detail: 'This day is past, today, or too far away.' },
        ]);
      const id = await this.reviews.insert(tx, caller, caseId, body.level, body.reviewOn, this.clock.now());
      const version = await nextVersion(tx, file);
      await tx.audit('risk.reviewed', {
        caseId,
        subjectId: id,
        details: { before: file.riskLevel, after: body.level },
      });
      return created({ id, caseId, kind: 'riskReview', version }, `/v1/cases/${caseId}`, etagOf(version));
    });
  }

  async overdue(caller: Caller, query: PageQuery): Promise<Page<ReviewView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = JSON.stringify(['reviews', caller.userId]);
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { reviewOn: String(after[0]), id: String(after[1]) };
    const found = await this.reviews.overdueVisibleTo(caller, this.today(caller.country), position, limit + 1);
    return this.cursors.page(
      scope,
      found,
      limit,
      (one) => [one.reviewOn, one.caseId],
      (one) => one,
    );
  }

  private today(country: string): string {
    return dayInZone(this.clock.now().getTime(), this.catalogue.zoneOf(country));
  }
}
