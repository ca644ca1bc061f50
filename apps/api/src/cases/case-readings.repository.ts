/**
 * Reading a case, the most frequent act there is. Readings that are asked for at one moment are one statement, whoever
 * asks: the database looks up each token by itself (docs/adr/2026-11-27-readings-together.md).
 */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, databaseProblems, Gathering, isNobodysFault, sqlFile, type AuditRow } from '#lib/database';
import type { CaseSheet } from './case-sheet.js';

const readCases = sqlFile(import.meta.url, './sql/read-cases.sql');

/** Two at a time keep two processors busy; more together would only wait for each other. */
const LANES = 2;
const MOST_TOGETHER = 32;

export interface Reading {
  readonly caller: Caller;
  readonly caseId: string;
  /** The entry of this reading. It is written for whoever holds the token. */
  readonly audit: AuditRow;
  /** Whether names and testimony come along. */
  readonly identity: boolean;
  /** Consents that ran out before this day do not hold. */
  readonly today: string;
  /** How many readings of identity a day admits before allowances; null where they are not counted. */
  readonly limit: number | null;
}

interface Met {
  readonly place: number;
  readonly met: 'ended' | 'changed' | 'hidden' | 'spent' | 'read';
  readonly sheet: string | null;
}

@Injectable()
export class CaseReadingsRepository {
  private readonly gathering = new Gathering((readings: readonly Reading[]) => this.together(readings), {
    lanes: LANES,
    most: MOST_TOGETHER,
    mayBeOfOne: (error) => !isNobodysFault(error),
  });

  constructor(private readonly database: Database) {}

  /**
   * One case, or null: there is none for this caller, or their readings of the day are spent. The audit row is written
   * with the reading; one of identity is counted where there is a limit.
   * @throws Problem when the token is not, or not as it was, the caller's
   */
  async read(reading: Reading): Promise<CaseSheet | null> {
    let { met, sheet } = await this.gathering.ask(reading);
    // With others of the same person it would have been too much; alone it may be admitted.
    if (met === 'spent') ({ met, sheet } = (await this.together([reading]))[0]!);
    if (met === 'ended') throw databaseProblems.sessionEnded({});
    if (met === 'changed') throw databaseProblems.callerChanged({});
    return sheet === null ? null : (JSON.parse(sheet) as CaseSheet);
  }

  private async together(readings: readonly Reading[]): Promise<readonly Met[]> {
    const wanted = readings.map(({ caller, caseId, audit, identity, today }, place) => ({
      ...this.database.entry(audit),
      place,
      token: `\\x${caller.tokenHash.toString('hex')}`,
      stamp: caller.stamp ?? null,
      case_id: caseId,
      identity,
      today,
    }));
    const found = await this.database.statementForMany<Met>(
      readings.map(({ caller }) => caller),
      readCases,
      { wanted: JSON.stringify(wanted), limit: readings[0]?.limit },
      ({ met }) => met !== 'ended' && met !== 'changed',
    );
    return found;
  }
}
