/**
 * An exact table: what a question over the cases answers, before anybody decided whether it may leave. Its type is
 * branded; only `libs/disclosure` turns it into something that can be rendered (docs/architecture.md, "Two lanes out").
 */

/** What is counted. Different units are never added. */
export const UNITS = [
  'person',
  'arrest',
  'hearing',
  'death',
  'remedy',
  'complaint',
  'violation',
  'release',
  'facility',
] as const;
export type Unit = (typeof UNITS)[number];

/** A question, as asked. Days are `YYYY-MM-DD`; codes are vocabulary codes. */
export interface FigureRequest {
  readonly indicator: string;
  /** Up to three dimensions. */
  readonly by: readonly string[];
  /** Dimension to the codes that are let through. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** First and last day of the period; null leaves that side open. */
  readonly from: string | null;
  readonly to: string | null;
  /** Cut-off day: what happened later is not known. */
  readonly asOf: string;
  /** ISO 8601 duration (`PT48H`, `P3D`, `P15D`), only for over_limit. */
  readonly limit: string | null;
}

/** A share or rate with its interval; bounds are null where they are not defined. */
export interface Estimate {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly method: string;
  readonly level: number;
}

export interface CurvePoint {
  /** Whole days since the day of arrest. */
  readonly t: number;
  readonly atRisk: number;
  readonly events: number;
  /** Share not yet before a judge just after day t, with its pointwise interval. */
  readonly survival: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Time to the first judge, people still waiting counted (Kaplan-Meier; survival.md §2 and §3). */
export interface WaitSummary {
  readonly n: number;
  readonly events: number;
  readonly censored: number;
  /** Left out because a date they need is not known to the day. */
  readonly excludedImprecise: number;
  readonly medianDays: number | null;
  readonly medianInterval: readonly [number | null, number | null];
  /** 25th and 75th percentile: a quarter, three quarters had seen a judge by this day. */
  readonly quartiles: readonly [number | null, number | null];
  readonly survivalAt: Readonly<Record<string, number | null>>;
  readonly curve: readonly CurvePoint[];
}

/** Against a limit, by the rule in docs/indicators.md ("over_limit"). The five add up to the cell's value. */
export interface LimitSummary {
  readonly exceeds: number;
  readonly within: number;
  readonly undetermined: number;
  readonly notYet: number;
  readonly endedWithoutJudge: number;
}

/** Deaths over time in custody (Garwood exact Poisson; survival.md §8). */
export interface RateSummary {
  readonly deaths: number;
  readonly personDays: number;
  /** Deaths per 1,000 person-years of 365.25 days; null below 100 person-years. */
  readonly rate: Estimate;
}

export interface ExactCell {
  /** Dimension to code. */
  readonly key: Readonly<Record<string, string>>;
  readonly value: number;
  /** The denominator of a share; absent on plain counts. */
  readonly base?: number;
  readonly share?: Estimate;
  readonly wait?: WaitSummary;
  readonly limit?: LimitSummary;
  readonly rate?: RateSummary;
}

/** A remark that belongs under the table: a stable code and its two readings. */
export interface TableNote {
  readonly code: string;
  readonly en: string;
  readonly es: string;
}

declare const exact: unique symbol;

/** The answer. `unknown` is how many counted units have an unknown code in at least one dimension asked for. */
export interface ExactTable {
  readonly [exact]: true;
  readonly request: FigureRequest;
  readonly indicator: string;
  readonly unit: Unit;
  readonly dataVersion: string;
  /** Dimensions in which one unit may be counted under several codes. */
  readonly multiValued: readonly string[];
  readonly cells: readonly ExactCell[];
  /** The count (or the same summary) without any dimension: each unit once. */
  readonly total: ExactCell;
  readonly unknown: number;
  readonly notes: readonly TableNote[];
}

/** The only maker of an `ExactTable`; called by the question runner of the API. */
export function exactTable(fields: Omit<ExactTable, typeof exact>): ExactTable {
  return fields as ExactTable;
}
