/**
 * Every printed number is a figure: it knows the question it answers, the slice, the base and the state of its data,
 * and its id is the same in every language and in every run that asks the same thing.
 */
import type { FigureRequest, ReleasableTable } from '#lib/disclosure';
import type { DataState } from './hedges.js';

/** What of the slice is printed: how many, which share, which percentile of a wait. */
export type Measure =
  | 'count'
  | 'share'
  | 'cumulative'
  | 'difference'
  | 'entered'
  | 'events'
  | 'censored'
  | 'excluded'
  | 'median'
  | 'median-lower'
  | 'median-upper'
  | 'quartile-1'
  | 'quartile-3'
  | 'longest'
  | 'waiting'
  | 'waiting-lower'
  | 'waiting-upper'
  | 'exceeds'
  | 'within'
  | 'undetermined'
  | 'not-yet'
  | 'ended-without-judge'
  | 'rate'
  | 'rate-lower'
  | 'rate-upper'
  | 'rate-deaths'
  | 'person-years'
  | 'published'
  | 'stated';

/** Dimension to the codes that are added up; `*known` stands for every code that is not one of the unknown ones. */
export type Slice = Readonly<Record<string, readonly string[]>>;

export type Origin =
  | {
      readonly kind: 'query';
      readonly question: string;
      readonly request: FigureRequest;
      readonly dataVersion: string;
      /** Through which lane the table came. */
      readonly lane: ReleasableTable['lane'];
    }
  /** Someone else's number, from the register of published figures. */
  | { readonly kind: 'published'; readonly owner: string; readonly on: string; readonly source: string }
  /** A number stated with the report: interviews held, extensions of a decree. */
  | { readonly kind: 'stated' };

export interface Figure {
  /** `F-<indicator>-<hash of measure and slice>`. */
  readonly id: string;
  readonly indicator: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly slice: Slice;
  readonly value: number | null;
  /** The denominator, where there is one. */
  readonly base: number | null;
  /** The numerator of a share. */
  readonly part: number | null;
  readonly state: DataState;
  readonly origin: Origin;
  /** Exact figures hide nothing; a lane that hides cells says here which rule hid them. */
  readonly suppression: 'none';
}

/** FNV-1a, 64 bits folded to 24 (Fowler, Noll, Vo): short, stable, not for secrets. */
function shortHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return ((hash ^ (hash >> 32n)) & 0xffffffn).toString(16).padStart(6, '0');
}

function spellSlice(slice: Slice): string {
  return Object.keys(slice)
    .sort()
    .map((dimension) => `${dimension}=${[...(slice[dimension] ?? [])].sort().join('+')}`)
    .join('&');
}

function spellOrigin(origin: Origin): string {
  if (origin.kind === 'published') return `published|${origin.owner}|${origin.on}`;
  if (origin.kind === 'stated') return 'stated';
  const { where, from, to, limit } = origin.request;
  return `${spellSlice(where)}|${from ?? ''}|${to ?? ''}|${limit ?? ''}`;
}

/** What an id is made from: indicator, measure, slice, filter and period; not the cut-off and not the data version. */
export function spellFigure(figure: Omit<Figure, 'id'>, basis = ''): string {
  return [figure.indicator, figure.measure, spellSlice(figure.slice), basis, spellOrigin(figure.origin)].join('|');
}

/** The same figure, answered with another value by another question. */
export interface Contradiction {
  readonly figure: Figure;
  readonly again: number | null;
  readonly origin: Origin;
}

/** Keeps the figures of one report and gives them their ids; asking twice for the same figure gives the same one. */
export class FigureBook {
  private readonly bySpelling = new Map<string, Figure>();
  private readonly byId = new Map<string, Figure>();
  private readonly contradictions: Contradiction[] = [];

  /** `basis` tells apart shares of the same slice on different bases. */
  enter(fields: Omit<Figure, 'id'>, basis = ''): Figure {
    const spelling = spellFigure(fields, basis);
    const known = this.bySpelling.get(spelling);
    if (known !== undefined) {
      if (known.value !== fields.value)
        this.contradictions.push({ figure: known, again: fields.value, origin: fields.origin });
      return known;
    }
    const figure: Figure = { ...fields, id: this.freeId(fields.indicator, spelling) };
    this.bySpelling.set(spelling, figure);
    this.byId.set(figure.id, figure);
    return figure;
  }

  /** Figures to which two questions gave two values. */
  get contradicted(): readonly Contradiction[] {
    return this.contradictions;
  }

  get(id: string): Figure {
    const figure = this.byId.get(id);
    if (figure === undefined) throw new Error(`No figure ${id} in this report.`);
    return figure;
  }

  /** Two spellings that share a short hash are told apart by a second round, in the same order in every language. */
  private freeId(indicator: string, spelling: string): string {
    for (let round = 0; ; round += 1) {
      const id = `F-${indicator}-${shortHash(spelling + '#'.repeat(round))}`;
      if (!this.byId.has(id)) return id;
    }
  }
}
