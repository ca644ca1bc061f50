/** How long a case is kept and what holds it, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import type { RetentionClass } from '#lib/consent';
import { sqlFile, type Tx } from '#lib/database';

const closedOnSql = sqlFile(import.meta.url, './sql/closed-on.sql');

export interface Hold {
  readonly id: string;
  readonly ownerId: string;
  readonly placedAt: Date;
  readonly placedBy: string;
  readonly releaseAskedBy: string | null;
  readonly releasedAt: Date | null;
}

@Injectable()
export class RetentionRepository {
  async classOf(tx: Tx, caseId: string): Promise<RetentionClass> {
    const row = await tx.prisma.caseRetention.findFirst({ where: { caseId }, select: { class: true } });
    return (row?.class ?? 'STANDARD') as RetentionClass;
  }

  async setClass(tx: Tx, caller: Caller, caseId: string, retention: string, setAt: Date): Promise<void> {
    const told = { class: retention, setAt, setBy: caller.userId };
    const { count } = await tx.prisma.caseRetention.updateMany({ where: { caseId }, data: told });
    if (count === 0) await tx.prisma.caseRetention.createMany({ data: [{ caseId, ...told }] });
  }

  /** The day on which the case was closed, or null while it is open. */
  async closedOn(tx: Tx, caseId: string, zone: string): Promise<string | null> {
    const [row] = await tx.sql<{ closedOn: string }>(closedOnSql, { case: caseId, zone });
    return row?.closedOn ?? null;
  }

  /** Holds of a case, in force or released, the oldest first. */
  async holdsOf(tx: Tx, caseId: string): Promise<Hold[]> {
    return tx.prisma.legalHold.findMany({ where: { caseId }, orderBy: [{ placedAt: 'asc' }, { id: 'asc' }] });
  }

  async isHeld(tx: Tx, caseIds: readonly string[]): Promise<boolean> {
    return (await tx.prisma.legalHold.count({ where: { caseId: { in: [...caseIds] }, releasedAt: null } })) > 0;
  }

  async isColleague(tx: Tx, caller: Caller, id: string): Promise<boolean> {
    const found = await tx.prisma.appUser.count({
      where: { id, organisationId: caller.organisationId, disabledAt: null },
    });
    return found > 0;
  }

  async insertHold(tx: Tx, caller: Caller, caseId: string, ownerId: string, placedAt: Date): Promise<string> {
    const id = randomUUID();
    await tx.prisma.legalHold.create({ data: { caseId, id, ownerId, placedAt, placedBy: caller.userId } });
    return id;
  }

  async askRelease(tx: Tx, caller: Caller, caseId: string, id: string, at: Date): Promise<void> {
    await tx.prisma.legalHold.updateMany({
      where: { caseId, id },
      data: { releaseAskedAt: at, releaseAskedBy: caller.userId },
    });
  }

  async release(tx: Tx, caller: Caller, caseId: string, id: string, at: Date): Promise<void> {
    await tx.prisma.legalHold.updateMany({
      where: { caseId, id },
      data: { releasedAt: at, releasedBy: caller.userId },
    });
  }
}
