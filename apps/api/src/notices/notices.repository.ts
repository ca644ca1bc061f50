/** What a second person must learn of, as rows: codes and ids only. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { sqlFile, type Tx } from '#lib/database';
import type { NoticeKind } from './notices.dto.js';

const listNotices = sqlFile(import.meta.url, './sql/list-notices.sql');

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly caseId?: string;
  /** The row of the act. */
  readonly subjectId?: string;
}

export interface Notice {
  readonly id: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly number: string | null;
  readonly userId: string | null;
  readonly displayName: string | null;
  readonly subjectId: string | null;
  readonly raisedAt: string;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
}

@Injectable()
export class NoticesRepository {
  async insert(
    tx: Tx,
    caller: { readonly organisationId: string; readonly userId: string | null },
    notice: NewNotice,
    raisedAt: Date,
  ): Promise<void> {
    const { userId, organisationId } = caller;
    await tx.prisma.caseNotice.createMany({
      data: [{ id: randomUUID(), organisationId, userId, raisedAt, ...notice }],
    });
  }

  /** Notices of one kind about what the caller did that nobody has taken note of. */
  async openAbout(tx: Tx, caller: Caller, kind: NoticeKind): Promise<number> {
    return tx.prisma.caseNotice.count({ where: { userId: caller.userId, kind, acknowledgedAt: null } });
  }

  noticesOf(
    tx: Tx,
    caller: Caller,
    options: { readonly open: boolean; readonly limit: number },
    after: { readonly raisedAt: string; readonly id: string } | null,
  ): Promise<Notice[]> {
    return tx.sql<Notice>(listNotices, {
      organisation: caller.organisationId,
      ...options,
      ...(after === null ? {} : { afterMoment: after.raisedAt, afterId: after.id }),
    });
  }

  noticeOf(tx: Tx, caller: Caller, id: string) {
    return tx.prisma.caseNotice.findFirst({ where: { id, organisationId: caller.organisationId } });
  }

  /** Whether nobody was quicker. */
  async acknowledge(tx: Tx, caller: Caller, id: string, at: Date): Promise<boolean> {
    const { count } = await tx.prisma.caseNotice.updateMany({
      where: { id, organisationId: caller.organisationId, acknowledgedAt: null },
      data: { acknowledgedAt: at, acknowledgedBy: caller.userId },
    });
    return count > 0;
  }
}
