/** Confidence intervals of a survival curve at one time, on three scales. */

/** Scale on which the interval is symmetric. */
export type ConfidenceTransform = 'log-log' | 'log' | 'plain';

/** Standard error and bounds of one point of a curve; all null where they are not defined. */
export interface PointwiseInterval {
  readonly se: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

const UNDEFINED: PointwiseInterval = { se: null, lower: null, upper: null };
const CERTAIN: PointwiseInterval = { se: 0, lower: 1, upper: 1 };

/**
 * Interval of S(t) from Greenwood's sum G = Σ d / (n (n - d)), z being the normal deviate of the level.
 *   plain    S ∓ z S √G, clipped to [0, 1]
 *   log      S exp(∓ z √G), upper clipped to 1
 *   log-log  S^exp(∓ z √G / ln S), inside (0, 1) by itself
 * Before any event [1, 1]; at S = 0 nothing is defined, because G is infinite there.
 *
 * Source: survival.md §2; Greenwood 1926; Kalbfleisch and Prentice 1980.
 */
export function pointwiseInterval(
  survival: number,
  greenwood: number,
  z: number,
  transform: ConfidenceTransform,
): PointwiseInterval {
  if (survival === 0) return UNDEFINED;
  if (greenwood === 0) return CERTAIN;
  const root = Math.sqrt(greenwood);
  const se = survival * root;
  switch (transform) {
    case 'plain':
      return { se, lower: Math.max(0, survival - z * se), upper: Math.min(1, survival + z * se) };
    case 'log':
      return { se, lower: survival * Math.exp(-z * root), upper: Math.min(1, survival * Math.exp(z * root)) };
    case 'log-log': {
      const shift = (z * root) / Math.log(survival);
      return { se, lower: survival ** Math.exp(-shift), upper: survival ** Math.exp(shift) };
    }
  }
}

/**
 * Interval of a cumulative incidence F (or any share strictly inside (0, 1)) from its standard error:
 * F^exp(± z se / (F ln F)). At F = 0 it is [0, null], at F = 1 [null, 1].
 *
 * Source: survival.md §5; the log-log scale of Kalbfleisch and Prentice 1980.
 */
export function incidenceInterval(incidence: number, se: number, z: number): PointwiseInterval {
  if (incidence <= 0) return { se, lower: 0, upper: null };
  // Sums of increments reach 1 only up to rounding.
  if (incidence >= 1 - 1e-12) return { se, lower: null, upper: 1 };
  const shift = (z * se) / (incidence * Math.log(incidence));
  return { se, lower: incidence ** Math.exp(-shift), upper: incidence ** Math.exp(shift) };
}
