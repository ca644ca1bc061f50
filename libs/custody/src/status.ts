/** Where a person stands on a day, computed from the timeline. Nothing here is ever stored as a fact. */
import { certainlyBefore, compareEventDates, eventDate, type Day, type EventDate } from '#lib/time';
import { hidesWhereabouts, deniesContact, isContact } from './contact.js';
import { daysFromTo } from './day-distance.js';
import { endOfWait, leavingOf } from './ending.js';
import { isKnownBy, lastDayKnown } from './horizon.js';
import { isBeforeJudge } from './judge.js';
import type { ArrestReading, Reading } from './reading.js';
import { stageChanges, stateOn } from './stages.js';
import { statusAtDeath, DEATH_AFTER_RELEASE_DAYS, type StatusAtDeath } from './status-at-death.js';
import type { TimelineEvent } from './types.js';

export type LibertyStatus =
  'IN_CUSTODY' | 'RELEASED' | 'DIED_IN_CUSTODY' | 'DIED_AFTER_RELEASE' | 'WHEREABOUTS_UNKNOWN' | 'UNKNOWN';

/**
 * Calendar days since the day of arrest (day 0), as an interval: `min` is certain, `max` null where nothing bounds it;
 * both null when the state is not known. While waiting, the days so far, up to the last day known (survival.md §7).
 */
export interface Elapsed<State extends string> {
  readonly state: State;
  readonly min: number | null;
  readonly max: number | null;
}

export type JudgeState = 'seen' | 'waiting' | 'ended-without-judge' | 'not-known';
export type ContactState = 'reached' | 'waiting' | 'ended-without-contact' | 'not-known';

export interface Status {
  /** The number of the arrest spoken of; null when no arrest is known by the day. */
  readonly arrest: number | null;
  readonly libertyStatus: LibertyStatus;
  /** A code of STAGE; UNKNOWN without an arrest. */
  readonly stage: string;
  readonly daysToJudge: Elapsed<JudgeState>;
  /** IN_PERSON, VIDEO or a kind of unknown, of the hearing that `daysToJudge` counts; null when there is none. */
  readonly judgeMode: string | null;
  readonly incommunicado: Elapsed<ContactState>;
  /** Null while no death is known. */
  readonly statusAtDeath: StatusAtDeath | null;
}

const NOT_KNOWN = { state: 'not-known', min: null, max: null } as const;

/**
 * The status at the end of `asOf`, of the latest arrest that does not certainly come after it. What certainly happened
 * later is not known yet; what nobody has confirmed since `reading.knownOn` is not claimed (survival.md §1).
 */
export function statusAt(reading: Reading, asOf: Day): Status {
  const place = reading.arrests.findLastIndex(({ arrest }) => isKnownBy(arrest.at, asOf));
  const death = reading.death && isKnownBy(reading.death.at, asOf) ? statusAtDeath(reading) : null;
  const arrest = reading.arrests[place];
  if (arrest === undefined) {
    const nothing = { arrest: null, libertyStatus: 'UNKNOWN', stage: 'UNKNOWN', judgeMode: null } as const;
    return { ...nothing, daysToJudge: NOT_KNOWN, incommunicado: NOT_KNOWN, statusAtDeath: death };
  }
  const ending = endOfWait(arrest, reading.death, asOf);
  return {
    arrest: place,
    libertyStatus: libertyStatus(reading, arrest, asOf),
    stage: stateOn(stageChanges(arrest.arrest.at, arrest.hearings), asOf) ?? 'UNKNOWN',
    daysToJudge: daysToJudge(reading, arrest, asOf),
    judgeMode: ending?.by === 'judge' ? ending.hearing.mode : null,
    incommunicado: incommunicado(reading, arrest, asOf),
    statusAtDeath: death,
  };
}

function libertyStatus(reading: Reading, arrest: ArrestReading, asOf: Day): LibertyStatus {
  const { death, knownOn } = reading;
  const leaving = leavingOf(arrest, death, asOf);
  if (leaving?.by === 'died') return 'DIED_IN_CUSTODY';
  if (leaving) {
    const diedAfter = death && isKnownBy(death.at, asOf) ? daysFromTo(leaving.at, death.at) : null;
    return diedAfter && diedAfter.min <= DEATH_AFTER_RELEASE_DAYS ? 'DIED_AFTER_RELEASE' : 'RELEASED';
  }
  if (isLost(arrest, asOf)) return 'WHEREABOUTS_UNKNOWN';
  // "Status unknown" is a group of its own and is published with its size (survival.md §1).
  return knownOn === null ? 'UNKNOWN' : 'IN_CUSTODY';
}

/** Whether the last word is that nobody is told where the person is: said last by a contact range or an outcome. */
function isLost({ contacts, outcomes, spells, hearings }: ArrestReading, asOf: Day): boolean {
  const known = ({ at }: TimelineEvent): boolean => isKnownBy(at, asOf);
  const words = [
    ...contacts.filter((c) => known(c) && (isContact(c.contact) || deniesContact(c.contact))),
    ...outcomes.filter((o) => known(o) && o.release === 'WHEREABOUTS_UNKNOWN'),
  ].sort((a, b) => compareEventDates(a.at, b.at));
  const last = words.at(-1);
  if (last === undefined || (last.kind === 'contact' && !hidesWhereabouts(last.contact))) return false;
  // A place of custody, or a judge who saw the person, certainly later than that word says where the person was.
  const seenSince = [...spells, ...hearings.filter(isBeforeJudge)].filter(known);
  return !seenSince.some(({ at }) => certainlyBefore(last.at, at));
}

function daysToJudge(reading: Reading, arrest: ArrestReading, asOf: Day): Elapsed<JudgeState> {
  const ending = endOfWait(arrest, reading.death, asOf);
  if (ending === null) return waitingSince(arrest.arrest.at, reading.knownOn, asOf);
  return elapsed(ending.by === 'judge' ? 'seen' : 'ended-without-judge', arrest.arrest.at, ending.at);
}

/**
 * From arrest to the first real contact (CCPR/C/GC/35, para. 35; law.md, row INT-INCOMM). When nothing at all is
 * recorded about contact, nothing is claimed: its base is "cases with known value" (report-forms.md §2).
 */
function incommunicado(reading: Reading, arrest: ArrestReading, asOf: Day): Elapsed<ContactState> {
  const known = arrest.contacts.filter(({ at }) => isKnownBy(at, asOf));
  const reached = known.find(({ contact }) => isContact(contact));
  const leaving = leavingOf(arrest, reading.death, asOf);
  if (reached && !(leaving && certainlyBefore(leaving.at, reached.at))) {
    return elapsed('reached', arrest.arrest.at, reached.at);
  }
  if (!reached && !known.some(({ contact }) => deniesContact(contact))) return NOT_KNOWN;
  if (leaving) return elapsed('ended-without-contact', arrest.arrest.at, leaving.at);
  return waitingSince(arrest.arrest.at, reading.knownOn, asOf);
}

function elapsed<State extends string>(state: State, from: EventDate, to: EventDate): Elapsed<State | 'not-known'> {
  const days = daysFromTo(from, to);
  return days === null ? NOT_KNOWN : { state, ...days };
}

function waitingSince(from: EventDate, knownOn: Day | null, asOf: Day): Elapsed<'waiting' | 'not-known'> {
  const last = lastDayKnown(knownOn, asOf);
  return last === null ? NOT_KNOWN : elapsed('waiting', from, eventDate(last));
}
