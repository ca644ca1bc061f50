/**
 * The gamma function and the gamma distribution: what exact Poisson intervals, chi-square tests and the normal quantile
 * are built from.
 *
 * Powers and factorials are never formed. The term x^a e^-x / Γ(a+1) is written with Stirling's remainder and a deviance
 * (Loader 2000, "Fast and accurate computation of binomial probabilities"), because the plain difference of logarithms
 * loses five digits at a = 100,000. A published package is wrong by 2e-4 at a = 1,000 (stats/libraries.md); the cases in
 * `cases/special-functions.json` hold this module to 1e-13.
 */
import { rootOfIncreasing } from './monotone-root.js';

const HALF_LN_TWO_PI = 0.918938533204672741780329736406;
const LAST_DIGIT = 2 ** -53;
/** Below every positive normal number: keeps a continued fraction from dividing by nought (Thompson and Barnett 1986). */
const TINY = 1e-300;
/** About √a · 10 terms are needed near x = a; this is enough for 10¹¹ events and keeps every loop finite. */
const MOST_TERMS = 10_000_000;

/** From here on the five terms of Stirling's series are exact to the last digit. */
const STIRLING_FROM = 15;
/** ln of the smallest and of the largest argument a quantile can have. */
const LOG_SMALLEST = -700;
const LOG_LARGEST = 700;

/** Probability below and above one point. Both are given, because 1 - p loses the small one. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Stirling's remainder δ(a) = ln Γ(a+1) - [½ ln 2π + (a + ½) ln a - a], for a > 0.
 *
 * Source: Abramowitz and Stegun 6.1.42 for large a; below it the exact recurrence δ(a) = δ(a+1) + (a+½) ln(1+1/a) - 1.
 */
export function stirlingRemainder(a: number): number {
  let remainder = 0;
  let at = a;
  while (at < STIRLING_FROM) {
    remainder += (at + 0.5) * Math.log1p(1 / at) - 1;
    at += 1;
  }
  const s = 1 / (at * at);
  return (
    remainder + (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / at
  );
}

/**
 * Half the Poisson deviance, a ln(a/x) + x - a, for a > 0 and x > 0; nought at x = a, never negative.
 *
 * Source: Loader 2000, "bd0". Near x = a the series replaces a difference of nearly equal numbers.
 */
export function halfDeviance(a: number, x: number): number {
  if (Math.abs(a - x) >= 0.1 * (a + x)) return a * Math.log(a / x) + x - a;
  const v = (a - x) / (a + x);
  let sum = (a - x) * v;
  let term = 2 * a * v;
  // |v| < 0.1, so each term is below a hundredth of the one before: nine of them reach the last digit.
  for (let odd = 3; odd < 40; odd += 2) {
    term *= v * v;
    const next = sum + term / odd;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** x^a e^-x / Γ(a+1) for a > 0 and 0 < x < ∞: the Poisson probability of `a` events when `x` are expected. */
function poissonTerm(a: number, x: number): number {
  return Math.exp(-stirlingRemainder(a) - halfDeviance(a, x) - 0.5 * Math.log(a) - HALF_LN_TWO_PI);
}

/**
 * Natural logarithm of Γ(x), for x > 0. Absolute error below 1e-14 for x < 15, relative error below 1e-15 beyond.
 *
 * Source: Stirling's series, Abramowitz and Stegun 6.1.40 and 6.1.42.
 * @throws RangeError when x is not a positive number
 * @example lnGamma(5) // ln 24
 */
export function lnGamma(x: number): number {
  if (!(x > 0)) throw new RangeError('lnGamma needs a positive argument');
  return HALF_LN_TWO_PI + (x - 0.5) * Math.log(x) - x + stirlingRemainder(x);
}

/** P(a, x) by its power series; the terms all have one sign, so nothing cancels (Abramowitz and Stegun 6.5.29). */
function lowerBySeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < MOST_TERMS && term > sum * LAST_DIGIT; k += 1) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * poissonTerm(a, x);
}

/** Q(a, x) by its continued fraction, for x > a + 1 (Abramowitz and Stegun 6.5.31; modified Lentz). */
function upperByFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < MOST_TERMS; k += 1) {
    const numerator = -k * (k - a);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + numerator / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 4 * LAST_DIGIT) break;
  }
  return fraction * a * poissonTerm(a, x);
}

/**
 * Both tails of the gamma distribution with shape `a` > 0 and scale 1 at `x` ≥ 0: the regularised incomplete gamma
 * functions P(a, x) (`lower`) and Q(a, x) (`upper`).
 *
 * Source: Abramowitz and Stegun 6.5.1, 6.5.3; series below x = a + 1, continued fraction above.
 * @throws RangeError when a ≤ 0, x < 0 or either is not a number
 */
export function gammaTails(a: number, x: number): Tails {
  if (!(a > 0 && a < Infinity && x >= 0)) throw new RangeError('gammaTails needs a > 0 and x >= 0');
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  if (x < a + 1) {
    const lower = lowerBySeries(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = upperByFraction(a, x);
  return { lower: 1 - upper, upper };
}

/** P(a, x), the share of the gamma distribution at or below x. See `gammaTails`. */
export const gammaP = (a: number, x: number): number => gammaTails(a, x).lower;

/** Q(a, x) = 1 - P(a, x), the share above x, without the loss of digits of a subtraction. See `gammaTails`. */
export const gammaQ = (a: number, x: number): number => gammaTails(a, x).upper;

/**
 * The x with P(a, x) = `lower`, or with Q(a, x) = 1 - `lower`, to 1e-13 of its size. `lower` is a probability from 0 to
 * 1; the ends give 0 and ∞. Answers below 1e-304 are not resolved and come out as 1e-304.
 *
 * Newton runs on ln x against the logarithm of the smaller tail: there the function is close to straight, and a tail of
 * 1e-10 keeps all its digits.
 *
 * Source: inversion of Abramowitz and Stegun 6.5.1.
 * @throws RangeError when a ≤ 0 or `lower` is no probability
 * @example gammaQuantile(0.975, 13) // 20.9616, the upper 95 % limit for twelve deaths
 */
export function gammaQuantile(lower: number, a: number): number {
  return quantileFromTails(lower, 1 - lower, a);
}

/** The x with Q(a, x) = `upper`: as `gammaQuantile`, for a small upper tail given as it is. Same errors. */
export function gammaUpperQuantile(upper: number, a: number): number {
  return quantileFromTails(1 - upper, upper, a);
}

function quantileFromTails(lower: number, upper: number, a: number): number {
  if (!(a > 0 && a < Infinity)) throw new RangeError('a gamma quantile needs a positive, finite shape');
  if (!(lower >= 0 && lower <= 1)) throw new RangeError('a gamma quantile needs a probability from 0 to 1');
  if (lower === 0) return 0;
  if (upper === 0) return Infinity;
  const fromBelow = lower <= 0.5;
  const goal = Math.log(fromBelow ? lower : upper);
  const logX = rootOfIncreasing(
    (u) => {
      const x = Math.exp(u);
      const tail = fromBelow ? gammaTails(a, x).lower : gammaTails(a, x).upper;
      const distance = Math.log(tail) - goal;
      return { value: fromBelow ? distance : -distance, slope: (a * poissonTerm(a, x)) / tail };
    },
    LOG_SMALLEST,
    LOG_LARGEST,
    Math.log(a),
  );
  return Math.exp(logX);
}
