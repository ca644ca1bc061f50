/** What left with case files, and the consents by which it is decided, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import type { ConsentGiven } from '#lib/consent';
import type { Tx } from '#lib/database';

export interface Disclosure {
  readonly id: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly identity: boolean;
  readonly uses: readonly string[];
  readonly overridden: readonly string[];
  readonly decidedOn: Date;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly takenAt: Date | null;
}

export type NewDisclosure = Pick<Disclosure, 'purpose' | 'recipient' | 'identity' | 'uses' | 'overridden'> & {
  readonly day: string;
  readonly now: Date;
};

@Injectable()
export class RegisterRepository {
  /** Everything that was said about any use, for `libs/consent` to find what holds. */
  async consentsOf(tx: Tx, caseId: string): Promise<ConsentGiven[]> {
    const rows = await tx.prisma.consent.findMany({ where: { caseId } });
    return rows.map(({ use, state, recordedAt, position, expiresOn }) => ({
      use,
      state,
      position,
      recordedAt: recordedAt.toISOString(),
      expiresOn: expiresOn?.toISOString().slice(0, 10) ?? null,
    }));
  }

  async insert(tx: Tx, caller: Caller, caseId: string, { day, now, ...more }: NewDisclosure): Promise<string> {
    const id = randomUUID();
    await tx.prisma.disclosure.create({
      data: {
        ...{ caseId, id, decidedOn: new Date(`${day}T00:00:00Z`), recordedAt: now, recordedBy: caller.userId },
        ...{ ...more, uses: [...more.uses], overridden: [...more.overridden] },
      },
    });
    return id;
  }

  /** Latest first. */
  async disclosuresOf(tx: Tx, caseId: string): Promise<Disclosure[]> {
    return tx.prisma.disclosure.findMany({ where: { caseId }, orderBy: [{ recordedAt: 'desc' }, { id: 'asc' }] });
  }

  async disclosureOf(tx: Tx, caseId: string, id: string): Promise<Disclosure | null> {
    return tx.prisma.disclosure.findFirst({ where: { caseId, id } });
  }

  /** How many files have left on the ground of a use. */
  async restingOn(tx: Tx, caseId: string, use: string): Promise<number> {
    return tx.prisma.disclosure.count({ where: { caseId, takenAt: { not: null }, uses: { has: use } } });
  }

  /** Notes the first handing out, and what it was. */
  async noteTaken(tx: Tx, caseId: string, id: string, takenAt: Date, digest: Buffer): Promise<void> {
    await tx.prisma.disclosure.updateMany({
      where: { caseId, id, takenAt: null },
      data: { takenAt, digest: new Uint8Array(digest) },
    });
  }
}
