/** The average wait within the first tau days: defined where the mean is not, and where the median is not reached. */
import type { SurvivalCurve } from './kaplan-meier.js';
import { criticalValue } from './normal-distribution.js';

/** Average time without the event between the start of the curve and `tau`, in the curve's unit of time. */
export interface RestrictedMean {
  readonly tau: number;
  readonly value: number;
  readonly se: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * RMST(tau), the area under the curve from its start to `tau`: "on average so many of the first tau days passed without
 * a judge". Fix tau in advance (30, 180, 365) and use the same for all groups compared. Normal interval at the level of
 * the curve, clipped to what is possible. Null when tau lies beyond the last observed time and S has not reached 0
 * there, or when there are no records.
 *
 * Source: survival.md §4; variance Σ A² d / (n (n - d)), A the area still to come (Klein and Moeschberger 2003, 4.5.2).
 * @throws RangeError when tau is negative, before the start of the curve, or not finite
 */
export function restrictedMean(curve: SurvivalCurve, tau: number): RestrictedMean | null {
  const { rows, start } = curve;
  if (!(tau >= start && tau < Infinity)) throw new RangeError('tau must be a finite time after the start of the curve');
  const last = rows.at(-1);
  if (last === undefined || (tau > last.t && last.survival > 0)) return null;
  let [area, variance, end] = [0, 0, tau];
  // From the last step back to the first, so that the area still to come is at hand.
  for (let i = rows.findLastIndex((row) => row.t <= tau); i >= 0; i -= 1) {
    const { t, survival, events, atRisk } = rows[i]!;
    area += survival * (end - t);
    // With no area left the term is nought, also where everybody had the event and Greenwood's ratio is infinite.
    if (area > 0) variance += (area * area * events) / (atRisk * (atRisk - events));
    end = t;
  }
  const value = area + (end - start);
  const se = Math.sqrt(variance);
  const z = criticalValue(curve.level);
  const lower = Math.max(0, value - z * se);
  const upper = Math.min(tau - start, value + z * se);
  return { tau, value, se, lower, upper };
}
