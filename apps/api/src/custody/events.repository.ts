/** What is written about events beside their rows: withdrawals and the choice between accounts. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import type { TimelineKind } from '#lib/custody';
import type { Tx } from '#lib/database';
import { CaseSealing } from '../record/case-sealing.js';

/** Whatever can be taken back: an event, or a step of a petition. Prisma's models are named as the kinds are. */
export type Withdrawable = TimelineKind | 'remedyStep';

/** A kind with the name of its table. */
export interface WithdrawableTable {
  readonly kind: Withdrawable;
  readonly table: string;
}

interface Withdrawal {
  readonly withdrawnAt: Date;
  readonly withdrawnBy: string;
  readonly withdrawnFor: string;
}

/** Every table of events has the three columns of a withdrawal. */
interface EventTable {
  updateMany(change: { where: { caseId: string; id: string }; data: Withdrawal }): PromiseLike<{ count: number }>;
}

@Injectable()
export class EventsRepository {
  constructor(private readonly sealing: CaseSealing) {}

  async withdraw(
    tx: Tx,
    caller: Caller,
    { kind, table: name }: WithdrawableTable,
    caseId: string,
    id: string,
    withdrawnAt: Date,
  ): Promise<void> {
    const row = { case_id: caseId, id, withdrawn_for: caller.reason ?? '' };
    const sealed = await this.sealing.sealRow(tx, caller.organisationId, name, row);
    const table: EventTable = tx.prisma[kind];
    await table.updateMany({
      where: { caseId, id },
      data: { withdrawnAt, withdrawnBy: caller.userId, withdrawnFor: String(sealed['withdrawn_for']) },
    });
  }

  async insertChoice(
    tx: Tx,
    caller: Caller,
    caseId: string,
    eventId: string,
    reason: string,
    recordedAt: Date,
  ): Promise<string> {
    const id = randomUUID();
    const sealed = await this.sealing.sealRow(tx, caller.organisationId, 'account_choice', {
      case_id: caseId,
      id,
      reason,
    });
    await tx.prisma.accountChoice.create({
      data: { caseId, id, eventId, reason: String(sealed['reason']), recordedAt, recordedBy: caller.userId },
    });
    return id;
  }
}
