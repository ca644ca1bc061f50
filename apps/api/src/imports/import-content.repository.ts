/** What an import reads and writes as it goes: the pieces of its file, what was refused, and what was known before. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type Session, type Tx } from '#lib/database';
import { open, seal, type DataKey, type Place } from '#lib/sealing';
import { PurposeKeys } from '../keys/purpose-keys.js';

const savePiece = sqlFile(import.meta.url, './sql/save-piece.sql');
const listFaults = sqlFile(import.meta.url, './sql/list-faults.sql');
const saveFaults = sqlFile(import.meta.url, './sql/save-faults.sql');
const knownExternalIds = sqlFile(import.meta.url, './sql/known-external-ids.sql');

/** Where and why a row was refused; never what stood there. */
export interface ImportFault {
  readonly row: number;
  readonly position: number;
  readonly column: string;
  readonly code: string;
  readonly externalId: string | null;
}

export type FaultPosition = Pick<ImportFault, 'row' | 'position'>;

const placeOf = (jobId: string, position: number): Place => ({
  organisation: '',
  table: 'import_piece',
  column: 'content',
  row: `${jobId}|${position}`,
  keyClass: 'jobs',
});

const faultRows = (jobId: string, faults: readonly ImportFault[]): string =>
  JSON.stringify(
    faults.map(({ row, position, column, code, externalId }) => ({
      job_id: jobId,
      row,
      position,
      column,
      code,
      external_id: externalId,
    })),
  );

@Injectable()
export class ImportContentRepository {
  constructor(
    private readonly database: Database,
    private readonly keys: PurposeKeys,
  ) {}

  /** The file of an import holds every name that it brings, so its pieces are sealed too. */
  private key(): DataKey {
    return { version: 1, bytes: this.keys.get('jobs') };
  }

  async insertPiece(session: Session, jobId: string, position: number, content: Buffer): Promise<void> {
    const sealed = seal(this.key(), content, placeOf(jobId, position));
    await this.database.statement(session, savePiece, { job: jobId, position, content: sealed });
  }

  async piece(jobId: string, position: number): Promise<Buffer> {
    const piece = await this.database.prisma.importPiece.findFirstOrThrow({ where: { jobId, position } });
    const clear = open(this.key(), piece.content, placeOf(jobId, position));
    if (!clear) throw new Error('a piece of an uploaded file cannot be opened');
    return clear;
  }

  async hasPieces(tx: Tx, jobId: string): Promise<boolean> {
    return (await tx.prisma.importPiece.count({ where: { jobId } })) > 0;
  }

  /** The file holds names and testimony: it is kept no longer than the work on it. */
  async deletePieces(tx: Tx, jobId: string): Promise<void> {
    await tx.prisma.importPiece.deleteMany({ where: { jobId } });
  }

  faultsOf(session: Session, jobId: string, after: FaultPosition | null, limit: number): Promise<ImportFault[]> {
    return this.database.statement<ImportFault>(session, listFaults, {
      job: jobId,
      limit,
      ...(after === null ? {} : { afterRow: after.row, afterPosition: after.position }),
    });
  }

  /** Keeps faults with the batch they belong to. */
  async insertFaults(tx: Tx, jobId: string, faults: readonly ImportFault[]): Promise<void> {
    await tx.sql(saveFaults, { faults: faultRows(jobId, faults) });
  }

  /** Keeps faults of a dry run, whose own transaction leaves nothing behind. */
  async insertFaultsApart(jobId: string, faults: readonly ImportFault[]): Promise<void> {
    await this.database.statement(null, saveFaults, { faults: faultRows(jobId, faults) });
  }

  async deleteFaults(jobId: string): Promise<void> {
    await this.database.prisma.importFault.deleteMany({ where: { jobId } });
  }

  /** External ids that are on record, each with the digest of what was first recorded under it. */
  async knownDigests(tx: Tx, organisationId: string, externalIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.sql<{ externalId: string; digest: string | null }>(knownExternalIds, {
      organisation: organisationId,
      ids: externalIds,
    });
    return new Map(rows.map((row) => [row.externalId, row.digest ?? '']));
  }
}
