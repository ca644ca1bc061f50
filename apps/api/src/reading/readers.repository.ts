import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';

@Injectable()
export class ReadersRepository {
  /** Names of people of the caller's organisation, by id. */
  async namesOf(tx: Tx, caller: Caller, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const users = await tx.prisma.appUser.findMany({
      where: { organisationId: caller.organisationId, id: { in: [...userIds] } },
      select: { id: true, displayName: true },
    });
    return new Map(users.map(({ id, displayName }) => [id, displayName]));
  }
}
