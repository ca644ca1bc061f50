/** Cases broken open, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { sqlFile, type Tx } from '#lib/database';
import { isId } from '../platform/validation/fields.js';

const openGlasses = sqlFile(import.meta.url, './sql/open-glasses.sql');
const findCase = sqlFile(import.meta.url, './sql/find-case.sql');

/** Four hours each, and three of one person wait for a second one at most: more stand open nowhere. */
const OPEN_MAX = 500;

/** A case that stands open to somebody. */
export interface OpenGlass {
  readonly id: string;
  readonly caseId: string;
  readonly number: string;
  readonly userId: string;
  readonly displayName: string | null;
  readonly openedAt: string;
  readonly expiresAt: string;
}

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

  /** What stands open now: to one person, or to everybody of the caller's organisation. */
  openNow(tx: Tx, user?: string): Promise<OpenGlass[]> {
    return tx.sql<OpenGlass>(openGlasses, { limit: OPEN_MAX, user });
  }

  async insert(tx: Tx, caller: Caller, caseId: string, openedAt: Date, expiresAt: Date): Promise<string> {
    const id = randomUUID();
    const { organisationId, userId } = caller;
    await tx.prisma.breakGlass.createMany({ data: [{ caseId, id, organisationId, userId, openedAt, expiresAt }] });
    return id;
  }

  /** Shuts what still stands open; false when it does not any more. */
  async shut(
    tx: Tx,
    { caseId, id }: Pick<OpenGlass, 'caseId' | 'id'>,
    endedAt: Date,
    endedBy: string,
  ): Promise<boolean> {
    const { count } = await tx.prisma.breakGlass.updateMany({
      where: { caseId, id, endedAt: null },
      data: { endedAt, endedBy },
    });
    return count === 1;
  }
}
