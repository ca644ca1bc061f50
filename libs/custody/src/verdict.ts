/** The wait for a judge against a limit, where dates are uncertain. */
import {
  addDays,
  earliestDay,
  epochMilliseconds,
  firstMinute,
  latestDay,
  type Day,
  type EventDate,
  type Minute,
} from '#lib/time';
import { endOfWait } from './ending.js';
import { isKnownBy, lastDayKnown } from './horizon.js';
import type { Presence } from './judge.js';
import type { ArrestReading } from './reading.js';
import type { Death } from './types.js';

/** A limit in running hours, or in days of 24 running hours (law.md, design consequence 8: 72 h = 3 x 24 h). */
export type Limit = { readonly days: number } | { readonly hours: number };

export type Verdict = 'exceeds' | 'within' | 'undetermined' | 'not-yet' | 'ended-without-judge';

const MILLISECONDS_PER_HOUR = 3_600_000;
const MILLISECONDS_PER_MINUTE = 60_000;

const inMilliseconds = (limit: Limit): number =>
  ('hours' in limit ? limit.hours : limit.days * 24) * MILLISECONDS_PER_HOUR;

/**
 * What can be said of one arrest against a limit, as known by `asOf`; null when the arrest itself is not known by then.
 * Exactly one of five (docs/indicators.md, "over_limit"; law.md, design consequence 7):
 * - `exceeds`: even the shortest possible wait is over the limit, also for people still waiting;
 * - `within`: a judge saw the person, and even the longest possible wait is not over the limit;
 * - otherwise `undetermined` when a judge saw the person, `not-yet` when still held when last heard of, and
 *   `ended-without-judge` when released or dead before. Where nobody knows the state: `undetermined`.
 *
 * A date without a time of day may be any moment of its day (of its month, where only the month is known); with a time
 * the arrest is exact to the minute. What ended the wait is a date, so a whole day. An arrest cannot be later than what
 * ended the wait.
 * @param zone the IANA zone of the jurisdiction: elapsed time is real time there, also across a change of clocks
 */
export function verdict(
  reading: ArrestReading,
  death: Death | null,
  knownOn: Day | null,
  limit: Limit,
  asOf: Day,
  zone: string,
  presence: Presence = 'seen',
): Verdict | null {
  const { at } = reading.arrest;
  if (!isKnownBy(at, asOf)) return null;
  const ending = endOfWait(reading, death, asOf, presence);
  const last = lastDayKnown(knownOn, asOf);
  if (ending === null && last === null) return 'undetermined';
  const [endsFirst, endsLast] = ending ? [earliestDay(ending.at), latestDay(ending.at)] : [last, last];
  const { shortest, longest } = possibleWaits(at, endsFirst, endsLast, zone);
  const allowed = inMilliseconds(limit);
  if (shortest > allowed) return 'exceeds';
  if (ending?.by === 'judge') return longest <= allowed ? 'within' : 'undetermined';
  return ending === null ? 'not-yet' : 'ended-without-judge';
}

/** Shortest and longest wait in milliseconds that the dates allow. A day lasts until the midnight that ends it. */
function possibleWaits(arrestedAt: EventDate, endsFirst: Day | null, endsLast: Day | null, zone: string) {
  const { earliest, latest } = arrestedAt;
  const midnightOf = (day: Day): number => epochMilliseconds(firstMinute(day), zone);
  const longest =
    earliest && endsLast ? midnightOf(addDays(endsLast, 1)) - epochMilliseconds(earliest, zone) : Infinity;
  // An ending certainly before the arrest is a data error: it proves neither that a limit was kept nor that it was not.
  if (longest < 0) return { shortest: 0, longest: Infinity };
  const shortest =
    latest && endsFirst ? Math.max(0, midnightOf(endsFirst) - latestMoment(arrestedAt, latest, zone)) : 0;
  return { shortest, longest };
}

/**
 * The last moment at which the arrest can have been. Unless the time is known, the minute it may have been in is given
 * in full: that doubt goes against saying "exceeds", so three days after a day without a time are not over 48 hours.
 */
function latestMoment({ precision }: EventDate, latest: Minute, zone: string): number {
  return epochMilliseconds(latest, zone) + (precision === 'EXACT_TIME' ? 0 : MILLISECONDS_PER_MINUTE);
}
