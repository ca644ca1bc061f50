/** What left with case files, and the consents by which it is decided, as rows. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import type { ConsentGiven } from '#lib/consent';
import type { Tx } from '#lib/database';
import { auditUnreadable } from '../record/case-parts.js';
import { CaseSealing } from '../record/case-sealing.js';
import type { CaseHead } from '../record/person-files.repository.js';

export interface Disclosure {
  readonly id: string;
  readonly purpose: string;
  /** Null for somebody who was erased. */
  readonly recipient: string | null;
  readonly identity: boolean;
  readonly uses: readonly string[];
  readonly overridden: readonly string[];
  readonly decidedOn: Date;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly takenAt: Date | null;
}

export type NewDisclosure = Pick<Disclosure, 'purpose' | 'identity' | 'uses' | 'overridden'> & {
  readonly recipient: string;
  readonly day: string;
  readonly now: Date;
};

@Injectable()
export class RegisterRepository {
  constructor(private readonly sealing: CaseSealing) {}

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

  async insert(
    tx: Tx,
    caller: Caller,
    caseId: string,
    { day, now, recipient, ...more }: NewDisclosure,
  ): Promise<string> {
    const id = randomUUID();
    const row = { case_id: caseId, id, recipient };
    const sealed = await this.sealing.sealRow(tx, caller.organisationId, 'disclosure', row);
    await tx.prisma.disclosure.create({
      data: {
        ...{ caseId, id, decidedOn: new Date(`${day}T00:00:00Z`), recordedAt: now, recordedBy: caller.userId },
        recipient: String(sealed['recipient']),
        ...{ ...more, uses: [...more.uses], overridden: [...more.overridden] },
      },
    });
    return id;
  }

  /** Latest first. */
  async disclosuresOf(tx: Tx, file: CaseHead): Promise<Disclosure[]> {
    const orderBy = [{ recordedAt: 'desc' as const }, { id: 'asc' as const }];
    return this.opened(tx, file, await tx.prisma.disclosure.findMany({ where: { caseId: file.id }, orderBy }));
  }

  async disclosureOf(tx: Tx, file: CaseHead, id: string): Promise<Disclosure | null> {
    const found = await tx.prisma.disclosure.findMany({ where: { caseId: file.id, id } });
    return (await this.opened(tx, file, found))[0] ?? null;
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

  /** With whoever got the files opened; what cannot be opened is audited. */
  private async opened<T extends { readonly id: string; readonly recipient: string }>(
    tx: Tx,
    { id: caseId, organisationId, erasedAt }: CaseHead,
    rows: readonly T[],
  ): Promise<(Omit<T, 'recipient'> & { readonly recipient: string | null })[]> {
    if (rows.length === 0) return [];
    const opener = await this.sealing.openerIn(tx, organisationId, [caseId]);
    if (erasedAt) opener.takeAsErased(caseId);
    const opened = rows.map((row) => ({
      ...row,
      recipient: opener.value('disclosure', 'recipient', caseId, row.id, row.recipient) as string | null,
    }));
    await auditUnreadable(tx, opener);
    return opened;
  }
}
