/** The people that a caller reaches among those that a search found. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, sqlFile } from '#lib/database';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import { CaseSealing, UNREADABLE, type Opener } from '../record/case-sealing.js';
import { visibilityValues } from '../record/visibility.js';

const visibleAmong = sqlFile(import.meta.url, './sql/visible-among.sql');

interface StoredNames {
  readonly id: string;
  readonly organisationId: string;
  readonly personId: string;
  readonly given: string | null;
  readonly family: string | null;
  readonly aliases: string | null;
  readonly keys: readonly CaseKeyRow[] | null;
}

/** A person that a caller reaches, by the case. */
export interface ReachedPerson {
  readonly id: string;
  readonly number: string;
  readonly externalId: string | null;
  readonly mergedInto: string | null;
  readonly givenNames: string | null;
  readonly familyNames: string | null;
  readonly aliases: string | null;
}

@Injectable()
export class PeopleRepository {
  constructor(
    private readonly database: Database,
    private readonly sealing: CaseSealing,
  ) {}

  /** The first of some cases that the caller reaches, with their names; nothing tells how many others there are. */
  async reachedAmong(caller: Caller, caseIds: readonly string[], limit: number): Promise<ReachedPerson[]> {
    const rows = await this.database.statement<
      StoredNames & { number: string; externalId: string | null; mergedInto: string | null }
    >(caller, visibleAmong, { cases: caseIds, limit, ...visibilityValues(caller) });
    const keys = rows.flatMap((row) => row.keys ?? []);
    const opener = await this.sealing.opener(caller.organisationId, keys);
    return rows.map((row) => ({
      id: row.id,
      number: row.number,
      externalId: row.externalId,
      mergedInto: row.mergedInto,
      givenNames: opened(opener, row, 'given_names', row.given),
      familyNames: opened(opener, row, 'family_names', row.family),
      aliases: opened(opener, row, 'aliases', row.aliases),
    }));
  }
}

function opened(opener: Opener, row: StoredNames, column: string, stored: string | null): string | null {
  const value = opener.value('person_identity', column, row.id, row.personId, stored);
  return typeof value !== 'string' || value === UNREADABLE ? null : value;
}
