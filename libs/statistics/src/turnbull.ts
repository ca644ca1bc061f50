/**
 * The nonparametric maximum likelihood estimate for waits known up to an interval. It puts mass on a few innermost
 * intervals and says nothing about where inside them the mass lies: draw boxes, not a line.
 */

/** A wait in an interval, or `count` equal ones. `upper` = Infinity: not yet at `lower`, nothing known later. */
export interface IntervalObservation {
  readonly lower: number;
  readonly upper: number;
  readonly count?: number;
}

export interface TurnbullOptions {
  /**
   * Whether `lower` itself is a possible wait: `included` for whole days from `durationBounds` (the default),
   * `excluded` for visits, where it had not happened at `lower`. Without effect on exact waits (`lower` = `upper`),
   * and on `upper` = Infinity, which always means "after `lower`", as a censoring does.
   */
  readonly lowerEnd?: 'included' | 'excluded';
  /** Stop when no mass changes by more than this in one step; 1e-10 when absent. */
  readonly tolerance?: number;
  /** Give up after so many steps; 100,000 when absent. */
  readonly mostSteps?: number;
}

/** Mass somewhere in (lower, upper], or in [lower, upper] when `lowerIncluded`. */
export interface TurnbullMass {
  readonly lower: number;
  readonly upper: number;
  readonly lowerIncluded: boolean;
  readonly mass: number;
}

export interface TurnbullEstimate {
  readonly n: number;
  /** All innermost intervals, ascending; some may carry (almost) no mass. */
  readonly masses: readonly TurnbullMass[];
  readonly steps: number;
  /** Whether `tolerance` was reached. */
  readonly converged: boolean;
  /** The log-likelihood per record is within this of its maximum (Gentleman and Geyer 1994); 0 at the maximum. */
  readonly gap: number;
}

/** Place of an end among ends of equal value: a closed left end comes before a right end, an open left end after it. */
const CLOSED_LEFT = 0;
const RIGHT = 1;
const OPEN_LEFT = 2;
type Place = typeof CLOSED_LEFT | typeof RIGHT | typeof OPEN_LEFT;

interface End {
  readonly value: number;
  readonly place: Place;
}

interface Box {
  readonly left: End;
  readonly right: End;
  readonly count: number;
}

const compareEnds = (a: End, b: End): number => (a.value === b.value ? a.place - b.place : a.value < b.value ? -1 : 1);

function boxOf({ lower, upper, count = 1 }: IntervalObservation, lowerEnd: 'included' | 'excluded'): Box {
  if (!(lower >= 0 && lower < Infinity && upper >= lower)) {
    throw new RangeError('an interval needs 0 <= lower <= upper, with a finite lower end');
  }
  if (!(count >= 0 && count < Infinity)) throw new RangeError('a count must be a finite number, 0 or more');
  const closed = upper === lower || (lowerEnd === 'included' && upper < Infinity);
  return {
    left: { value: lower, place: closed ? CLOSED_LEFT : OPEN_LEFT },
    right: { value: upper, place: RIGHT },
    count,
  };
}

/** Where a left end is followed at once by a right end: only there can the likelihood gain from mass. */
function innermostIntervals(boxes: readonly Box[]): readonly (readonly [End, End])[] {
  const ends = boxes.flatMap(({ left, right }) => [left, right]).sort(compareEnds);
  const found: [End, End][] = [];
  let open: End | null = null;
  for (const end of ends) {
    if (end.place !== RIGHT) open = end;
    else if (open !== null) {
      found.push([open, end]);
      open = null;
    }
  }
  return found;
}

