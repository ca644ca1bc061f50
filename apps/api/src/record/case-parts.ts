/** Everything recorded in some files, opened as far as the reader needs it. What cannot be opened is audited. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/database';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import type { CaseParts } from './case-file.js';
import { partsOf } from './case-parts.repository.js';
import { CaseSealing, type Opener, type UnreadableField } from './case-sealing.js';

export interface OpenedParts {
  readonly parts: CaseParts;
  /** For what else belongs to the same files. */
  readonly opener: Opener;
}

@Injectable()
export class CasePartsService {
  constructor(private readonly sealing: CaseSealing) {}

  /** The parts for the reading of a person: only the date of birth is opened. */
  async forReading(tx: Tx, caseIds: readonly string[]): Promise<CaseParts> {
    const opened = await this.open(await partsOf(tx, caseIds), (table) => table === 'person');
    await auditUnreadable(tx, opened.opener);
    return opened.parts;
  }

  /** The parts with everything opened that somebody may be shown. */
  async forShowing(tx: Tx, caseIds: readonly string[]): Promise<OpenedParts> {
    return this.open(await partsOf(tx, caseIds), () => true);
  }

  private async open(parts: CaseParts, wanted: (table: string) => boolean): Promise<OpenedParts> {
    const organisationId = String(parts['files']?.[0]?.['organisation_id']);
    const keys = (parts['case_key'] ?? []) as unknown as readonly CaseKeyRow[];
    const opener = await this.sealing.opener(organisationId, keys);
    for (const file of parts['files'] ?? []) if (file['erased_at'] !== null) opener.takeAsErased(String(file['id']));
    const opened = Object.fromEntries(
      Object.entries(parts).map(([table, rows]) => [table, rows && wanted(table) ? opener.rows(table, rows) : rows]),
    );
    return { parts: opened, opener };
  }
}

/** Says in the trail which fields could not be opened, a line a case. */
export async function auditUnreadable(
  tx: Tx,
  { unreadable }: { readonly unreadable: readonly UnreadableField[] },
): Promise<void> {
  for (const caseId of new Set(unreadable.map((field) => field.caseId))) {
    const fields = unreadable.filter((field) => field.caseId === caseId);
    await tx.audit('field.unreadable', { caseId, details: { fields: fields.map(nameOf) } });
  }
}

const nameOf = ({ table, column, row }: UnreadableField): string => `${table}.${column} ${row}`;
