/** What the trail says about backups. */
import { Injectable } from '@nestjs/common';
import { Database, Snapshot, sqlFile, type AuditLine, type Tx } from '#lib/database';
import { TABLES_BESIDE } from './copied-parts.js';

const someSealedNames = sqlFile(import.meta.url, './sql/some-sealed-names.sql');

export interface SealedName {
  readonly organisationId: string;
  readonly caseId: string;
  readonly personId: string;
  readonly sealed: string;
}

@Injectable()
export class BackupsRepository {
  constructor(private readonly database: Database) {}

  /** The database at this moment, read under the login that can write nothing, where there is one. */
  snapshot(): Promise<Snapshot> {
    return Snapshot.open(this.database.copying.url, TABLES_BESIDE);
  }

  /** Work on some sealed names inside a transaction that changes nothing. */
  withSealedNames<T>(most: number, work: (names: readonly SealedName[], tx: Tx) => Promise<T>): Promise<T> {
    return this.database.write(null, async (tx) => work(await tx.sql<SealedName>(someSealedNames, { most }), tx), {
      rollback: true,
    });
  }

  made(details: AuditLine['details']): Promise<void> {
    return this.database.write(null, (tx) => tx.audit('backup.made', { details }));
  }

  pruned(details: AuditLine['details']): Promise<void> {
    return this.database.write(null, (tx) => tx.audit('backup.pruned', { details }));
  }

  restored(details: AuditLine['details']): Promise<void> {
    return this.database.write(null, (tx) => tx.audit('backup.restored', { details }));
  }

  drilled(details: AuditLine['details']): Promise<void> {
    return this.database.write(null, (tx) => tx.audit('backup.drilled', { details }));
  }
}
