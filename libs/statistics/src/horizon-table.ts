/** Plain-language companion numbers of a curve: who was still waiting after 2 days, 3 days, a week, a month. */
import { atRiskAt, readingAt, type SurvivalCurve } from './kaplan-meier.js';

/** Days at which the curve is read in tables. Source: survival.md §2. */
export const HORIZONS = [2, 3, 7, 14, 30, 90, 180, 365] as const;

export interface HorizonRow {
  readonly t: number;
  /** Under observation just before t. */
  readonly atRisk: number;
  /** Share not yet before a judge by the end of day t; null after the last observed time, or where too few are left. */
  readonly survival: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Whether the three above are null because fewer than `minimumAtRisk` were under observation. */
  readonly tooFew: boolean;
}

/**
 * The curve at fixed horizons with the number at risk. Where fewer than `minimumAtRisk` people were under observation
 * the estimate is withheld: it rests on too few to be read (this is a rule of reading, not of disclosure control).
 * A curve that had reached 0 is shown as 0.
 *
 * Source: survival.md §2, last paragraph.
 * @example horizonTable(curve, [2, 30]) // [{ t: 2, atRisk: 2168, survival: 0.954, … }, …]
 */
export function horizonTable(
  curve: SurvivalCurve,
  horizons: readonly number[] = HORIZONS,
  minimumAtRisk = 10,
): readonly HorizonRow[] {
  return horizons.map((t) => {
    const reading = readingAt(curve, t);
    const atRisk = atRiskAt(curve, t);
    const tooFew = reading !== null && reading.survival > 0 && atRisk < minimumAtRisk;
    const { survival = null, lower = null, upper = null } = tooFew ? {} : (reading ?? {});
    return { t, atRisk, survival, lower, upper, tooFew };
  });
}
