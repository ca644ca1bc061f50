/** What a bulletin needs besides its tables: names from the country pack, other people’s figures, facts of the method. */
import type {
  BulletinContext,
  BulletinCountry,
  EmergencyPeriod,
  Language,
  LabelLookup,
  MethodFacts,
  PublishedFigure,
} from '#lib/reports';
import { qualifierOf } from '#lib/reports';
import { dimensionNamed } from '#lib/statistics';
import type { Catalogue, Country } from '../reference/catalogue.js';
import type { EmergencyPeriodView, PublishedFigureView } from '../reference/reference.service.js';

interface Words {
  readonly en: string;
  readonly es: string;
}

/** The part of a pack that reports read (`reports:` in pack.yaml; countries/README.md). */
interface ReportSettings {
  readonly emergency?: Words;
  readonly declaration?: Words;
  readonly forces?: readonly string[];
  readonly limits?: readonly { readonly duration: string; readonly basis?: Words }[];
  readonly authorities?: readonly string[];
  readonly spanish?: Readonly<Record<string, string>>;
  readonly compared?: Readonly<Record<string, string>>;
}

interface AreaLevel {
  readonly level: number;
  readonly names: readonly Words[];
}

const settingsOf = (country: Country): ReportSettings => (country.settings['reports'] ?? {}) as ReportSettings;

/** The label of a code of a dimension, from the vocabularies and territory. */
export function labelsOf(catalogue: Catalogue, country: Country): LabelLookup {
  return (dimension, code, language) => {
    const found = dimensionNamed(dimension);
    const area = catalogue.area(code) ?? catalogue.place(code);
    if (area) return area.name;
    const term = found?.vocabulary ? catalogue.term(found.vocabulary, code, country.code) : undefined;
    return term?.[language] ?? '';
  };
}

export function bulletinCountry(catalogue: Catalogue, country: Country): BulletinCountry {
  const settings = settingsOf(country);
  const levels = (country.settings['areaLevels'] ?? []) as readonly AreaLevel[];
  const first = levels.find((level) => level.level === 1)?.names[0];
  const forces = (settings.forces ?? []).map((code) => ({ code, label: { en: code, es: code } }));
  return {
    code: country.code,
    name: { en: country.en, es: country.es },
    area1: first ?? { en: 'area', es: 'área' },
    forces: forces.filter(({ code }) => catalogue.term('FORCE', code, country.code) !== undefined),
    emergency: settings.emergency ?? null,
    ...(settings.limits ? { limits: settings.limits } : {}),
  };
}

/** Decree periods whose beginning is known to the day; the others stay in the reference data only. */
export function emergencyPeriods(country: Country, rows: readonly EmergencyPeriodView[]): EmergencyPeriod[] {
  const declaration = settingsOf(country).declaration ?? null;
  const day = (edtf: string): string | null => (/^\d{4}-\d{2}-\d{2}$/.test(edtf) ? edtf : null);
  return rows.flatMap((row) => {
    const from = day(row.from);
    return from === null
      ? []
      : [{ number: row.number, from, to: day(row.to), instrument: row.number === 0 ? declaration : null }];
  });
}

/**
 * Published figures that may stand beside ours: plain numbers of series that the pack names, each with its owner. Owners
 * and sources that are words rather than names are said in the language of the report.
 */
export function publishedFigures(
  country: Country,
  rows: readonly PublishedFigureView[],
  language: Language,
): PublishedFigure[] {
  const settings = settingsOf(country);
  const said = (name: string): string => (language === 'es' ? (settings.spanish?.[name] ?? name) : name);
  const authorities = new Set(settings.authorities ?? []);
  return rows.flatMap((row) => {
    const indicator = settings.compared?.[row.indicator];
    const value = Number(row.value);
    if (indicator === undefined || !Number.isFinite(value) || row.value.trim() === '') return [];
    const official = authorities.has(row.owner);
    return [
      {
        indicator,
        value,
        on: row.asOf,
        owner: row.owner,
        official,
        qualifier: qualifierOf(row.hedge),
        checkable: !official,
        source: row.source,
        address: row.address,
        called: { owner: said(row.owner), source: said(row.source) },
      },
    ];
  });
}

/** The facts of the method block that this service knows by itself. */
export function methodFacts(openDuplicates: number): MethodFacts {
  const duplicates =
    openDuplicates === 0
      ? []
      : [
          {
            en: `${openDuplicates} pairs of files may be about one person each and await a decision; until then both files of a pair are counted.`,
            es: `${openDuplicates} pares de expedientes podrían referirse a una misma persona y esperan una decisión; hasta entonces se cuentan ambos.`,
          },
        ];
  return {
    interviews: [],
    interviewConditions: null,
    otherSources: null,
    standardOfProof: null,
    requests: [],
    limits: duplicates,
    checkedBy: [],
  };
}

export type { BulletinContext };
