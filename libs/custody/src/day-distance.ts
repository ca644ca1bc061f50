/** Distances between uncertain dates, in calendar days. */
import { daysBetween, earliestDay, latestDay, type EventDate } from '#lib/time';

/** An interval of whole calendar days; `max` is null where there is no upper bound. */
export interface DayInterval {
  readonly min: number;
  readonly max: number | null;
}

/**
 * Calendar days from one date to another (0 on the same day), as an interval: `L = max(0, to.earliest - from.latest)`,
 * `U = to.latest - from.earliest` (survival.md §7). Null when `to` certainly lies on an earlier day: a data error, to
 * be left out and listed (survival.md §1).
 */
export function daysFromTo(from: EventDate, to: EventDate): DayInterval | null {
  const [fromFirst, fromLast, toFirst, toLast] = [earliestDay(from), latestDay(from), earliestDay(to), latestDay(to)];
  const max = fromFirst !== null && toLast !== null ? daysBetween(fromFirst, toLast) : null;
  if (max !== null && max < 0) return null;
  const min = fromLast !== null && toFirst !== null ? Math.max(0, daysBetween(fromLast, toFirst)) : 0;
  return { min, max };
}

/** Whether `a` certainly lies on an earlier calendar day than `b`. Hours are not looked at. */
export function isOnEarlierDay(a: EventDate, b: EventDate): boolean {
  const [last, first] = [latestDay(a), earliestDay(b)];
  return last !== null && first !== null && last < first;
}

/**
 * Whether both may have happened on one calendar day. Accounts of one fact rarely agree on the hour, so identity is
 * decided by days (wider than `mayCoincide`, which compares minutes).
 */
export function mayShareDay(a: EventDate, b: EventDate): boolean {
  return !isOnEarlierDay(a, b) && !isOnEarlierDay(b, a);
}

/** How unlike two dates are, in days: the distance of their first days plus that of their last. 0 for the same day. */
export function unlikeness(a: EventDate, b: EventDate): number {
  return endDistance(earliestDay(a), earliestDay(b)) + endDistance(latestDay(a), latestDay(b));
}

/** More than four centuries, the span that a `Day` can hold: no bound is further from any day than days are apart. */
const BEYOND_ANY_DAY = 150_000;

function endDistance(a: string | null, b: string | null): number {
  if (a !== null && b !== null) return Math.abs(daysBetween(a, b));
  return a === b ? 0 : BEYOND_ANY_DAY;
}
