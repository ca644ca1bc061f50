/** Requests for erasure, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Database, sqlFile, type Tx } from '#lib/database';
import type { ErasureRequestView } from './retention.dto.js';

const erasureRequests = sqlFile(import.meta.url, './sql/erasure-requests.sql');

export interface NewRequest {
  readonly caseId: string;
  readonly files: readonly string[];
  readonly proposalId: string | null;
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

export interface PendingRequest {
  readonly id: string;
  readonly caseId: string;
  readonly files: readonly string[];
  readonly proposalId: string | null;
  readonly askedBy: string;
  readonly expiresAt: Date;
  readonly state: string;
}

@Injectable()
export class ErasureRequestsRepository {
  constructor(private readonly database: Database) {}

  requestsOf(
    caller: Caller,
    options: { readonly state: string; readonly now: Date; readonly limit: number },
    after: { readonly expiresAt: string; readonly id: string } | null,
  ): Promise<ErasureRequestView[]> {
    return this.database.statement<ErasureRequestView>(caller, erasureRequests, {
      organisation: caller.organisationId,
      ...options,
      ...(after === null ? {} : { afterMoment: after.expiresAt, afterId: after.id }),
    });
  }

  async viewOf(tx: Tx, caller: Caller, id: string, now: Date): Promise<ErasureRequestView | null> {
    const values = { organisation: caller.organisationId, id, now, limit: 1 };
    const [row] = await tx.sql<ErasureRequestView>(erasureRequests, values);
    return row ?? null;
  }

  requestOf(tx: Tx, caller: Caller, id: string): Promise<PendingRequest | null> {
    return tx.prisma.erasureRequest.findFirst({ where: { id, organisationId: caller.organisationId } });
  }

  /** Requests about any of some files that can still be confirmed. */
  liveFor(tx: Tx, caseIds: readonly string[], now: Date): Promise<PendingRequest[]> {
    return tx.prisma.erasureRequest.findMany({
      where: { files: { hasSome: [...caseIds] }, state: 'OPEN', expiresAt: { gt: now } },
    });
  }

  async insert(tx: Tx, caller: Caller, { files, ...request }: NewRequest): Promise<string> {
    const id = randomUUID();
    await tx.prisma.erasureRequest.create({
      data: { id, organisationId: caller.organisationId, askedBy: caller.userId, ...request, files: [...files] },
    });
    return id;
  }

  /** Whether nobody was quicker. */
  async decide(tx: Tx, caller: Caller, id: string, state: 'CONFIRMED' | 'WITHDRAWN', at: Date): Promise<boolean> {
    const { count } = await tx.prisma.erasureRequest.updateMany({
      where: { id, organisationId: caller.organisationId, state: 'OPEN' },
      data: { state, decidedAt: at, decidedBy: caller.userId },
    });
    return count > 0;
  }

  /** Requests whose time is over and that nobody has put away yet. */
  lapsed(now: Date, limit: number): Promise<{ readonly id: string; readonly caseId: string }[]> {
    return this.database.prisma.erasureRequest.findMany({
      where: { state: 'OPEN', expiresAt: { lte: now } },
      select: { id: true, caseId: true },
      orderBy: { expiresAt: 'asc' },
      take: limit,
    });
  }

  async expire(tx: Tx, id: string, at: Date): Promise<boolean> {
    const { count } = await tx.prisma.erasureRequest.updateMany({
      where: { id, state: 'OPEN' },
      data: { state: 'EXPIRED', decidedAt: at },
    });
    return count > 0;
  }
}
