/**
 * The words of the domain: what happened to one person, as dated events with their sources. Nothing here is a status;
 * status is computed from events (`status.ts`). Code lists are those of `countries/core/vocabularies`.
 */
import type { EventDate } from '#lib/time';

/** The events that make up the custody timeline of a case. */
export const TIMELINE_KINDS = [
  'arrest',
  'custodySpell',
  'hearing',
  'measure',
  'charge',
  'counsel',
  'contact',
  'remedy',
  'violation',
  'death',
  'release',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** What every event carries. */
export interface EventBase {
  readonly id: string;
  /** The file this account was recorded in; after a merge a reading spans several. */
  readonly caseId: string;
  /** When it happened, or when a spell or range began. */
  readonly at: EventDate;
  /** When a spell or range ended; null while open or for a moment. */
  readonly until: EventDate | null;
  /** The arrest it belongs to; null lets the rules of `attribution.ts` decide by date. Always null on an arrest. */
  readonly arrestId: string | null;
  /** The event this one replaces in the reading. The replaced event stays in the record. */
  readonly corrects: string | null;
  /** Taken back: it stays in the record and counts for nothing. */
  readonly withdrawn: boolean;
  /** When it was recorded, ISO 8601 in UTC: decides between accounts when nobody has. */
  readonly recordedAt: string;
  readonly sourceId: string | null;
}

export interface Arrest extends EventBase {
  readonly kind: 'arrest';
  /** The arrest after whose release this one followed (REARREST_RELEASE), when known. */
  readonly previousArrestId: string | null;
  readonly legalGround: string;
}
export interface CustodySpell extends EventBase {
  readonly kind: 'custodySpell';
  readonly place: string;
}
export interface Hearing extends EventBase {
  readonly kind: 'hearing';
  /** A code of STAGE. */
  readonly stage: string;
  /** IN_PERSON, VIDEO, ABSENT, PAPER or a kind of unknown. */
  readonly mode: string;
}
export interface Measure extends EventBase {
  readonly kind: 'measure';
  readonly measure: string;
}
export interface Charge extends EventBase {
  readonly kind: 'charge';
  readonly charge: string;
}
export interface Counsel extends EventBase {
  readonly kind: 'counsel';
  readonly legalAid: string;
}
export interface Contact extends EventBase {
  readonly kind: 'contact';
  /** A code of CONTACT: whether and how family or counsel reached the person in this range of days. */
  readonly contact: string;
}
export interface Remedy extends EventBase {
  readonly kind: 'remedy';
  readonly remedy: string;
  /** The steps after filing, in the order they were recorded. */
  readonly steps: readonly { readonly status: string; readonly at: EventDate }[];
}
export interface Violation extends EventBase {
  readonly kind: 'violation';
  readonly violation: string;
}
export interface Death extends EventBase {
  readonly kind: 'death';
}
export interface Release extends EventBase {
  readonly kind: 'release';
  /** A code of OUTCOME among the kinds of leaving custody. */
  readonly release: string;
}

export type TimelineEvent =
  Arrest | CustodySpell | Hearing | Measure | Charge | Counsel | Contact | Remedy | Violation | Death | Release;

/** Somebody decided which of several accounts of one fact is used, and why. */
export interface AccountChoice {
  readonly eventId: string;
  readonly decidedAt: string;
}

/** Everything recorded about one person, possibly in several merged files; the kept file comes first. */
export interface CaseFile {
  readonly caseIds: readonly string[];
  readonly events: readonly TimelineEvent[];
  readonly choices: readonly AccountChoice[];
  /**
   * Last calendar day on which the state of the case was known, from the sources' own dates (survival.md §1: the
   * censoring time is the last day on which "still held" was positively known); null when no source is dated.
   */
  readonly knownOn: string | null;
}
