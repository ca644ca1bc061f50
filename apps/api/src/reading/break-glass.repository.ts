/** Cases broken open, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { sqlFile, type Tx } from '#lib/database';
import { isId } from '../platform/validation/fields.js';

const findCase = sqlFile(import.meta.url, './sql/find-case.sql');

@Injectable()
export class BreakGlassRepository {
  /** The case of the caller's organisation that is called so, whether or not the caller sees it. */
  async caseCalled(tx: Tx, reference: string): Promise<{ readonly id: string; readonly number: string } | null> {
    const [found] = await tx.sql<{ id: string; number: string }>(findCase, {
      reference,
      id: isId(reference) ? reference : undefined,
    });
    return found ?? null;
  }

  async insert(tx: Tx, caller: Caller, caseId: string, openedAt: Date, expiresAt: Date): Promise<string> {
    const id = randomUUID();
    const { organisationId, userId } = caller;
    await tx.prisma.breakGlass.createMany({ data: [{ caseId, id, organisationId, userId, openedAt, expiresAt }] });
    return id;
  }
}
