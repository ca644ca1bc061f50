/**
 * Waits between dates that are only known as "April 2022" or "before the harvest". Such episodes are older, rural and
 * otherwise unrepresented: they are never dropped silently and never given a false first of the month. This file holds
 * the wait as an interval and the bounds that follow; `turnbull.ts` holds the estimate.
 */
import { daysBetween, earliestDay, latestDay, type EventDate } from '#lib/time';
import { kaplanMeier, type CurveOptions, type SurvivalCurve } from './kaplan-meier.js';

/** A wait known up to an interval, or `count` equal ones. Whole days, both ends possible. */
export interface ImpreciseWait {
  readonly shortest: number;
  readonly longest: number;
  /** True: the event came after a wait in the interval. False: last seen still waiting after a time in the interval. */
  readonly event: boolean;
  readonly count?: number;
}

/**
 * Shortest and longest possible number of days between two imprecise dates:
 * max(0, to.earliest - from.latest) and to.latest - from.earliest. Null when a date lacks a bound it needs; such an
 * episode belongs in the count "status unknown". A negative `longest` says that the dates contradict each other: a data
 * error, to be excluded, counted and listed.
 *
 * Source: survival.md §7.
 * @example durationBounds(eventDate('2022-04'), eventDate('2022-05-10')) // { shortest: 10, longest: 39 }
 */
export function durationBounds(
  from: EventDate,
  to: EventDate,
): { readonly shortest: number; readonly longest: number } | null {
  const [fromEarliest, fromLatest] = [earliestDay(from), latestDay(from)];
  const [toEarliest, toLatest] = [earliestDay(to), latestDay(to)];
  if (fromEarliest === null || fromLatest === null || toEarliest === null || toLatest === null) return null;
  return {
    shortest: Math.max(0, daysBetween(fromLatest, toEarliest)),
    longest: daysBetween(fromEarliest, toLatest),
  };
}

/** Refuses a wait that is no interval. */
export function assertWait({ shortest, longest, count = 1 }: ImpreciseWait): void {
  if (!(shortest >= 0 && longest >= shortest && longest < Infinity)) {
    throw new RangeError('a wait needs 0 <= shortest <= longest, both finite');
  }
  if (!(count >= 0 && count < Infinity)) throw new RangeError('a count must be a finite number, 0 or more');
}

/**
 * Share of the waits whose two ends are more than `days` apart, null without records. Above 5 % with `days` = 2 the
 * Turnbull estimate is due beside the bounds, and the share is reported in any case.
 *
 * Source: survival.md §7.2. @throws RangeError on a wait that is no interval
 */
export function shareWiderThan(waits: readonly ImpreciseWait[], days = 2): number | null {
  let [all, wide] = [0, 0];
  for (const wait of waits) {
    assertWait(wait);
    all += wait.count ?? 1;
    if (wait.longest - wait.shortest > days) wide += wait.count ?? 1;
  }
  return all > 0 ? wide / all : null;
}

/** Between `lower` and `upper` lies the share of these people still waiting by the end of t, whatever the true dates. */
export interface EnvelopeRow {
  readonly t: number;
  readonly lower: number;
  readonly upper: number;
}

export interface WaitBounds {
  /** Kaplan-Meier with every wait at its shortest, and at its longest. */
  readonly shortest: SurvivalCurve;
  readonly longest: SurvivalCurve;
  readonly envelope: readonly EnvelopeRow[];
}

/**
 * What can be said without guessing any date: the Kaplan-Meier curve with all shortest and with all longest waits. If
 * both give the same printed figure, the imprecision does not matter.
 *
 * The two curves enclose every curve in between only as long as nobody is censored: with censoring, moving one event
 * later can lower the curve beyond it, because by then others have left the risk set. `envelope` is the bound that
 * holds always: at t, everyone who may have seen a judge by then has, or only those who must have. People last seen
 * waiting are in it as "may be any time later", so it also covers what censoring assumes.
 *
 * Source: survival.md §7.1. @throws RangeError on a wait that is no interval, or a level outside 0 to 1
 */
export function waitBounds(waits: readonly ImpreciseWait[], options: CurveOptions = {}): WaitBounds {
  waits.forEach(assertWait);
  const at = (end: 'shortest' | 'longest'): SurvivalCurve =>
    kaplanMeier(
      waits.map((wait) => ({ time: wait[end], event: wait.event, count: wait.count })),
      options,
    );
  return { shortest: at('shortest'), longest: at('longest'), envelope: envelopeOf(waits) };
}

function envelopeOf(waits: readonly ImpreciseWait[]): readonly EnvelopeRow[] {
  const mayHave = new Map<number, number>();
  const mustHave = new Map<number, number>();
  let all = 0;
  for (const { shortest, longest, event, count = 1 } of waits) {
    all += count;
    mayHave.set(shortest, (mayHave.get(shortest) ?? 0) + count);
    if (event) mustHave.set(longest, (mustHave.get(longest) ?? 0) + count);
  }
  if (all === 0) return [];
  let [may, must] = [0, 0];
  return [...new Set([...mayHave.keys(), ...mustHave.keys()])]
    .sort((a, b) => a - b)
    .map((t) => {
      may += mayHave.get(t) ?? 0;
      must += mustHave.get(t) ?? 0;
      return { t, lower: (all - may) / all, upper: (all - must) / all };
    });
}
