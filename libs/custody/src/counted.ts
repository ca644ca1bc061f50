/**
 * What counts: plain data for the narrow fact rows that the database keeps, one row a fact, rebuildable from events at
 * any time (design §12). Nothing here depends on a cut-off: each row carries the days from which it is known, and a
 * question "as of" a day leaves out what begins later (`horizon.ts`).
 *
 * Units are never added (design §1): arrests, hearings, remedies, releases, violations and deaths are separate lists.
 * `arrest` is the number of the arrest in the reading, beginning with 0; null for a fact that belongs to none.
 */
import { earliestDay, latestDay, type DatePrecision, type Day, type EventDate, type Minute } from '#lib/time';
import { endsCustody } from './leaving-custody.js';
import { firstJudge, isBeforeJudge } from './judge.js';
import type { ArrestReading, FactAccounts, Reading } from './reading.js';
import { remedySteps, type RemedyStep } from './remedies.js';
import { stageChanges, stateChanges, type StateChange, type StateStatement } from './stages.js';
import { statusAtDeath, type StatusAtDeath } from './status-at-death.js';
import type { CaseFile, Hearing, TimelineEvent, TimelineKind } from './types.js';

/** First and last possible calendar day; null where there is no bound. */
export interface DaySpan {
  readonly earliest: Day | null;
  readonly latest: Day | null;
}

/** What every counted fact says: which event it is, in which file, of which arrest, and when. */
export interface CountedFact extends DaySpan {
  readonly eventId: string;
  readonly caseId: string;
  readonly arrest: number | null;
}

export interface CountedJudge extends DaySpan {
  readonly eventId: string;
  readonly mode: string;
}

export interface CountedArrest {
  readonly arrest: number;
  readonly eventId: string;
  readonly caseId: string;
  readonly legalGround: string;
  /** First and last possible minute of venue time; null where there is no bound. */
  readonly earliest: Minute | null;
  readonly latest: Minute | null;
  /** With EXACT_TIME the arrest is exact to the minute; else it may have been until the end of `latest` (`verdict.ts`). */
  readonly precision: DatePrecision;
  /** The hearing that counts as being brought before a judge, in the room or by video. */
  readonly judge: CountedJudge | null;
  /** The first hearing at which a judge and the person were in the same room. */
  readonly judgeInPerson: CountedJudge | null;
  readonly release: (DaySpan & { readonly eventId: string; readonly code: string }) | null;
  /** The next arrest: custody had ended by then, even where `release` is null. */
  readonly next: DaySpan | null;
  /** The death that belongs to this arrest, in custody or after it. */
  readonly death: DaySpan | null;
  /** The last day on which the state of the case was known; null when no source is dated. */
  readonly knownOn: Day | null;
  readonly stages: readonly StateChange[];
  readonly measures: readonly StateChange[];
  readonly counsel: readonly StateChange[];
  /** Places of detention; the last one stands also after custody ended. */
  readonly places: readonly StateChange[];
  /** Every charge recorded, each code once, in alphabetical order. */
  readonly charges: readonly string[];
}

export interface CountedHearing extends CountedFact {
  readonly stage: string;
  readonly mode: string;
  readonly beforeJudge: boolean;
  /** Whether this is the hearing that counts as being brought before a judge. */
  readonly isFirst: boolean;
}

export interface CountedRemedy extends CountedFact {
  readonly remedy: string;
  /** The last status recorded, whatever the day; with a cut-off read `steps`. */
  readonly status: string;
  readonly steps: readonly RemedyStep[];
}

export interface CountedRelease extends CountedFact {
  readonly release: string;
}

export interface CountedViolation extends CountedFact {
  readonly violation: string;
}

export interface CountedDeath extends CountedFact {
  readonly statusAtDeath: StatusAtDeath;
}

const daysOf = (at: EventDate): DaySpan => ({ earliest: earliestDay(at), latest: latestDay(at) });

const judgeOf = (hearing: Hearing | null): CountedJudge | null =>
  hearing && { eventId: hearing.id, mode: hearing.mode, ...daysOf(hearing.at) };

