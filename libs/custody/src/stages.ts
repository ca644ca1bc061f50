/** Where the procedure stands (taxonomy.md §5.1, STAGE), read from the hearings of one arrest. */
import { compareEventDates, earliestDay, type Day, type EventDate } from '#lib/time';
import type { Hearing } from './types.js';

/** STAGE in the order of the procedure. */
export const STAGES = [
  'ADMIN_DETENTION',
  'BROUGHT_TO_JUDGE',
  'MEASURES_HEARING',
  'INITIAL_HEARING',
  'INSTRUCTION',
  'MEASURE_REVIEW',
  'GROUPING_803',
  'PARTIAL_INDICTMENT',
  'INDICTMENT',
  'PRELIMINARY',
  'OPEN_SINGLE_HEARING',
  'TRIAL',
  'JUDGMENT',
  'APPEAL',
  'CASSATION',
  'ENFORCEMENT',
] as const;

/** From the judgment on, a person still held is taken to have been convicted: an acquittal is a release. */
const AFTER_CONVICTION: ReadonlySet<string> = new Set(['JUDGMENT', 'APPEAL', 'CASSATION', 'ENFORCEMENT']);

/** Whether a hearing at this stage shows that there has been a conviction (taxonomy.md §5.1 and §7, STATUS_AT_DEATH). */
export function showsConviction(stage: string): boolean {
  return AFTER_CONVICTION.has(stage);
}

/** From this day on (null: a day nobody knows, so from the beginning) the state is `code`, until the next one. */
export interface StateChange {
  readonly since: Day | null;
  readonly code: string;
}

/** One dated statement of a state, before statements are put in order. */
export interface StateStatement {
  readonly at: EventDate;
  readonly code: string;
  readonly recordedAt: string;
}

const stageRank = (code: string): number => STAGES.indexOf(code as (typeof STAGES)[number]);

/**
 * States in order, each standing until the next; the state on a day is the last one whose `since` is null or not later.
 * `since` is the first possible day. Statements without a first day come first: they cannot overrule a dated one. On
 * one day the later stage, then the later recorded statement, comes last. Repetitions are dropped.
 */
export function stateChanges(statements: readonly StateStatement[]): readonly StateChange[] {
  const undatedFirst = (s: StateStatement): number => (earliestDay(s.at) === null ? 0 : 1);
  const ordered = [...statements].sort(
    (a, b) =>
      undatedFirst(a) - undatedFirst(b) ||
      compareEventDates(a.at, b.at) ||
      stageRank(a.code) - stageRank(b.code) ||
      Date.parse(a.recordedAt) - Date.parse(b.recordedAt) ||
      (a.code < b.code ? -1 : 1),
  );
  const changes = ordered.map(({ at, code }) => ({ since: earliestDay(at), code }));
  return changes.filter((change, i) => change.code !== changes[i - 1]?.code);
}

/**
 * The stages of one arrest: administrative detention from the arrest, then the stage of each hearing of any mode.
 * Leaving custody does not change the stage: a person released under measures is still being tried.
 */
export function stageChanges(arrestedAt: EventDate, hearings: readonly Hearing[]): readonly StateChange[] {
  const heard = stateChanges(hearings.map(({ at, stage, recordedAt }) => ({ at, code: stage, recordedAt })));
  const held = { since: earliestDay(arrestedAt), code: 'ADMIN_DETENTION' };
  return heard[0]?.code === held.code ? [held, ...heard.slice(1)] : [held, ...heard];
}

/** The state that stands at the end of a day; null when none has begun. */
export function stateOn(changes: readonly StateChange[], on: Day): string | null {
  return changes.findLast(({ since }) => since === null || since <= on)?.code ?? null;
}
