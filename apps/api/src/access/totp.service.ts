/** Authenticator apps. The secret is sealed under the purpose key 'totp' and bound to the account. */
import { Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { acceptedTotpStep, base32 } from '#lib/access';
import { type Tx } from '#lib/database';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { Clock } from '../platform/clock.js';
import { FactorsRepository, type StoredTotp } from './factors.repository.js';

const SECRET_BYTES = 20;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const boundTo = (userId: string): Buffer => Buffer.from(`totp_factor|secret|${userId}`, 'utf8');

@Injectable()
export class TotpService {
  constructor(
    private readonly clock: Clock,
    private readonly factors: FactorsRepository,
    private readonly keys: PurposeKeys,
  ) {}

  /** A new secret, shown once; it counts when a first code has come back. */
  async enrol(tx: Tx, userId: string, label: string): Promise<{ readonly secret: string; readonly uri: string }> {
    const secret = randomBytes(SECRET_BYTES);
    await this.factors.putTotp(tx, userId, this.seal(userId, secret));
    const text = base32(secret);
    return { secret: text, uri: `otpauth://totp/Amparo:${encodeURIComponent(label)}?secret=${text}&issuer=Amparo` };
  }

  /** Confirms a new secret with its first code; null when nothing waits, false when the code is not right. */
  async confirm(tx: Tx, userId: string, code: string): Promise<boolean | null> {
    const totp = await this.factors.totpOf(userId, tx);
    if (!totp || totp.confirmed) return null;
    const step = this.accepted(userId, totp, code);
    return step !== null && (await this.factors.confirmTotp(tx, userId, step, this.clock.now()));
  }

  /** Whether a code is right and was not used; using it is part of the transaction. */
  async use(tx: Tx, userId: string, code: string): Promise<boolean> {
    const totp = await this.factors.totpOf(userId, tx);
    if (!totp?.confirmed) return false;
    const step = this.accepted(userId, totp, code);
    return step !== null && (await this.factors.useTotpStep(tx, userId, step));
  }

  private accepted(userId: string, totp: StoredTotp, code: string): number | null {
    const secret = this.open(userId, totp.secret);
    return secret && acceptedTotpStep(secret, code, this.clock.now(), totp.lastStep);
  }

  private seal(userId: string, secret: Buffer): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keys.get('totp'), iv).setAAD(boundTo(userId));
    return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  private open(userId: string, sealed: Uint8Array): Buffer | null {
    const all = Buffer.from(sealed);
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.keys.get('totp'), all.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      cipher.setAAD(boundTo(userId)).setAuthTag(all.subarray(-TAG_BYTES));
      return Buffer.concat([cipher.update(all.subarray(IV_BYTES, -TAG_BYTES)), cipher.final()]);
    } catch {
      return null;
    }
  }
}
