/**
 * Who was still under observation when: the one count that every estimator over time is built from. Records come single
 * or grouped (`count`), and may enter late (`entry`, left truncation).
 */

/** The end of one spell of observation, or of `count` equal ones. Times are in one unit, here days since the arrest. */
export interface Exit {
  readonly time: number;
  /** How many records this line stands for; 1 when absent. */
  readonly count?: number;
  /** Observed only after this time (first report during custody); from the origin when absent. */
  readonly entry?: number;
}

/** Records that come under observation after the origin. */
export interface LateEntry {
  readonly t: number;
  readonly count: number;
}

/** The distinct times of a data set, ascending, and where each raw time belongs. */
export interface TimeGrid {
  readonly times: readonly number[];
  /** Raw time to index in `times`. Times that differ only by rounding share an index. */
  readonly indexOf: ReadonlyMap<number, number>;
}

export interface RiskTable {
  readonly times: readonly number[];
  /** Under observation just before each time: entry < t ≤ exit. */
  readonly atRisk: readonly number[];
  /** How many leave at each time, by kind of exit: `leaving[kind][i]`. */
  readonly leaving: readonly (readonly number[])[];
  /** All late entries, ascending; empty when nobody entered late. */
  readonly lateEntries: readonly LateEntry[];
  readonly total: number;
  /** Records that ended no later than they entered; they were never at risk and count nowhere else. */
  readonly neverAtRisk: number;
}

/** Times closer than this, relative to their size, are one time: 0.1 + 0.2 and 0.3 are tied. Whole days are exact. */
const SAME_TIME = 1e-9;

const tolerance = (t: number): number => SAME_TIME * Math.max(1, Math.abs(t));

/** Whether time `a` lies before `b` by more than rounding. */
export const isBefore = (a: number, b: number): boolean => a < b - tolerance(b);

const countOf = (exit: Exit): number => exit.count ?? 1;

const isEverAtRisk = (exit: Exit): boolean => exit.entry === undefined || isBefore(exit.entry, exit.time);

function assertUsable(exit: Exit): void {
  if (!(exit.time >= 0 && exit.time < Infinity)) throw new RangeError('a time must be a finite number, 0 or later');
  if (!(countOf(exit) >= 0 && countOf(exit) < Infinity))
    throw new RangeError('a count must be a finite number, 0 or more');
  if (exit.entry !== undefined && !(exit.entry < Infinity)) throw new RangeError('an entry time must be a number');
}

/**
 * Distinct exit times of the records that were ever at risk, ascending.
 *
 * @throws RangeError when a time is negative or not finite (a negative duration is a data error: exclude it, count it
 * and list it before it gets here, survival.md §1), or a count is negative
 */
export function timeGrid(exits: readonly Exit[]): TimeGrid {
  const indexOf = new Map<number, number>();
  for (const exit of exits) {
    assertUsable(exit);
    if (countOf(exit) > 0 && isEverAtRisk(exit)) indexOf.set(exit.time, -1);
  }
  const times: number[] = [];
  for (const t of Float64Array.from(indexOf.keys()).sort()) {
    const last = times.at(-1);
    if (last === undefined || isBefore(last, t)) times.push(t);
    indexOf.set(t, times.length - 1);
  }
  return { times, indexOf };
}

/** Index of the first grid time after `entry`: the first at which a record that entered then is at risk. */
function firstAfter(times: readonly number[], entry: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(entry, times[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Counts the risk sets of `exits` on a time grid, by default their own. `kindOf` gives the kind of exit, from 0 to
 * `kinds` - 1. Everyone who leaves at t is at risk at t, so events and censorings at one time share a risk set and the
 * event comes first (survival.md §2, "Ties").
 */
export function riskTable<E extends Exit>(
  exits: readonly E[],
  kinds: number,
  kindOf: (exit: E) => number,
  grid: TimeGrid = timeGrid(exits),
): RiskTable {
  const size = grid.times.length;
  const leaving = Array.from({ length: kinds }, () => new Array<number>(size).fill(0));
  const change = new Array<number>(size + 1).fill(0);
  const late = new Map<number, number>();
  let [total, neverAtRisk] = [0, 0];
  for (const exit of exits) {
    const count = countOf(exit);
    const index = isEverAtRisk(exit) ? grid.indexOf.get(exit.time) : undefined;
    if (index === undefined) {
      neverAtRisk += count;
      continue;
    }
    total += count;
    leaving[kindOf(exit)]![index]! += count;
    change[index + 1]! -= count;
    if (exit.entry === undefined) change[0]! += count;
    else {
      change[firstAfter(grid.times, exit.entry)]! += count;
      late.set(exit.entry, (late.get(exit.entry) ?? 0) + count);
    }
  }
  let present = 0;
  const atRisk = grid.times.map((_, i) => (present += change[i]!));
  const lateEntries = [...late].map(([t, count]) => ({ t, count })).sort((a, b) => a.t - b.t);
  return { times: grid.times, atRisk, leaving, lateEntries, total, neverAtRisk };
}

/**
 * With late entry the first risk sets may hold one or two people, and a product over them can fall to nought at once
 * and stay there. This is the time to condition on so that every risk set from then on starts with at least `minimum`
 * people: pass it as `waitedUntil` of `kaplanMeier`, and say so beside the figure. Null when nothing needs conditioning
 * (the first risk set is large enough); Infinity when no risk set ever is.
 *
 * Source: survival.md §2, "Left truncation" (Channing House). @throws RangeError as `timeGrid`
 */
export function conditioningTime(exits: readonly Exit[], minimum = 10): number | null {
  const { times, atRisk } = riskTable(exits, 1, () => 0);
  const first = atRisk.findIndex((n) => n >= minimum);
  if (first < 0) return Infinity;
  return first === 0 ? null : times[first - 1]!;
}
