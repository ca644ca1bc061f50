/** Vocabularies, areas, places and reference lists: small tables, read whole. Days come as text. */
import { Injectable } from '@nestjs/common';
import { Database, given } from '#lib/database';
import type { Area, Country, Place, ReferenceLists, Term } from './catalogue.js';

/** An area with how long it was there under this code. */
export interface DatedArea extends Pick<Area, 'code' | 'level' | 'name' | 'parent'> {
  readonly aliases: string[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** What an area was called and belonged to from one day to another. */
export interface AreaReading {
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly levelNameEn: string;
  readonly levelNameEs: string;
  readonly parent: string | null;
}

export interface DescribedPlace extends Pick<Place, 'code' | 'name' | 'area'> {
  readonly aliases: string[];
  readonly type: string;
  readonly sex: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly noteEn: string | null;
  readonly noteEs: string | null;
  readonly source: string | null;
}

export interface EmergencyPeriod {
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly evidence: string;
  readonly source: string | null;
  readonly noteEn: string | null;
  readonly noteEs: string | null;
}

export interface Capacity {
  readonly place: string;
  readonly value: number;
  readonly asOf: string;
  readonly hedge: string | null;
  readonly source: string;
  readonly address: string | null;
}

export interface Population {
  readonly area: string;
  readonly sex: string | null;
  readonly ageBand: string | null;
  readonly value: number;
  readonly asOf: string;
  readonly source: string;
  readonly address: string | null;
  readonly note: string | null;
}

/** A figure that somebody else printed. */
export interface PublishedFigure {
  readonly id: string;
  readonly indicator: string;
  readonly value: string;
  readonly unit: string;
  readonly asOf: string;
  readonly place: string;
  readonly population: string;
  readonly hedge: string;
  readonly qualifier: string | null;
  readonly owner: string;
  readonly source: string;
  readonly address: string | null;
  readonly note: string | null;
}

const day = (date: Date | null): string | null => (date === null ? null : date.toISOString().slice(0, 10));

@Injectable()
export class ReferenceRepository {
  constructor(private readonly database: Database) {}

  /** Everything the catalogue keeps in memory. */
  async lists(): Promise<ReferenceLists> {
    const { prisma } = this.database;
    const [countries, vocabularies, terms, areas, places] = await Promise.all([
      prisma.country.findMany(),
      prisma.vocabulary.findMany({ orderBy: { code: 'asc' } }),
      prisma.term.findMany({ orderBy: [{ vocabulary: 'asc' }, { position: 'asc' }, { id: 'asc' }] }),
      prisma.area.findMany({ orderBy: { code: 'asc' } }),
      prisma.place.findMany({ orderBy: { code: 'asc' } }),
    ]);
    return {
      countries: countries.map((country) => ({ ...country, settings: country.settings as Country['settings'] })),
      vocabularies,
      terms: terms.map((term) => ({
        ...term,
        attributes: term.attributes as Term['attributes'],
        validFrom: day(term.validFrom),
        validTo: day(term.validTo),
      })),
      areas,
      places,
    };
  }

  /** Which packs are loaded, and as what: another digest means other lists. */
  packDigests(): Promise<{ readonly code: string; readonly digest: string }[]> {
    return this.database.prisma.country.findMany({ select: { code: true, digest: true } });
  }

  async areasOf(country: string): Promise<DatedArea[]> {
    const rows = await this.database.prisma.area.findMany({
      where: { country },
      orderBy: [{ level: 'asc' }, { code: 'asc' }],
    });
    return rows.map(({ code, level, name, aliases, parent, validFrom, validTo }) => ({
      code,
      level,
      name,
      aliases,
      parent,
      validFrom: day(validFrom),
      validTo: day(validTo),
    }));
  }

  /** Readings by area, each list by date: of some areas, or of all when none is named. */
  async areaReadings(areas?: readonly string[]): Promise<Map<string, AreaReading[]>> {
    const rows = await this.database.prisma.areaReading.findMany({
      where: areas ? { area: { in: [...areas] } } : {},
      orderBy: [{ area: 'asc' }, { position: 'asc' }],
    });
    const byArea = new Map<string, AreaReading[]>();
    for (const { area, validFrom, validTo, levelNameEn, levelNameEs, parent } of rows) {
      const reading = { validFrom: day(validFrom), validTo: day(validTo), levelNameEn, levelNameEs, parent };
      byArea.set(area, [...(byArea.get(area) ?? []), reading]);
    }
    return byArea;
  }

  async placesOf(country: string): Promise<DescribedPlace[]> {
    const rows = await this.database.prisma.place.findMany({ where: { country }, orderBy: { code: 'asc' } });
    return rows.map(({ code, name, aliases, type, area, sex, validFrom, validTo, noteEn, noteEs, source }) => ({
      code,
      name,
      aliases,
      type,
      area,
      sex,
      validFrom,
      validTo,
      noteEn,
      noteEs,
      source,
    }));
  }

  async emergencyPeriodsOf(country: string): Promise<EmergencyPeriod[]> {
    const rows = await this.database.prisma.emergencyPeriod.findMany({
      where: { country },
      orderBy: { number: 'asc' },
    });
    return rows.map(({ number, fromEdtf, toEdtf, evidence, source, noteEn, noteEs }) => ({
      number,
      from: fromEdtf,
      to: toEdtf,
      evidence,
      source,
      noteEn,
      noteEs,
    }));
  }

  async capacitiesOf(country: string): Promise<Capacity[]> {
    const rows = await this.database.prisma.capacity.findMany({ where: { country }, orderBy: { id: 'asc' } });
    return rows.map(({ place, value, asOf, hedge, source, address }) => ({
      place,
      value,
      asOf,
      hedge,
      source,
      address,
    }));
  }

  async populationOf(country: string): Promise<Population[]> {
    const rows = await this.database.prisma.population.findMany({ where: { country }, orderBy: { id: 'asc' } });
    return rows.map(({ area, sex, ageBand, value, asOf, source, address, note }) => ({
      area,
      sex,
      ageBand,
      value,
      asOf,
      source,
      address,
      note,
    }));
  }

  async publishedFiguresOf(country: string, indicator?: string): Promise<PublishedFigure[]> {
    const rows = await this.database.prisma.publishedFigure.findMany({
      where: given({ country, indicator }),
      orderBy: { id: 'asc' },
    });
    return rows.map(
      ({
        id,
        indicator: about,
        value,
        unit,
        asOf,
        place,
        population,
        hedge,
        qualifier,
        owner,
        source,
        address,
        note,
      }) => ({
        id,
        indicator: about,
        value,
        unit,
        asOf,
        place,
        population,
        hedge,
        qualifier,
        owner,
        source,
        address,
        note,
      }),
    );
  }
}
