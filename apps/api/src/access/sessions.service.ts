/** Sign-in, refresh and the end of sessions. A session is a family of tokens that came from one sign-in. */
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { may, permissionsOf, type Caller } from '#lib/access';
import { Database, type Actor, type Tx, servedBy } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { hashToken, looksLikeToken, newToken } from '../platform/tokens.js';
import { DenyList } from './deny-list.service.js';
import type { DeviceView, MeView, SessionView } from './sessions.dto.js';
import { sessionProblems } from './sessions.problems.js';
import { SessionsRepository, type WhichFamilies } from './sessions.repository.js';
import type { SignedIn } from './sign-in.service.js';

const REFRESH_IDLE_HOURS = 12;
/** However busily a session is used, after so long its holder proves anew who they are (security/design.md §2). */
const LONGEST_DAYS = 30;
/** Two tabs may refresh at once; later than this it is somebody else with a stolen token. */
const RACE_SECONDS = 10;

/** New tokens, as they are shown once, and the digest by which the next refresh knows this one. */
interface Issued {
  readonly shown: { readonly accessToken: string; readonly expiresIn: number; readonly refreshToken: string };
  readonly refreshHash: Buffer;
}

const secondsFrom = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000);

@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly denied: DenyList,
    private readonly sessions: SessionsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Begins a session for somebody who has proven who they are. */
  async start(user: SignedIn, requestId: string, name: string | null = null): Promise<SessionView> {
    const familyId = randomUUID();
    const actor: Actor = { userId: user.userId, organisationId: user.organisationId, requestId, sessionId: familyId };
    return this.database.write(actor, async (tx) => {
      await this.sessions.insertFamily(tx, familyId, user.userId, name, this.clock.now());
      const { shown } = await this.issue(tx, familyId);
      await tx.audit('session.started', { subjectId: familyId });
      return { ...shown, user: { id: user.userId, roles: user.roles } };
    });
  }

  /**
   * Exchanges a refresh token for new tokens, once. A second use within ten seconds, while the successor is unused, is
   * two windows of one person: 409, nothing changes. Any other second use means the token was copied: the whole
   * session ends.
   */
  async refresh(token: string, requestId: string): Promise<SessionView> {
    if (!looksLikeToken(token) || this.denied.pending().has('everybody')) throw sessionProblems.refreshRefused({});
    const hash = hashToken(token);
    const now = this.clock.now();
    const known = await this.sessions.refreshToken(hash, {
      now,
      startedAfter: secondsFrom(now, -LONGEST_DAYS * 86_400),
    });
    if (!known || this.denied.denies(known)) throw sessionProblems.refreshRefused({});
    const { familyId, userId, organisationId, roles } = known;
    const outcome = await this.database.write(
      { userId, organisationId, requestId, sessionId: familyId },
      async (tx) => {
        if (!(await this.sessions.useRefreshToken(tx, hash, now))) return this.secondUse(tx, familyId, hash, now);
        const { shown, refreshHash } = await this.issue(tx, familyId);
        await this.sessions.succeed(tx, familyId, hash, refreshHash, now);
        await tx.audit('session.refreshed', { subjectId: familyId });
        return { ...shown, user: { id: userId, roles } };
      },
    );
    if (outcome === 'race') throw sessionProblems.refreshRace({});
    if (outcome === 'reuse') throw sessionProblems.refreshRefused({});
    return outcome;
  }

  async list(caller: Caller): Promise<DeviceView[]> {
    const families = await this.sessions.sessionsOf(caller);
    return families.map(({ id, name, startedAt, lastUsedAt }) => ({
      id,
      name,
      startedAt: startedAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      current: id === caller.sessionId,
    }));
  }

  async end(caller: Caller, familyId: string): Promise<void> {
    await this.database.write(servedBy(caller), async (tx) => {
      const ended = await this.endFamilies(tx, { id: familyId, userId: caller.userId }, 'signed out');
      if (ended === 0) throw sessionProblems.notFound({});
      await tx.audit('session.ended', { subjectId: familyId });
    });
  }

  /** Ends every session of a user; used for oneself, and by an administrator for somebody else. */
  async endAll(caller: Caller, userId: string, why: string): Promise<number> {
    return this.database.write(servedBy(caller), async (tx) => {
      const ended = await this.endFamilies(tx, { userId }, why);
      await tx.audit('session.all-ended', { subjectId: userId, details: { ended } });
      return ended;
    });
  }

  /** Ends sessions and with them their access tokens, inside somebody's transaction. */
  endFamilies(tx: Tx, which: WhichFamilies, why: string): Promise<number> {
    return this.sessions.endFamilies(tx, which, this.clock.now(), why);
  }

  async me(caller: Caller): Promise<MeView> {
    const { id, displayName, organisationId, organisation, officeId, country } = await this.sessions.profileOf(caller);
    return {
      id,
      displayName,
      roles: caller.roles,
      permissions: permissionsOf(caller.roles).filter((permission) => may(caller, permission)),
      organisationId,
      organisation,
      officeId,
      country,
    };
  }

  private async issue(tx: Tx, familyId: string): Promise<Issued> {
    const [access, refresh] = [newToken(), newToken()];
    const now = this.clock.now();
    const expiresIn = this.config.accessTokenMinutes * 60;
    await this.sessions.insertTokens(tx, familyId, {
      accessHash: access.hash,
      accessUntil: secondsFrom(now, expiresIn),
      refreshHash: refresh.hash,
      refreshUntil: secondsFrom(now, REFRESH_IDLE_HOURS * 3600),
    });
    return { shown: { accessToken: access.token, expiresIn, refreshToken: refresh.token }, refreshHash: refresh.hash };
  }

  private async secondUse(tx: Tx, familyId: string, hash: Buffer, now: Date): Promise<'race' | 'reuse'> {
    const { usedAt, successorUnused } = await this.sessions.useOf(tx, hash);
    const recent = usedAt !== null && now.getTime() - usedAt.getTime() < RACE_SECONDS * 1000;
    if (recent && successorUnused) {
      await tx.audit('session.refresh-raced', { subjectId: familyId });
      return 'race';
    }
    await this.endFamilies(tx, { id: familyId }, 'refresh token used twice');
    await tx.audit('session.reuse-detected', { subjectId: familyId });
    return 'reuse';
  }
}
