/**
 * Clears away what signing in leaves behind: expired tokens and challenges, counted failures and buckets that mean nothing
 * any more, a day later than it could, so that two clocks need not agree; sessions that nobody can go on with, and the
 * answers kept for creations that are tried again, after a month. Who signed in and when is told by the trail, which
 * stays. What is not there cannot be seized.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#lib/database';
import { Worker } from '../jobs/worker.js';
import { Clock } from '../platform/clock.js';
import { SignInSweepRepository } from './sign-in-sweep.repository.js';

const DAY_MS = 86_400_000;
/** A device in the field may be without a network for weeks, and then repeats what it was not answered. */
const KEPT_MS = 30 * DAY_MS;
const LOOK_EVERY_MS = 3_600_000;

@Injectable()
export class SignInSweep implements OnModuleInit {
  private lookAt = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly left: SignInSweepRepository,
    private readonly worker: Worker,
  ) {}

  onModuleInit(): void {
    this.worker.chore(() => this.sweep());
  }

  /** Once an hour. Two processes that do it at once delete each row once. */
  async sweep(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.lookAt) return;
    this.lookAt = now + LOOK_EVERY_MS;
    const moments = { over: new Date(now - DAY_MS), kept: new Date(now - KEPT_MS) };
    if (!(await this.left.hasAny(moments))) return;
    await this.database.write(
      null,
      async (tx) => tx.audit('sign-ins.swept', { details: { ...(await this.left.sweep(tx, moments)) } }),
      { statementTimeoutMs: 30_000, transactionTimeoutMs: 60_000 },
    );
  }
}
