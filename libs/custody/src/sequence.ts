/**
 * Plausibility of order: what cannot be true, whatever the uncertain dates stand for. Only certain contradictions
 * count, and only root causes: who mistypes the year of an arrest is told so once, not once for every later event.
 */
import { addDays, certainlyBefore, earliestDay, type Day, type EventDate } from '#lib/time';
import { isBeforeJudge } from './judge.js';
import { endsCustody } from './leaving-custody.js';
import { readCaseFile, type FactAccounts, type Reading } from './reading.js';
import { kindInCode, sentencesFor, type Contradiction, type Sentences } from './sequence-sentences.js';
import type { CaseFile, TimelineEvent, TimelineKind } from './types.js';

/** One certain contradiction, told of the event whose recording causes it. */
export interface SequenceFault {
  /** `<kind>.<what-is-wrong>`, e.g. `hearing.before-arrest`. */
  readonly code: string;
  readonly eventId: string;
  readonly eventKind: TimelineKind;
  /** Which date of the event is at fault. */
  readonly field: 'at' | 'until';
  /** What it contradicts; null when it contradicts itself or today. */
  readonly otherKind: TimelineKind | 'birth' | null;
  readonly sentences: Sentences;
}

export interface SequenceContext {
  /** The present day in the jurisdiction; a day more is tolerated, for venues east of it. */
  readonly today: Day;
  readonly born?: EventDate | null;
}

const FOLLOWS_ARREST: ReadonlySet<TimelineKind> = new Set([
  'custodySpell',
  'hearing',
  'measure',
  'contact',
  'remedy',
  'death',
  'release',
]);

/**
 * The contradictions that recording `candidates` (new events, or corrections) would bring into a file, in the order of
 * the candidates. Contradictions that were there before are not told again.
 */
export function sequenceFaults(
  before: CaseFile,
  candidates: readonly TimelineEvent[],
  context: SequenceContext,
): readonly SequenceFault[] {
  const known = new Set(contradictionsIn(readCaseFile(before), context).map(keyOf));
  const after = readCaseFile({ ...before, events: [...before.events, ...candidates] });
  const ids = candidates.map(({ id }) => id);
  return contradictionsIn(after, context)
    .filter((one) => !known.has(keyOf(one)))
    .map((one) => faultOf(one, ids))
    .sort((a, b) => ids.indexOf(a.eventId) - ids.indexOf(b.eventId));
}

/** All contradictions of a file as it stands, e.g. after a merge or when a date of birth changes. */
export function faultsIn(file: CaseFile, context: SequenceContext): readonly SequenceFault[] {
  return contradictionsIn(readCaseFile(file), context).map((one) => faultOf(one, []));
}

/** A contradiction between an event and what it is compared with. */
interface Found {
  readonly subject: TimelineEvent;
  readonly contradiction: Contradiction;
  readonly field: 'at' | 'until';
  readonly otherKind: TimelineKind | 'birth' | null;
  /** The accounts it contradicts, all of them. */
  readonly others: readonly TimelineEvent[];
}

const keyOf = ({ subject, contradiction, field }: Found): string => `${subject.id} ${contradiction} ${field}`;

function faultOf(
  { subject, contradiction, field, otherKind, others }: Found,
  candidates: readonly string[],
): SequenceFault {
  const birth = otherKind === 'birth';
  const said = birth ? 'birth' : subject.kind;
  const what = {
    code: `${birth ? 'birth' : kindInCode(subject.kind)}.${contradiction}`,
    sentences: sentencesFor(said, contradiction),
  };
  // A correction of the arrest that leaves a recorded hearing before it is told of the arrest.
  const cause = candidates.includes(subject.id) ? undefined : others.find(({ id }) => candidates.includes(id));
  return cause
    ? { ...what, eventId: cause.id, eventKind: cause.kind, field: 'at', otherKind: subject.kind }
    : { ...what, eventId: subject.id, eventKind: subject.kind, field, otherKind };
}

function contradictionsIn(reading: Reading, { today, born }: SequenceContext): readonly Found[] {
  const tomorrow = addDays(today, 1);
  const isFuture = (date: EventDate): boolean => (earliestDay(date) ?? '') > tomorrow;
  const accounts = reading.accounts.flatMap((fact) => [fact.used, ...fact.others].map((event) => ({ event, fact })));

  const alone = accounts.flatMap(({ event }) => faultsAlone(event, isFuture));
  const present = accounts.filter(({ event }) => !isFuture(event.at));
  // Nothing is compared with an arrest in the future.
  const arrests = present.filter(({ event }) => event.kind === 'arrest');
  const unborn = arrests.filter(({ event }) => born && certainlyBefore(event.at, born));
  const early = present.flatMap(({ event, fact }) => {
    const others = arrestsOf(event, fact, reading, arrests);
    const isEarly = others.length > 0 && others.every((arrest) => certainlyBefore(event.at, arrest.at));
    return isEarly ? [{ event, others }] : [];
  });
  const contradicting = new Set(early.map(({ event }) => event.id));
  const consistent = present.filter(({ event }) => !contradicting.has(event.id)).map(({ event }) => event);
  return [
    ...alone,
    ...unborn.map(({ event }) => found(event, 'after-arrest', 'birth', [])),
    ...early.map(({ event, others }) => found(event, 'before-arrest', 'arrest', others)),
    ...afterDeath(consistent),
  ];
}

function found(
  subject: TimelineEvent,
  contradiction: Contradiction,
  otherKind: Found['otherKind'],
  others: readonly TimelineEvent[],
  field: 'at' | 'until' = 'at',
): Found {
  return { subject, contradiction, field, otherKind, others };
}

/** What is wrong with an event by itself. */
function faultsAlone(event: TimelineEvent, isFuture: (date: EventDate) => boolean): readonly Found[] {
  if (isFuture(event.at)) return [found(event, 'in-future', null, [])];
  if (event.until === null) return [];
  if (isFuture(event.until)) return [found(event, 'in-future', null, [], 'until')];
  return certainlyBefore(event.until, event.at) ? [found(event, 'reversed', null, [], 'until')] : [];
}

/**
 * The accounts of arrests that an event must not precede: those of the arrest it names; else all, because by date alone
 * it belongs to any arrest that it does not certainly precede.
 */
function arrestsOf(
  event: TimelineEvent,
  fact: FactAccounts,
  reading: Reading,
  arrests: readonly { readonly event: TimelineEvent; readonly fact: FactAccounts }[],
): readonly TimelineEvent[] {
  if (!FOLLOWS_ARREST.has(event.kind)) return [];
  const named = fact.arrest !== null && reading.arrests[fact.arrest]?.ids.has(event.arrestId ?? '');
  return arrests.filter((arrest) => !named || arrest.fact.arrest === fact.arrest).map((arrest) => arrest.event);
}

/**
 * What certainly came after the death, by every account of it. A court may still sit on paper or in the person's
 * absence, and an order may still arrive: only what needs a living person contradicts.
 */
function afterDeath(events: readonly TimelineEvent[]): readonly Found[] {
  const deaths = events.filter(({ kind }) => kind === 'death');
  const needsLife = (event: TimelineEvent): boolean =>
    event.kind === 'arrest' ||
    (event.kind === 'hearing' && isBeforeJudge(event)) ||
    (event.kind === 'release' && endsCustody(event.release));
  return events
    .filter(
      (event) => needsLife(event) && deaths.length > 0 && deaths.every((death) => certainlyBefore(death.at, event.at)),
    )
    .map((event) => found(event, 'after-death', 'death', deaths));
}
