/**
 * Shares with their base. An interval describes sampling from an imagined process; our records are a collection, not a
 * sample. Print none for complete counts of documented cases, and elsewhere the sentence that selection is not covered.
 */
import { betaQuantile } from './beta-function.js';
import type { Estimate } from './figure.js';
import { assertLevel, criticalValue } from './normal-distribution.js';

function assertPart(part: number, base: number): void {
  const whole = Number.isSafeInteger(part) && Number.isSafeInteger(base);
  if (!(whole && part >= 0 && part <= base)) throw new RangeError('a share needs whole numbers with 0 <= part <= base');
}

const undefinedShare = (method: string, level: number): Estimate => ({
  value: null,
  lower: null,
  upper: null,
  method,
  level,
});

/**
 * The share `part` of `base`, 0 to 1, with Wilson's score interval: the one for tables. Null on a base of 0. Ends are
 * exactly 0 at none and exactly 1 at all.
 *
 * Source: survival.md §9; Wilson 1927.
 * @throws RangeError unless 0 ≤ part ≤ base are whole numbers and the level is in (0, 1)
 * @example wilson(81, 263) // 0.308, 0.255 to 0.366
 */
export function wilson(part: number, base: number, level = 0.95): Estimate {
  assertPart(part, base);
  const z = criticalValue(level);
  if (base === 0) return undefinedShare('wilson', level);
  const share = part / base;
  const square = (z * z) / base;
  const centre = (share + square / 2) / (1 + square);
  const half = (z * Math.sqrt((share * (1 - share)) / base + square / (4 * base))) / (1 + square);
  return {
    value: share,
    lower: part === 0 ? 0 : centre - half,
    upper: part === base ? 1 : centre + half,
    method: 'wilson',
    level,
  };
}

/**
 * The share `part` of `base`, 0 to 1, with the exact interval, which covers at least the stated level: for use where a
 * guarantee is needed. Null on a base of 0.
 *
 * Source: survival.md §9; Clopper and Pearson 1934.
 * @throws RangeError unless 0 ≤ part ≤ base are whole numbers and the level is in (0, 1)
 */
export function clopperPearson(part: number, base: number, level = 0.95): Estimate {
  assertPart(part, base);
  assertLevel(level);
  if (base === 0) return undefinedShare('clopper-pearson', level);
  const tail = (1 - level) / 2;
  return {
    value: part / base,
    lower: part === 0 ? 0 : betaQuantile(tail, part, base - part + 1),
    upper: part === base ? 1 : betaQuantile(1 - tail, part + 1, base - part),
    method: 'clopper-pearson',
    level,
  };
}

/** So many of so many. */
export interface PartOfBase {
  readonly part: number;
  readonly base: number;
}

/**
 * Difference of two independent shares, first minus second (-1 to 1), with the interval built from their two Wilson
 * intervals. Null when a base is 0.
 *
 * Source: survival.md §9; Newcombe 1998, Statistics in Medicine 17:873, method 10. @throws RangeError as `wilson`
 */
export function newcombeDifference(first: PartOfBase, second: PartOfBase, level = 0.95): Estimate {
  const [a, b] = [wilson(first.part, first.base, level), wilson(second.part, second.base, level)];
  if (a.value === null || b.value === null) return undefinedShare('newcombe-10', level);
  const difference = a.value - b.value;
  return {
    value: difference,
    lower: Math.max(-1, difference - Math.hypot(a.value - a.lower!, b.upper! - b.value)),
    upper: Math.min(1, difference + Math.hypot(a.upper! - a.value, b.value - b.lower!)),
    method: 'newcombe-10',
    level,
  };
}

/** A share whose base has gaps. */
export interface ShareWithUnknown {
  /** Among those for whom the answer is known. */
  readonly share: Estimate;
  /** Unknown among all; null without any. */
  readonly unknownShare: number | null;
  /** The share among all if none, and if all, of the unknown were cases; null while at most 10 % are unknown. */
  readonly extremes: readonly [number, number] | null;
}

/** Above this share of unknown answers the worst and best case are shown. */
export const UNKNOWN_NEEDS_EXTREMES = 0.1;

/**
 * A share among the known, the share of unknown, and, where more than a tenth is unknown, what the share among all
 * would be at worst and at best. Unknown is never dropped.
 *
 * Source: survival.md §9, "Missing values". @throws RangeError as `wilson`, and on a negative number of unknown
 */
export function shareWithUnknown(part: number, known: number, unknown: number, level = 0.95): ShareWithUnknown {
  assertPart(unknown, known + unknown);
  const all = known + unknown;
  const unknownShare = all === 0 ? null : unknown / all;
  return {
    share: wilson(part, known, level),
    unknownShare,
    extremes:
      unknownShare !== null && unknownShare > UNKNOWN_NEEDS_EXTREMES ? [part / all, (part + unknown) / all] : null,
  };
}
