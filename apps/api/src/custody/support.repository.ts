/** What stands beside the events of a case: notes, and how many consents there are. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';
import { CaseSealing } from '../record/case-sealing.js';

export interface NewNote {
  readonly text: string;
  readonly privileged: boolean;
  readonly corrects?: string;
}

@Injectable()
export class SupportRepository {
  constructor(private readonly sealing: CaseSealing) {}

  countConsents(tx: Tx, caseId: string): Promise<number> {
    return tx.prisma.consent.count({ where: { caseId } });
  }

  async hasNote(tx: Tx, caseId: string, id: string, privileged: boolean): Promise<boolean> {
    return (await tx.prisma.note.count({ where: { caseId, id, privileged } })) > 0;
  }

  async insertNote(
    tx: Tx,
    caller: Caller,
    caseId: string,
    { text, privileged, corrects }: NewNote,
    recordedAt: Date,
  ): Promise<string> {
    const id = randomUUID();
    const sealed = await this.sealing.sealRow(tx, caller.organisationId, 'note', { case_id: caseId, id, text });
    await tx.prisma.note.create({
      data: {
        caseId,
        id,
        privileged,
        text: String(sealed['text']),
        corrects: corrects ?? null,
        recordedAt,
        recordedBy: caller.userId,
      },
    });
    return id;
  }
}
