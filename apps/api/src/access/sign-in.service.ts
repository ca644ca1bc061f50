/**
 * Signing in: an address with a password, then a second factor where the account has one; or a passkey alone, which is
 * both. The same work is done and the same answer given whether the account exists, and whichever of its passwords it was.
 */
import { Inject, Injectable } from '@nestjs/common';
import { createHmac, randomUUID } from 'node:crypto';
import { Database, type Actor } from '#lib/database';
import type { Keys } from '../platform/config.js';
import { Clock } from '../platform/clock.js';
import { KEYS } from '../platform/provided.js';
import { foldEmail } from '../platform/validation/account-fields.js';
import { Challenges } from './challenges.js';
import { deviceOf, newDeviceToken } from './device.js';
import { FactorProof, type ProofGiven } from './factor-proof.js';
import { factorProblems } from './factors.problems.js';
import { PasskeysService, type PasskeyAnswer } from './passkeys.service.js';
import { PasswordsService } from './passwords.service.js';
import { sessionProblems } from './sessions.problems.js';
import { SessionsRepository, type Account } from './sessions.repository.js';
import { SignInThrottle, type Attempt } from './throttle.js';

/** Where a request to sign in comes from. */
export interface Origin {
  readonly address: string;
  readonly device: string | undefined;
  readonly requestId: string;
}

/** Somebody who has proven who they are. */
export interface SignedIn {
  readonly userId: string;
  readonly organisationId: string;
  readonly roles: Account['roles'];
  /** A device cookie for next time. */
  readonly deviceToken?: string;
}

