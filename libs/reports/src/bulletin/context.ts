/** What a bulletin needs besides its tables: who publishes, about where, and the facts that no query can know. */
import type { Qualifier } from '../hedges.js';
import type { Language, NumberStyle, Words } from '../language.js';
import type { TimeLimit } from '../limits.js';

/**
 * The label of a code in a vocabulary or dimension: `labels('legalGround', 'NONE', 'es')`. An empty answer prints the
 * code itself. Codes for missing values are named by the report and never asked for.
 */
export type LabelLookup = (vocabulary: string, code: string, language: Language) => string;

export interface BulletinCountry {
  /** ISO 3166-1, `SV`. */
  readonly code: string;
  readonly name: Words;
  /** Name of the first administrative level: `Department`, `Departamento`. */
  readonly area1: Words;
  /** Forces with a column of their own, in order; all others are "other", several together are "joint". */
  readonly forces: readonly { readonly code: string; readonly label: Words }[];
  /** With its article: `the state of emergency`, `el régimen de excepción`; null where there is none. */
  readonly emergency: Words | null;
  /** Defaults to `USUAL_LIMITS`: the international guide, the ordinary limit (named in headlines), the emergency's. */
  readonly limits?: readonly TimeLimit[];
}

/** One decree and its days; `number` 0 is the declaration, 1 the first extension. */
export interface EmergencyPeriod {
  readonly number: number;
  readonly from: string;
  readonly to: string | null;
  /** `Legislative Decree 333`; null when it is not known for certain. */
  readonly instrument: Words | null;
}

/** Someone else's number. Never added to ours. */
export interface PublishedFigure {
  /** Key of an indicator: `arrests_total`, `deaths_custody`, `releases_total`, `hc_filed`, `children_arrested`. */
  readonly indicator: string;
  readonly value: number;
  /** `YYYY-MM-DD`, or less where the day is not known. */
  readonly on: string;
  /** Who counts. */
  readonly owner: string;
  /** An authority; otherwise another organisation. */
  readonly official: boolean;
  readonly qualifier: Qualifier;
  /** Could anybody outside check it? */
  readonly checkable: boolean;
  /** Publication, for the note. */
  readonly source: string;
  readonly address: string | null;
  /** Owner and source as they are called in the language of the report, where they are words rather than names. */
  readonly called?: { readonly owner: string; readonly source: string };
}

export interface AuthorityRequest {
  readonly body: Words;
  readonly sentOn: string;
  readonly answeredOn: string | null;
}

/** Facts for the method block that live with the report and not in the register of cases. */
export interface MethodFacts {
  /** Interviews by type of source, codes of the vocabulary `sourceType`. */
  readonly interviews: readonly { readonly sourceType: string; readonly count: number }[];
  /** Where, how, in which language, alone or accompanied; null when nobody wrote it down. */
  readonly interviewConditions: Words | null;
  /** Documents, official data, press, lists of others. */
  readonly otherSources: Words | null;
  /** The threshold below which nothing is reported; null: every record that is not refuted counts. */
  readonly standardOfProof: Words | null;
  readonly requests: readonly AuthorityRequest[];
  /** Limits particular to this period. */
  readonly limits: readonly Words[];
  /** Roles or names of those who checked the report. */
  readonly checkedBy: readonly string[];
}

export interface Recommendation {
  readonly addressee: Words;
  readonly text: Words;
}

export interface BulletinContext {
  readonly organisation: { readonly name: string; readonly code: string };
  readonly country: BulletinCountry;
  readonly language: Language;
  /** Defaults to `comma` (English, es-SV). */
  readonly numberStyle?: NumberStyle;
  readonly labels: LabelLookup;
  readonly officialFigures: readonly PublishedFigure[];
  readonly emergencyPeriods: readonly EmergencyPeriod[];
  readonly method: MethodFacts;
  /** `<ORG>/<COUNTRY>/<YEAR>/<NNN>`, see `documentNumber`. */
  readonly documentNumber: string;
  readonly preparedOn: string;
  readonly title?: string;
  readonly recommendations?: readonly Recommendation[];
}
