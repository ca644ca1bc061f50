/**
 * The beta distribution: what exact binomial intervals, and the exact ratio of two rates, are built from. The same
 * care with large parameters as in `gamma-function.ts` (Loader 2000).
 */
import { halfDeviance, stirlingRemainder, type Tails } from './gamma-function.js';
import { rootOfIncreasing } from './monotone-root.js';

const TWO_PI = 2 * Math.PI;
const LAST_DIGIT = 2 ** -53;
const TINY = 1e-300;
/** As in `gamma-function.ts`: far more than are needed, and keeps the loop finite. */
const MOST_TERMS = 10_000_000;
/** ln of the odds x / (1 - x) at the smallest and the largest x a quantile can have. */
const LOGIT_END = 700;

/** x^a y^b / B(a, b) for y = 1 - x, both given so that neither loses digits: x y times the beta density. */
function betaTerm(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const exponent =
    stirlingRemainder(n) -
    stirlingRemainder(a) -
    stirlingRemainder(b) -
    halfDeviance(a, n * x) -
    halfDeviance(b, n * y);
  return Math.sqrt((a * b) / (TWO_PI * n)) * Math.exp(exponent);
}

/** The continued fraction of I_x(a, b), for x below (a+1)/(a+b+2) (Abramowitz and Stegun 26.5.8; modified Lentz). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < TINY) d = TINY;
  d = 1 / d;
  let fraction = d;
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1 + even / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1 + odd / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 4 * LAST_DIGIT) break;
  }
  return fraction;
}

function tailsAt(a: number, b: number, x: number, y: number): Tails {
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  const term = betaTerm(a, b, x, y);
  if (x * (a + b + 2) < a + 1) {
    const lower = (term * betaFraction(a, b, x)) / a;
    return { lower, upper: 1 - lower };
  }
  const upper = (term * betaFraction(b, a, y)) / b;
  return { lower: 1 - upper, upper };
}

/**
 * Both tails of the beta distribution with parameters a, b > 0 at x from 0 to 1: the regularised incomplete beta
 * function I_x(a, b) (`lower`) and 1 - I_x(a, b) (`upper`).
 *
 * Source: Abramowitz and Stegun 26.5.1 and 26.5.8.
 * @throws RangeError when a or b is not positive, or x is outside 0 to 1
 */
export function betaTails(a: number, b: number, x: number): Tails {
  if (!(a > 0 && b > 0 && a + b < Infinity)) throw new RangeError('betaTails needs positive, finite parameters');
  if (!(x >= 0 && x <= 1)) throw new RangeError('betaTails needs x from 0 to 1');
  return tailsAt(a, b, x, 1 - x);
}

/** The regularised incomplete beta function I_x(a, b). See `betaTails`. */
export const betaI = (a: number, b: number, x: number): number => betaTails(a, b, x).lower;

/**
 * The odds x / (1 - x) of the x with I_x(a, b) = `lower`; 0 and ∞ at the ends. Odds keep their digits where x itself
 * crowds against 1, and they are what the ratio of two rates needs.
 *
 * Source and errors: as `betaQuantile`.
 */
export function betaQuantileOdds(lower: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && a + b < Infinity)) throw new RangeError('a beta quantile needs positive, finite parameters');
  if (!(lower >= 0 && lower <= 1)) throw new RangeError('a beta quantile needs a probability from 0 to 1');
  if (lower === 0) return 0;
  if (lower === 1) return Infinity;
  const fromBelow = lower <= 0.5;
  const goal = Math.log(fromBelow ? lower : 1 - lower);
  const logit = rootOfIncreasing(
    (u) => {
      const [x, y] = [1 / (1 + Math.exp(-u)), 1 / (1 + Math.exp(u))];
      const tails = tailsAt(a, b, x, y);
      const tail = fromBelow ? tails.lower : tails.upper;
      const distance = Math.log(tail) - goal;
      return { value: fromBelow ? distance : -distance, slope: betaTerm(a, b, x, y) / tail };
    },
    -LOGIT_END,
    LOGIT_END,
    Math.log(a / b),
  );
  return Math.exp(logit);
}

/**
 * The x with I_x(a, b) = `lower`, to 1e-13 of its size. `lower` is a probability from 0 to 1.
 *
 * Source: inversion of Abramowitz and Stegun 26.5.1, by Newton's method on the odds.
 * @throws RangeError when a or b is not positive, or `lower` is no probability
 * @example betaQuantile(0.975, 2, 28) // 0.1776, the upper 95 % limit for one case in twenty-nine
 */
export function betaQuantile(lower: number, a: number, b: number): number {
  const odds = betaQuantileOdds(lower, a, b);
  return odds === Infinity ? 1 : odds / (1 + odds);
}
