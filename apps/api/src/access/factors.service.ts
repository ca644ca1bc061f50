/**
 * One's own second factors and password. Each change ends the other sessions where it must, and is audited. Behind a
 * stand-in nothing of the account it stands in for is changed: what is added there belongs to the stand-in, and a new
 * password becomes the one under duress.
 */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, type Tx, servedBy } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { Challenges } from './challenges.js';
import type { FactorsView, RecoveryCodesView, TotpEnrolmentView } from './factors.dto.js';
import { factorProblems } from './factors.problems.js';
import { FactorsRepository } from './factors.repository.js';
import { OwnPasswordService } from './own-password.service.js';
import { PasskeysService, type PasskeyAnswer } from './passkeys.service.js';
import { newRecoveryCodes } from './recovery-codes.js';
import { SessionsRepository, type Account } from './sessions.repository.js';
import { TotpService } from './totp.service.js';

@Injectable()
export class FactorsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly challenges: Challenges,
    private readonly factors: FactorsRepository,
    private readonly ownPassword: OwnPasswordService,
    private readonly passkeys: PasskeysService,
    private readonly sessions: SessionsRepository,
    private readonly totp: TotpService,
  ) {}

  async list(caller: Caller): Promise<FactorsView> {
    const behind = await this.behind(caller);
    const whose = [...new Set([caller.userId, behind.userId])];
    const [totps, passkeys, left] = await Promise.all([
      Promise.all(whose.map((userId) => this.factors.totpOf(userId))),
      this.factors.passkeysOf(whose),
      Promise.all(whose.map((userId) => this.factors.recoveryCodesLeft(userId))),
    ]);
    return {
      totp: totps.some((totp) => totp?.confirmed),
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
      recoveryCodesLeft: Math.max(...left),
    };
  }

  /** A new authenticator app, which counts from its first code on. */
  async enrolTotp(caller: Caller): Promise<TotpEnrolmentView> {
    const { email } = await this.behind(caller);
    return this.database.write(servedBy(caller), async (tx) => {
      const made = await this.totp.enrol(tx, caller.userId, email);
      await this.factors.noteFactors(tx, caller.userId, this.clock.now());
      await tx.audit('totp.offered', { subjectId: caller.userId });
      return made;
    });
  }

  async confirmTotp(caller: Caller, code: string): Promise<RecoveryCodesView> {
    const outcome = await this.database.write(servedBy(caller), async (tx) => {
      const good = await this.totp.confirm(tx, caller.userId, code);
      await tx.audit(good ? 'totp.enrolled' : 'totp.not-confirmed', { subjectId: caller.userId });
      return good ? this.withCodes(tx, caller) : good;
    });
    if (outcome === null) throw factorProblems.noTotp({});
    if (outcome === false) throw factorProblems.totpNotConfirmed({});
    return outcome;
  }

  async removeTotp(caller: Caller): Promise<void> {
    await this.database.write(servedBy(caller), async (tx) => {
      await this.factors.removeTotp(tx, caller.userId);
      await this.factors.noteFactors(tx, caller.userId, this.clock.now());
      await tx.audit('totp.removed', { subjectId: caller.userId });
    });
  }

  async offerPasskey(caller: Caller): Promise<{ readonly challenge: string; readonly options: object }> {
    const { email } = await this.behind(caller);
    const known = await this.factors.passkeysOf([caller.userId]);
    const { options, challenge } = await this.passkeys.enrolment(caller.userId, email, known);
    const token = await this.challenges.ask('passkey-enrolment', {
      userId: caller.userId,
      actingId: null,
      question: challenge,
    });
    return { challenge: token, options };
  }

  async addPasskey(
    caller: Caller,
    {
      challenge,
      name,
      passkey,
    }: { readonly challenge: string; readonly name: string; readonly passkey: PasskeyAnswer },
  ): Promise<RecoveryCodesView & { readonly id: string }> {
    const asked = await this.challenges.take('passkey-enrolment', challenge);
    const { question } = asked ?? {};
    if (!asked || asked.userId !== caller.userId || !question || !(await this.challenges.use(asked.hash)))
      throw factorProblems.passkeyRefused({});
    return this.database.write(servedBy(caller), async (tx) => {
      const id = await this.passkeys.add(tx, caller.userId, name, passkey, question);
      if (id === null) throw factorProblems.passkeyRefused({});
      await tx.audit('passkey.enrolled', { subjectId: id });
      return { id, ...(await this.withCodes(tx, caller)) };
    });
  }

  async removePasskey(caller: Caller, id: string): Promise<void> {
    await this.database.write(servedBy(caller), async (tx) => {
      if (!(await this.factors.removePasskey(tx, caller.userId, id))) throw factorProblems.noPasskey({});
      await this.factors.noteFactors(tx, caller.userId, this.clock.now());
      await tx.audit('passkey.removed', { subjectId: id });
    });
  }

  /** Ten new recovery codes; the earlier ones stop working. */
  async newCodes(caller: Caller): Promise<RecoveryCodesView> {
    const { hasFactor } = await this.behind(caller);
    if (!hasFactor && caller.hasFactor !== true) throw factorProblems.noFactor({});
    return this.database.write(servedBy(caller), (tx) => this.putCodes(tx, caller));
  }

  /** Changes one's own password and ends one's other sessions. */
  async changePassword(caller: Caller, present: string, next: string): Promise<void> {
    const { account, record } = await this.ownPassword.changed(caller, present, next);
    await this.database.write(servedBy(caller), async (tx) => {
      await this.ownPassword.keep(tx, account, record);
      const which = { userId: caller.userId, except: caller.sessionId };
      await this.sessions.endFamilies(tx, which, this.clock.now(), 'new password');
      await tx.audit('password.changed', { subjectId: caller.userId });
    });
  }

  private async behind(caller: Caller): Promise<Account> {
    const account = await this.sessions.accountBehind(caller.userId);
    if (!account) throw factorProblems.stepUpRefused({});
    return account;
  }

  /** Notes that there is a factor; with the first one come recovery codes. */
  private async withCodes(tx: Tx, caller: Caller): Promise<RecoveryCodesView> {
    await this.factors.noteFactors(tx, caller.userId, this.clock.now());
    const left = await this.factors.recoveryCodesLeft(caller.userId, tx);
    return left > 0 ? { recoveryCodes: null } : this.putCodes(tx, caller);
  }

  private async putCodes(tx: Tx, caller: Caller): Promise<RecoveryCodesView> {
    const { codes, hashes } = newRecoveryCodes();
    await this.factors.replaceRecoveryCodes(tx, caller.userId, hashes);
    await tx.audit('recovery-codes.made', { subjectId: caller.userId });
    return { recoveryCodes: codes };
  }
}
