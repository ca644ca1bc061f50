/**
 * The Kaplan-Meier curve: the share still waiting after each day, people who are still waiting counted for as long as
 * they were seen. Read the curve with `survivalAt`, `quantile`, `restrictedMean`, `horizonTable` and `waitSummary`.
 */
import { assertLevel, criticalValue } from './normal-distribution.js';
import { pointwiseInterval, type ConfidenceTransform } from './pointwise-interval.js';
import { isBefore, riskTable, type Exit, type LateEntry } from './risk-set.js';

/** One record, or `count` equal ones: the event at `time`, or last seen still waiting at `time`. */
export interface Observation extends Exit {
  /** True: it happened at `time`. False: at `time` it had not happened yet, and nothing is known later. */
  readonly event: boolean;
}

export interface CurveOptions {
  /** Confidence level of the pointwise intervals; 0.95 when absent. */
  readonly level?: number;
  /** Scale on which the interval is symmetric; log-log when absent (best in small samples). */
  readonly transform?: ConfidenceTransform;
  /** Condition on still waiting after this time: earlier exits are left out, S starts at 1 here (left truncation). */
  readonly waitedUntil?: number | null;
}

/** The curve just after one distinct time of an event or a censoring. */
export interface CurveRow {
  readonly t: number;
  /** Under observation just before t. */
  readonly atRisk: number;
  readonly events: number;
  readonly censored: number;
  /** Share for whom it has not happened by the end of t. */
  readonly survival: number;
  /** Greenwood standard error of `survival`; null once S = 0. */
  readonly se: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Nelson-Aalen cumulative hazard, Σ d/n. */
  readonly cumulativeHazard: number;
}

export interface SurvivalCurve {
  readonly n: number;
  readonly events: number;
  readonly censored: number;
  /** Records left out because they ended no later than they came under observation. */
  readonly neverAtRisk: number;
  /** Where the curve starts with S = 1: 0, or `waitedUntil`. */
  readonly start: number;
  /** Only with late entry: a time at which everyone then at risk had the event although others were seen later. */
  readonly collapsedAt: number | null;
  readonly level: number;
  readonly transform: ConfidenceTransform;
  readonly lateEntries: readonly LateEntry[];
  readonly rows: readonly CurveRow[];
}

