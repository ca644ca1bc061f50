/**
 * Vocabularies, areas, places and countries in memory, as the database holds them: every request looks codes up, and
 * the whole of it is a few thousand small rows. catalogue.service.ts fills it.
 */
import { Injectable } from '@nestjs/common';
import { SPECIAL_VALUES } from '../platform/validation/fields.js';

export interface Term {
  readonly id: number;
  readonly vocabulary: string;
  readonly code: string;
  /** Empty for the core. */
  readonly country: string;
  readonly parent: string | null;
  readonly en: string;
  readonly es: string;
  readonly definition: unknown;
  readonly attributes: Readonly<Record<string, unknown>> | null;
  readonly public: boolean;
  readonly bit: number | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface Area {
  readonly id: number;
  readonly code: string;
  readonly country: string;
  readonly level: number;
  readonly name: string;
  readonly parent: string | null;
}

export interface Place {
  readonly id: number;
  readonly code: string;
  readonly country: string;
  readonly name: string;
  readonly area: string | null;
}

export interface Country {
  readonly code: string;
  readonly no: number;
  readonly en: string;
  readonly es: string;
  readonly zone: string;
  readonly locale: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** SHA-256 over the files of its pack. */
  readonly digest: string;
}

export interface VocabularyHead {
  readonly code: string;
  readonly en: string;
  readonly es: string;
  readonly multi: boolean;
}

/** Everything the catalogue holds, in the order of the lists. */
export interface ReferenceLists {
  readonly countries: readonly Country[];
  readonly vocabularies: readonly VocabularyHead[];
  readonly terms: readonly Term[];
  readonly areas: readonly Area[];
  readonly places: readonly Place[];
}

/** Areas and places carry this number in fact rows when they are not known. */
export const UNKNOWN_ID = 0;

@Injectable()
export class Catalogue {
  private terms = new Map<string, Term>();
  private byId = new Map<number, Term>();
  private areas = new Map<string, Area>();
  private areasById = new Map<number, Area>();
  private places = new Map<string, Place>();
  private placesById = new Map<number, Place>();
  private byCountry = new Map<string, Country>();
  private heads = new Map<string, VocabularyHead>();

  /** Holds these lists from now on, and nothing else. */
  fill({ countries, vocabularies, terms, areas, places }: ReferenceLists): void {
    this.heads = new Map(vocabularies.map((head) => [head.code, head]));
    this.terms = new Map(terms.map((term) => [`${term.vocabulary}|${term.country}|${term.code}`, term]));
    this.byId = new Map(terms.map((term) => [term.id, term]));
    this.areas = new Map(areas.map((area) => [area.code, area]));
    this.areasById = new Map(areas.map((area) => [area.id, area]));
    this.places = new Map(places.map((place) => [place.code, place]));
    this.placesById = new Map(places.map((place) => [place.id, place]));
    this.byCountry = new Map(countries.map((country) => [country.code, country]));
  }

  /** A term of the country's pack, or of the core. */
  term(vocabulary: string, code: string, country: string): Term | undefined {
    return this.terms.get(`${vocabulary}|${country}|${code}`) ?? this.terms.get(`${vocabulary}||${code}`);
  }

  termById(id: number): Term | undefined {
    return this.byId.get(id);
  }

  /** Every term that a case of the country may use, in the order of the lists. */
  termsOf(vocabulary: string, country?: string): readonly Term[] {
    return [...this.terms.values()].filter(
      (term) =>
        term.vocabulary === vocabulary && (country === undefined || term.country === '' || term.country === country),
    );
  }

  vocabularies(): readonly VocabularyHead[] {
    return [...this.heads.values()];
  }

  vocabulary(code: string): VocabularyHead | undefined {
    return this.heads.get(code);
  }

  area(code: string): Area | undefined {
    return this.areas.get(code);
  }

  areaById(id: number): Area | undefined {
    return this.areasById.get(id);
  }

  /** The area itself and what it lies in, finest first. */
  areaChain(code: string): readonly Area[] {
    const chain: Area[] = [];
    for (
      let area = this.areas.get(code);
      area && chain.length < 6;
      area = area.parent === null ? undefined : this.areas.get(area.parent)
    )
      chain.push(area);
    return chain;
  }

  place(code: string): Place | undefined {
    return this.places.get(code);
  }

  /** Whether a case of the country may name this place, or say why it names none. */
  hasPlace(code: string, country: string): boolean {
    return SPECIAL_VALUES.includes(code) || this.places.get(code)?.country === country;
  }

  /**
   * The number of a place in fact rows. Whatever stands in the place of one counts down from UNKNOWN, which is 0, so that
   * it never meets the number of a place; undefined for a code that is neither.
   */
  placeNo(code: string): number | undefined {
    const special = SPECIAL_VALUES.indexOf(code);
    return special < 0 ? this.places.get(code)?.id : UNKNOWN_ID - special;
  }

  /** The code that has this number in fact rows. */
  placeCode(no: number): string {
    return this.placesById.get(no)?.code ?? SPECIAL_VALUES[UNKNOWN_ID - no] ?? 'UNKNOWN';
  }

  country(code: string): Country | undefined {
    return this.byCountry.get(code);
  }

  /** The zone in which a country's days begin and end. */
  zoneOf(country: string): string {
    return this.country(country)?.zone ?? 'UTC';
  }

  countries(): readonly Country[] {
    return [...this.byCountry.values()];
  }

  /** The number of a term; throws when the code is not in the list, because codes are checked before they get here. */
  idOf(vocabulary: string, code: string, country: string): number {
    const term = this.term(vocabulary, code, country);
    if (!term) throw new Error(`vocabulary ${vocabulary} has no such code`);
    return term.id;
  }

  /** The mask of several terms; an empty list is the mask of UNKNOWN, so that every unit is counted somewhere. */
  maskOf(vocabulary: string, codes: readonly string[], country: string): bigint {
    const list = codes.length > 0 ? codes : ['UNKNOWN'];
    return list.reduce((mask, code) => {
      const bit = this.term(vocabulary, code, country)?.bit;
      if (bit === null || bit === undefined) throw new Error(`vocabulary ${vocabulary} has no bit for such a code`);
      return mask | (1n << BigInt(bit));
    }, 0n);
  }

  /** The codes of a mask, in the order of the list. */
  codesOf(vocabulary: string, mask: bigint, country: string): string[] {
    return this.termsOf(vocabulary, country)
      .filter((term) => term.bit !== null && (mask & (1n << BigInt(term.bit))) !== 0n)
      .map((term) => term.code);
  }
}
