/**
 * Breaking the glass: somebody who may not see a case opens it for some hours because it cannot wait
 * (docs/adr/2026-11-26-break-glass.md). It is never silent: the reason stands in the trail, and coordinators are told.
 */
import { Injectable } from '@nestjs/common';
import { BREAK_GLASS_HOURS, BREAK_GLASS_WAITING, type Caller } from '#lib/access';
import { Database } from '#lib/database';
import { AuditService } from '../audit/audit.service.js';
import { NoticesService } from '../notices/notices.service.js';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { caseProblems } from '../record/case.problems.js';
import { filesVisibleTo } from '../record/person-files.repository.js';
import { BreakGlassRepository } from './break-glass.repository.js';
import type { BreakGlassBody, BreakGlassView, OpenGlassView, SomebodysGlassView } from './reading.dto.js';
import { breakGlassProblems } from './reading.problems.js';

const HOUR_MS = 3_600_000;
/** Most entries that are read for the reasons of one list. */
const REASONS_MAX = 500;

@Injectable()
export class BreakGlassService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly glasses: BreakGlassRepository,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesService,
  ) {}

  /** What the caller has open at this moment: a list of cases does not show it. */
  async mine(caller: Caller): Promise<OpenGlassView[]> {
    return this.database.write(caller, async (tx) => {
      const found = await this.glasses.openNow(tx, caller.userId);
      await tx.audit('break-glass.listed');
      return found.map(({ userId: _user, displayName: _name, ...glass }) => glass);
    });
  }

  /** What stands open in the caller's organisation, to whom and why. */
  async all(caller: Caller): Promise<SomebodysGlassView[]> {
    return this.database.write(caller, async (tx) => {
      const found = await this.glasses.openNow(tx);
      const about = { cases: [...new Set(found.map(({ caseId }) => caseId))], actions: ['break-glass.opened'] };
      const entries = await this.audit.entriesAbout(tx, caller, about, null, REASONS_MAX);
      const reasons = new Map(entries.map(({ subjectId, reason }) => [subjectId, reason]));
      await tx.audit('break-glass.listed');
      return found.map((glass) => ({ ...glass, reason: reasons.get(glass.id) ?? null }));
    });
  }

  /** Shuts a case that stands open to somebody, before its time: the very next reading finds it shut. */
  async shut(caller: Caller, glassId: string): Promise<void> {
    await this.database.write(caller, async (tx) => {
      const glass = (await this.glasses.openNow(tx)).find(({ id }) => id === glassId);
      if (!glass || !(await this.glasses.shut(tx, glass, this.clock.now(), caller.userId)))
        throw breakGlassProblems.notFound({});
      await tx.audit('break-glass.shut', { caseId: glass.caseId, subjectId: glassId });
    });
  }

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
