/** Which arrest an event belongs to, when a person was arrested more than once. */
import { certainlyBefore, earliestDay, isDayKnown, latestDay } from '#lib/time';
import { byDate } from './same-fact.js';
import type { Arrest, TimelineEvent } from './types.js';

/** One arrest as its accounts tell it, before anything is attributed to it. */
export interface KnownArrest {
  readonly used: Arrest;
  /** Every id under which an event may name this arrest: all wordings of all its accounts. */
  readonly ids: ReadonlySet<string>;
}

/**
 * Arrests in the order they happened: by date, but never before the arrest they name as the one before (an arrest
 * "in April" that followed the one of 20 April came second, though April begins earlier).
 */
export function inOrder<A extends KnownArrest>(arrests: readonly A[]): readonly A[] {
  const waiting = [...arrests].sort((a, b) => byDate(a.used, b.used));
  const ordered: A[] = [];
  while (waiting.length > 0) {
    const followsWaiting = ({ used }: A): boolean => waiting.some(({ ids }) => ids.has(used.previousArrestId ?? ''));
    const next = Math.max(
      0,
      waiting.findIndex((arrest) => !followsWaiting(arrest)),
    );
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

/**
 * The place in `arrests` (in order) of the arrest an event belongs to; null when there is none. The arrest it names;
 * else the latest arrest of known date that does not certainly come after it. An arrest that is no longer on record
 * (withdrawn) is as good as not named.
 */
export function arrestOf(event: TimelineEvent, arrests: readonly KnownArrest[]): number | null {
  const named = arrests.findIndex(({ ids }) => ids.has(event.arrestId ?? ''));
  if (named >= 0) return named;
  const begun = (arrest: KnownArrest): boolean => !certainlyBefore(event.at, arrest.used.at);
  const dated = arrests.findLastIndex((arrest) => arrest.used.at.precision !== 'UNKNOWN' && begun(arrest));
  const found = dated >= 0 ? dated : arrests.findLastIndex(begun);
  if (found < 0) return null;
  return found > 0 && endedByRearrest(event, arrests[found], arrests[found - 1]) ? found - 1 : found;
}

/**
 * A release on the very day of a re-arrest is the release that the re-arrest followed: people are taken again at the
 * prison gate (ARREST_LEGAL.REARREST_RELEASE; law.md, design consequence 10).
 */
function endedByRearrest(
  event: TimelineEvent,
  arrest: KnownArrest | undefined,
  before: KnownArrest | undefined,
): boolean {
  if (event.kind !== 'release' || !arrest || !before) return false;
  const { previousArrestId, legalGround, at } = arrest.used;
  const isRearrest = legalGround === 'REARREST_RELEASE' || before.ids.has(previousArrestId ?? '');
  // With clock times the order is known: a release after the re-arrest is a release from it.
  const onThatDay = isDayKnown(event.at) && isDayKnown(at) && earliestDay(event.at) === latestDay(at);
  return isRearrest && onThatDay && !certainlyBefore(at, event.at);
}
