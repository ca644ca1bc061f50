/**
 * Competing exits: of those arrested, who had seen a judge by day t, who was released or died without, who still waits.
 * A Kaplan-Meier curve that censors releases and deaths answers another question (what if nobody were released?) and
 * overstates the wait.
 */
import { criticalValue } from './normal-distribution.js';
import { incidenceInterval, pointwiseInterval } from './pointwise-interval.js';
import { isBefore, riskTable, type Exit } from './risk-set.js';

/** One record, or `count` equal ones: the first exit and its cause, or null when still waiting at `time`. */
export interface CompetingObservation<Cause extends string = string> extends Exit {
  readonly cause: Cause | null;
}

/** Share of all who had left by one cause by the end of a time, 0 to 1. */
export interface Incidence {
  readonly value: number;
  readonly se: number;
  /** Null where it is not defined (value 1). */
  readonly lower: number | null;
  /** Null where it is not defined (value 0). */
  readonly upper: number | null;
}

/** The state just after one distinct time. The waiting share and all incidences add up to 1. */
export interface CompetingRow<Cause extends string = string> {
  readonly t: number;
  readonly atRisk: number;
  readonly censored: number;
  readonly exits: Readonly<Record<Cause, number>>;
  /** Share that had not left by any cause. */
  readonly waiting: number;
  /** Greenwood; null once nobody waits. */
  readonly waitingSe: number | null;
  readonly waitingLower: number | null;
  readonly waitingUpper: number | null;
  readonly incidence: Readonly<Record<Cause, Incidence>>;
}

export interface CompetingCurve<Cause extends string = string> {
  readonly causes: readonly Cause[];
  readonly n: number;
  readonly exits: Readonly<Record<Cause, number>>;
  readonly censored: number;
  readonly neverAtRisk: number;
  readonly level: number;
  readonly rows: readonly CompetingRow<Cause>[];
}

const ROUNDING = 1e-12;

/**
 * Running incidence of one cause and its delta-method variance. The three sums of the formula are carried as moments
 * about the current F, which only grow: the cost is linear in the number of times and nothing cancels in between.
 */
class RunningIncidence {
  value = 0;
  /** Σ g, Σ (F - F_i) g and Σ (F - F_i)² g with g = d / (n (n - d)). */
  private readonly spread = [0, 0, 0] as [number, number, number];
  /** Σ S(t-)² (n - d_k) d_k / n³ */
  private own = 0;
  /** Σ h and Σ (F - F_i) h with h = S(t-) d_k / n² */
  private readonly cross = [0, 0] as [number, number];

  /** One time: S just before it, n at risk, d exits in all, `ownExits` of them by this cause. */
  step(before: number, n: number, d: number, ownExits: number): void {
    const rise = (before * ownExits) / n;
    this.value += rise;
    this.spread[2] += rise * (2 * this.spread[1] + rise * this.spread[0]);
    this.spread[1] += rise * this.spread[0];
    this.cross[1] += rise * this.cross[0];
    // Where everybody leaves, F cannot rise any more: the infinite ratio is multiplied by nought from here on.
    if (n - d > ROUNDING * n) this.spread[0] += d / (n * (n - d));
    this.own += (before * before * (n - ownExits) * ownExits) / n ** 3;
    this.cross[0] += (before * ownExits) / (n * n);
  }

  get se(): number {
    return Math.sqrt(Math.max(0, this.spread[2] + this.own - 2 * this.cross[1]));
  }
}

/**
 * Aalen-Johansen estimate of the cumulative incidence of each cause, with log-log intervals.
 *
 * `causes` fixes the order and names causes that may not occur. At equal times exits come before censorings. At every
 * time `waiting` + Σ `incidence` = 1. Standard errors are those of the delta method, equal to the infinitesimal
 * jackknife of R's survival (cmprsk prints Aalen's variance, which is larger by up to a fifth in small samples).
 *
 * Source: survival.md §5 (reference field `seInfinitesimalJackknife`); Aalen and Johansen 1978.
 * @throws RangeError on a cause that is not in `causes`, a negative or infinite time, a negative count, a level outside 0 to 1
 * @example
 *   const curve = aalenJohansen(['judge', 'released', 'died'], [{ time: 1, cause: 'judge' }, { time: 2, cause: null }]);
 *   statusAt(curve, 1); // { t: 1, waiting: 0.5, incidence: { judge: 0.5, released: 0, died: 0 } }
 */