/** Stands for an account that does not exist, where one is looked up all the same. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly challenges: Challenges,
    private readonly passkeys: PasskeysService,
    private readonly passwords: PasswordsService,
    private readonly proof: FactorProof,
    private readonly sessions: SessionsRepository,
    private readonly throttle: SignInThrottle,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  /** Checks an address and a password, and asks for the second factor of an account that has one. */
  async withPassword(
    given: { readonly email: string; readonly password: string; readonly recoveryCode?: string },
    origin: Origin,
  ): Promise<SignedIn> {
    const attempt: Attempt = { ...origin, email: foldEmail(given.email) };
    const { recoveryCode } = given;
    await this.throttle.check(attempt, { ownerProof: recoveryCode !== undefined });
    const account = await this.sessions.accountAt(attempt.email);
    // Looked up before the password, so that a wrong code tells nothing of it.
    const known =
      recoveryCode !== undefined && (await this.proof.isRecoveryCode(account?.userId ?? NOBODY, recoveryCode));
    // Asked for whether there is an account or not, so that neither costs a question more.
    const other = await this.sessions.accountNear(this.pointIn(attempt.email));
    const { fits, better } = await this.passwords.verify(account, given.password, other);
    const rightly = fits !== null && (recoveryCode === undefined || known);
    if (!account || !rightly) return this.refuse(attempt, account, origin);
    const recovered = recoveryCode !== undefined && (await this.useRecoveryCode(account, recoveryCode, origin));
    if (recoveryCode !== undefined && !recovered) return this.refuse(attempt, account, origin);
    const acting = await this.accept(account, fits === 'duress', better, origin);
    if (account.hasFactor && !recovered) throw await this.askFor(account, acting.userId);
    if (recovered) await this.throttle.reopen(attempt.email);
    return this.admitted(attempt, acting);
  }

  /** Answers the challenge that followed on the right password. */
  async withSecondFactor(challenge: string, given: ProofGiven, origin: Origin): Promise<SignedIn> {
    const asked = await this.challenges.take('second-factor', challenge);
    const account = asked?.userId ? await this.sessions.accountOf(asked.userId) : null;
    if (!asked?.actingId || !account) throw factorProblems.refused({});
    const attempt: Attempt = { ...origin, email: account.email };
    await this.throttle.check(attempt, { ownerProof: given.totp === undefined });
    const proven = await this.proof.isGiven(account.userId, given, actorOf(account, origin), asked.question);
    if (!proven || !(await this.challenges.use(asked.hash))) {
      await this.throttle.failed(attempt);
      throw factorProblems.refused({});
    }
    const acting = await this.sessions.accountOf(asked.actingId);
    if (!acting) throw factorProblems.refused({});
    if (given.totp === undefined) await this.throttle.reopen(account.email);
    return this.admitted(attempt, acting);
  }

  /** A challenge for whoever signs in with a passkey and nothing else; any passkey of this service answers it. */
  async passkeyQuestion(origin: Origin): Promise<{ readonly challenge: string; readonly options: object }> {
    await this.throttle.checkAddress(origin.address);
    const { options, challenge } = await this.passkeys.question([]);
    return {
      challenge: await this.challenges.ask('passkey', { userId: null, actingId: null, question: challenge }),
      options,
    };
  }

  /** Signs in with a passkey alone. */
  async withPasskey(challenge: string, answer: PasskeyAnswer, origin: Origin): Promise<SignedIn> {
    await this.throttle.checkAddress(origin.address);
    const asked = await this.challenges.take('passkey', challenge);
    const passkey = asked && (await this.passkeys.named(answer));
    const account = passkey && (await this.sessions.accountOf(passkey.userId));
    if (!asked || !account) throw sessionProblems.refused({});
    const given: ProofGiven = { passkey: answer };
    const proven = await this.proof.isGiven(account.userId, given, actorOf(account, origin), asked.question);
    if (!proven || !(await this.challenges.use(asked.hash))) throw sessionProblems.refused({});
    const acting = await this.accept(account, false, null, origin);
    await this.throttle.reopen(account.email);
    return this.admitted({ ...origin, email: account.email }, acting);
  }

  /** Signs in the account that a provider's identity is linked to; `strong` when the provider asked for two factors. */
  async asLinked(userId: string, strong: boolean, origin: Origin): Promise<SignedIn> {
    await this.throttle.checkAddress(origin.address);
    const account = await this.sessions.accountOf(userId);
    if (!account) throw sessionProblems.refused({});
    const acting = await this.accept(account, false, null, origin);
    if (account.hasFactor && !strong) throw await this.askFor(account, acting.userId);
    return this.admitted({ ...origin, email: account.email }, acting);
  }

  private async refuse(attempt: Attempt, account: Account | null, origin: Origin): Promise<never> {
    await this.throttle.failed(attempt);
    await this.database.write(account && actorOf(account, origin), (tx) => tx.audit('session.refused'));
    throw sessionProblems.refused({});
  }

  /** The first half is done. Answers as whom the session begins: a suspended scope has a stand-in. */
  private async accept(account: Account, duress: boolean, better: string | null, origin: Origin): Promise<Account> {
    await this.database.write(actorOf(account, origin), async (tx) => {
      await this.sessions.noteSignIn(tx, account.userId, {
        duress,
        better,
        now: this.clock.now(),
        alertId: randomUUID(),
      });
      await tx.audit(duress ? 'duress.signed-in' : 'session.accepted');
    });
    const acting = duress || account.suspended ? account.standInId : account.userId;
    const found = acting === null ? null : await this.sessions.accountOf(acting);
    if (!found) throw sessionProblems.refused({});
    return found;
  }

  private async askFor(account: Account, actingId: string): Promise<Error> {
    const { methods, passkey } = await this.proof.question(account.userId);
    const challenge = await this.challenges.ask('second-factor', {
      userId: account.userId,
      actingId,
      question: passkey?.challenge ?? null,
    });
    return factorProblems.needed({}).with({ challenge, methods, ...(passkey ? { passkey: passkey.options } : {}) });
  }

  private async admitted(attempt: Attempt, acting: Account): Promise<SignedIn> {
    await this.throttle.succeeded(attempt);
    const { userId, organisationId, roles } = acting;
    const { email, device } = attempt;
    const known = deviceOf(this.keys.throttle, email, device) === null ? undefined : device;
    return { userId, organisationId, roles, deviceToken: known ?? newDeviceToken(this.keys.throttle, email) };
  }

  /** Where among the ids an address falls: the same for the same address, and nobody outside knows where. */
  private pointIn(email: string): string {
    const hex = createHmac('sha256', this.keys.throttle).update(`near\0${email}`).digest('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  }

  private useRecoveryCode(account: Account, code: string, origin: Origin): Promise<boolean> {
    return this.proof.isGiven(account.userId, { recoveryCode: code }, actorOf(account, origin), null);
  }
}

const actorOf = (account: Account, { requestId }: Origin): Actor => ({
  userId: account.userId,
  organisationId: account.organisationId,
  requestId,
});
