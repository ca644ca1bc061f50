/** What signing in leaves behind, once nothing can ask for it any more. */
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#lib/database';

/** Rows by table. */
export type Swept = Readonly<Record<'accessTokens' | 'refreshTokens' | 'challenges' | 'failures' | 'buckets', number>>;

/** So many failures in a row close a password until its owner proves who they are, however long that takes. */
const CLOSED = 100;

@Injectable()
export class SignInSweepRepository {
  constructor(private readonly database: Database) {}

  /** Whether there is anything that was over before a moment. */
  async hasAny(before: Date): Promise<boolean> {
    const { prisma } = this.database;
    const over = { expiresAt: { lt: before } };
    const found = await Promise.all([
      prisma.accessToken.findFirst({ where: over, select: { familyId: true } }),
      prisma.refreshToken.findFirst({ where: over, select: { familyId: true } }),
      prisma.signInChallenge.findFirst({ where: over, select: { kind: true } }),
      prisma.signInThrottle.findFirst({ where: failuresOver(before), select: { failures: true } }),
      prisma.signInBucket.findFirst({ where: { at: { lt: before } }, select: { at: true } }),
    ]);
    return found.some((one) => one !== null);
  }

  async sweep(tx: Tx, before: Date): Promise<Swept> {
    const over = { expiresAt: { lt: before } };
    return {
      accessTokens: (await tx.prisma.accessToken.deleteMany({ where: over })).count,
      refreshTokens: (await tx.prisma.refreshToken.deleteMany({ where: over })).count,
      challenges: (await tx.prisma.signInChallenge.deleteMany({ where: over })).count,
      failures: (await tx.prisma.signInThrottle.deleteMany({ where: failuresOver(before) })).count,
      // A bucket that nobody touched for a day is full, and a missing one is full as well.
      buckets: (await tx.prisma.signInBucket.deleteMany({ where: { at: { lt: before } } })).count,
    };
  }
}

/** A day without failures forgets them (sql/count-failure.sql), unless they closed the password. */
const failuresOver = (before: Date) => ({
  seenAt: { lt: before },
  until: { lt: before },
  failures: { lt: CLOSED },
});
