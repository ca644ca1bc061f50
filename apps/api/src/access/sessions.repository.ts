/** Sessions as rows: families of tokens, each token kept as a digest only, and whoever holds them. */
import { Injectable } from '@nestjs/common';
import type { Caller, Role } from '#lib/access';
import { Database, sqlFile, type Prisma, type Tx } from '#lib/database';
import { Clock } from '../platform/clock.js';

const callerByToken = sqlFile(import.meta.url, './sql/caller-by-token.sql');
const accountNearSql = sqlFile(import.meta.url, './sql/account-near.sql');
const noteSignIn = sqlFile(import.meta.url, './sql/note-sign-in.sql');

/** Whoever holds a live access token, with the roles they have at this moment. */
export type TokenHolder = Omit<Caller, 'requestId' | 'reason' | 'tokenHash' | 'stamp'> & {
  /** Addresses that a program's token may come from; null is no program, empty is any address. */
  readonly addresses: readonly string[] | null;
};

/** A holder, and a digest of all that the database knew of them. */
export type StampedHolder = TokenHolder & { readonly stamp: string };

/** Somebody who may sign in. */
export interface Account {
  readonly userId: string;
  readonly organisationId: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly passwordHash: string;
  readonly hasFactor: boolean;
  /** Whether its scope is suspended at the moment; then the session begins as the stand-in. */
  readonly suspended: boolean;
  readonly standInId: string | null;
}

/** A refresh token of a session that has not ended. */
export interface KnownRefreshToken {
  readonly familyId: string;
  readonly userId: string;
  readonly organisationId: string;
  readonly officeId: string | null;
  readonly roles: readonly Role[];
}

export interface SessionFamily {
  readonly id: string;
  readonly name: string | null;
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
}

/** A new pair of tokens, by their digests. */
export interface TokenPair {
  readonly accessHash: Buffer;
  readonly accessUntil: Date;
  readonly refreshHash: Buffer;
  readonly refreshUntil: Date;
}

export interface Profile {
  readonly id: string;
  readonly displayName: string;
  readonly organisationId: string;
  readonly organisation: string;
  readonly officeId: string | null;
  readonly country: string;
}

/** Whose sessions end: one session, those of a user, of everybody in an office or in an organisation, or all. */
export type WhichFamilies =
  | { readonly id: string; readonly userId?: string }
  | { readonly userId: string; readonly except?: string }
  | { readonly officeId: string }
  | { readonly organisationId: string }
  | 'all';

/** Whoever may sign in and stay signed in; the view live_session asks the same of every request. */
const ADMITTED = { disabledAt: null, OR: [{ officeId: null }, { office: { closedAt: null } }] };

/** Whose scope is not suspended: a session that was open before is no longer good. */
const inScope = (now: Date) => ({ AND: [{ OR: [{ suspendedUntil: null }, { suspendedUntil: { lte: now } }] }] });

