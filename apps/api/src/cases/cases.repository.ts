/** Cases as rows, each question one statement: these are the paths that people wait on all day. */
import { Injectable } from '@nestjs/common';
import type { Caller, Reachable } from '#lib/access';
import { Database, sqlFile, type AuditRow } from '#lib/database';
import type { Answer } from '../platform/answer.js';
import type { Retry } from '../platform/idempotency.js';
import { insertOnce } from '../record/case-rows.repository.js';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import type { Rows } from '../record/event-rows.js';
import { visibilityValues } from '../record/visibility.js';
import type { CaseFilter } from './case-filter.js';
import type { CASE_SORTS } from './cases.dto.js';

const readCase = sqlFile(import.meta.url, './sql/read-case.sql');
const listCases = sqlFile(import.meta.url, './sql/list-cases.sql');

/** What the status of a case is told from: days of the latest fact as text, open sides as infinity. */
export interface StatusFacts {
  readonly arrestedOn: string | null;
  readonly arrestedBy: string;
  readonly judgeFrom: string;
  readonly judgeTo: string;
  readonly releaseFrom: string;
  readonly releaseTo: string;
  readonly deathFrom: string;
  readonly deathTo: string;
  readonly knownOn: string;
  readonly stage: number;
}

/** A case as Postgres built it, its sealed fields as they are stored. */
export interface SealedBody extends Omit<Reachable, 'organisationId' | 'opened'> {
  readonly id: string;
  readonly person: Record<string, unknown> & { identity?: Record<string, unknown> | null };
  readonly arrest: (Record<string, unknown> & { readonly id: string }) | null;
  narrative?: { readonly id: string; readonly text: string } | string | null;
  unreadable?: string[];
}

/** One case as a caller may see it. Postgres has built the JSON, without what the caller may not read. */
export interface CaseSheet extends StatusFacts {
  readonly organisationId: string;
  readonly erased: boolean;
  readonly personId: string | null;
  /** The wrapped keys of what is sealed in the body. */
  readonly keys: readonly CaseKeyRow[] | null;
  readonly version: number;
  readonly country: string;
  readonly recordedBy: string;
  /** How often the caller has read identity today, this time included; null where it is not counted. */
  readonly readings: number | null;
  /** Whether something on record may say that nobody is told where the person is. */
  readonly mayBeLost: boolean;
  /** Whether the caller has opened the case by breaking the glass. */
  readonly opened: boolean;
  readonly body: SealedBody;
}

/** A case in a list; codes are the numbers that facts carry. */
export interface ListedCase {
  readonly id: string;
  readonly number: string;
  readonly externalId: string | null;
  readonly officeId: string;
  readonly confidentiality: string;
  readonly riskLevel: string;
  readonly monitoring: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly arrestedOn: string;
  readonly arrestedBy: string;
  readonly area1: number;
  readonly area2: number;
  readonly area3: number;
  readonly legalGround: number;
  readonly sex: number;
  readonly ageBand: number;
  readonly stage: number;
  readonly place: number;
  readonly verification: number;
}

export type CaseSort = (typeof CASE_SORTS)[number];

/** Where a page begins: the last row of the one before. */
export interface CasePosition {
  readonly moment: string;
  readonly id: string;
}

@Injectable()
export class CasesRepository {
  constructor(private readonly database: Database) {}

  /** Writes a new case with its facts, its audit rows and its retry key; false when the key was used before. */
  insert(caller: Caller, retry: Retry, rows: Rows, audits: readonly AuditRow[], answer: Answer): Promise<boolean> {
    return insertOnce(this.database, caller, retry, rows, audits, answer);
  }

  /** One case, or null. The audit row is written with the reading; one of identity is counted where there is a limit. */
  async caseVisibleTo(
    caller: Caller,
    caseId: string,
    reading: { readonly audit: AuditRow; readonly identity: boolean; readonly limit: number | null },
    today: string,
  ): Promise<CaseSheet | null> {
    const [found] = await this.database.statement<{ sheet: string }>(caller, readCase, {
      case: caseId,
      identity: reading.identity,
      audit: this.database.entries([reading.audit]).audit,
      today,
      limit: reading.limit,
    });
    return found ? (JSON.parse(found.sheet) as CaseSheet) : null;
  }

  casesVisibleTo(
    caller: Caller,
    filter: CaseFilter,
    sort: CaseSort,
    after: CasePosition | null,
    limit: number,
  ): Promise<ListedCase[]> {
    const visibility = visibilityValues(caller);
    const byArrest = sort.endsWith('arrestedAt');
    return this.database.statement<ListedCase>(caller, listCases, {
      organisationNo: caller.organisationNo,
      ...visibility,
      // A case that was opened in an emergency is reached by its address; it does not change what is listed or counted.
      opened: false,
      officeNo: visibility.everywhere || visibility.assigned ? undefined : caller.officeNo,
      limit,
      ...filter,
      [`${byArrest ? 'arrested' : 'recorded'}${sort.startsWith('-') ? 'Down' : 'Up'}`]: true,
      ...(after === null ? {} : { [byArrest ? 'afterDay' : 'afterMoment']: after.moment, afterId: after.id }),
    });
  }
}
