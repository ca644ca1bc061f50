/** The narrow rows that figures are counted from, and the files they are made from. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type Tx } from '#lib/database';
import { insertRows } from './case-rows.repository.js';
import type { Rows } from './event-rows.js';
import type { PersonFile } from './fact-source.js';

const forgetFacts = sqlFile(import.meta.url, './sql/forget-facts.sql');
const keptFiles = sqlFile(import.meta.url, './sql/kept-files.sql');
const lapsedConsents = sqlFile(import.meta.url, './sql/lapsed-consents.sql');
const lockKeptFile = sqlFile(import.meta.url, './sql/lock-kept-file.sql');
const absorbedFiles = sqlFile(import.meta.url, './sql/absorbed-files.sql');

@Injectable()
export class FactsRepository {
  constructor(private readonly database: Database) {}

  /** Puts these facts in the place of whatever was kept for the files. */
  async replace(tx: Tx, caseIds: readonly string[], rows: Rows): Promise<void> {
    await tx.sql(forgetFacts, { cases: caseIds });
    await insertRows(tx, rows);
  }

  /** A batch of files that were not merged into another one, in order of id. */
  keptFiles(after: string | null, limit: number): Promise<PersonFile[]> {
    return this.database.statement<PersonFile>(null, keptFiles, { after, limit });
  }

  /** Some of the files whose facts still count a consent that has run out. */
  filesWithLapsedConsent(
    country: string,
    today: string,
    uses: readonly string[],
    masks: readonly string[],
    limit: number,
  ): Promise<PersonFile[]> {
    return this.database.statement<PersonFile>(null, lapsedConsents, { country, today, uses, masks, limit });
  }

  /** Locks a kept file until the act ends; false when it was merged into another one meanwhile. */
  async lockKept(tx: Tx, keptId: string): Promise<boolean> {
    return (await tx.sql(lockKeptFile, { kept: keptId })).length > 0;
  }

  /** Files merged into a kept one, directly or through others. */
  absorbedBy(tx: Tx, keptId: string): Promise<PersonFile[]> {
    return tx.sql<PersonFile>(absorbedFiles, { kept: keptId });
  }
}
