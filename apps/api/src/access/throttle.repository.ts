/** Failed sign-ins by keyed digest of an account name or a device, and attempts by that of an address or a network. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile } from '#lib/database';

const throttleState = sqlFile(import.meta.url, './sql/throttle-state.sql');
const countFailure = sqlFile(import.meta.url, './sql/count-failure.sql');
const forgetFailures = sqlFile(import.meta.url, './sql/forget-failures.sql');
const takeAttempt = sqlFile(import.meta.url, './sql/take-attempt.sql');

/** Failures that cost nothing, and then the first delay and the longest one, in seconds. */
export interface Delays {
  readonly free: number;
  readonly first: number;
  readonly longest: number;
  /** Failures in a row that close the password. */
  readonly inARow: number;
}

/** How many attempts a full bucket holds, and how fast it fills. */
export interface Bucket {
  readonly capacity: number;
  readonly perSecond: number;
}

@Injectable()
export class ThrottleRepository {
  constructor(private readonly database: Database) {}

  /** Failures in a row under a key, and for how many more seconds sign-in is delayed. */
  async stateOf(key: Buffer, now: Date): Promise<{ readonly inARow: number; readonly seconds: number }> {
    const [row] = await this.database.statement<{ inARow: number; seconds: number }>(null, throttleState, { key, now });
    return row ?? { inARow: 0, seconds: 0 };
  }

  async countFailure(key: Buffer, now: Date, delays: Delays): Promise<void> {
    await this.database.statement(null, countFailure, { key, now, ...delays });
  }

  async forgetFailures(key: Buffer): Promise<void> {
    await this.database.statement(null, forgetFailures, { key });
  }

  /** Takes one attempt out of a bucket; for how many seconds there is none, or 0. */
  async takeAttempt(key: Buffer, now: Date, { capacity, perSecond }: Bucket): Promise<number> {
    const [row] = await this.database.statement<{ seconds: number }>(null, takeAttempt, {
      key,
      now,
      capacity,
      perSecond,
    });
    return row?.seconds ?? 0;
  }
}