/** One row per arrest (unit: arrest), in order. */
export function countedArrests(reading: Reading, file: Pick<CaseFile, 'knownOn'>): readonly CountedArrest[] {
  return reading.arrests.map((one, arrest): CountedArrest => {
    const death = reading.deathArrest === arrest ? reading.death : null;
    return {
      arrest,
      eventId: one.arrest.id,
      caseId: one.arrest.caseId,
      legalGround: one.arrest.legalGround,
      earliest: one.arrest.at.earliest,
      latest: one.arrest.at.latest,
      precision: one.arrest.at.precision,
      judge: judgeOf(firstJudge(one.hearings)),
      judgeInPerson: judgeOf(firstJudge(one.hearings, 'in-person')),
      release: one.release && { eventId: one.release.id, code: one.release.release, ...daysOf(one.release.at) },
      next: one.next && daysOf(one.next.at),
      death: death && daysOf(death.at),
      knownOn: file.knownOn,
      ...statesOf(one),
      charges: [...new Set(one.charges.map(({ charge }) => charge))].sort(),
    };
  });
}

function statesOf({ arrest, hearings, measures, counsel, spells }: ArrestReading) {
  const said = <E extends TimelineEvent>(events: readonly E[], codeOf: (event: E) => string): StateStatement[] =>
    events.map((event) => ({ at: event.at, code: codeOf(event), recordedAt: event.recordedAt }));
  return {
    stages: stageChanges(arrest.at, hearings),
    measures: stateChanges(said(measures, ({ measure }) => measure)),
    counsel: stateChanges(said(counsel, ({ legalAid }) => legalAid)),
    places: stateChanges(said(spells, ({ place }) => place)),
  };
}

type EventOf<K extends TimelineKind> = Extract<TimelineEvent, { readonly kind: K }>;

function factsOf<K extends TimelineKind>(
  reading: Reading,
  kind: K,
): readonly { readonly event: EventOf<K>; readonly fact: CountedFact }[] {
  const isOfKind = (event: TimelineEvent): event is EventOf<K> => event.kind === kind;
  return reading.accounts.flatMap(({ used, arrest }: FactAccounts) =>
    isOfKind(used)
      ? [{ event: used, fact: { eventId: used.id, caseId: used.caseId, arrest, ...daysOf(used.at) } }]
      : [],
  );
}

/** One row per hearing of any mode (unit: hearing). */
export function countedHearings(reading: Reading): readonly CountedHearing[] {
  const firsts = new Set(reading.arrests.map(({ hearings }) => firstJudge(hearings)?.id));
  return factsOf(reading, 'hearing').map(({ event, fact }) => ({
    ...fact,
    stage: event.stage,
    mode: event.mode,
    beforeJudge: isBeforeJudge(event),
    isFirst: firsts.has(event.id),
  }));
}

/** One row per remedy (unit: remedy), with every step from filing on. */
export function countedRemedies(reading: Reading): readonly CountedRemedy[] {
  return factsOf(reading, 'remedy').map(({ event, fact }) => {
    const steps = remedySteps(event);
    return { ...fact, remedy: event.remedy, status: steps.at(-1)?.status ?? 'FILED', steps };
  });
}

/** One row per person leaving custody (unit: release); orders not carried out and convictions are none (design §1). */
export function countedReleases(reading: Reading): readonly CountedRelease[] {
  return factsOf(reading, 'release')
    .filter(({ event }) => endsCustody(event.release))
    .map(({ event, fact }) => ({ ...fact, release: event.release }));
}

/** One row per violation (unit: violation). */
export function countedViolations(reading: Reading): readonly CountedViolation[] {
  return factsOf(reading, 'violation').map(({ event, fact }) => ({ ...fact, violation: event.violation }));
}

/**
 * The death (unit: death), or null. One with `statusAtDeath` NOT_APPLICABLE came more than 180 days after a release and
 * is no death in the sense of design §1; the row is kept, so that a count can say how many were left out.
 */
export function countedDeath(reading: Reading): CountedDeath | null {
  const [death] = factsOf(reading, 'death');
  return death ? { ...death.fact, statusAtDeath: statusAtDeath(reading) ?? 'UNKNOWN' } : null;
}
