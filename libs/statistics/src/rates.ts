/**
 * Deaths over time in custody: exact Poisson intervals, rates, the ratio of two rates, and the standardised mortality
 * ratio. A mass killing is one event with many deaths and no Poisson process: report it separately, with a rate without.
 */
import { betaQuantileOdds } from './beta-function.js';
import type { Estimate, RateSummary } from './figure.js';
import { gammaQuantile, gammaUpperQuantile } from './gamma-function.js';
import { assertLevel } from './normal-distribution.js';

/** One person-year in days, as in survival.md §8. */
export const DAYS_PER_PERSON_YEAR = 365.25;
/** Rates are given per so many person-years. */
export const RATE_PER_PERSON_YEARS = 1_000;
/** Below this observation time no rate is given. */
export const LEAST_PERSON_YEARS = 100;

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

function assertEvents(events: number): void {
  if (!(Number.isSafeInteger(events) && events >= 0))
    throw new RangeError('a number of events is a whole number, 0 or more');
}

function assertTime(time: number): void {
  if (!(time >= 0 && time < Infinity)) throw new RangeError('an observation time must be a finite number, 0 or more');
}

/**
 * Exact central interval for the expected number of events when `events` were counted; lower is 0 at 0 events. Divide
 * by the observation time for a rate.
 *
 * Source: survival.md §8; Garwood 1936. @throws RangeError when `events` is not a whole number or the level is not in (0, 1)
 * @example garwood(0) // { lower: 0, upper: 3.6889 }
 */
export function garwood(events: number, level = 0.95): Bounds {
  assertEvents(events);
  assertLevel(level);
  const tail = (1 - level) / 2;
  return {
    lower: events === 0 ? 0 : gammaQuantile(tail, events),
    upper: gammaUpperQuantile(tail, events + 1),
  };
}

/**
 * Deaths per 1,000 person-years with the Garwood interval. `personDays` is the whole number of days that all persons
 * together were in custody in the window; below 100 person-years value and bounds are null. Fewer than five deaths:
 * never print the value without its interval; none: print "no death documented" and the upper bound.
 *
 * Source: survival.md §8. @throws RangeError when deaths are no whole number, days negative or infinite, level not in (0, 1)
 * @example deathRate(12, 5_000 * 365.25).rate.value // 2.4
 */
export function deathRate(deaths: number, personDays: number, level = 0.95): RateSummary {
  assertTime(personDays);
  const { lower, upper } = garwood(deaths, level);
  const personYears = personDays / DAYS_PER_PERSON_YEAR;
  const scaled = (count: number): number | null =>
    personYears < LEAST_PERSON_YEARS ? null : (count / personYears) * RATE_PER_PERSON_YEARS;
  const rate = { value: scaled(deaths), lower: scaled(lower), upper: scaled(upper), method: 'garwood', level };
  return { deaths, personDays, rate };
}

/**
 * The range of the rate when some ends of custody are unknown: lowest rate from the longest possible person-time,
 * highest from the shortest.
 *
 * Source: survival.md §8 ("Unknown ends"). @throws RangeError as `deathRate`, and when the two are reversed
 */
export function deathRateRange(
  deaths: number,
  shortestPersonDays: number,
  longestPersonDays: number,
  level = 0.95,
): { readonly lowest: RateSummary; readonly highest: RateSummary } {
  if (shortestPersonDays > longestPersonDays) throw new RangeError('the shortest person-time exceeds the longest');
  return {
    lowest: deathRate(deaths, longestPersonDays, level),
    highest: deathRate(deaths, shortestPersonDays, level),
  };
}

/** Events counted over an observation time, in any unit as long as both sides of a comparison use the same. */
export interface CountOverTime {
  readonly events: number;
  readonly time: number;
}

/**
 * Ratio of two rates, first over second, with the exact conditional interval: given the sum, the first count is
 * binomial, and its Clopper-Pearson bounds are turned into bounds of the ratio. Null means infinite or not defined: the
 * value without events in the second group, the upper bound with none there, everything with none at all.
 *
 * Source: survival.md §8; Przyborowski and Wilenski 1940; Clopper and Pearson 1934.
 * @throws RangeError when events are no whole number, a time is not positive, or the level is not in (0, 1)
 */
export function rateRatio(first: CountOverTime, second: CountOverTime, level = 0.95): Estimate {
  assertEvents(first.events);
  assertEvents(second.events);
  assertLevel(level);
  if (!(first.time > 0 && second.time > 0 && first.time < Infinity && second.time < Infinity)) {
    throw new RangeError('the ratio of two rates needs two positive observation times');
  }
  const [a, b] = [first.events, second.events];
  const scale = second.time / first.time;
  const tail = (1 - level) / 2;
  const lower = a + b === 0 ? null : a === 0 ? 0 : betaQuantileOdds(tail, a, b + 1) * scale;
  // The upper odds are the inverse of lower odds with the groups exchanged: there the tail is small and keeps its digits.
  const upper = b === 0 ? null : scale / betaQuantileOdds(tail, b, a + 1);
  return { value: b === 0 ? null : (a / b) * scale, lower, upper, method: 'conditional-exact', level };
}

/** Person-time in one class of age and sex, with the mortality of the general population in that class. */
export interface ExpectedStratum {
  readonly personYears: number;
  /** Deaths per person-year in the reference population; same period; its source must be named beside the figure. */
  readonly referenceRate: number;
}

/**
 * Deaths expected if the people in custody died at the rates of the reference population.
 *
 * Source: survival.md §8, "SMR". @throws RangeError on a negative or infinite person-time or rate
 */
export function expectedDeaths(strata: readonly ExpectedStratum[]): number {
  return strata.reduce((sum, { personYears, referenceRate }) => {
    assertTime(personYears);
    assertTime(referenceRate);
    return sum + personYears * referenceRate;
  }, 0);
}

/**
 * Standardised mortality ratio, observed over expected deaths, with the Garwood interval of the observed; the expected
 * number counts as known. Null when nothing was expected. Ratios of groups with different ages must not be compared,
 * and a ratio near 1 is alarming already: people in custody are young and screened.
 *
 * Source: survival.md §8, "SMR". @throws RangeError when `observed` is no whole number, `expected` negative or infinite
 * @example standardisedMortalityRatio(10, 2.45) // value 4.08, interval 1.96 to 7.51
 */
export function standardisedMortalityRatio(observed: number, expected: number, level = 0.95): Estimate {
  assertTime(expected);
  const { lower, upper } = garwood(observed, level);
  const over = (count: number): number | null => (expected === 0 ? null : count / expected);
  return { value: over(observed), lower: over(lower), upper: over(upper), method: 'garwood', level };
}
