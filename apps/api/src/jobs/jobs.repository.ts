/** The queue of background work: rows that are claimed, kept alive and ended, each by one statement. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile } from '#lib/database';
import type { JobRow } from './job.view.js';

const claimJob = sqlFile(import.meta.url, './sql/claim-job.sql');
const beat = sqlFile(import.meta.url, './sql/beat.sql');
const finishJob = sqlFile(import.meta.url, './sql/finish-job.sql');

export interface ClaimedJob extends JobRow {
  readonly attempts: number;
}

@Injectable()
export class JobsRepository {
  constructor(private readonly database: Database) {}

  /** Takes up the oldest job that waits, or one whose worker has not been heard of since `stale`. */
  async claim(now: Date, stale: Date): Promise<ClaimedJob | null> {
    const [job] = await this.database.statement<ClaimedJob>(null, claimJob, { now, stale });
    return job ?? null;
  }

  /** Says that the work goes on, and how far it is; answers whether somebody wants it to stop, null when it is over. */
  async beat(jobId: string, now: Date, done?: number): Promise<{ readonly cancelWanted: boolean } | null> {
    const [row] = await this.database.statement<{ cancelWanted: boolean }>(null, beat, { job: jobId, now, done });
    return row ?? null;
  }

  /** Ends a job that still runs. */
  async finish(
    jobId: string,
    status: 'succeeded' | 'failed' | 'cancelled',
    now: Date,
    result: unknown,
    problem: string | null,
  ): Promise<void> {
    await this.database.statement(null, finishJob, {
      job: jobId,
      status,
      now,
      result: result === null ? null : JSON.stringify(result),
      problem,
    });
  }
}
