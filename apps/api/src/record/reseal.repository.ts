/** Which cases wait to be sealed anew, what is sealed in them, and what takes its place. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type SqlValues, type Tx } from '#lib/database';
import type { Row, Rows } from './event-rows.js';

const sealedRows = sqlFile(import.meta.url, './sql/sealed-rows.sql');
const reseal = sqlFile(import.meta.url, './sql/reseal.sql');
const takePending = sqlFile(import.meta.url, './sql/take-pending.sql');
const queueReseal = sqlFile(import.meta.url, './sql/queue-reseal.sql');

export interface PendingCase {
  readonly id: string;
  readonly organisationId: string;
  /**
   * `unsealed`: from before values were sealed; `unsealed-column`: from before one more column was; `rotation`: gets new
   * keys.
   */
  readonly reason: string;
}

@Injectable()
export class ResealRepository {
  constructor(private readonly database: Database) {}

  countPending(): Promise<number> {
    return this.database.prisma.resealPending.count();
  }

  countUnsealed(): Promise<number> {
    return this.database.prisma.resealPending.count({ where: { reason: { in: ['unsealed', 'unsealed-column'] } } });
  }

  async queueAll(tx: Tx): Promise<void> {
    await tx.sql(queueReseal, {});
  }

  take(tx: Tx, limit: number): Promise<PendingCase[]> {
    return tx.sql<PendingCase>(takePending, { limit });
  }

  /** Everything that is sealed in some cases, by table, and their keys. */
  async sealedRowsOf(tx: Tx, caseIds: readonly string[]): Promise<Readonly<Record<string, readonly Row[] | null>>> {
    const [row] = await tx.sql<{ rows: Record<string, Row[] | null> }>(sealedRows, { cases: caseIds });
    return row?.rows ?? {};
  }

  async replace(tx: Tx, rows: Rows): Promise<void> {
    const filled = Object.entries(rows).filter(([, list]) => list.length > 0);
    if (filled.length === 0) return;
    const values: SqlValues = {
      ...Object.fromEntries(filled.map(([table]) => [table, true])),
      rows: JSON.stringify(Object.fromEntries(filled)),
    };
    await tx.sql(reseal, values);
  }

  async forgetPending(tx: Tx, caseIds: readonly string[]): Promise<void> {
    await tx.prisma.resealPending.deleteMany({ where: { caseId: { in: [...caseIds] } } });
  }

  async contentDigestOf(tx: Tx, caseId: string): Promise<Uint8Array | null> {
    return (await tx.prisma.caseFile.findFirstOrThrow({ where: { id: caseId }, select: { contentDigest: true } }))
      .contentDigest;
  }

  async saveContentDigest(tx: Tx, caseId: string, digest: Uint8Array): Promise<void> {
    await tx.prisma.caseFile.updateMany({
      where: { id: caseId },
      data: { contentDigest: new Uint8Array(digest) },
    });
  }
}
