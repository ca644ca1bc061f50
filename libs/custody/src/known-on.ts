/** Until when silence can be trusted: the last day on which somebody knew the state of a case. */
import { earliestDay, type Day } from '#lib/time';
import { accountsIn } from './corrections.js';
import type { TimelineEvent, TimelineKind } from './types.js';

/** Events that show the person held on their own day, so that the state was known then (survival.md §1). */
const SHOWS_HELD: ReadonlySet<TimelineKind> = new Set(['hearing', 'custodySpell', 'measure']);

/**
 * `CaseFile.knownOn`: the latest of the days on which sources were informed and the days on which an account shows the
 * person held; null when there is none. Of an account only the wording in force counts, because a day that was mistyped
 * and corrected is a day on which nobody knew anything.
 * @param informed the days on which the sources were informed
 */
export function lastDayOfKnowledge(informed: readonly Day[], events: readonly TimelineEvent[]): Day | null {
  const held = accountsIn(events.filter(({ kind }) => SHOWS_HELD.has(kind))).flatMap(
    ({ event }) => earliestDay(event.at) ?? [],
  );
  return [...informed, ...held].reduce<Day | null>((last, day) => (last === null || day > last ? day : last), null);
}
