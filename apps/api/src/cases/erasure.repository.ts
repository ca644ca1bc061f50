/** Destroying the keys of a case, and what is left of it. */
import { Injectable } from '@nestjs/common';
import { sqlFile, type Tx } from '#lib/database';

const destroyKeys = sqlFile(import.meta.url, './sql/destroy-keys.sql');

/** Names a data key that was destroyed, and tells nothing of it. */
export interface DestroyedKey {
  readonly caseId: string;
  readonly class: string;
  readonly version: number;
  /** SHA-256 of the wrapped key as it was stored. */
  readonly blob: string;
}

export interface ErasureRow {
  readonly id: string;
  readonly caseId: string;
  readonly organisationId: string;
  readonly keys: number;
  readonly digest: Buffer;
  readonly mac: Buffer;
  readonly erasedAt: Date;
  readonly erasedBy: string;
}

@Injectable()
export class ErasureRepository {
  /** Destroys every data key of some cases and the salts of their entries in the trail; says which keys there were. */
  async destroyKeys(tx: Tx, caseIds: readonly string[]): Promise<DestroyedKey[]> {
    const destroyed = await tx.sql<DestroyedKey>(destroyKeys, { cases: caseIds });
    const ofThese = { caseId: { in: [...caseIds] } };
    await tx.prisma.auditSalt.deleteMany({ where: ofThese });
    await tx.prisma.matchKey.deleteMany({ where: ofThese });
    await tx.prisma.matchPending.deleteMany({ where: ofThese });
    await tx.prisma.resealPending.deleteMany({ where: ofThese });
    return destroyed;
  }

  async freeze(tx: Tx, caseIds: readonly string[], erasedAt: Date): Promise<void> {
    await tx.prisma.caseFile.updateMany({ where: { id: { in: [...caseIds] } }, data: { erasedAt } });
  }

  async insert(tx: Tx, { digest, mac, ...row }: ErasureRow): Promise<void> {
    await tx.prisma.erasure.create({
      data: { ...row, digest: new Uint8Array(digest), mac: new Uint8Array(mac) },
    });
  }
}
