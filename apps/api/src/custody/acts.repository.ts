import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';

@Injectable()
export class ActsRepository {
  /** Whether the caller is assigned to the case at this moment. */
  async isAssigned(tx: Tx, caller: Caller, caseId: string): Promise<boolean> {
    return (await tx.prisma.assignment.count({ where: { caseId, userId: caller.userId, endedAt: null } })) > 0;
  }
}
