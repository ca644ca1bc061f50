/** From a Kaplan-Meier curve to the summary that a cell of a table carries (`figure.ts`). */
import type { WaitSummary } from './figure.js';
import { survivalAt, type SurvivalCurve } from './kaplan-meier.js';
import { quantile } from './survival-quantile.js';

/** Days at which every summary is read; the keys of `WaitSummary.survivalAt`. */
export const WAIT_HORIZONS = [2, 3, 15, 30] as const;

/**
 * Summarises a curve of whole days since the arrest. `excludedImprecise` is how many episodes were left out because a
 * date they need is not known to the day; it travels with the figure so that it cannot be forgotten. The curve lists
 * the days with an event only; censorings show in `atRisk`.
 *
 * Source: survival.md §2 and §3; design §6.
 * @throws RangeError when `excludedImprecise` is negative
 */
export function waitSummary(curve: SurvivalCurve, excludedImprecise: number): WaitSummary {
  if (!(excludedImprecise >= 0)) throw new RangeError('a number of excluded episodes cannot be negative');
  const median = quantile(curve, 0.5);
  return {
    n: curve.n,
    events: curve.events,
    censored: curve.censored,
    excludedImprecise,
    medianDays: median.value,
    medianInterval: [median.lower, median.upper],
    quartiles: [quantile(curve, 0.25).value, quantile(curve, 0.75).value],
    survivalAt: Object.fromEntries(WAIT_HORIZONS.map((day) => [String(day), survivalAt(curve, day)])),
    curve: curve.rows
      .filter((row) => row.events > 0)
      .map(({ t, atRisk, events, survival, lower, upper }) => ({ t, atRisk, events, survival, lower, upper })),
  };
}
