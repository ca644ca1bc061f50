/**
 * Which hearing counts as being brought before a judge. Paper, and a hearing in the person's absence, do not: the point
 * of the guarantee is that a judge sees the person (CCPR/C/GC/35, para. 33 and 34; law.md, row INT-48H).
 *
 * A hearing by video counts here and is reported apart, so that a report can count both ways (law.md, design
 * consequence 4). A hearing of unknown mode counts: nobody said that the person was absent.
 */
import type { Hearing } from './types.js';

const NOT_SEEN: ReadonlySet<string> = new Set(['ABSENT', 'PAPER']);

/** Whether a judge saw the person at this hearing, in the room or on a screen. */
export function isBeforeJudge(hearing: Hearing): boolean {
  return !NOT_SEEN.has(hearing.mode);
}

/** Which hearings a count lets through: any at which the judge saw the person, or only those in the same room. */
export type Presence = 'seen' | 'in-person';

/**
 * The hearing at which a judge first saw the person: the earliest that counts, dates compared by their earliest
 * possible moment; null when there is none. `hearings` are those of one arrest, in order of date.
 *
 * A hearing without a first possible day may have been before any other, so it is taken first: to say that somebody
 * waited until a later one would claim more than is known. Hearings then become known in the order in which they are
 * taken, so that one recorded after a cut-off changes no answer as of that day.
 */
export function firstJudge(hearings: readonly Hearing[], presence: Presence = 'seen'): Hearing | null {
  const counts = presence === 'seen' ? isBeforeJudge : ({ mode }: Hearing): boolean => mode === 'IN_PERSON';
  const moment = ({ at }: Hearing): string => at.earliest ?? '';
  const [first, ...others] = hearings.filter(counts);
  return others.reduce((a, b) => (a !== undefined && moment(b) < moment(a) ? b : a), first) ?? null;
}
