/**
 * A fresh proof of who one is, for acts that a stolen session must not be able to do: exports, unmasking, keys, accounts.
 * The password, and the second factor of whoever has one; or a passkey, which is both.
 */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, servedBy } from '#lib/database';
import { Challenges } from './challenges.js';
import { FactorProof, type ProofGiven } from './factor-proof.js';
import { factorProblems } from './factors.problems.js';
import { PasswordsService } from './passwords.service.js';
import { SessionsRepository } from './sessions.repository.js';
import { SignInThrottle } from './throttle.js';

export interface FreshProof extends ProofGiven {
  readonly password?: string;
  /** The token of the challenge that the passkey answers. */
  readonly challenge?: string;
}

@Injectable()
export class StepUpService {
  constructor(
    private readonly database: Database,
    private readonly challenges: Challenges,
    private readonly passwords: PasswordsService,
    private readonly proof: FactorProof,
    private readonly sessions: SessionsRepository,
    private readonly throttle: SignInThrottle,
  ) {}

  /** Makes the session's proof fresh again, or refuses. */
  async prove(caller: Caller, given: FreshProof, address: string, device: string | undefined): Promise<void> {
    if (caller.scopes) throw factorProblems.notForPrograms({});
    // Behind a stand-in stands the account whose password and factors open it.
    const account = await this.sessions.accountBehind(caller.userId);
    if (!account) throw factorProblems.stepUpRefused({});
    const attempt = { email: account.email, address, device };
    await this.throttle.check(attempt);
    if (!(await this.isProven(caller, account, given))) {
      await this.throttle.failed(attempt);
      await this.database.write(servedBy(caller), (tx) =>
        tx.audit('session.step-up-refused', { subjectId: caller.sessionId }),
      );
      throw factorProblems.stepUpRefused({});
    }
    await this.database.write(servedBy(caller), async (tx) => {
      await this.sessions.noteProof(tx, caller.sessionId);
      await tx.audit('session.stepped-up', { subjectId: caller.sessionId });
    });
    await this.throttle.succeeded(attempt);
  }

  private async isProven(
    caller: Caller,
    account: { readonly userId: string; readonly passwordHash: string; readonly hasFactor: boolean },
    { password, challenge, ...factor }: FreshProof,
  ): Promise<boolean> {
    if (factor.passkey !== undefined) {
      const asked = challenge === undefined ? null : await this.challenges.take('passkey', challenge);
      return (
        asked !== null &&
        (await this.proof.isGiven(account.userId, { passkey: factor.passkey }, caller, asked.question)) &&
        (await this.challenges.use(asked.hash))
      );
    }
    if (password === undefined) return false;
    const { fits } = await this.passwords.verify(account, password);
    if (fits === null) return false;
    if (!account.hasFactor) return true;
    const { totp, recoveryCode } = factor;
    if (totp !== undefined) return this.proof.isGiven(account.userId, { totp }, caller, null);
    return recoveryCode !== undefined && this.proof.isGiven(account.userId, { recoveryCode }, caller, null);
  }
}
