/** How long each arrest counts in the figures: days before a judge, days held. Day precision only; the rest is counted. */
import { daysBetween, earliestDay, eventDate, isDayKnown, type Day, type EventDate } from '#lib/time';
import { endOfWait, leavingOf } from './ending.js';
import { isKnownBy, lastDayKnown } from './horizon.js';
import type { Presence } from './judge.js';
import type { ArrestReading } from './reading.js';
import type { Death } from './types.js';

/** Why a duration is left out: no day of arrest, no day of ending, an ending before the arrest, or nobody knows the state. */
export type LeftOut = 'arrest-day' | 'end-day' | 'order' | 'status';

/** A duration in calendar days, day 0 being the day of arrest; left out, and counted as such, where `days` is null. */
export interface Duration {
  readonly days: number | null;
  readonly precise: boolean;
  readonly leftOut: LeftOut | null;
}

/**
 * One row for Kaplan-Meier and Aalen-Johansen (survival.md §1): a judge saw the person, or the person was released or
 * died before, or was still held when last heard of. `not-known`: nobody confirmed the state on any dated day; such
 * rows are a group of their own.
 */
export interface Wait extends Duration {
  readonly kind: 'judge' | 'released' | 'died' | 'held' | 'not-known';
}

function durationTo(from: EventDate, to: EventDate): Duration {
  const leftOut = (why: LeftOut): Duration => ({ days: null, precise: false, leftOut: why });
  const [first, last] = [earliestDay(from), earliestDay(to)];
  if (!isDayKnown(from) || first === null) return leftOut('arrest-day');
  if (!isDayKnown(to) || last === null) return leftOut('end-day');
  const days = daysBetween(first, last);
  // survival.md §1: day 0 is valid, a negative duration is a data error.
  return days < 0 ? leftOut('order') : { days, precise: true, leftOut: null };
}

/**
 * The wait of one arrest for a judge, as known by `asOf`; null when the arrest itself is not known by then. Censored at
 * release or death; else at `knownOn` or `asOf`, whichever is earlier. `knownOn` limits only silence: a recorded
 * hearing, release or death is itself knowledge of its day.
 * @param presence `in-person` counts only judges in the same room (law.md, design consequence 4)
 */
export function waitOf(
  reading: ArrestReading,
  death: Death | null,
  knownOn: Day | null,
  asOf: Day,
  presence: Presence = 'seen',
): Wait | null {
  const { at } = reading.arrest;
  if (!isKnownBy(at, asOf)) return null;
  const ending = endOfWait(reading, death, asOf, presence);
  if (ending !== null) return { kind: ending.by, ...durationTo(at, ending.at) };
  const last = lastDayKnown(knownOn, asOf);
  if (last === null) return { kind: 'not-known', days: null, precise: false, leftOut: 'status' };
  return { kind: 'held', ...durationTo(at, eventDate(last)) };
}

/**
 * Days in custody of one arrest, as known by `asOf` (survival.md §8: person-time ends at release or death, else at the
 * last day the person was known to be held); null when the arrest is not known by then. The day of arrest counts 0.
 */
export function daysHeld(reading: ArrestReading, death: Death | null, knownOn: Day | null, asOf: Day): Duration | null {
  const { at } = reading.arrest;
  if (!isKnownBy(at, asOf)) return null;
  const leaving = leavingOf(reading, death, asOf);
  if (leaving !== null) return durationTo(at, leaving.at);
  const last = lastDayKnown(knownOn, asOf);
  return last === null ? { days: null, precise: false, leftOut: 'status' } : durationTo(at, eventDate(last));
}
