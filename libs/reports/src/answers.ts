/**
 * Reads figures out of the tables that answer a report's questions. One question, one reader; what is not in the
 * table cannot be printed.
 */
import type { CurvePoint, ExactCell, FigureRequest, LimitSummary, ReleasableTable, WaitSummary } from '#lib/disclosure';
import type { Figure, FigureBook, Measure, Slice } from './figures.js';
import type { DataState } from './hedges.js';

/** Codes that say why there is no value; separate in the data, together in "known" and "unknown". */
export const MISSING_CODES = ['UNKNOWN', 'REFUSED', 'NOT_ASKED', 'NOT_APPLICABLE'] as const;
export type MissingCode = (typeof MISSING_CODES)[number];

export const isMissing = (code: string): code is MissingCode => (MISSING_CODES as readonly string[]).includes(code);

/** Everything that is not one of the missing codes. */
export const KNOWN = '*known';

const PART: DataState = { kind: 'part-of-list' };
const OWN: DataState = { kind: 'own-list', complete: false };

type Match = Readonly<Record<string, string | readonly string[]>>;

const codesOf = (match: Match): Slice =>
  Object.fromEntries(Object.entries(match).map(([dimension, codes]) => [dimension, [codes].flat()]));

const allows = (codes: readonly string[], code: string): boolean =>
  codes.includes(code) || (codes.includes(KNOWN) && !isMissing(code));

const WAIT_MEASURES = {
  entered: (wait: WaitSummary) => wait.n,
  events: (wait: WaitSummary) => wait.events,
  censored: (wait: WaitSummary) => wait.censored,
  excluded: (wait: WaitSummary) => wait.excludedImprecise,
  median: (wait: WaitSummary) => wait.medianDays,
  'median-lower': (wait: WaitSummary) => wait.medianInterval[0],
  'median-upper': (wait: WaitSummary) => wait.medianInterval[1],
  'quartile-1': (wait: WaitSummary) => wait.quartiles[0],
  'quartile-3': (wait: WaitSummary) => wait.quartiles[1],
  longest: (wait: WaitSummary) => wait.curve.filter((point) => point.events > 0).at(-1)?.t ?? null,
} as const;
export type WaitMeasure = keyof typeof WAIT_MEASURES;

/** A slice without a cell is empty, so its counts are nought and its medians are not available. */
const COUNTED_WAITS: readonly WaitMeasure[] = ['entered', 'events', 'censored', 'excluded'];

const LIMIT_MEASURES = {
  exceeds: 'exceeds',
  within: 'within',
  undetermined: 'undetermined',
  'not-yet': 'notYet',
  'ended-without-judge': 'endedWithoutJudge',
} as const satisfies Record<string, keyof LimitSummary>;
export type LimitMeasure = keyof typeof LIMIT_MEASURES;

/** One answered question. */
export class Answer {
  constructor(
    readonly question: string,
    readonly table: ReleasableTable,
    private readonly book: FigureBook,
  ) {}

  get request(): FigureRequest {
    return this.table.request;
  }

  /** Codes of a dimension that occur, the missing ones left out. */
  codes(dimension: string): readonly string[] {
    const codes = new Set(this.table.cells.map((cell) => cell.key[dimension] ?? 'UNKNOWN'));
    return [...codes].filter((code) => !isMissing(code));
  }

  /** Known codes, the most frequent first; equal counts in the order of the codes, so that languages agree. */
  codesByCount(dimension: string): readonly string[] {
    const value = new Map(this.codes(dimension).map((code) => [code, this.add({ [dimension]: [code] })]));
    return [...value.keys()].sort(
      (a, b) =>
        Number(a === 'OTHER') - Number(b === 'OTHER') ||
        (value.get(b) ?? 0) - (value.get(a) ?? 0) ||
        (a < b ? -1 : a > b ? 1 : 0),
    );
  }

  /** Each counted unit once. */
  total(state: DataState = OWN): Figure {
    return this.figure('count', {}, this.table.total.value, { state });
  }

  /**
   * Units in a slice; several codes of one dimension are added, so never codes one unit may share. `as` names a group
   * of codes, `*joint`, so that its figure keeps its id when another code joins the group.
   */
  count(match: Match, as: Slice = codesOf(match)): Figure {
    return this.figure('count', as, this.add(codesOf(match)), { base: this.table.total.value });
  }

  /** Units whose code in this dimension is known. */
  known(dimension: string): Figure {
    const value = this.table.total.value - this.add({ [dimension]: MISSING_CODES });
    return this.figure('count', { [dimension]: [KNOWN] }, value, { base: this.table.total.value });
  }

  /** Units to which this dimension applies. */
  applicable(dimension: string): Figure {
    const value = this.table.total.value - this.add({ [dimension]: ['NOT_APPLICABLE'] });
    return this.figure('count', { [dimension]: ['*applicable'] }, value, { base: this.table.total.value });
  }

  /** Running total of a slice over ordered codes, up to and including the last one given. */
  cumulative(dimension: string, codes: readonly string[]): Figure {
    const state: DataState = { kind: 'own-list', complete: false };
    return this.figure('cumulative', { [dimension]: codes }, this.add({ [dimension]: codes }), { state });
  }

