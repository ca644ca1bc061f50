/** How a remedy went: the funnel from filing to execution (taxonomy.md §5.6; law.md §4). */
import { certainlyBefore, earliestDay, latestDay, type Day, type EventDate } from '#lib/time';
import { isKnownBy } from './horizon.js';
import type { Remedy } from './types.js';

/** One step of a remedy. Days are null where there is no bound. */
export interface RemedyStep {
  readonly status: string;
  readonly earliest: Day | null;
  readonly latest: Day | null;
}

/**
 * The steps in the order they happened, filing first. A step stands after those recorded before it unless it certainly
 * happened earlier, so that an undated "no answer" recorded last is the latest word.
 */
export function remedySteps(remedy: Remedy): readonly RemedyStep[] {
  return stepsInOrder(remedy).map(({ status, at }) => ({
    status,
    earliest: earliestDay(at),
    latest: latestDay(at),
  }));
}

/** The latest status known by a day: FILED until a step is known (REMEDY, status). */
export function remedyStatus(remedy: Remedy, asOf: Day): string {
  return stepsInOrder(remedy).findLast(({ at }) => isKnownBy(at, asOf))?.status ?? 'FILED';
}

interface Step {
  readonly status: string;
  readonly at: EventDate;
}

function stepsInOrder({ at, steps }: Remedy): readonly Step[] {
  const ordered: Step[] = [];
  for (const step of steps) {
    const before = ordered.findLastIndex((earlier) => !certainlyBefore(step.at, earlier.at));
    ordered.splice(before + 1, 0, step);
  }
  return [{ status: 'FILED', at }, ...ordered];
}
