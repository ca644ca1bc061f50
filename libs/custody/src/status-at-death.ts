/** In what situation a person died (taxonomy.md §7, STATUS_AT_DEATH). */
import { certainlyBefore } from '#lib/time';
import { daysFromTo } from './day-distance.js';
import { isBeforeJudge } from './judge.js';
import { isConviction } from './leaving-custody.js';
import type { ArrestReading, Reading } from './reading.js';
import { showsConviction } from './stages.js';
import type { Death, Release, TimelineEvent } from './types.js';

/** Days after a release up to which a death is one in our sense (design §1, "Death"). */
export const DEATH_AFTER_RELEASE_DAYS = 180;
/** The nearer of the two bands of deaths after release (taxonomy.md §7; survival.md §8). */
export const DEATH_SOON_AFTER_RELEASE_DAYS = 30;

/**
 * STATUS_AT_DEATH. NOT_APPLICABLE: certainly more than 180 days after release, so no death in our sense. UNKNOWN: no
 * arrest is known, or the dates leave open which of two situations it was.
 */
export type StatusAtDeath =
  | 'NOT_BEFORE_JUDGE'
  | 'PRETRIAL'
  | 'CONVICTED'
  | 'RELEASE_ORDERED'
  | 'RELEASED_LE_30D'
  | 'RELEASED_31_180D'
  | 'NOT_APPLICABLE'
  | 'UNKNOWN';

/**
 * The person's situation at the moment of death; null when no death is recorded. Of what is recorded, whatever may have
 * happened before the death is taken to have happened before it: a release on the day of death is a release of a
 * living person.
 */
export function statusAtDeath(reading: Reading): StatusAtDeath | null {
  const { death, deathArrest, arrests } = reading;
  if (death === null) return null;
  const arrest = deathArrest === null ? undefined : arrests[deathArrest];
  if (arrest === undefined) return 'UNKNOWN';
  const { release } = arrest;
  return release && !certainlyBefore(death.at, release.at) ? afterRelease(release, death) : inCustody(arrest, death);
}

function afterRelease(release: Release, death: Death): StatusAtDeath {
  const days = daysFromTo(release.at, death.at);
  if (days === null) return 'UNKNOWN';
  const [min, max] = [days.min, days.max ?? Infinity];
  if (max <= DEATH_SOON_AFTER_RELEASE_DAYS) return 'RELEASED_LE_30D';
  if (min > DEATH_AFTER_RELEASE_DAYS) return 'NOT_APPLICABLE';
  return min > DEATH_SOON_AFTER_RELEASE_DAYS && max <= DEATH_AFTER_RELEASE_DAYS ? 'RELEASED_31_180D' : 'UNKNOWN';
}

function inCustody({ hearings, outcomes }: ArrestReading, death: Death): StatusAtDeath {
  const inLife = ({ at }: TimelineEvent): boolean => !certainlyBefore(death.at, at);
  const convictions = [
    ...hearings.filter((hearing) => showsConviction(hearing.stage) && inLife(hearing)),
    ...outcomes.filter((outcome) => isConviction(outcome.release) && inLife(outcome)),
  ];
  // An order to release that a later conviction overtook no longer holds.
  const ordered = outcomes
    .filter((outcome) => outcome.release === 'RELEASE_ORDERED_HELD' && inLife(outcome))
    .some((order) => !convictions.some((conviction) => certainlyBefore(order.at, conviction.at)));
  if (ordered) return 'RELEASE_ORDERED';
  if (convictions.length > 0) return 'CONVICTED';
  return hearings.some((hearing) => isBeforeJudge(hearing) && inLife(hearing)) ? 'PRETRIAL' : 'NOT_BEFORE_JUDGE';
}