  /** Waits of a slice. Counts of several cells are added; medians cannot be, so they are not available then. */
  wait(measure: WaitMeasure, match: Match = {}, as: Slice = codesOf(match)): Figure {
    const waits = this.cells(codesOf(match)).map(({ wait }) => wait);
    const [only] = waits;
    const [lower, upper] = only?.medianInterval ?? [null, null];
    const state: DataState = measure === 'median' ? { kind: 'estimate', lower, upper, decimals: 0 } : PART;
    const read = WAIT_MEASURES[measure];
    const added = (count: (wait: WaitSummary) => number | null): number =>
      waits.reduce((sum, wait) => sum + (wait === undefined ? 0 : (count(wait) ?? 0)), 0);
    const single = waits.length === 1 && only !== undefined ? read(only) : null;
    const value = COUNTED_WAITS.includes(measure) ? added(read) : single;
    return this.figure(measure, as, value, { state, base: added(WAIT_MEASURES.entered) });
  }

  /** Share still waiting just after a day, with its bounds. */
  waitingAfter(day: number, bound: 'waiting' | 'waiting-lower' | 'waiting-upper' = 'waiting'): Figure {
    const wait = this.table.total.wait;
    const point = wait === undefined ? null : pointAt(wait, day);
    const read = { waiting: point?.survival, 'waiting-lower': point?.lower, 'waiting-upper': point?.upper }[bound];
    const percent = (share: number | null | undefined): number | null =>
      typeof share === 'number' ? share * 100 : null;
    const [lower, upper] = [percent(point?.lower), percent(point?.upper)];
    const state: DataState = bound === 'waiting' ? { kind: 'estimate', lower, upper, decimals: 1 } : PART;
    return this.figure(bound, { day: [String(day)] }, read ?? null, { state, base: wait?.n ?? null });
  }

  limit(measure: LimitMeasure, match: Match = {}, as: Slice = codesOf(match)): Figure {
    const cells = this.cells(codesOf(match));
    const value = cells.reduce((sum, cell) => sum + (cell.limit?.[LIMIT_MEASURES[measure]] ?? 0), 0);
    return this.figure(measure, as, value, { base: cells.reduce((sum, cell) => sum + cell.value, 0) });
  }

  rate(measure: 'rate' | 'rate-lower' | 'rate-upper' | 'rate-deaths' | 'person-years'): Figure {
    const rate = this.table.total.rate;
    const value = {
      rate: rate?.rate.value,
      'rate-lower': rate?.rate.lower,
      'rate-upper': rate?.rate.upper,
      'rate-deaths': rate?.deaths,
      'person-years': rate === undefined ? null : rate.personDays / 365.25,
    }[measure];
    const [lower, upper] = [rate?.rate.lower ?? null, rate?.rate.upper ?? null];
    const state: DataState = measure === 'rate' ? { kind: 'estimate', lower, upper, decimals: 1 } : PART;
    return this.figure(measure, {}, value ?? null, { state });
  }

  private figure(
    measure: Measure,
    slice: Slice,
    value: number | null,
    { state = PART, base = null }: { state?: DataState; base?: number | null } = {},
  ): Figure {
    const { indicator, unit, request, dataVersion, lane } = this.table;
    const origin = { kind: 'query', question: this.question, request, dataVersion, lane } as const;
    return this.book.enter({
      indicator,
      unit,
      measure,
      slice,
      value,
      base,
      part: null,
      state,
      origin,
      suppression: 'none',
    });
  }

  /** The cells of a slice; without a slice, the total. */
  private cells(slice: Slice): readonly ExactCell[] {
    const wanted = Object.entries(slice);
    if (wanted.length === 0) return [this.table.total];
    return this.table.cells.filter((cell) =>
      wanted.every(([dimension, codes]) => codes.includes(cell.key[dimension] ?? 'UNKNOWN')),
    );
  }

  private add(slice: Slice): number {
    const shared = this.table.multiValued.find((dimension) => {
      const codes = slice[dimension];
      return (
        codes === undefined || codes.some((code) => code === KNOWN) || codes.filter((c) => !isMissing(c)).length > 1
      );
    });
    if (shared !== undefined) {
      throw new Error(`${this.question}: codes of "${shared}" overlap, so adding them would count one unit twice.`);
    }
    return this.table.cells
      .filter((cell) =>
        Object.entries(slice).every(([dimension, codes]) => allows(codes, cell.key[dimension] ?? 'UNKNOWN')),
      )
      .reduce((sum, cell) => sum + cell.value, 0);
  }
}

/** The step of the curve that holds on a day: the last one at or before it; whole before the first. */
function pointAt(wait: WaitSummary, day: number): Pick<CurvePoint, 'survival' | 'lower' | 'upper'> | null {
  const last = wait.curve.at(-1);
  if (last === undefined || last.t < day) return null;
  return wait.curve.filter((point) => point.t <= day).at(-1) ?? { survival: 1, lower: null, upper: null };
}

/** A share of one figure in another, as a figure of its own. */
export function shareOf(book: FigureBook, part: Figure, base: Figure): Figure {
  const value = part.value === null || !base.value ? null : part.value / base.value;
  const basis = `${part.measure} of ${base.indicator}|${base.measure}|${JSON.stringify(base.slice)}`;
  const { indicator, unit, slice, origin, suppression } = part;
  const state: DataState = { kind: 'part-of-list' };
  return book.enter(
    { indicator, unit, measure: 'share', slice, value, base: base.value, part: part.value, state, origin, suppression },
    basis,
  );
}
