import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller, Role } from '#lib/access';
import { Database, type Tx } from '#lib/database';

/** Somebody of the organisation. */
export interface Colleague {
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
}

@Injectable()
export class AssignmentsRepository {
  constructor(private readonly database: Database) {}

  /** People of the caller's organisation who hold one of the roles and can sign in. */
  async colleaguesWith(caller: Caller, roles: readonly Role[]): Promise<Colleague[]> {
    const users = await this.database.read(caller, ({ appUser }) =>
      appUser.findMany({
        where: { organisationId: caller.organisationId, disabledAt: null, roles: { hasSome: [...roles] } },
        orderBy: [{ displayName: 'asc' }, { id: 'asc' }],
        take: 1000,
      }),
    );
    return users.map((user) => ({ id: user.id, displayName: user.displayName, roles: user.roles as Role[] }));
  }

  async isColleagueWith(tx: Tx, caller: Caller, userId: string, roles: readonly Role[]): Promise<boolean> {
    const found = await tx.prisma.appUser.count({
      where: { id: userId, organisationId: caller.organisationId, disabledAt: null, roles: { hasSome: [...roles] } },
    });
    return found > 0;
  }

  async insertAssignment(tx: Tx, caller: Caller, caseId: string, userId: string, recordedAt: Date): Promise<string> {
    const id = randomUUID();
    await tx.prisma.assignment.create({ data: { caseId, id, userId, recordedAt, recordedBy: caller.userId } });
    return id;
  }

  /** Whether there was such an assignment to end. */
  async endAssignment(tx: Tx, caller: Caller, caseId: string, assignmentId: string, endedAt: Date): Promise<boolean> {
    const ended = await tx.prisma.assignment.updateMany({
      where: { caseId, id: assignmentId, endedAt: null },
      data: { endedAt, endedBy: caller.userId },
    });
    return ended.count > 0;
  }
}
