/** The shipped packs and mappings as the examples use them: read from the source tree, no database. Used by specs only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { readMapping, type Mapping } from '../src/mapping.js';
import type { Cells, IntakeLists } from '../src/read-row.js';

const ROOT = new URL('../../../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

interface List {
  readonly code?: string;
  readonly extends?: string;
  readonly terms: readonly { readonly code: string }[];
}
type Row = Readonly<Record<string, string>>;

const csv = (path: string): readonly Row[] =>
  existsSync(new URL(path, ROOT)) ? (parseCsv(text(path), { columns: true, bom: true }) as Row[]) : [];

function codesOf(pack: string): readonly string[] {
  const folder = `countries/${pack}/vocabularies/`;
  return readdirSync(new URL(folder, ROOT)).flatMap((file) => {
    const list = parseYaml(text(folder + file)) as List;
    return list.terms.map((term) => `${list.code ?? list.extends} ${term.code}`);
  });
}

/** What a row reader asks of vocabularies and territory, answered from the files of one pack and the core. */
export function shippedLists(pack: string): IntakeLists {
  const special = (parseYaml(text('countries/core/special-values.yaml')) as List).terms.map(({ code }) => code);
  const places = csv(`countries/${pack}/places.csv`).map((row) => `PLACE ${row['code']}`);
  const known = new Set([...codesOf('core'), ...codesOf(pack), ...places, 'YES_NO YES', 'YES_NO NO']);
  const areas = csv(`countries/${pack}/areas.csv`);
  const parents = new Map<string, Set<string>>(areas.map((row) => [row['code'] ?? '', new Set([row['parent'] ?? ''])]));
  for (const row of csv(`countries/${pack}/area_readings.csv`))
    parents.get(row['area'] ?? '')?.add(row['parent'] ?? '');
  const liesWithin = (area: string, container: string): boolean =>
    area === container || [...(parents.get(area) ?? [])].some((parent) => liesWithin(parent, container));
  return {
    hasCode: (list, code) => special.includes(code) || known.has(`${list} ${code}`),
    hasArea: (code) => parents.has(code),
    liesWithin,
  };
}

export const shippedProfile = (name: string): Record<string, unknown> =>
  parseYaml(text(`samples/${name}.mapping.yaml`)) as Record<string, unknown>;

export const shippedMapping = (name: string): Mapping => readMapping(shippedProfile(name));

/** The rows of a sample, each under the names of its header. */
export const sampleRows = (name: string): readonly Cells[] => csv(`samples/${name}.csv`);

/** The examples of a file beside this one. */
export const examplesIn = <T>(file: string): readonly T[] =>
  parseYaml(readFileSync(new URL(file, import.meta.url), 'utf8'), { schema: 'core' }) as readonly T[];
