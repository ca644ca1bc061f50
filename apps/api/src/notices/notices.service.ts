/** What a second person must be told: raised with the act it tells of, and taken note of by somebody else. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, type Tx } from '#lib/database';
import { AuditService } from '../audit/audit.service.js';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT } from '../platform/paging.js';
import type { AcknowledgedView, NoticeKind, NoticesQuery, NoticeView } from './notices.dto.js';
import { noticeProblems } from './notices.problems.js';
import { NoticesRepository, type NewNotice, type Notice } from './notices.repository.js';

/** Acts that a notice can tell of, by the action of their audit entry, from which the reason is read. */
const TOLD = ['break-glass.opened', 'disclosure.decided', 'hold.release-asked', 'erasure.asked'];
/** Whose act a notice tells of: a person, or the service itself for an organisation. */
type Teller = Pick<Caller, 'organisationId'> & { readonly userId: string | null };
/** Most entries that are read for the reasons of one page. */
const REASONS_MAX = 500;

@Injectable()
export class NoticesService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesRepository,
  ) {}

  /** Tells a second person of what the caller does, in the same transaction. */
  async raise(tx: Tx, caller: Teller, notice: NewNotice): Promise<void> {
    await this.notices.insert(tx, caller, notice, this.clock.now());
  }

  /** How many notices of a kind about the caller's own acts nobody has taken note of. */
  async waiting(tx: Tx, caller: Caller, kind: NoticeKind): Promise<number> {
    return this.notices.openAbout(tx, caller, kind);
  }

  async list(caller: Caller, query: NoticesQuery): Promise<Page<NoticeView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const open = query.open === 'true';
    const scope = JSON.stringify(['notices', caller.userId, open]);
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { raisedAt: String(after[0]), id: String(after[1]) };
    const { found, reasons } = await this.database.write(caller, async (tx) => {
      const found = await this.notices.noticesOf(tx, caller, { open, limit: limit + 1 }, position);
      const cases = [...new Set(found.flatMap(({ caseId }) => caseId ?? []))];
      const entries = await this.audit.entriesAbout(tx, caller, { cases, actions: TOLD }, null, REASONS_MAX);
      await tx.audit('notice.listed');
      return { found, reasons: new Map(entries.map(({ subjectId, reason }) => [subjectId, reason])) };
    });
    const view = ({ subjectId, ...notice }: Notice): NoticeView => ({
      ...notice,
      reason: (subjectId === null ? undefined : reasons.get(subjectId)) ?? null,
    });
    return this.cursors.page(scope, found, limit, (notice) => [notice.raisedAt, notice.id], view);
  }

  /** Takes note of what somebody else did. Nobody acknowledges their own act. */
  async acknowledge(caller: Caller, retry: Retry, noticeId: string): Promise<Answer<AcknowledgedView>> {
    return this.idempotency.once(caller, retry, async (tx) => {
      const notice = await this.notices.noticeOf(tx, caller, noticeId);
      if (!notice) throw noticeProblems.notFound({});
      if (notice.userId === caller.userId) throw noticeProblems.own({});
      const at = this.clock.now();
      if (!(await this.notices.acknowledge(tx, caller, noticeId, at))) throw noticeProblems.acknowledged({});
      const { kind, caseId } = notice;
      await tx.audit('notice.acknowledged', { caseId: caseId ?? undefined, subjectId: noticeId, details: { kind } });
      return created({ id: noticeId, acknowledgedAt: at.toISOString() }, '/v1/notices');
    });
  }
}
