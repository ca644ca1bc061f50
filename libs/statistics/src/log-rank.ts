/** Whether waiting times differ between groups. Never a p-value without the sizes behind it: each group carries them. */
import type { Observation } from './kaplan-meier.js';
import { chiSquareUpperTail } from './normal-distribution.js';
import { riskTable, timeGrid } from './risk-set.js';

export interface ComparedObservation extends Observation {
  /** Compare within strata only (a department, a force); one stratum when absent. */
  readonly stratum?: string;
}

export interface ComparedGroup {
  readonly name: string;
  readonly observations: readonly ComparedObservation[];
}

/** How much a difference counts: the same at all times, or by the share still waiting (early differences more). */
export type LogRankWeights = 'log-rank' | 'peto-prentice';

export interface GroupResult {
  readonly name: string;
  readonly n: number;
  readonly events: number;
  /** Weighted sums of observed events, and of those expected if all groups had the same hazard. */
  readonly observed: number;
  readonly expected: number;
  /** Above 1: the event came sooner than in the groups together. Null when nothing was expected. */
  readonly observedToExpected: number | null;
}

export interface LogRankResult {
  readonly weights: LogRankWeights;
  readonly groups: readonly GroupResult[];
  /** Null, like `p`, when there is nothing to compare (`df` 0). */
  readonly chiSquare: number | null;
  readonly df: number;
  readonly p: number | null;
}

const CENSORED = 0;
const EVENT = 1;
/** A variance this small beside the largest is rounding: the contrast it stands for does not exist. */
const NO_VARIANCE = 1e-10;

/**
 * Log-rank test of equal hazards in two or more groups, optionally within strata, with single or grouped and late-entry
 * records as in `kaplanMeier`. Peto-Prentice weights are the pooled Kaplan-Meier estimate just before each time (rho = 1
 * in R's survdiff). Groups in which nothing was expected do not count towards the degrees of freedom.
 *
 * Do not run it on protected counts: their noise inflates it.
 *
 * Source: survival.md §6; Mantel 1966; Peto and Peto 1972; Prentice 1978.
 * @throws RangeError with fewer than two groups, or on a negative or infinite time or a negative count
 */
export function logRank(groups: readonly ComparedGroup[], weights: LogRankWeights = 'log-rank'): LogRankResult {
  if (groups.length < 2) throw new RangeError('a comparison needs two groups or more');
  const size = groups.length;
  const observed = new Array<number>(size).fill(0);
  const expected = new Array<number>(size).fill(0);
  const variance = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const stratum of strataOf(groups)) addStratum(stratum, weights, observed, expected, variance);

  const compared = groups.map((_, g) => g).filter((g) => expected[g]! > 0);
  const kept = compared.slice(1);
  const { chiSquare, rank } = quadraticForm(
    kept.map((g) => observed[g]! - expected[g]!),
    kept.map((g) => kept.map((h) => variance[g]![h]!)),
  );
  return {
    weights,
    groups: groups.map(({ name, observations }, g) => ({
      name,
      n: sumOfCounts(observations),
      events: sumOfCounts(observations.filter(({ event }) => event)),
      observed: observed[g]!,
      expected: expected[g]!,
      observedToExpected: expected[g]! > 0 ? observed[g]! / expected[g]! : null,
    })),
    chiSquare: rank > 0 ? chiSquare : null,
    df: rank,
    p: rank > 0 ? chiSquareUpperTail(chiSquare, rank) : null,
  };
}

const sumOfCounts = (observations: readonly Observation[]): number =>
  observations.reduce((sum, { count = 1 }) => sum + count, 0);

/** The observations of every group, in the order of the groups, once for each stratum. */
function strataOf(groups: readonly ComparedGroup[]): readonly (readonly (readonly Observation[])[])[] {
  const strata = new Map<string, ComparedObservation[][]>();
  for (const [g, { observations }] of groups.entries()) {
    for (const observation of observations) {
      const name = observation.stratum ?? '';
      let stratum = strata.get(name);
      if (stratum === undefined) strata.set(name, (stratum = groups.map(() => [])));
      stratum[g]!.push(observation);
    }
  }
  return [...strata.values()];
}

/** Adds what one stratum contributes to observed, expected and covariance. */
function addStratum(
  stratum: readonly (readonly Observation[])[],
  weights: LogRankWeights,
  observed: number[],
  expected: number[],
  variance: number[][],
): void {
  const grid = timeGrid(stratum.flat());
  const tables = stratum.map((group) => riskTable(group, 2, ({ event }) => (event ? EVENT : CENSORED), grid));
  let pooled = 1;
  for (let i = 0; i < grid.times.length; i += 1) {
    const d = tables.reduce((sum, table) => sum + table.leaving[EVENT]![i]!, 0);
    if (d === 0) continue;
    const n = tables.reduce((sum, table) => sum + table.atRisk[i]!, 0);
    const weight = weights === 'log-rank' ? 1 : pooled;
    pooled *= (n - d) / n;
    const spread = n > 1 ? (weight * weight * d * (n - d)) / (n - 1) : 0;
    const shares = tables.map((table) => table.atRisk[i]! / n);
    for (const [g, share] of shares.entries()) {
      observed[g]! += weight * tables[g]!.leaving[EVENT]![i]!;
      expected[g]! += weight * d * share;
      if (share === 0 || spread === 0) continue;
      const row = variance[g]!;
      for (const [h, other] of shares.entries()) row[h]! += spread * share * ((g === h ? 1 : 0) - other);
    }
  }
}

/**
 * u' V⁻ u for a symmetric, non-negative V, by Cholesky; directions without variance are left out and the rank says how
 * many remain.
 */
function quadraticForm(u: readonly number[], v: readonly (readonly number[])[]): { chiSquare: number; rank: number } {
  const largest = Math.max(0, ...v.map((row, i) => row[i]!));
  const factor: number[][] = [];
  const solved: number[] = [];
  let [chiSquare, rank] = [0, 0];
  for (let i = 0; i < u.length; i += 1) {
    const row = new Array<number>(u.length).fill(0);
    for (let j = 0; j < i; j += 1) {
      const pivot = factor[j]![j]!;
      let rest = v[i]![j]!;
      for (let k = 0; k < j; k += 1) rest -= row[k]! * factor[j]![k]!;
      row[j] = pivot === 0 ? 0 : rest / pivot;
    }
    const left = row.slice(0, i).reduce((rest, x) => rest - x * x, v[i]![i]!);
    row[i] = left > NO_VARIANCE * largest ? Math.sqrt(left) : 0;
    factor.push(row);
    const numerator = solved.reduce((rest, y, k) => rest - row[k]! * y, u[i]!);
    const y = row[i] === 0 ? 0 : numerator / row[i]!;
    solved.push(y);
    chiSquare += y * y;
    rank += row[i] === 0 ? 0 : 1;
  }
  return { chiSquare, rank };
}
