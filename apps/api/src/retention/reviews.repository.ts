/** Judgements of danger, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Database, sqlFile, type Tx } from '#lib/database';
import { visibilityValues } from '../record/visibility.js';

const overdueReviews = sqlFile(import.meta.url, './sql/overdue-reviews.sql');

export interface OverdueReview {
  readonly caseId: string;
  readonly number: string;
  readonly riskLevel: string;
  readonly reviewOn: string;
}

@Injectable()
export class ReviewsRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, caller: Caller, caseId: string, level: string, day: string, recordedAt: Date): Promise<string> {
    const id = randomUUID();
    const reviewOn = new Date(`${day}T00:00:00Z`);
    await tx.prisma.riskReview.create({
      data: { caseId, id, level, reviewOn, recordedAt, recordedBy: caller.userId },
    });
    await tx.prisma.caseFile.updateMany({ where: { id: caseId }, data: { riskLevel: level, riskReviewOn: reviewOn } });
    return id;
  }

  overdueVisibleTo(
    caller: Caller,
    today: string,
    after: { readonly reviewOn: string; readonly id: string } | null,
    limit: number,
  ): Promise<OverdueReview[]> {
    return this.database.statement<OverdueReview>(caller, overdueReviews, {
      ...visibilityValues(caller),
      // Like every list, without what was opened in an emergency.
      opened: false,
      today,
      limit,
      ...(after === null ? {} : { afterDay: after.reviewOn, afterId: after.id }),
    });
  }
}
