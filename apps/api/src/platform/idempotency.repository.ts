/** Keys of creating requests, with the answer that each got. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, type Tx } from '#lib/database';

/** A key, and what it was first used for. */
export interface UsedKey {
  readonly key: string;
  readonly route: string;
  readonly digest: Buffer;
}

export interface KeptAnswer extends UsedKey {
  readonly answer: unknown;
}

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /** Takes a key for this transaction; false when the person has used it before. */
  async insertKey(tx: Tx, userId: string, { key, route, digest }: UsedKey): Promise<boolean> {
    const row = { userId, key, route, digest: new Uint8Array(digest), status: 0, answer: {} };
    return (await tx.prisma.idempotencyKey.createMany({ data: [row], skipDuplicates: true })).count > 0;
  }

  async saveAnswer(tx: Tx, userId: string, key: string, status: number, answer: object): Promise<void> {
    await tx.prisma.idempotencyKey.updateMany({ where: { userId, key }, data: { status, answer } });
  }

  async answerTo(caller: Pick<Caller, 'userId' | 'tokenHash'>, key: string): Promise<KeptAnswer> {
    const kept = await this.database.read(caller, ({ idempotencyKey }) =>
      idempotencyKey.findFirstOrThrow({ where: { userId: caller.userId, key } }),
    );
    return { key: kept.key, route: kept.route, digest: Buffer.from(kept.digest), answer: kept.answer };
  }
}
