/**
 * The standard normal and the chi-square distribution, both as special cases of the gamma distribution: z²/2 of a
 * normal deviate is gamma with shape ½. No table of coefficients to copy wrongly.
 */
import { gammaQ, gammaQuantile, gammaUpperQuantile } from './gamma-function.js';

/**
 * The z below which a standard normal deviate lies with probability `p`; -∞ and ∞ at 0 and 1. Exact to 1e-14.
 *
 * Source: Abramowitz and Stegun 26.2.29 with 6.5.16 (erf as an incomplete gamma function).
 * @throws RangeError when `p` is no probability
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('a normal quantile needs a probability from 0 to 1');
  const tail = Math.min(p, 1 - p);
  // Near the middle the distance from ½ is exact and the tail is not small, so the other end of the gamma is used.
  const halfSquare = tail <= 0.25 ? gammaUpperQuantile(2 * tail, 0.5) : gammaQuantile(Math.abs(2 * p - 1), 0.5);
  const z = Math.sqrt(2 * halfSquare);
  return p < 0.5 ? -z : z;
}

/**
 * The z of a two-sided interval: 1.959963984540054 at level 0.95.
 *
 * @throws RangeError unless 0 < level < 1
 */
export function criticalValue(level: number): number {
  assertLevel(level);
  return normalQuantile(0.5 + level / 2);
}

/** Refuses a confidence level outside 0 to 1; 95 is the usual slip for 0.95. */
export function assertLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError('a confidence level lies between 0 and 1, as in 0.95');
}

/**
 * Probability that a chi-square deviate with `df` degrees of freedom exceeds `x`: the p-value of a test.
 *
 * Source: Abramowitz and Stegun 26.4.19. @throws RangeError when df ≤ 0 or x < 0
 */
export function chiSquareUpperTail(x: number, df: number): number {
  return gammaQ(df / 2, x / 2);
}