/** The curve read at one time. */
export interface CurveReading {
  readonly t: number;
  readonly survival: number;
  readonly se: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Fractional counts leave dust behind when they are added and taken away; less than this share is nobody. */
const ROUNDING = 1e-12;
const CENSORED = 0;
const EVENT = 1;

/**
 * Estimates S(t), the share for whom the event has not happened by the end of time t, with pointwise intervals.
 *
 * Records may be single or grouped; times are non-negative, in days where a `WaitSummary` is wanted. Time 0 is valid
 * (arrest and judge on one day): the curve falls at 0. At equal times events come before censorings. Before the first
 * event S = 1 with interval [1, 1]; from S = 0 on, standard error and interval are null. No records give no rows.
 * Time: O(records + distinct times · log). Counts are frequencies; Greenwood's formula does not hold for sampling weights.
 *
 * Source: survival.md §2; Kaplan and Meier 1958; Greenwood 1926 for the variance; Kalbfleisch and Prentice 1980 for
 * the log-log interval.
 * @throws RangeError on a negative or infinite time, a negative count, or a level outside 0 to 1
 * @example
 *   const curve = kaplanMeier([{ time: 1, event: true, count: 3 }, { time: 2, event: false }]);
 *   survivalAt(curve, 1); // 0.25
 */
export function kaplanMeier(observations: readonly Observation[], options: CurveOptions = {}): SurvivalCurve {
  const { level = 0.95, transform = 'log-log', waitedUntil = null } = options;
  const z = criticalValue(level);
  const used = waitedUntil === null ? observations : stillWaiting(observations, waitedUntil);
  const table = riskTable(used, 2, (observation) => (observation.event ? EVENT : CENSORED));
  const rows: CurveRow[] = [];
  let [survival, greenwood, cumulativeHazard, allEvents] = [1, 0, 0, 0];
  let collapsedAt: number | null = null;
  for (const [i, t] of table.times.entries()) {
    const [atRisk, events] = [table.atRisk[i]!, table.leaving[EVENT]![i]!];
    if (events > 0) {
      allEvents += events;
      const left = atRisk - events;
      survival = left > ROUNDING * table.total ? (survival * left) / atRisk : 0;
      greenwood += events / (atRisk * left);
      cumulativeHazard += events / atRisk;
      if (survival === 0 && collapsedAt === null && i < table.times.length - 1) collapsedAt = t;
    }
    const interval = pointwiseInterval(survival, greenwood, z, transform);
    rows.push({ t, atRisk, events, censored: table.leaving[CENSORED]![i]!, survival, ...interval, cumulativeHazard });
  }
  return {
    n: table.total,
    events: allEvents,
    censored: table.total - allEvents,
    neverAtRisk: table.neverAtRisk,
    start: waitedUntil ?? 0,
    collapsedAt,
    level,
    transform,
    lateEntries: table.lateEntries,
    rows,
  };
}

/** The records of those still waiting after `start`, observed from there or from their own later entry. */
function stillWaiting(observations: readonly Observation[], start: number): readonly Observation[] {
  return observations
    .filter(({ time }) => isBefore(start, time))
    .map((observation) => ({
      ...observation,
      entry: observation.entry !== undefined && observation.entry > start ? observation.entry : undefined,
    }));
}

/** Index of the last row at or before t, -1 before the first. */
function lastRowAt(rows: readonly CurveRow[], t: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(t, rows[middle]!.t)) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/**
 * The curve at time t with its standard error and interval; null where it is not defined: before `start`, and after
 * the last observed time unless S had reached 0 (what reached nought stays there, anything else is unknown, not flat).
 *
 * Source: survival.md §2, "Edge". @throws RangeError when t is not a number
 */
export function readingAt(curve: SurvivalCurve, t: number): CurveReading | null {
  if (Number.isNaN(t)) throw new RangeError('a curve is read at a number');
  const { rows, start } = curve;
  const last = rows.at(-1);
  if (last === undefined || isBefore(t, start) || (isBefore(last.t, t) && last.survival > 0)) return null;
  const row = rows[lastRowAt(rows, t)];
  return row === undefined
    ? { t, survival: 1, se: 0, lower: 1, upper: 1 }
    : { t, survival: row.survival, se: row.se, lower: row.lower, upper: row.upper };
}

/**
 * S(t), the share for whom the event has not happened by the end of time t; null where the curve is not defined.
 * Source and errors: as `readingAt`.
 */
export function survivalAt(curve: SurvivalCurve, t: number): number | null {
  return readingAt(curve, t)?.survival ?? null;
}

/**
 * How many were under observation just before time t (entry < t ≤ exit); 0 after the last observed time.
 *
 * Source: survival.md §2 ("n at risk" of the companion numbers).
 */
export function atRiskAt(curve: SurvivalCurve, t: number): number {
  const { rows, lateEntries } = curve;
  let next = rows[lastRowAt(rows, t)];
  if (next === undefined || isBefore(next.t, t)) next = rows[lastRowAt(rows, t) + 1];
  if (next === undefined) return 0;
  const { t: end, atRisk } = next;
  // Those who come in at or after t and before the next row are in its risk set, but not in the one at t.
  const later = lateEntries.filter((entry) => !isBefore(entry.t, t) && isBefore(entry.t, end));
  return later.reduce((n, entry) => n - entry.count, atRisk);
}

/**
 * Exact one-sided lower bound of S(t) when n people were followed to t and nobody had the event: (1 - level)^(1/n).
 * Only valid when all n were followed to t. Null when n = 0.
 *
 * Source: survival.md §2, "Edge: zero events". @throws RangeError on a negative n or a level outside 0 to 1
 * @example lowerBoundWithoutEvents(20) // 0.861
 */
export function lowerBoundWithoutEvents(n: number, level = 0.95): number | null {
  if (!(n >= 0)) throw new RangeError('a number of people cannot be negative');
  assertLevel(level);
  return n === 0 ? null : Math.exp(Math.log1p(-level) / n);
}
