/** People as they are stored, for the index of names, and the keys of their names where those are stored. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type Tx } from '#lib/database';
import type { SoughtKey } from '#lib/matching';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import { CaseSealing, UNREADABLE, type Opener } from '../record/case-sealing.js';
import type { FiledPerson, StoredKey } from '../record/match-rows.js';
import { LIMITS, type Pair } from './name-index.service.js';

const namesPage = sqlFile(import.meta.url, './sql/names-page.sql');
const namesChanged = sqlFile(import.meta.url, './sql/names-changed.sql');
const namesSought = sqlFile(import.meta.url, './sql/names-sought.sql');
const numbersSought = sqlFile(import.meta.url, './sql/numbers-sought.sql');
const candidatePairs = sqlFile(import.meta.url, './sql/candidate-pairs.sql');
const storeKeys = sqlFile(import.meta.url, './sql/store-keys.sql');
const lackingKeys = sqlFile(import.meta.url, './sql/lacking-keys.sql');

/** What an index keeps of a person; nothing of somebody who was erased. */
export interface IndexedPerson extends FiledPerson {
  readonly id: string;
  readonly organisationId: string;
  readonly erased: boolean;
  readonly aliases: string | null;
}

interface StoredPerson extends IndexedPerson {
  readonly personId: string;
  readonly keys: readonly CaseKeyRow[] | null;
}

/** Which people to read: a page of all, or those of some cases. */
export type NamesWanted = { readonly after: string | null } | { readonly cases: readonly string[] };

export interface ChangedCase {
  readonly id: string;
  /** It was recorded, not changed: whoever has read it once knows it. */
  readonly recorded: boolean;
}

/** A key to look under, as it is stored. */
export type SoughtDigest = Omit<SoughtKey, 'key'> & { readonly digest: string };

/** A file in whose name words that were asked for may stand, and what each of the words tells. */
export interface SoughtFile {
  readonly id: string;
  readonly weights: readonly number[];
}

@Injectable()
export class NamesRepository {
  constructor(
    private readonly database: Database,
    private readonly sealing: CaseSealing,
  ) {}

  /** People with their names opened, in order of case. What cannot be opened is not known. */
  async people(wanted: NamesWanted, limit: number, tx: Tx | null = null): Promise<IndexedPerson[]> {
    const values = { ...wanted, limit };
    const rows = tx
      ? await tx.sql<StoredPerson>(namesPage, values)
      : await this.database.statement<StoredPerson>(null, namesPage, values);
    const openers = await this.openersOf(rows);
    return rows.map(({ personId, keys: _keys, ...row }) => {
      const open = (table: string, column: string, stored: string | null): string | null =>
        row.erased ? null : opened(openers.get(row.organisationId), table, column, row.id, personId, stored);
      return {
        ...row,
        born: open('person', 'born_edtf', row.born),
        givenNames: open('person_identity', 'given_names', row.givenNames),
        familyNames: open('person_identity', 'family_names', row.familyNames),
        aliases: open('person_identity', 'aliases', row.aliases),
        documentNumber: open('person_identity', 'document_number', row.documentNumber),
      };
    });
  }

  /** Cases that were recorded, or whose person was changed, since a moment. */
  changedSince(since: Date): Promise<ChangedCase[]> {
    return this.database.statement<ChangedCase>(null, namesChanged, { since });
  }

  /** Files that share a stored key with one of these, as pairs. */
  pairsWith(tx: Tx, organisationId: string, caseIds: readonly string[]): Promise<Pair[]> {
    return tx.sql<Pair>(candidatePairs, { organisation: organisationId, cases: caseIds, ...LIMITS });
  }

  filesWithNames(organisation: string, sought: readonly SoughtDigest[], limit: number): Promise<SoughtFile[]> {
    return this.database.statement<SoughtFile>(null, namesSought, {
      organisation,
      keys: sought.map(({ digest }) => digest),
      words: sought.map(({ word }) => word),
      nearnesses: sought.map(({ nearness }) => nearness),
      limit,
    });
  }

  async filesWithNumber(organisation: string, key: string, limit: number): Promise<string[]> {
    const files = await this.database.statement<{ id: string }>(null, numbersSought, { organisation, key, limit });
    return files.map(({ id }) => id);
  }

  /** Whether any key of a name is stored. */
  async holdsKeys(): Promise<boolean> {
    return (await this.database.prisma.matchKey.findFirst({ select: { caseId: true } })) !== null;
  }

  async removeKeys(tx: Tx): Promise<number> {
    return (await tx.prisma.matchKey.deleteMany({})).count;
  }

  /** Whether any file after one has no stored key. */
  async lacksKeys(after: string): Promise<boolean> {
    return (await this.database.statement(null, lackingKeys, { after, limit: 1 })).length > 0;
  }

  /** Some files that have no stored key, after one, locked. */
  async lackingKeys(tx: Tx, after: string, limit: number): Promise<string[]> {
    return (await tx.sql<{ id: string }>(lackingKeys, { after, limit, locked: true })).map(({ id }) => id);
  }

  async insertKeys(
    tx: Tx,
    files: readonly { readonly person: IndexedPerson; readonly keys: readonly StoredKey[] }[],
  ): Promise<void> {
    const keys = files.flatMap(({ person: { id, organisationId }, keys: own }) =>
      own.map((one) => ({ organisation_id: organisationId, case_id: id, ...one })),
    );
    await tx.sql(storeKeys, { keys: JSON.stringify(keys) });
  }

  private async openersOf(rows: readonly StoredPerson[]): Promise<Map<string, Opener>> {
    const openers = new Map<string, Opener>();
    for (const organisationId of new Set(rows.map((row) => row.organisationId))) {
      const keys = rows.filter((row) => row.organisationId === organisationId).flatMap((row) => row.keys ?? []);
      openers.set(organisationId, await this.sealing.opener(organisationId, keys));
    }
    return openers;
  }
}

function opened(
  opener: Opener | undefined,
  table: string,
  column: string,
  caseId: string,
  personId: string,
  stored: string | null,
): string | null {
  const value = opener?.value(table, column, caseId, personId, stored);
  return typeof value !== 'string' || value === UNREADABLE ? null : value;
}
