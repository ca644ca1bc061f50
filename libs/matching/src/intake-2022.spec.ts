import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { parseLocalDate, type EventDate } from '#lib/time';
import { link } from '../cases/linked-pairs.js';
import type { MatchPerson } from './person.js';

const sample = (name: string): string => readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8');

function dateOf(text: string): EventDate | null {
  const parsed = parseLocalDate(text, ['ISO', 'D/M/Y', 'M/Y', 'MONTH_NAME_ES']);
  return parsed.ok ? parsed.date : null;
}

function personOf(row: Readonly<Record<string, string>>): MatchPerson {
  return {
    givenNames: row.nombres || null,
    familyNames: row.apellidos || null,
    documentNumber: row.dui || null,
    sex: row.sexo ?? '',
    born: dateOf(row.fecha_nacimiento ?? ''),
    ageAtArrest: row.edad ? Number(row.edad) : null,
    arrestedAt: dateOf(row.detencion_fecha ?? ''),
    area1: row.detencion_departamento || null,
    area3: row.detencion_distrito || null,
    place: row.lugar_detencion || null,
  };
}

describe('the intake of 2022', () => {
  const rows = parse(sample('intake-2022.csv'), { columns: true, bom: true }) as readonly Record<string, string>[];
  const expected = JSON.parse(sample('intake-2022.expected.json')) as {
    readonly duplicate_pairs: readonly (readonly [string, string])[];
  };
  const files = rows
    .filter((row) => row.nombres !== 'Rechazo')
    .map((row) => ({ id: row._uuid ?? '', person: personOf(row) }));
  const linkage = link(files, expected.duplicate_pairs);

  it('finds all 60 files that were opened twice, by their keys and by their weight', () => {
    expect(expected.duplicate_pairs.length).toBe(60);
    expect(linkage.trueCandidates).toBe(60);
    expect(linkage.recall).toBe(1);
  });

  it('shows at most two pairs that are of two persons (none as measured)', () => {
    expect(linkage.falselyFound).toBeLessThanOrEqual(2);
  });

  it('compares at most ten thousand of the three million pairs', () => {
    expect(linkage.candidates).toBeLessThanOrEqual(10_000);
  });
});
