/** The salts of entries: half of the key of what they say. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/database';

@Injectable()
export class TrailContentRepository {
  /** Destroys the salts of everything that was done on a case; answers how many. */
  async forget(tx: Tx, caseId: string): Promise<number> {
    return (await tx.prisma.auditSalt.deleteMany({ where: { caseId } })).count;
  }
}
