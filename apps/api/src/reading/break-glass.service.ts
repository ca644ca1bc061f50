/**
 * Breaking the glass: somebody who may not see a case opens it for some hours because it cannot wait
 * (docs/adr/2026-11-26-break-glass.md). It is never silent: the reason stands in the trail, and coordinators are told.
 */
import { Injectable } from '@nestjs/common';
import { BREAK_GLASS_HOURS, BREAK_GLASS_WAITING, type Caller } from '#lib/access';
import { Database } from '#lib/database';
import { NoticesService } from '../notices/notices.service.js';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { caseProblems } from '../record/case.problems.js';
import { filesVisibleTo } from '../record/person-files.repository.js';
import { BreakGlassRepository } from './break-glass.repository.js';
import type { BreakGlassBody, BreakGlassView } from './reading.dto.js';
import { breakGlassProblems } from './reading.problems.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class BreakGlassService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly glasses: BreakGlassRepository,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesService,
  ) {}

  async open(
    caller: Caller,
    retry: Retry,
    reference: string,
    { reason }: BreakGlassBody,
  ): Promise<Answer<BreakGlassView>> {
    try {
      return await this.idempotency.once({ ...caller, reason }, retry, async (tx) => {
        const found = await this.glasses.caseCalled(tx, reference);
        if (!found) throw caseProblems.notFound({});
        const { id: caseId, number } = found;
        if ((await filesVisibleTo(tx, caller, caseId, { lock: false })).length > 0)
          throw breakGlassProblems.notNeeded({});
        if ((await this.notices.waiting(tx, caller, 'BREAK_GLASS')) >= BREAK_GLASS_WAITING)
          throw breakGlassProblems.unacknowledged({});
        const now = this.clock.now();
        const expiresAt = new Date(now.getTime() + BREAK_GLASS_HOURS * HOUR_MS);
        const id = await this.glasses.insert(tx, caller, caseId, now, expiresAt);
        await this.notices.raise(tx, caller, { kind: 'BREAK_GLASS', caseId, subjectId: id });
        await tx.audit('break-glass.opened', { caseId, subjectId: id, details: { hours: BREAK_GLASS_HOURS } });
        return created({ id, caseId, number, expiresAt: expiresAt.toISOString() }, `/v1/cases/${caseId}`);
      });
    } catch (error) {
      // Whoever tries numbers is seen trying. What was tried is not kept: it may be a name.
      if ((error as { code?: string }).code === caseProblems.notFound.code)
        await this.database.write({ ...caller, reason }, (tx) => tx.audit('break-glass.missed'));
      throw error;
    }
  }
}
