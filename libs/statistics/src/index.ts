/** Exact statistics: what the figures are, and how they are computed. Nothing here decides what may leave. */
export * from './aalen-johansen.js';
export * from './audit.js';
export * from './beta-function.js';
export * from './dimensions.js';
export * from './figure.js';
export {
  gammaP,
  gammaQ,
  gammaQuantile,
  gammaTails,
  gammaUpperQuantile,
  lnGamma,
  type Tails,
} from './gamma-function.js';
export * from './horizon-table.js';
export { durationBounds, shareWiderThan, waitBounds } from './imprecise.js';
export type { EnvelopeRow, ImpreciseWait, WaitBounds } from './imprecise.js';
export * from './indicators.js';
export * from './kaplan-meier.js';
export * from './log-rank.js';
export { chiSquareUpperTail, criticalValue, normalQuantile } from './normal-distribution.js';
export type { ConfidenceTransform } from './pointwise-interval.js';
export * from './proportions.js';
export * from './rates.js';
export * from './restricted-mean.js';
export { conditioningTime, type Exit, type LateEntry } from './risk-set.js';
export * from './survival-quantile.js';
export * from './turnbull.js';
export * from './wait-summary.js';
