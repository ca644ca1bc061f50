/**
 * Reading is an act (docs/reading.md): how long a case stays open that somebody opened in an emergency, and how much one
 * person reads on one day before others are told, and before it stops.
 */

/** Hours for which a broken glass opens a case. */
export const BREAK_GLASS_HOURS = 4;

/** So many broken glasses of one person may wait for a second person's eye; then nothing more is opened. */
export const BREAK_GLASS_WAITING = 3;

/** At how many times the budget reading stops. */
const STOP_AT = 3;

/** What one person has read today, and what they may. A budget of 0 is none. */
export interface ReadingsOfDay {
  readonly budget: number;
  /** By how much a coordinator raised it today. */
  readonly allowance: number;
  /** Readings of identity or testimony, this one included. */
  readonly readings: number;
}

/** How many readings a budget admits on one day without anybody's word; null is any number. */
export function readingLimit(budget: number): number | null {
  return budget === 0 ? null : budget * STOP_AT;
}

/**
 * What a reading means: nothing, that others are told (once, at the budget), or that it is refused. An allowance moves
 * the end, and nobody is told a second time what they have answered with it.
 */
export function readingVerdict({ budget, allowance, readings }: ReadingsOfDay): 'within' | 'tell' | 'refuse' {
  const limit = readingLimit(budget);
  if (limit === null) return 'within';
  if (readings > limit + allowance) return 'refuse';
  return readings === budget ? 'tell' : 'within';
}