const bytes = (hash: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(hash);

@Injectable()
export class SessionsRepository {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async holderOf(tokenHash: Buffer): Promise<StampedHolder | null> {
    const [holder] = await this.database.statement<StampedHolder>(null, callerByToken, { hash: tokenHash });
    return holder ?? null;
  }

  async accountAt(email: string): Promise<Account | null> {
    return this.account({ email, standsInFor: null });
  }

  /** The account of a user who may sign in, or the stand-in of one. */
  async accountOf(userId: string): Promise<Account | null> {
    return this.account({ id: userId });
  }

  /** The account whose password and factors open a session: one's own, or the one a stand-in stands in for. */
  async accountBehind(userId: string): Promise<Account | null> {
    const user = await this.database.prisma.appUser.findFirst({ where: { id: userId }, select: { standsInFor: true } });
    return user && this.account({ id: user.standsInFor ?? userId });
  }

  /** The record of the account whose id follows on a point, or of the first one. */
  async accountNear(point: string): Promise<{ readonly userId: string; readonly passwordHash: string } | null> {
    const [row] = await this.database.statement<{ userId: string; passwordHash: string }>(null, accountNearSql, {
      point,
    });
    return row ?? null;
  }

  private async account(where: Prisma.AppUserWhereInput): Promise<Account | null> {
    const user = await this.database.prisma.appUser.findFirst({ where: { ...where, ...ADMITTED } });
    if (!user) return null;
    const standIn = await this.database.prisma.appUser.findFirst({
      where: { standsInFor: user.id },
      select: { id: true },
    });
    return {
      userId: user.id,
      organisationId: user.organisationId,
      email: user.email,
      roles: user.roles as Role[],
      passwordHash: user.passwordHash,
      hasFactor: user.factorSince !== null,
      suspended: user.suspendedUntil !== null && user.suspendedUntil > this.clock.now(),
      standInId: standIn?.id ?? null,
    };
  }

  /** What follows from the right password; one statement, whichever password it was. */
  async noteSignIn(
    tx: Tx,
    userId: string,
    facts: { readonly duress: boolean; readonly better: string | null; readonly now: Date; readonly alertId: string },
  ): Promise<void> {
    const { duress, better, now, alertId } = facts;
    await tx.sql(noteSignIn, { user: userId, now, duress, record: better, alert: alertId });
  }

  /** The session's proof of who its holder is is of this moment, by the clock that requests are judged by. */
  async noteProof(tx: Tx, familyId: string): Promise<void> {
    await tx.prisma.$executeRaw`UPDATE session_family SET authenticated_at = now() WHERE id = ${familyId}::uuid`;
  }

  async profileOf(caller: Caller): Promise<Profile> {
    const user = await this.database.prisma.appUser.findFirstOrThrow({
      where: { id: caller.userId },
      include: { organisation: true },
    });
    const { id, displayName, organisationId, organisation, officeId } = user;
    return {
      id,
      displayName,
      organisationId,
      organisation: organisation.name,
      officeId,
      country: organisation.country,
    };
  }

  /** Sessions of the caller that have not ended, the one used last first. */
  sessionsOf(caller: Caller): Promise<SessionFamily[]> {
    return this.database.prisma.sessionFamily.findMany({
      where: { userId: caller.userId, endedAt: null },
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }],
      take: 100,
      select: { id: true, name: true, startedAt: true, lastUsedAt: true },
    });
  }

  async insertFamily(tx: Tx, id: string, userId: string, name: string | null, now: Date): Promise<void> {
    await tx.prisma.sessionFamily.create({ data: { id, userId, name, startedAt: now, lastUsedAt: now } });
  }

  async insertTokens(tx: Tx, familyId: string, pair: TokenPair): Promise<void> {
    await tx.prisma.accessToken.createMany({
      data: [{ hash: bytes(pair.accessHash), familyId, expiresAt: pair.accessUntil }],
    });
    await tx.prisma.refreshToken.createMany({
      data: [{ hash: bytes(pair.refreshHash), familyId, expiresAt: pair.refreshUntil }],
    });
  }

  /** A refresh token that is still good for a session still open and not too old, or null. */
  async refreshToken(
    hash: Buffer,
    { now, startedAfter }: { readonly now: Date; readonly startedAfter: Date },
  ): Promise<KnownRefreshToken | null> {
    const known = await this.database.prisma.refreshToken.findFirst({
      where: {
        hash: bytes(hash),
        expiresAt: { gt: now },
        family: { endedAt: null, startedAt: { gt: startedAfter }, user: { ...ADMITTED, ...inScope(now) } },
      },
      include: { family: { include: { user: true } } },
    });
    if (!known) return null;
    const { id, organisationId, officeId, roles } = known.family.user;
    return { familyId: known.familyId, userId: id, organisationId, officeId, roles: roles as Role[] };
  }

  /** Whether this is the first use of the token. */
  async useRefreshToken(tx: Tx, hash: Buffer, now: Date): Promise<boolean> {
    const used = await tx.prisma.refreshToken.updateMany({
      where: { hash: bytes(hash), usedAt: null },
      data: { usedAt: now },
    });
    return used.count === 1;
  }

  /** Says which token followed on which, so that a second use can be told from a theft. */
  async succeed(tx: Tx, familyId: string, before: Buffer, after: Buffer, now: Date): Promise<void> {
    await tx.prisma.refreshToken.updateMany({ where: { hash: bytes(before) }, data: { successor: bytes(after) } });
    await tx.prisma.sessionFamily.updateMany({ where: { id: familyId }, data: { lastUsedAt: now } });
  }

  /** When a used token was used, and whether the one that followed on it is still unused. */
  async useOf(tx: Tx, hash: Buffer): Promise<{ readonly usedAt: Date | null; readonly successorUnused: boolean }> {
    const token = await tx.prisma.refreshToken.findFirst({ where: { hash: bytes(hash) } });
    const successor = token?.successor
      ? await tx.prisma.refreshToken.findFirst({ where: { hash: token.successor } })
      : null;
    return { usedAt: token?.usedAt ?? null, successorUnused: successor !== null && successor.usedAt === null };
  }

  /** Ends sessions and answers how many. A stand-in's sessions end with those of whom it stands in for. */
  async endFamilies(tx: Tx, which: WhichFamilies, now: Date, why: string): Promise<number> {
    const { count } = await tx.prisma.sessionFamily.updateMany({
      where: { ...(await whose(tx, which)), endedAt: null },
      data: { endedAt: now, endedFor: why },
    });
    return count;
  }
}

async function whose(tx: Tx, which: WhichFamilies): Promise<Prisma.SessionFamilyWhereInput> {
  if (which === 'all') return {};
  if ('id' in which) return which;
  const people =
    'userId' in which
      ? { id: which.userId }
      : 'officeId' in which
        ? { officeId: which.officeId }
        : { organisationId: which.organisationId };
  const found = await tx.prisma.appUser.findMany({ where: people, select: { id: true } });
  const ids = found.map(({ id }) => id);
  const standIns = await tx.prisma.appUser.findMany({ where: { standsInFor: { in: ids } }, select: { id: true } });
  const except = 'userId' in which && which.except !== undefined ? { id: { not: which.except } } : {};
  return { userId: { in: [...ids, ...standIns.map(({ id }) => id)] }, ...except };
}
