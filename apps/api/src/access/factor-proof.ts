/** Whether somebody has shown a second factor of an account: a code, a passkey, or a recovery code. Each try is audited. */
import { Injectable } from '@nestjs/common';
import { Database, type Actor, servedBy } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { FactorsRepository } from './factors.repository.js';
import { PasskeysService, type PasskeyAnswer } from './passkeys.service.js';
import { hashRecoveryCode } from './recovery-codes.js';
import { TotpService } from './totp.service.js';

export type FactorMethod = 'totp' | 'passkey' | 'recoveryCode';

/** What somebody shows; one of the three. */
export interface ProofGiven {
  readonly totp?: string;
  readonly passkey?: PasskeyAnswer;
  readonly recoveryCode?: string;
}

@Injectable()
export class FactorProof {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly factors: FactorsRepository,
    private readonly passkeys: PasskeysService,
    private readonly totp: TotpService,
  ) {}

  /** What an account can be asked for, with the question for its passkeys. */
  async question(userId: string): Promise<{
    readonly methods: readonly FactorMethod[];
    readonly passkey: { readonly options: object; readonly challenge: string } | null;
  }> {
    const [totp, passkeys, codes] = await Promise.all([
      this.factors.totpOf(userId),
      this.factors.passkeysOf([userId]),
      this.factors.recoveryCodesLeft(userId),
    ]);
    const methods: FactorMethod[] = [];
    if (totp?.confirmed) methods.push('totp');
    if (passkeys.length > 0) methods.push('passkey');
    if (codes > 0) methods.push('recoveryCode');
    return { methods, passkey: passkeys.length > 0 ? await this.passkeys.question(passkeys) : null };
  }

  /** Whether a code is an unused one of an account. It stays unused. */
  isRecoveryCode(userId: string, code: string): Promise<boolean> {
    return this.factors.hasRecoveryCode(userId, hashRecoveryCode(code));
  }

  /**
   * Checks exactly one proof and uses it up.
   * @param question the bytes a passkey was to sign
   */
  isGiven(userId: string, given: ProofGiven, actor: Actor, question: string | null): Promise<boolean> {
    const { totp, recoveryCode, passkey } = given;
    return this.database.write(servedBy(actor), async (tx) => {
      if (totp !== undefined) {
        const good = await this.totp.use(tx, userId, totp);
        await tx.audit(good ? 'second-factor.used' : 'session.refused', { details: { method: 'totp' } });
        return good;
      }
      if (recoveryCode !== undefined) {
        const good = await this.factors.useRecoveryCode(tx, userId, hashRecoveryCode(recoveryCode), this.clock.now());
        await tx.audit(good ? 'recovery-code.used' : 'session.refused', { details: { method: 'recoveryCode' } });
        return good;
      }
      const known = passkey && (await this.passkeys.named(passkey, tx));
      const good =
        known?.userId === userId &&
        passkey !== undefined &&
        question !== null &&
        (await this.passkeys.use(tx, known, passkey, question));
      await tx.audit(good ? 'second-factor.used' : 'session.refused', { details: { method: 'passkey' } });
      return good;
    });
  }
}