/** First index from which `holds` is true; it must be false before and true from there. */
function firstIndex(size: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Turnbull's estimate by the EM algorithm, started from equal masses and sped up by leaps. Intervals of one record cover a run of
 * consecutive innermost intervals, so a step costs no more than records + intervals. With exact and right-censored
 * records only, it is the Kaplan-Meier estimate. Greenwood is not valid here: take intervals from a bootstrap.
 *
 * Source: survival.md §7.2; Turnbull 1976; Peto 1973 for the innermost intervals.
 * @throws RangeError on a negative or reversed interval or a negative count
 */
export function turnbull(
  observations: readonly IntervalObservation[],
  options: TurnbullOptions = {},
): TurnbullEstimate {
  const { lowerEnd = 'included', tolerance = 1e-10, mostSteps = 100_000 } = options;
  const boxes = observations.map((each) => boxOf(each, lowerEnd)).filter(({ count }) => count > 0);
  const intervals = innermostIntervals(boxes);
  const size = intervals.length;
  const n = boxes.reduce((sum, { count }) => sum + count, 0);
  const runs = runsOf(boxes, intervals);
  let masses = new Float64Array(size).fill(1 / size);
  let [steps, change] = [0, Infinity];
  for (; steps < mostSteps && change > tolerance; steps += 1) {
    if (steps > 0 && steps % STEPS_BEFORE_LEAP === 0) masses = leap(runs, masses, n);
    const next = emStep(runs, masses, n);
    change = next.reduce((most, mass, j) => Math.max(most, Math.abs(mass - masses[j]!)), 0);
    masses = next;
  }
  const gain = expectedGain(runs, masses, n);
  return {
    n,
    masses: intervals.map(([left, right], j) => ({
      lower: left.value,
      upper: right.value,
      lowerIncluded: left.place === CLOSED_LEFT,
      mass: masses[j]!,
    })),
    steps,
    converged: change <= tolerance,
    gap: gain.reduce((most, each) => Math.max(most, each - 1), 0),
  };
}

/** Innermost intervals `first` to `end` - 1, that a wait of `count` records may lie in. */
interface Run {
  readonly first: number;
  readonly end: number;
  readonly count: number;
}

/** The run of innermost intervals inside each box; equal runs are one, so many day-precise records are a few runs. */
function runsOf(boxes: readonly Box[], intervals: readonly (readonly [End, End])[]): readonly Run[] {
  const size = intervals.length;
  const runs = new Map<number, Run>();
  for (const { left, right, count } of boxes) {
    const first = firstIndex(size, (j) => compareEnds(intervals[j]![0], left) >= 0);
    const end = firstIndex(size, (j) => compareEnds(intervals[j]![1], right) > 0);
    const key = first * (size + 1) + end;
    runs.set(key, { first, end, count: count + (runs.get(key)?.count ?? 0) });
  }
  return [...runs.values()];
}

/** Plain steps between two leaps: enough to settle, so that a leap looks along the path and not across it. */
const STEPS_BEFORE_LEAP = 8;

function emStep(runs: readonly Run[], masses: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const gain = expectedGain(runs, masses, n);
  return masses.map((mass, j) => mass * gain[j]!);
}

/**
 * Along the path of two EM steps as far as it points (squared extrapolation), but never to a worse likelihood and never
 * to no mass where there is some. EM alone takes for ever where a mass goes to nothing at the very edge of being wanted:
 * it then falls like 1/steps; with a leap it is halved each time.
 *
 * Source: Varadhan and Roland 2008 (SQUAREM, third step length), with their step-halving towards plain EM.
 */
function leap(runs: readonly Run[], from: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const once = emStep(runs, from, n);
  const twice = emStep(runs, once, n);
  const first = once.map((mass, j) => mass - from[j]!);
  const bend = twice.map((mass, j) => mass - once[j]! - first[j]!);
  const length = Math.min(-1, -Math.sqrt(squares(first) / squares(bend)));
  if (!Number.isFinite(length)) return twice;
  const plain = logLikelihood(runs, twice);
  for (let step = length; step < -1.01; step = (step - 1) / 2) {
    const there = from.map((mass, j) => mass - 2 * step * first[j]! + step * step * bend[j]!);
    if (there.every((mass, j) => mass > 0 || twice[j] === 0) && logLikelihood(runs, there) >= plain) return there;
  }
  return twice;
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** Of all records, up to a constant. */
function logLikelihood(runs: readonly Run[], masses: Float64Array): number {
  const before = sumsBefore(masses);
  return runs.reduce((sum, { first, end, count }) => sum + count * Math.log(before[end]! - before[first]!), 0);
}

/** Mass before each innermost interval; one number more than there are intervals. */
function sumsBefore(masses: Float64Array): Float64Array {
  const before = new Float64Array(masses.length + 1);
  for (let j = 0; j < masses.length; j += 1) before[j + 1] = before[j]! + masses[j]!;
  return before;
}

/** (1/n) Σ_i a_ij / Σ_l a_il p_l for every j: the factor of the EM step, and the slope of the likelihood per record. */
function expectedGain(runs: readonly Run[], masses: Float64Array, n: number): Float64Array {
  const size = masses.length;
  const before = sumsBefore(masses);
  // Adding where a run begins and taking away where it ends costs one pass, however long the runs are.
  const change = new Float64Array(size + 1);
  for (const { first, end, count } of runs) {
    const weight = count / (before[end]! - before[first]!) / n;
    change[first]! += weight;
    change[end]! -= weight;
  }
  let gain = 0;
  return change.slice(0, size).map((step) => (gain += step));
}

/**
 * Between `lower` and `upper` lies the estimated share still waiting by the end of t; they are equal outside the
 * innermost intervals. Null without records.
 *
 * Source: survival.md §7.2 ("undefined inside innermost intervals").
 */
export function turnbullSurvivalAt(
  { masses }: TurnbullEstimate,
  t: number,
): { readonly lower: number; readonly upper: number } | null {
  if (masses.length === 0) return null;
  let [lower, upper] = [0, 0];
  for (const { lower: from, upper: to, lowerIncluded, mass } of masses) {
    if (to > t) upper += mass;
    if (lowerIncluded ? from > t : from >= t) lower += mass;
  }
  return { lower: Math.min(1, lower), upper: Math.min(1, upper) };
}
