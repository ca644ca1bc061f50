/**
 * Door 2: background work, in the same process unless the configuration says otherwise. Jobs are rows claimed with
 * `for update skip locked`; a worker that dies is noticed by its silence, and its job is taken up where it stood. Every
 * kind of job may therefore run twice over the same piece of work and says why that is safe.
 */
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '#lib/problem';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { errorFacts } from '../platform/error-facts.js';
import { log } from '../platform/log.js';
import { CONFIG } from '../platform/provided.js';
import type { JobRow } from './job.view.js';
import { JobsRepository, type ClaimedJob } from './jobs.repository.js';

const POLL_MS = 400;
const BEAT_MS = 2_000;
const STALE_MS = 8_000;
const ATTEMPTS = 20;
const ATTEMPTS_TOO_SLOW = 3;
/** How often housekeeping looks round. */
const CHORE_MS = 5_000;

/** Somebody asked the job to stop; nothing that was committed is undone. */
export class JobCancelled extends Error {}

/** What a running job may do: say how far it is, and learn whether it should stop. */
export interface JobRun {
  readonly job: JobRow;
  /** Throws `JobCancelled` when somebody wants it to stop. */
  progress(done?: number): Promise<void>;
}

export type JobHandler = (run: JobRun) => Promise<Readonly<Record<string, unknown>>>;

/** Work that is done from time to time beside the jobs; it must be safe to run twice. */
export type Chore = () => Promise<void>;

@Injectable()
export class Worker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly handlers = new Map<string, JobHandler>();
  private readonly chores: Chore[] = [];
  private stopping = false;
  private loop: Promise<void> | null = null;
  private wake: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly jobs: JobsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Says how a kind of job is done. */
  handle(kind: string, handler: JobHandler): void {
    this.handlers.set(kind, handler);
  }

  chore(chore: Chore): void {
    this.chores.push(chore);
  }

  /** Looks for work now rather than at the next poll. */
  nudge(): void {
    this.wake?.();
  }

  onApplicationBootstrap(): void {
    if (this.config.worker) this.loop = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.nudge();
    await this.loop;
  }

  private async run(): Promise<void> {
    let lastChores = 0;
    while (!this.stopping) {
      try {
        while (!this.stopping && (await this.takeOne())) lastChores = 0;
        const now = this.clock.now().getTime();
        if (!this.stopping && now - lastChores >= CHORE_MS) {
          for (const chore of this.chores) await chore();
          lastChores = now;
        }
      } catch (error) {
        log.error(
          { kind: (error as Error).constructor.name, code: (error as { code?: string }).code ?? null },
          'the worker could not reach its work',
        );
      }
      if (!this.stopping) await this.rest(POLL_MS);
    }
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Takes up one job and does it; false when there is none. */
  async takeOne(): Promise<boolean> {
    const now = this.clock.now();
    const job = await this.jobs.claim(now, new Date(now.getTime() - STALE_MS));
    if (job === null) return false;
    const beats = setInterval(() => void this.beat(job.id).catch(() => undefined), BEAT_MS);
    try {
      const handler = this.handlers.get(job.kind);
      if (!handler) throw new Error(`nobody does jobs of kind ${job.kind}`);
      if (job.attempts > ATTEMPTS) throw new Problem('job.gave-up', 'internal', 'The job failed again and again.');
      const result = await handler({ job, progress: (done) => this.beat(job.id, done) });
      await this.jobs.finish(job.id, 'succeeded', this.clock.now(), result, null);
    } catch (error) {
      await this.fail(job, error);
    } finally {
      clearInterval(beats);
    }
    return true;
  }

  private async beat(jobId: string, done?: number): Promise<void> {
    const heard = await this.jobs.beat(jobId, this.clock.now(), done);
    if (done !== undefined && (this.stopping || heard === null || heard.cancelWanted)) throw new JobCancelled();
  }

  private async fail(job: ClaimedJob, error: unknown): Promise<void> {
    // A service that is going down leaves the job as it stands; the next one takes it up.
    if (this.stopping && error instanceof JobCancelled) return;
    if (error instanceof JobCancelled) return this.jobs.finish(job.id, 'cancelled', this.clock.now(), null, null);
    // The database being away is no reason to give the job up: it stays `running`, falls silent and is taken up again.
    // What is too slow each time would hold the worker for ever, so that is given up earlier.
    const tooSlow = (error as { code?: string }).code === 'service.too-slow' && job.attempts >= ATTEMPTS_TOO_SLOW;
    if (error instanceof Problem && error.kind === 'unavailable' && !tooSlow) throw error;
    const code = error instanceof Problem ? error.code : 'internal';
    log.error(
      {
        jobId: job.id,
        kind: job.kind,
        problem: code,
        ...(error instanceof Problem ? {} : { error: errorFacts(error) }),
      },
      'a job failed',
    );
    await this.jobs.finish(job.id, 'failed', this.clock.now(), null, code);
  }
}
