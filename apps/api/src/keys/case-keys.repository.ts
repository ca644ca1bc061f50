/** Keys of organisations and cases as stored: wrapped, and useless as they are. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type Tx } from '#lib/database';

const caseKeys = sqlFile(import.meta.url, './sql/case-keys.sql');
const idleKeys = sqlFile(import.meta.url, './sql/retire-organisation-keys.sql');

/** A data key of a case as it stands in its row, in the words of JSON: the blob in hexadecimal behind `\x`. */
export interface CaseKeyRow {
  readonly case_id: string;
  readonly class: string;
  readonly version: number;
  readonly wrapped_by: string;
  readonly blob: string;
}

export interface OrganisationKeyRow {
  readonly organisationId: string;
  readonly version: number;
  readonly wrappedBy: string;
  readonly blob: Uint8Array;
}

@Injectable()
export class CaseKeysRepository {
  constructor(private readonly database: Database) {}

  /** Every version of an organisation's key, the newest last. */
  organisationKeys(organisationId: string): Promise<OrganisationKeyRow[]> {
    return this.database.prisma.organisationKey.findMany({
      where: { organisationId },
      orderBy: { version: 'asc' },
      omit: { createdAt: true },
    });
  }

  allOrganisationKeys(): Promise<OrganisationKeyRow[]> {
    return this.database.prisma.organisationKey.findMany({ omit: { createdAt: true } });
  }

  /** The greatest version of each organisation's key. */
  async newestOrganisationKeys(): Promise<{ readonly organisationId: string; readonly version: number }[]> {
    const groups = await this.database.prisma.organisationKey.groupBy({
      by: ['organisationId'],
      _max: { version: true },
    });
    return groups.map(({ organisationId, _max }) => ({ organisationId, version: _max.version ?? 0 }));
  }

  async replaceOrganisationKey(
    tx: Tx,
    { organisationId, version, wrappedBy, blob }: OrganisationKeyRow,
  ): Promise<void> {
    await tx.prisma.organisationKey.updateMany({
      where: { organisationId, version },
      data: { wrappedBy, blob: new Uint8Array(blob) },
    });
  }

  /** Drops versions that are not the newest and wrap nothing. */
  async deleteIdleOrganisationKeys(tx: Tx): Promise<number> {
    return (await tx.sql<{ version: number }>(idleKeys, {})).length;
  }

  async countOrganisationsByWrapping(): Promise<Record<string, number>> {
    const groups = await this.database.prisma.organisationKey.groupBy({ by: ['wrappedBy'], _count: true });
    return Object.fromEntries(groups.map((group) => [group.wrappedBy, group._count]));
  }

  async countCasesByWrapping(): Promise<Record<string, number>> {
    const groups = await this.database.prisma.caseKey.groupBy({ by: ['wrappedBy'], _count: true });
    return Object.fromEntries(groups.map((group) => [group.wrappedBy, group._count]));
  }

  async organisationsWithoutKey(): Promise<string[]> {
    const [all, with_] = await Promise.all([
      this.database.prisma.organisation.findMany({ select: { id: true } }),
      this.database.prisma.organisationKey.findMany({ select: { organisationId: true } }),
    ]);
    const known = new Set(with_.map((row) => row.organisationId));
    return all.map(({ id }) => id).filter((id) => !known.has(id));
  }

  /** Whether it is the first of its version: of two processes one wins, and the other reads the winner's. */
  async insertOrganisationKey(tx: Tx, row: OrganisationKeyRow): Promise<boolean> {
    const { count } = await tx.prisma.organisationKey.createMany({
      data: [{ ...row, blob: new Uint8Array(row.blob) }],
      skipDuplicates: true,
    });
    return count > 0;
  }

  keysOf(tx: Tx, caseIds: readonly string[]): Promise<CaseKeyRow[]> {
    return tx.sql<CaseKeyRow>(caseKeys, { cases: caseIds });
  }

  async delete(tx: Tx, rows: readonly CaseKeyRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.prisma.caseKey.deleteMany({
      where: { OR: rows.map((row) => ({ caseId: row.case_id, class: row.class, version: row.version })) },
    });
  }

  async insert(tx: Tx, rows: readonly CaseKeyRow[]): Promise<void> {
    await tx.prisma.caseKey.createMany({
      data: rows.map((row) => ({
        caseId: row.case_id,
        class: row.class,
        version: row.version,
        wrappedBy: row.wrapped_by,
        blob: new Uint8Array(Buffer.from(row.blob.slice(2), 'hex')),
      })),
    });
  }
}
