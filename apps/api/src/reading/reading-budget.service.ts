/**
 * How much one person reads on one day (docs/reading.md). Readings are counted where they happen, in the same statement
 * or transaction; at the budget coordinators and the auditor are told, at three times the budget reading stops until
 * another coordinator lets it go on.
 */
import { Inject, Injectable } from '@nestjs/common';
import { readingLimit, readingVerdict, type Caller } from '#lib/access';
import { Database, type Tx } from '#lib/database';
import { dayInZone } from '#lib/time';
import { NoticesService } from '../notices/notices.service.js';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { CONFIG } from '../platform/provided.js';
import { Catalogue } from '../reference/catalogue.js';
import { ReadingBudgetRepository } from './reading-budget.repository.js';
import type { AllowanceBody, AllowanceView } from './reading.dto.js';
import { readingProblems } from './reading.problems.js';

@Injectable()
export class ReadingBudgetService {
  private readonly budget: number;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesService,
    private readonly days: ReadingBudgetRepository,
  ) {
    this.budget = config.readingBudget;
  }

  /** How many readings a day admits before anybody's allowance; null where none are counted. */
  get limit(): number | null {
    return readingLimit(this.budget);
  }

  /** Refuses somebody whose day is spent. What was refused stays in the trail, and the first time others are told. */
  async admit(caller: Caller): Promise<void> {
    if (this.limit === null) return;
    const { readings, allowance } = await this.days.readingsOf(caller, this.today(caller));
    const next = { budget: this.budget, allowance, readings: readings + 1 };
    if (readingVerdict(next) !== 'refuse') return;
    await this.database.write(caller, async (tx) => {
      if ((await this.notices.waiting(tx, caller, 'READING_STOPPED')) === 0)
        await this.notices.raise(tx, caller, { kind: 'READING_STOPPED' });
      await tx.audit('reading.refused', { subjectId: caller.userId, details: { readings, allowance } });
    });
    throw readingProblems.stopped({});
  }

  /** Counts a reading inside its act; null where none are counted. */
  async count(tx: Tx, caller: Caller): Promise<number | null> {
    return this.limit === null ? null : this.days.count(tx, caller, this.today(caller));
  }

  /** What has been read has been read: at the budget, others are told of it. */
  async noteReading(caller: Caller, readings: number): Promise<void> {
    if (readingVerdict({ budget: this.budget, allowance: 0, readings }) !== 'tell') return;
    await this.database.write(caller, async (tx) => {
      await this.notices.raise(tx, caller, { kind: 'READING_BUDGET' });
      await tx.audit('reading.budget-reached', { subjectId: caller.userId, details: { readings } });
    });
  }

  /** Lets somebody of the organisation read more today. */
  async allow(caller: Caller, retry: Retry, userId: string, body: AllowanceBody): Promise<Answer<AllowanceView>> {
    if (userId === caller.userId) throw readingProblems.ownAllowance({});
    return this.idempotency.once({ ...caller, reason: body.reason }, retry, async (tx) => {
      if (!(await this.days.isColleague(tx, caller, userId))) throw readingProblems.noReader({});
      const day = this.today(caller);
      const now = await this.days.raise(tx, caller, userId, day, body.readings);
      await tx.audit('reading.allowed', { subjectId: userId, details: { more: body.readings } });
      return created({ userId, day, ...now }, `/v1/users/${userId}/reading-allowance`);
    });
  }

  private today(caller: Caller): string {
    return dayInZone(this.clock.now().getTime(), this.catalogue.zoneOf(caller.country));
  }
}
