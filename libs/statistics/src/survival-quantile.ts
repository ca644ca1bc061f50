/** When a given share has had the event: median, quartiles and their intervals, read off a survival curve. */
import type { CurveRow, SurvivalCurve } from './kaplan-meier.js';

/** The time by which a share `p` has had the event. Null means "not reached", for each of the three. */
export interface SurvivalQuantile {
  readonly p: number;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A step this close to the target lies on it: the square root of the precision of a double, as in R. */
const ON_TARGET = 1.5e-8;

/**
 * First time at which a falling step function is at or below `target`; the middle of the flat piece when it lies on the
 * target and falls further later. Steps that are not defined are passed over.
 */
function firstCrossing(
  rows: readonly CurveRow[],
  height: (row: CurveRow) => number | null,
  target: number,
): number | null {
  let flat: { readonly t: number; readonly y: number } | null = null;
  for (const row of rows) {
    const y = height(row);
    if (y === null) continue;
    if (flat !== null) {
      if (y < flat.y) return (flat.t + row.t) / 2;
    } else if (y < target + ON_TARGET) {
      if (Math.abs(y - target) >= ON_TARGET) return row.t;
      flat = { t: row.t, y };
    }
  }
  return flat?.t ?? null;
}

/**
 * The p-quantile of the waiting time: the first t with S(t) ≤ 1 - p (p = 0.5 is the median), the midpoint where S
 * equals 1 - p over a flat piece. Its interval holds every t at which the pointwise interval of S contains 1 - p: the
 * first crossings of the lower and of the upper confidence curve. First, because the upper curve need not be monotone;
 * this is the convention of R's print(survfit), and differs from R's quantile(survfit). Level and scale are the curve's.
 *
 * Source: survival.md §3; Brookmeyer and Crowley 1982. @throws RangeError unless 0 < p < 1
 * @example quantile(curve, 0.5) // { p: 0.5, value: 15, lower: 14, upper: 15 }
 */
export function quantile(curve: SurvivalCurve, p: number): SurvivalQuantile {
  if (!(p > 0 && p < 1)) throw new RangeError('a quantile needs a share between 0 and 1');
  const { rows } = curve;
  const target = 1 - p;
  return {
    p,
    value: firstCrossing(rows, (row) => row.survival, target),
    lower: firstCrossing(rows, (row) => row.lower, target),
    upper: firstCrossing(rows, (row) => row.upper, target),
  };
}

/** What may be said about the median. */
export type MedianStatement =
  | { readonly kind: 'reached'; readonly days: number }
  /** More than half had not had the event by this day, the last one observed. */
  | { readonly kind: 'more-than-half-waiting'; readonly by: number }
  | { readonly kind: 'undetermined' };

/**
 * The median, or what takes its place when it is not reached: "more than half had not seen a judge by day T" only if
 * the lower confidence limit of S at the last observed day is above one half, otherwise "cannot be determined".
 *
 * Source: survival.md §3.
 */
export function medianStatement(curve: SurvivalCurve): MedianStatement {
  const { value } = quantile(curve, 0.5);
  const last = curve.rows.at(-1);
  if (value !== null) return { kind: 'reached', days: value };
  return last !== undefined && last.lower !== null && last.lower > 0.5
    ? { kind: 'more-than-half-waiting', by: last.t }
    : { kind: 'undetermined' };
}