export function aalenJohansen<Cause extends string>(
  causes: readonly Cause[],
  observations: readonly CompetingObservation<Cause>[],
  options: { readonly level?: number } = {},
): CompetingCurve<Cause> {
  const level = options.level ?? 0.95;
  const z = criticalValue(level);
  const kinds = new Map<Cause | null, number>(causes.map((cause, k) => [cause, k]));
  kinds.set(null, causes.length);
  const table = riskTable(observations, kinds.size, ({ cause }) => {
    const kind = kinds.get(cause);
    if (kind === undefined) throw new RangeError('an observation names a cause that is not in the list of causes');
    return kind;
  });
  const byCause = <V>(valueOf: (k: number) => V): Readonly<Record<Cause, V>> =>
    Object.fromEntries(causes.map((cause, k) => [cause, valueOf(k)])) as Record<Cause, V>;
  const running = causes.map(() => new RunningIncidence());
  let [waiting, greenwood] = [1, 0];
  const rows = table.times.map((t, i): CompetingRow<Cause> => {
    const n = table.atRisk[i]!;
    const exits = causes.map((_, k) => table.leaving[k]![i]!);
    const d = exits.reduce((sum, count) => sum + count, 0);
    if (d > 0) {
      running.forEach((incidence, k) => incidence.step(waiting, n, d, exits[k]!));
      waiting = n - d > ROUNDING * table.total ? (waiting * (n - d)) / n : 0;
      greenwood += d / (n * (n - d));
    }
    const { se: waitingSe, lower, upper } = pointwiseInterval(waiting, greenwood, z, 'log-log');
    return {
      t,
      atRisk: n,
      censored: table.leaving[causes.length]![i]!,
      exits: byCause((k) => exits[k]!),
      waiting,
      waitingSe,
      waitingLower: lower,
      waitingUpper: upper,
      incidence: byCause((k) => {
        const { value, se } = running[k]!;
        const bounds = incidenceInterval(value, se, z);
        return { value, se, lower: bounds.lower, upper: bounds.upper };
      }),
    };
  });
  const exits = byCause((k) => table.leaving[k]!.reduce((sum, count) => sum + count, 0));
  const censored = table.leaving[causes.length]!.reduce((sum, count) => sum + count, 0);
  return { causes, n: table.total, exits, censored, neverAtRisk: table.neverAtRisk, level, rows };
}

/** Where everybody stands at one time: shares that add up to 1. */
export interface CompetingStatus<Cause extends string = string> {
  readonly t: number;
  readonly waiting: number;
  readonly incidence: Readonly<Record<Cause, Incidence>>;
}

/**
 * The numbers of the headline sentence: "By day 30, x % had been brought before a judge, y % released without, z % had
 * died, w % were still held without having seen a judge." Null after the last observed time unless nobody was waiting.
 *
 * Source: survival.md §5. @throws RangeError when t is not a number
 */
export function statusAt<Cause extends string>(curve: CompetingCurve<Cause>, t: number): CompetingStatus<Cause> | null {
  if (Number.isNaN(t)) throw new RangeError('a curve is read at a number');
  const { rows, causes } = curve;
  const last = rows.at(-1);
  if (last === undefined || t < 0 || (isBefore(last.t, t) && last.waiting > 0)) return null;
  const row = rows.findLast((each) => !isBefore(t, each.t));
  if (row !== undefined) return { t, waiting: row.waiting, incidence: row.incidence };
  const none: Incidence = { value: 0, se: 0, lower: 0, upper: null };
  const incidence = Object.fromEntries(causes.map((cause) => [cause, none])) as Record<Cause, Incidence>;
  return { t, waiting: 1, incidence };
}
