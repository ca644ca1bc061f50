/** Waiting for long work. */
import type { Agent } from './agent.js';

export interface Job {
  readonly id: string;
  readonly status: string;
  readonly progress: { readonly done: number; readonly total: number | null; readonly percent: number | null };
  readonly problem: string | null;
  readonly links: Readonly<Record<string, string>>;
}

const WAIT_MS = 50;
const over = (job: Job): boolean => !['queued', 'running'].includes(job.status);

/** Asks for a job until `enough` says so; by default until it is over. */
export async function finished<J extends Job>(
  agent: Agent,
  path: string,
  enough: (job: J) => boolean = over,
): Promise<J> {
  for (;;) {
    const job = (await agent.get(path).expect(200)).body as J;
    if (enough(job) || over(job)) return job;
    await new Promise((next) => setTimeout(next, WAIT_MS));
  }
}
