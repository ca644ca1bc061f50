/** From the lines of a pack's CSV files to what is kept of them. Empty cells are nothing; days are calendar days. */
import type { CsvRow, PackFiles } from './pack-files.js';

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
const text = (row: CsvRow, column: string, absent = ''): string => row[column] ?? absent;
const numbered = (country: string, letter: string, index: number): string =>
  `${country}-${letter}-${String(index + 1).padStart(4, '0')}`;
const aliasesOf = (row: CsvRow): string[] =>
  text(row, 'aliases')
    .split('|')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');

/** A day as the database wants it; null when it is not said. */
export const date = (day: string | null | undefined): Date | null =>
  day === null || day === undefined || day === '' ? null : new Date(`${day}T00:00:00Z`);

export const packAreas = (pack: PackFiles) =>
  pack.csv('areas.csv').map((row) => ({
    code: text(row, 'code'),
    level: Number(row['level']),
    name: text(row, 'name'),
    aliases: aliasesOf(row),
    parent: orNull(row['parent']),
    validFrom: date(row['valid_from']),
    validTo: date(row['valid_to']),
  }));

/** Readings in the order of the file, numbered within each area. */
export function packReadings(pack: PackFiles) {
  const positions = new Map<string, number>();
  return pack.csv('area_readings.csv').map((row) => {
    const area = text(row, 'area');
    const position = positions.get(area) ?? 0;
    positions.set(area, position + 1);
    return {
      area,
      position,
      validFrom: date(row['valid_from']),
      validTo: date(row['valid_to']),
      levelNameEn: text(row, 'level_name_en'),
      levelNameEs: text(row, 'level_name_es'),
      parent: orNull(row['parent']),
    };
  });
}

export const packPlaces = (pack: PackFiles) =>
  pack.csv('places.csv').map((row) => ({
    code: text(row, 'code'),
    name: text(row, 'name'),
    aliases: aliasesOf(row),
    type: text(row, 'type', 'UNKNOWN'),
    area: orNull(row['area']),
    sex: orNull(row['sex']),
    validFrom: orNull(row['valid_from']),
    validTo: orNull(row['valid_to']),
    noteEn: orNull(row['status_note_en']),
    noteEs: orNull(row['status_note_es']),
    source: orNull(row['source']),
  }));

/** Lists that nothing points at, so that they are replaced whole. */
export const packLists = (pack: PackFiles, country: string) => ({
  emergencyPeriods: pack.csv('emergency_periods.csv').map((row) => ({
    country,
    number: Number(row['number']),
    fromEdtf: text(row, 'valid_from', 'XXXX'),
    toEdtf: text(row, 'valid_to', 'XXXX'),
    evidence: text(row, 'evidence'),
    source: orNull(row['source']),
    noteEn: orNull(row['note_en']),
    noteEs: orNull(row['note_es']),
  })),
  capacities: pack.csv('capacities.csv').map((row, index) => ({
    id: numbered(country, 'C', index),
    country,
    place: text(row, 'place'),
    value: Number(row['value']),
    asOf: text(row, 'as_of'),
    hedge: orNull(row['hedge']),
    source: text(row, 'source'),
    address: orNull(row['address']),
  })),
  population: pack.csv('population.csv').map((row, index) => ({
    id: numbered(country, 'P', index),
    country,
    area: text(row, 'area'),
    sex: orNull(row['sex']),
    ageBand: orNull(row['age_band']),
    value: Number(row['value']),
    asOf: text(row, 'as_of'),
    source: text(row, 'source'),
    address: orNull(row['address']),
    note: orNull(row['note']),
  })),
  publishedFigures: pack.csv('published_figures.csv').map((row) => ({
    id: text(row, 'id'),
    country,
    indicator: text(row, 'indicator'),
    value: text(row, 'value'),
    unit: text(row, 'unit'),
    asOf: text(row, 'as_of'),
    place: text(row, 'place'),
    population: text(row, 'population'),
    hedge: text(row, 'hedge', 'unknown'),
    qualifier: orNull(row['qualifier']),
    owner: text(row, 'owner'),
    source: text(row, 'source'),
    address: orNull(row['address']),
    note: orNull(row['note']),
  })),
});
