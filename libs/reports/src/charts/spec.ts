/** What a chart shows, without saying how it is drawn. Every datum carries the figure it stands for. */

export interface Datum {
  readonly figure: string;
  readonly value: number | null;
  /** As printed. */
  readonly text: string;
}

/** Columns per month with the running total as a line, on one axis of one unit. */
export interface ColumnsAndTotal {
  readonly kind: 'columns-and-total';
  readonly axis: string;
  readonly legend: { readonly columns: string; readonly line: string; readonly partial: string | null };
  readonly points: readonly {
    readonly month: string;
    /** The period covers only part of this month. */
    readonly partial: boolean;
    readonly column: Datum;
    readonly line: Datum;
  }[];
}

/** Horizontal bars, longest first; what is unknown comes last, in another tone. */
export interface Bars {
  readonly kind: 'bars';
  readonly axis: string;
  readonly bars: readonly { readonly label: string; readonly datum: Datum; readonly unknown: boolean }[];
}

/** A median as a dot and the middle half as a line, per month, against guide lines. */
export interface DotsAndIntervals {
  readonly kind: 'dots-and-intervals';
  readonly axis: string;
  readonly legend: { readonly dot: string; readonly interval: string; readonly open: string };
  readonly guides: readonly Guide[];
  readonly points: readonly {
    readonly month: string;
    readonly n: Datum;
    readonly dot: Datum;
    readonly lower: Datum;
    /** A null upper end means that it was not reached: the line stays open. */
    readonly upper: Datum;
  }[];
}

/** Share still waiting by day, with its band, against guide lines. */
export interface WaitingCurve {
  readonly kind: 'waiting-curve';
  readonly axis: string;
  readonly dayAxis: string;
  readonly legend: { readonly line: string; readonly band: string };
  readonly guides: readonly Guide[];
  /** Steps; drawn, not printed. Shares from 0 to 1. */
  readonly steps: readonly {
    readonly day: number;
    readonly share: number;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
  /** The days whose value is printed beside the curve. */
  readonly marks: readonly { readonly day: number; readonly datum: Datum }[];
}

/** A limit in days with its name. */
export interface Guide {
  readonly days: number;
  readonly label: string;
}

export type ChartSpec = ColumnsAndTotal | Bars | DotsAndIntervals | WaitingCurve;

/** The figures a chart prints. */
export function figuresOf(spec: ChartSpec): readonly string[] {
  switch (spec.kind) {
    case 'columns-and-total':
      return spec.points.flatMap((point) => [point.column.figure, point.line.figure]);
    case 'bars':
      return spec.bars.map((bar) => bar.datum.figure);
    case 'dots-and-intervals':
      return spec.points.flatMap((point) => [point.n.figure, point.dot.figure, point.lower.figure, point.upper.figure]);
    case 'waiting-curve':
      return spec.marks.map((mark) => mark.datum.figure);
  }
}
