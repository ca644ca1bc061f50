/** What ended the wait for a judge, and what ended custody, as known by a day. */
import { earliestDay, eventDate, latestDay, UNKNOWN_DATE, type Day, type EventDate } from '#lib/time';
import { isOnEarlierDay } from './day-distance.js';
import { isKnownBy } from './horizon.js';
import { firstJudge, type Presence } from './judge.js';
import type { ArrestReading } from './reading.js';
import type { Death, Hearing } from './types.js';

/** How a person left custody and when. */
export interface Leaving {
  readonly by: 'released' | 'died';
  readonly at: EventDate;
}

/** How the wait for a judge ended: a judge saw the person, or the person left custody before. */
export type Ending = { readonly by: 'judge'; readonly at: EventDate; readonly hearing: Hearing } | Leaving;

/** Some moment from the earlier bound of one date to the later bound of another. */
function between(from: EventDate, to: EventDate): EventDate {
  const [first, last] = [earliestDay(from), latestDay(to)];
  if (first !== null && last !== null && last < first) return UNKNOWN_DATE;
  return first === null && last === null ? UNKNOWN_DATE : eventDate(`${first ?? '..'}/${last ?? '..'}`);
}

/**
 * How and when this custody ended, as far as known by `asOf`; null while nothing says so. A release is used unless the
 * person certainly died before it. Where no release is recorded and the person was arrested again, custody ended on
 * some day between the two arrests (a new episode presupposes a release, survival.md §1).
 */
export function leavingOf({ arrest, release, next }: ArrestReading, death: Death | null, asOf: Day): Leaving | null {
  const known: Leaving[] = [];
  if (release && isKnownBy(release.at, asOf)) known.push({ by: 'released', at: release.at });
  else if (next && isKnownBy(next.at, asOf)) known.push({ by: 'released', at: between(arrest.at, next.at) });
  if (death && isKnownBy(death.at, asOf)) known.push({ by: 'died', at: death.at });
  const [first, second] = known;
  if (!first || !second) return first ?? null;
  return isOnEarlierDay(second.at, first.at) ? second : first;
}

/**
 * How the wait for a judge ended, as far as known by `asOf`; null while the person waits. A judge counts unless the
 * person certainly left custody on an earlier day: what follows a release is no longer the wait in custody. On one day
 * the judge comes first (survival.md §2, events before censorings).
 */
export function endOfWait(
  reading: ArrestReading,
  death: Death | null,
  asOf: Day,
  presence: Presence = 'seen',
): Ending | null {
  const known = reading.hearings.filter(({ at }) => isKnownBy(at, asOf));
  const hearing = firstJudge(known, presence);
  const leaving = leavingOf(reading, death, asOf);
  if (hearing === null || (leaving !== null && isOnEarlierDay(leaving.at, hearing.at))) return leaving;
  return { by: 'judge', at: hearing.at, hearing };
}
