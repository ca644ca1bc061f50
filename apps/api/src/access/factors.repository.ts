/** Second factors as rows. Secrets come here sealed and leave sealed. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database, type Tx } from '#lib/database';

export interface StoredPasskey {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly name: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface StoredTotp {
  readonly secret: Uint8Array;
  readonly confirmed: boolean;
  readonly lastStep: number;
}

const bytes = (given: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(given);

@Injectable()
export class FactorsRepository {
  constructor(private readonly database: Database) {}

  async totpOf(userId: string, from: Pick<Tx, 'prisma'> = this.database): Promise<StoredTotp | null> {
    const row = await from.prisma.totpFactor.findFirst({ where: { userId } });
    return row && { secret: row.secret, confirmed: row.confirmedAt !== null, lastStep: Number(row.lastStep) };
  }

  /** A new secret that is not confirmed yet, in the place of an earlier one. */
  async putTotp(tx: Tx, userId: string, secret: Buffer): Promise<void> {
    await tx.prisma.totpFactor.deleteMany({ where: { userId } });
    await tx.prisma.totpFactor.create({ data: { userId, secret: bytes(secret) } });
  }

  async confirmTotp(tx: Tx, userId: string, step: number, now: Date): Promise<boolean> {
    const { count } = await tx.prisma.totpFactor.updateMany({
      where: { userId, confirmedAt: null },
      data: { confirmedAt: now, lastStep: step },
    });
    return count === 1;
  }

  /** Uses the code of a step up; whether it and no later one was used before. */
  async useTotpStep(tx: Tx, userId: string, step: number): Promise<boolean> {
    const { count } = await tx.prisma.totpFactor.updateMany({
      where: { userId, confirmedAt: { not: null }, lastStep: { lt: step } },
      data: { lastStep: step },
    });
    return count === 1;
  }

  async removeTotp(tx: Tx, userId: string): Promise<boolean> {
    return (await tx.prisma.totpFactor.deleteMany({ where: { userId } })).count > 0;
  }

  async passkeysOf(userIds: readonly string[]): Promise<StoredPasskey[]> {
    const rows = await this.database.prisma.passkey.findMany({
      where: { userId: { in: [...userIds] } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map((row) => ({ ...row, counter: Number(row.counter) }));
  }

  async passkeyWith(credentialId: Uint8Array, from: Pick<Tx, 'prisma'> = this.database): Promise<StoredPasskey | null> {
    const row = await from.prisma.passkey.findFirst({ where: { credentialId: bytes(credentialId) } });
    return row && { ...row, counter: Number(row.counter) };
  }

  async insertPasskey(
    tx: Tx,
    passkey: Pick<StoredPasskey, 'userId' | 'name' | 'counter' | 'transports' | 'createdAt'> & {
      readonly credentialId: Uint8Array;
      readonly publicKey: Uint8Array;
    },
  ): Promise<string> {
    const id = randomUUID();
    await tx.prisma.passkey.create({
      data: {
        ...passkey,
        id,
        credentialId: bytes(passkey.credentialId),
        publicKey: bytes(passkey.publicKey),
        counter: passkey.counter,
        transports: [...passkey.transports],
      },
    });
    return id;
  }

  /** Moves the counter of a passkey forward; a counter that does not go forward is a copy, and is refused. */
  async usePasskey(tx: Tx, id: string, counter: number, now: Date): Promise<boolean> {
    const { count } = await tx.prisma.passkey.updateMany({
      // An authenticator that does not count always says 0.
      where: { id, OR: [{ counter: { lt: counter } }, ...(counter === 0 ? [{ counter: 0 }] : [])] },
      data: { counter, lastUsedAt: now },
    });
    return count === 1;
  }

  async removePasskey(tx: Tx, userId: string, id: string): Promise<boolean> {
    return (await tx.prisma.passkey.deleteMany({ where: { id, userId } })).count > 0;
  }

  async replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly Buffer[]): Promise<void> {
    await tx.prisma.recoveryCode.deleteMany({ where: { userId } });
    await tx.prisma.recoveryCode.createMany({ data: hashes.map((hash) => ({ userId, hash: bytes(hash) })) });
  }

  recoveryCodesLeft(userId: string, from: Pick<Tx, 'prisma'> = this.database): Promise<number> {
    return from.prisma.recoveryCode.count({ where: { userId, usedAt: null } });
  }

  async hasRecoveryCode(userId: string, hash: Buffer): Promise<boolean> {
    const where = { userId, hash: bytes(hash), usedAt: null };
    return (await this.database.prisma.recoveryCode.count({ where })) > 0;
  }

  async useRecoveryCode(tx: Tx, userId: string, hash: Buffer, now: Date): Promise<boolean> {
    const { count } = await tx.prisma.recoveryCode.updateMany({
      where: { userId, hash: bytes(hash), usedAt: null },
      data: { usedAt: now },
    });
    return count === 1;
  }

  /** Says on the account since when it has a factor, or that it has none; recovery codes go with the last one. */
  async noteFactors(tx: Tx, userId: string, now: Date): Promise<void> {
    const some =
      (await tx.prisma.totpFactor.count({ where: { userId, confirmedAt: { not: null } } })) +
      (await tx.prisma.passkey.count({ where: { userId } }));
    if (some === 0) {
      await tx.prisma.recoveryCode.deleteMany({ where: { userId } });
      await tx.prisma.appUser.updateMany({ where: { id: userId }, data: { factorSince: null } });
    } else {
      await tx.prisma.appUser.updateMany({ where: { id: userId, factorSince: null }, data: { factorSince: now } });
    }
  }
}
