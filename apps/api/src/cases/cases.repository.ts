/** Cases as rows, each question one statement: these are the paths that people wait on all day. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, sqlFile, type AuditRow } from '#lib/database';
import type { Answer } from '../platform/answer.js';
import type { Retry } from '../platform/idempotency.js';
import { insertOnce } from '../record/case-rows.repository.js';
import type { Rows } from '../record/event-rows.js';
import { visibilityValues } from '../record/visibility.js';
import type { CaseFilter } from './case-filter.js';
import type { CASE_SORTS } from './cases.dto.js';

const listCases = sqlFile(import.meta.url, './sql/list-cases.sql');

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
