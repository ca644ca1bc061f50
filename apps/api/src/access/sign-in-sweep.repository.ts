/** What signing in and creating leave behind, once nothing can ask for it any more. */
import { Injectable } from '@nestjs/common';
import { Database, type Prisma, type Tx } from '#lib/database';

/** Rows by table. */
export type Swept = Readonly<
  Record<'accessTokens' | 'refreshTokens' | 'challenges' | 'failures' | 'buckets' | 'sessions' | 'retryKeys', number>
>;

/** What was over before a moment goes. */
export interface SweepMoments {
  /** For what means nothing any more. */
  readonly over: Date;
  /** For sessions that nobody can go on with, and for the answers to creations. */
  readonly kept: Date;
}

/** So many failures in a row close a password until its owner proves who they are, however long that takes. */
const CLOSED = 100;
/** So that a first sweep of many rows holds nobody up; the next hour takes the rest. */
const AT_ONCE = 20_000;

@Injectable()
export class SignInSweepRepository {
  constructor(private readonly database: Database) {}

  /** Whether there is anything to sweep. */
  async hasAny({ over, kept }: SweepMoments): Promise<boolean> {
    const { prisma } = this.database;
    const expired = { expiresAt: { lt: over } };
    const found = await Promise.all([
      prisma.accessToken.findFirst({ where: expired, select: { familyId: true } }),
      prisma.refreshToken.findFirst({ where: expired, select: { familyId: true } }),
      prisma.signInChallenge.findFirst({ where: expired, select: { kind: true } }),
      prisma.signInThrottle.findFirst({ where: failuresOver(over), select: { failures: true } }),
      prisma.signInBucket.findFirst({ where: { at: { lt: over } }, select: { at: true } }),
      prisma.sessionFamily.findFirst({ where: sessionsOver(kept), select: { id: true } }),
      prisma.idempotencyKey.findFirst({ where: { createdAt: { lt: kept } }, select: { key: true } }),
    ]);
    return found.some((one) => one !== null);
  }

  async sweep(tx: Tx, { over, kept }: SweepMoments): Promise<Swept> {
    const [expired, limit] = [{ expiresAt: { lt: over } }, AT_ONCE];
    return {
      accessTokens: (await tx.prisma.accessToken.deleteMany({ where: expired, limit })).count,
      refreshTokens: (await tx.prisma.refreshToken.deleteMany({ where: expired, limit })).count,
      challenges: (await tx.prisma.signInChallenge.deleteMany({ where: expired, limit })).count,
      failures: (await tx.prisma.signInThrottle.deleteMany({ where: failuresOver(over), limit })).count,
      // A bucket that nobody touched for a day is full, and a missing one is full as well.
      buckets: (await tx.prisma.signInBucket.deleteMany({ where: { at: { lt: over } }, limit })).count,
      sessions: (await tx.prisma.sessionFamily.deleteMany({ where: sessionsOver(kept), limit })).count,
      retryKeys: (await tx.prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: kept } }, limit })).count,
    };
  }
}

/** A day without failures forgets them (sql/count-failure.sql), unless they closed the password. */
const failuresOver = (before: Date) => ({
  seenAt: { lt: before },
  until: { lt: before },
  failures: { lt: CLOSED },
});

/**
 * Ended, or run out: without a token nobody can go on with it. One that still has a token stays, so that a copied token
 * is told from an unknown one for as long as it could be used.
 */
const sessionsOver = (before: Date): Prisma.SessionFamilyWhereInput => ({
  access: { none: {} },
  refresh: { none: {} },
  OR: [{ endedAt: { lt: before } }, { endedAt: null, lastUsedAt: { lt: before } }],
});
