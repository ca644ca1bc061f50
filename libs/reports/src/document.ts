/**
 * A report as data: sections, statements with their figures, tables, charts, notes, the method block and the figure
 * register. Renderers turn it into a format and decide nothing about what is said.
 */
import type { FigureRequest, ReleasableTable } from '#lib/disclosure';
import type { AuditFinding } from './audit-finding.js';
import type { ChartSpec } from './charts/spec.js';
import type { Figure } from './figures.js';
import type { Language, NumberStyle } from './language.js';

/** A stretch of a sentence. A number is never typed: it is a run that names its figure. */
export type Run =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'figure'; readonly figure: string; readonly text: string }
  | { readonly kind: 'note'; readonly note: string };
export type Runs = readonly Run[];

/** One sentence, named so that its two readings can be compared. */
export interface Statement {
  readonly code: string;
  readonly runs: Runs;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly statements: readonly Statement[];
}

export interface Bullets {
  readonly kind: 'bullets';
  readonly items: readonly Statement[];
}

export interface Subheading {
  readonly kind: 'subheading';
  readonly id: string;
  readonly text: string;
}

/** `-` of the house rules is printed as a dash: it does not apply; `..`: it is not available. */
export const SYMBOLS = { 'not-applicable': '–', 'not-available': '..' } as const;

export type Cell =
  | { readonly kind: 'text'; readonly text: string; readonly marks?: readonly string[] }
  | { readonly kind: 'figure'; readonly figure: string; readonly text: string }
  /** Several figures in one cell, such as an interval. */
  | { readonly kind: 'runs'; readonly runs: Runs }
  | { readonly kind: 'symbol'; readonly symbol: keyof typeof SYMBOLS };

/** What a column holds; the audits read it. */
export type ColumnKind = 'label' | 'text' | 'count' | 'share' | 'cumulative' | 'measure';

export interface Column {
  readonly kind: ColumnKind;
  /** Carries the unit. */
  readonly head: string;
  readonly marks?: readonly string[];
}

export interface Row {
  readonly role: 'row' | 'unknown' | 'total';
  readonly cells: readonly Cell[];
}

/** `a`, `b`, `c` under a table; no letter for a remark on the whole table. */
export interface TableFootnote {
  readonly mark: string;
  readonly text: string;
}

export interface Table {
  readonly kind: 'table';
  readonly id: string;
  /** The form it follows: T1, T2, T3, T4, T7, T14, T15. */
  readonly form: string;
  /** `Table 3`. */
  readonly label: string;
  /** What, where, whom, period. */
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly footnotes: readonly TableFootnote[];
  /** Source and "as of". */
  readonly source: string;
  readonly audits: TableAudits;
}

/** What must add up in a table. */
export interface TableAudits {
  /** Rows are classes of which each unit has exactly one. */
  readonly exclusiveRows: boolean;
  /** Columns (by position) whose sum is another column. */
  readonly across?: { readonly parts: readonly number[]; readonly total: number };
}

export interface Chart {
  readonly kind: 'chart';
  readonly id: string;
  /** `Chart 2`. */
  readonly label: string;
  readonly title: string;
  /** Always with the base n. */
  readonly subtitle: Runs;
  readonly alt: string;
  readonly spec: ChartSpec;
  /** The same numbers as a table, for readers who do not see the drawing. */
  readonly data: Table;
  readonly footnotes: readonly string[];
  readonly source: string;
}

/** The eleven fields of report-forms.md §7, in order. */
export const METHOD_FIELDS = [
  'universe',
  'sources',
  'proof',
  'verification',
  'unit',
  'consent',
  'requests',
  'limits',
  'uses',
  'disclosure',
  'review',
] as const;
export type MethodField = (typeof METHOD_FIELDS)[number];

export interface MethodBlock {
  readonly kind: 'method';
  readonly fields: readonly {
    readonly field: MethodField;
    readonly title: string;
    readonly statements: readonly Statement[];
  }[];
}

export type Block = Paragraph | Bullets | Subheading | Table | Chart | MethodBlock;

export interface Section {
  readonly id: string;
  /** `1`, or `Annex A`. */
  readonly label: string;
  readonly title: string;
  readonly annex: boolean;
  readonly blocks: readonly Block[];
}

/** A footnote of the text, numbered in order. */
export interface Note {
  readonly id: string;
  readonly number: number;
  readonly runs: Runs;
  readonly address: string | null;
}

export interface Identity {
  readonly organisation: string;
  /** `<ORG>/<COUNTRY>/<YEAR>/<NNN>`. */
  readonly documentNumber: string;
  readonly title: string;
  readonly language: Language;
  readonly numberStyle: NumberStyle;
  readonly place: string;
  readonly from: string;
  readonly to: string;
  readonly cutOff: string;
  readonly dataVersion: string;
  readonly preparedOn: string;
}

/** A line of the block on page 1: cut-off, base, version. */
export interface CoverFact {
  readonly code: string;
  readonly label: string;
  readonly runs: Runs;
}

export interface Tile {
  readonly code: string;
  readonly value: Runs;
  readonly label: string;
  /** Base and share, in small type. */
  readonly base: Runs;
}

/** A question as it was asked, and what came of it. */
export interface RegisteredQuery {
  /** `Q3`. */
  readonly label: string;
  readonly question: string;
  readonly request: FigureRequest;
  readonly dataVersion: string;
  readonly suppression: Figure['suppression'];
  readonly marking: string;
}

export interface RegisteredFigure {
  /** Place in the register, in order of first appearance: `f12`. */
  readonly number: number;
  readonly figure: Figure;
  /** As printed, and the query that leads to it. */
  readonly query: string | null;
}

export interface Register {
  readonly queries: readonly RegisteredQuery[];
  readonly figures: readonly RegisteredFigure[];
}

export interface ReportDocument {
  readonly genre: 'G5';
  readonly identity: Identity;
  /** Stands on every page when anything internal is in the report. */
  readonly marking: { readonly code: string; readonly text: string } | null;
  readonly subtitle: string;
  readonly cover: readonly CoverFact[];
  readonly tiles: readonly Tile[];
  readonly abstract: readonly Statement[];
  readonly sections: readonly Section[];
  readonly notes: readonly Note[];
  readonly register: Register;
  /** Failed checks; shown in a warning box before anything else. */
  readonly audit: readonly AuditFinding[];
}

/** A document number in the house form. It never imitates the index of another organisation. */
export function documentNumber(organisation: string, country: string, year: number, sequence: number): string {
  return `${organisation}/${country}/${year}/${String(sequence).padStart(3, '0')}`;
}

/** The marking a report must carry: the first one found among its tables. */
export function markingOf(
  tables: readonly ReleasableTable[],
  language: Language,
): { readonly code: string; readonly text: string } | null {
  const marking = tables.find((table) => table.lane === 'internal')?.marking;
  return marking === undefined ? null : { code: marking.code, text: marking[language] };
}
