/**
 * One root finder for every quantile in this library. It is not exported through the front door: the quantile modules
 * bring their own starting points and scales.
 */

/** Value and first derivative of a function at one point. */
export interface Slope {
  readonly value: number;
  readonly slope: number;
}

/** Far more than the 10 to 60 steps that occur; a bracket of doubles halves to nothing in about 1,100. */
const MOST_STEPS = 2_000;
const LAST_DIGIT = 2 ** -52;

/**
 * The root of an increasing function between `low` and `high`, where the function is negative at `low` and positive at
 * `high` (either may be infinite in value there). Newton steps are kept inside a bracket that only shrinks, and a step
 * that would leave it is replaced by halving, so the search cannot run away on the flat tails of a distribution.
 * The answer is within a few units in the last place of the argument, as far as the function itself is exact.
 *
 * Source: safeguarded Newton-Raphson, as in Press et al., Numerical Recipes, "rtsafe".
 */
export function rootOfIncreasing(f: (u: number) => Slope, low: number, high: number, start: number): number {
  let [below, above] = [low, high];
  let u = Math.min(Math.max(start, low), high);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { value, slope } = f(u);
    if (value === 0) return u;
    if (value < 0) below = u;
    else above = u;
    const newton = u - value / slope;
    const inside = newton > below && newton < above;
    const next = inside ? newton : below + (above - below) / 2;
    if (Math.abs(next - u) <= LAST_DIGIT * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}
