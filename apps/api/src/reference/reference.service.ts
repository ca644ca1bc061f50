/** Vocabularies and reference data as they stand: small lists, answered whole. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { dayInZone } from '#lib/time';
import { Clock } from '../platform/clock.js';
import { CatalogueService } from './catalogue.service.js';
import { Catalogue, type Term } from './catalogue.js';
import type {
  AreaQuery,
  AreaView,
  CapacityView,
  CountryQuery,
  CountryView,
  EmergencyPeriodView,
  FigureQuery,
  PlaceView,
  PopulationView,
  PublishedFigureView,
  TermView,
  VocabularyHeadView,
  VocabularyView,
} from './reference.dto.js';
import { referenceProblems } from './reference.problems.js';
import { ReferenceRepository, type AreaReading } from './reference.repository.js';

/** What whoever asks this service gets to read. */
export type { EmergencyPeriodView, PublishedFigureView } from './reference.dto.js';

const toTermView = (term: Term): TermView => ({
  code: term.code,
  country: term.country,
  parent: term.parent,
  en: term.en,
  es: term.es,
  definition: (term.definition as TermView['definition']) ?? null,
  attributes: term.attributes,
  public: term.public,
  validFrom: term.validFrom,
  validTo: term.validTo,
});

@Injectable()
export class ReferenceService {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly catalogues: CatalogueService,
    private readonly clock: Clock,
    private readonly reference: ReferenceRepository,
  ) {}

  async vocabularies(): Promise<VocabularyHeadView[]> {
    await this.catalogues.refresh();
    return this.catalogue.vocabularies().map(({ code, en, es, multi }) => ({ code, en, es, multi }));
  }

  async vocabulary(code: string, country: string | undefined): Promise<VocabularyView> {
    await this.catalogues.refresh();
    const head = this.catalogue.vocabulary(code);
    if (!head) throw referenceProblems.noVocabulary({});
    return {
      code: head.code,
      en: head.en,
      es: head.es,
      multi: head.multi,
      terms: this.catalogue.termsOf(code, country).map(toTermView),
    };
  }

  countries(): CountryView[] {
    return this.catalogue
      .countries()
      .filter((country) => country.code !== 'CORE')
      .map(({ code, en, es, zone, locale, settings }) => ({ code, en, es, zone, locale, settings }));
  }

  async areas(caller: Caller, query: AreaQuery): Promise<AreaView[]> {
    const country = query.country ?? caller.country;
    const on = query.on ?? dayInZone(this.clock.now().getTime(), this.catalogue.zoneOf(country));
    const areas = await this.reference.areasOf(country);
    const readings = await this.reference.areaReadings(areas.map((area) => area.code));
    return areas
      .map((area): AreaView => {
        const own = readings.get(area.code) ?? [];
        const { code, level, name, aliases, parent, validFrom, validTo } = area;
        return { code, level, name, aliases, parent, validFrom, validTo, reading: readingOn(own, on), readings: own };
      })
      .filter((area) => query.level === undefined || area.level === Number(query.level))
      .filter(
        (area) => query.parent === undefined || area.parent === query.parent || area.reading?.parent === query.parent,
      );
  }

  /** What each area ever lay in, whatever the day. */
  async areaParents(): Promise<ReadonlyMap<string, readonly string[]>> {
    const readings = await this.reference.areaReadings();
    return new Map([...readings].map(([area, list]) => [area, list.flatMap(({ parent }) => parent ?? [])]));
  }

  places(caller: Caller, query: CountryQuery): Promise<PlaceView[]> {
    return this.reference.placesOf(query.country ?? caller.country);
  }

  emergencyPeriods(country: string): Promise<EmergencyPeriodView[]> {
    return this.reference.emergencyPeriodsOf(country);
  }

  capacities(country: string): Promise<CapacityView[]> {
    return this.reference.capacitiesOf(country);
  }

  population(country: string): Promise<PopulationView[]> {
    return this.reference.populationOf(country);
  }

  /** Figures that others published, side by side; they are never added up (report-forms.md §4, A10). */
  publishedFigures(country: string, query: Pick<FigureQuery, 'indicator'> = {}): Promise<PublishedFigureView[]> {
    return this.reference.publishedFiguresOf(country, query.indicator);
  }
}

/** The reading in force on a day. */
function readingOn(readings: readonly AreaReading[], on: string): AreaReading | null {
  return readings.find((reading) => (reading.validFrom ?? '') <= on && on <= (reading.validTo ?? '9999')) ?? null;
}
