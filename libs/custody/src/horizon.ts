/**
 * What is known by a day. A figure "as of" a day must come out the same whenever it is computed again, so whatever is
 * dated after that day is left out, and silence is trusted only up to the last day somebody spoke.
 */
import { earliestDay, type Day, type EventDate } from '#lib/time';

/**
 * Whether an event may already have happened by the end of `asOf`: its first possible day is not later. An event of
 * unknown date counts as known, because it is on record (design §3).
 */
export function isKnownBy(date: EventDate, asOf: Day): boolean {
  const first = earliestDay(date);
  return first === null || first <= asOf;
}

/**
 * The last day on which "still held" was positively known: `knownOn` or `asOf`, whichever is earlier; null when no
 * source is dated. Not today and not the cut-off: "no news" is not "no judge" (survival.md §1).
 */
export function lastDayKnown(knownOn: Day | null, asOf: Day): Day | null {
  return knownOn === null || knownOn < asOf ? knownOn : asOf;
}
