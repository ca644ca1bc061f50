/** Which file was merged into which, from when to when. Nothing of a file is moved. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Database, type Tx } from '#lib/database';
import { CaseSealing } from '../record/case-sealing.js';

export interface Merge {
  readonly id: string;
  readonly keepId: string;
  readonly absorbId: string;
  readonly mergedAt: Date;
  readonly endedAt: Date | null;
}

export interface MergePosition {
  readonly mergedAt: Date;
  readonly id: string;
}

const MERGE = { id: true, keepId: true, absorbId: true, mergedAt: true, endedAt: true } as const;

@Injectable()
export class MergesRepository {
  constructor(
    private readonly database: Database,
    private readonly sealing: CaseSealing,
  ) {}

  /** Merges of the caller's organisation, latest first. */
  mergesOf(caller: Caller, after: MergePosition | null, limit: number): Promise<Merge[]> {
    const behind =
      after === null
        ? {}
        : { OR: [{ mergedAt: { lt: after.mergedAt } }, { mergedAt: after.mergedAt, id: { gt: after.id } }] };
    return this.database.read(caller, ({ merge }) =>
      merge.findMany({
        where: { organisationId: caller.organisationId, ...behind },
        orderBy: [{ mergedAt: 'desc' }, { id: 'asc' }],
        take: limit,
        select: MERGE,
      }),
    );
  }

  mergeInForce(tx: Tx, caller: Caller, id: string): Promise<Merge | null> {
    return tx.prisma.merge.findFirst({
      where: { id, organisationId: caller.organisationId, endedAt: null },
      select: MERGE,
    });
  }

  async insertMerge(
    tx: Tx,
    caller: Caller,
    files: { readonly keep: string; readonly absorb: string; readonly reason: string },
    mergedAt: Date,
  ): Promise<Merge> {
    const { keep, absorb, reason } = files;
    const id = randomUUID();
    const sealed = await this.sealing.sealRow(tx, caller.organisationId, 'merge', { keep_id: keep, id, reason });
    const merge = await tx.prisma.merge.create({
      data: {
        id,
        organisationId: caller.organisationId,
        keepId: keep,
        absorbId: absorb,
        reason: String(sealed['reason']),
        mergedAt,
        mergedBy: caller.userId,
      },
      select: MERGE,
    });
    await tx.prisma.caseFile.updateMany({ where: { id: absorb }, data: { mergedInto: keep } });
    await this.decide(tx, merge, { state: 'merged', decidedAt: mergedAt, decidedBy: caller.userId });
    return merge;
  }

  /** Parts the two files again. Whether the merge was in force. */
  async endMerge(tx: Tx, caller: Caller, merge: Merge, endedAt: Date): Promise<boolean> {
    const ended = await tx.prisma.merge.updateMany({
      where: { id: merge.id, endedAt: null },
      data: { endedAt, endedBy: caller.userId },
    });
    if (ended.count === 0) return false;
    await tx.prisma.caseFile.updateMany({ where: { id: merge.absorbId }, data: { mergedInto: null } });
    await this.decide(tx, merge, { state: 'open', decidedAt: null, decidedBy: null });
    return true;
  }

  /** What was suggested about the two files is decided by the merge, and open again without it. */
  private async decide(
    tx: Tx,
    { keepId, absorbId }: Merge,
    data: { state: string; decidedAt: Date | null; decidedBy: string | null },
  ): Promise<void> {
    const pair = [
      { aId: keepId, bId: absorbId },
      { aId: absorbId, bId: keepId },
    ];
    await tx.prisma.duplicateCandidate.updateMany({ where: { OR: pair }, data });
  }
}
