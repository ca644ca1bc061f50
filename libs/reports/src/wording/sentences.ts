/**
 * What the findings of a bulletin say, sentence by sentence, as both languages must be able to say it (patterns:
 * report-forms.md §9). A sentence that would say nothing is null and leaves no trace. Whether a sentence is said and
 * which figures it prints depends on the values alone, never on the language.
 */
import type { Runs } from '../document.js';
import type { Figure } from '../figures.js';
import type { Qualifier } from '../hedges.js';
import type { Speech } from '../speech.js';

/** Who speaks, about where, from when to when. */
export interface Voice {
  readonly speech: Speech;
  readonly organisation: string;
  readonly place: string;
  readonly from: string;
  readonly to: string;
  readonly cutOff: string;
  /** "Documented" needs two independent sources or better for every record; otherwise the word is "recorded". */
  readonly allDocumented: boolean;
}

export interface Part {
  readonly part: Figure;
  readonly base: Figure;
  readonly share: Figure;
}

export interface Listed {
  readonly label: string;
  readonly count: Figure;
}

export interface LimitCounts extends Part {
  /** `72 hours`. */
  readonly limit: string;
  /** Whose limit it is; null when the country pack does not say. */
  readonly basis: string | null;
  readonly undetermined: Figure;
}

export interface WaitingShare {
  readonly day: number;
  readonly share: Figure;
  readonly lower: Figure;
  readonly upper: Figure;
}

export interface PublishedCount {
  /** `deaths in custody`. */
  readonly indicator: string;
  readonly count: Figure;
  readonly qualifier: Qualifier;
  readonly on: string;
  readonly owner: string;
  readonly checkable: boolean;
}

export interface Sentences {
  opening(people: Figure): Runs;
  openingChildren(people: Figure, children: Figure): Runs;
  arrestsOfPeople(arrests: Figure, people: Figure): Runs;
  documented(arrests: Figure, documented: Figure, verified: Figure): Runs | null;
  peakMonth(month: string, peak: Part): Runs | null;
  rise(first: Figure, firstOn: string, last: Figure, lastOn: string): Runs | null;
  emergency(name: string, declaredOn: string, instrument: string | null, extensions: Figure): Runs;
  underEmergency(name: string, under: Part): Runs | null;

  sex(known: Figure, men: Part, women: Part): Runs | null;
  children(children: Figure, boys: Figure, girls: Figure): Runs;
  largestAgeGroup(label: string, group: Part): Runs | null;
  areas(areas: readonly Listed[]): Runs | null;
  vulnerabilities(listed: readonly Listed[]): Runs | null;

  noWarrant(none: Part): Runs | null;
  onlyEmergency(name: string, only: Part): Runs | null;
  warrantShown(shown: Part): Runs | null;
  basis(first: Listed, second: Listed | null): Runs;
  forces(label: string, alone: Part, joint: Part): Runs | null;

  median(median: Figure, entered: Figure, bounds: readonly [Figure, Figure], unit: string): Runs | null;
  overLimit(counts: LimitCounts): Runs | null;
  notYet(censored: Figure): Runs | null;
  waitingAfter(waiting: WaitingShare): Runs | null;
  leftOut(excluded: Figure): Runs | null;

  deaths(deaths: Figure): Runs;
  unconvicted(unconvicted: Figure, known: Figure): Runs | null;
  beforeJudge(beforeJudge: Figure): Runs | null;
  manner(violent: Figure, suspicious: Figure, illness: Figure, insufficient: Figure): Runs;
  mismatch(differs: Part): Runs | null;
  rate(rate: Figure, bounds: readonly [Figure, Figure], deaths: Figure, personYears: Figure): Runs | null;

  habeas(filed: Figure, admitted: Figure, granted: Figure): Runs;
  unanswered(unanswered: Figure): Runs | null;
  releases(released: Figure): Runs;

  official(published: PublishedCount): Runs;
  otherLists(indicator: string, lowest: Figure, highest: Figure): Runs;
  neverAdded(): Runs;
}

/** Nothing is said of nothing, nor that the only one is not. */
export const isSayable = ({ part, base }: Part): boolean =>
  part.value !== null && !!base.value && !(base.value === 1 && part.value === 0);
