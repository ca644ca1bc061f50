/** From the numbers of fact rows back to codes, and from groups of rows to cells. */
import type { Dimension } from '#lib/statistics';
import { UNKNOWN_ID, type Catalogue } from '../reference/catalogue.js';

/** Codes that say nothing is known; they are cells of their own and are counted as unknown. */
export const UNKNOWN_CODES = new Set(['UNKNOWN', 'REFUSED', 'NOT_ASKED']);

/** The codes under which a unit with this number is counted: several for a set of terms, else one. */
export function codesOf(
  dimension: Dimension,
  value: bigint,
  country: string,
  catalogue: Catalogue,
  offices: ReadonlyMap<number, string>,
): readonly string[] {
  const number = Number(value);
  switch (dimension.kind) {
    case 'term':
      return [catalogue.termById(number)?.code ?? 'UNKNOWN'];
    case 'terms':
      return catalogue.codesOf(dimension.vocabulary ?? '', value, country);
    case 'combination':
      return [catalogue.codesOf(dimension.vocabulary ?? '', value, country).join(' ') || 'UNKNOWN'];
    case 'holds': {
      const codes = catalogue.codesOf(dimension.vocabulary ?? '', value, country);
      if (codes.includes(dimension.term ?? '')) return ['YES'];
      return [codes.length > 0 && codes.every((code) => UNKNOWN_CODES.has(code)) ? 'UNKNOWN' : 'NO'];
    }
    case 'area':
      return [number === UNKNOWN_ID ? 'UNKNOWN' : (catalogue.areaById(number)?.code ?? 'UNKNOWN')];
    case 'place':
      return [catalogue.placeCode(number)];
    case 'month':
      return [monthCode(number)];
    case 'year':
      return [number === 0 ? 'UNKNOWN' : String(number)];
    case 'office':
      return [offices.get(number) ?? 'UNKNOWN'];
  }
}

function monthCode(number: number): string {
  if (number === 0) return 'UNKNOWN';
  const [year, month] = [Math.floor(number / 100), number % 100];
  return month === 0 ? String(year) : `${year}-${String(month).padStart(2, '0')}`;
}

/** Whether a code leaves open where the unit belongs; a year where a month was asked does, too. */
export const isUnknownCode = (dimension: Dimension, code: string): boolean =>
  UNKNOWN_CODES.has(code) || (dimension.kind === 'month' && code.length === 4);

export interface RawRow {
  readonly d1: string | null;
  readonly d2: string | null;
  readonly d3: string | null;
}

export type Key = Readonly<Record<string, string>>;

/** Every key under which a row's units are counted, and whether one of its dimensions is unknown. */
export class Decoder {
  private readonly cache = new Map<string, readonly string[]>();

  constructor(
    private readonly dimensions: readonly Dimension[],
    private readonly country: string,
    private readonly catalogue: Catalogue,
    private readonly offices: ReadonlyMap<number, string>,
  ) {}

  keysOf(row: RawRow): { readonly keys: readonly Key[]; readonly unknown: boolean } {
    let keys: Key[] = [{}];
    let unknown = false;
    for (const [index, dimension] of this.dimensions.entries()) {
      const raw = [row.d1, row.d2, row.d3][index] ?? '0';
      const codes = this.codes(dimension, raw);
      unknown ||= codes.some((code) => isUnknownCode(dimension, code));
      keys = keys.flatMap((key) => codes.map((code) => ({ ...key, [dimension.code]: code })));
    }
    return { keys, unknown };
  }

  private codes(dimension: Dimension, raw: string): readonly string[] {
    const name = `${dimension.code}|${raw}`;
    const known = this.cache.get(name);
    if (known) return known;
    const codes = codesOf(dimension, BigInt(raw), this.country, this.catalogue, this.offices);
    this.cache.set(name, codes);
    return codes;
  }
}

/** Adds rows up under their keys, and once more without any. */
export class Groups<T> {
  private readonly byKey = new Map<string, { key: Key; rows: T[] }>();
  readonly all: T[] = [];

  add(keys: readonly Key[], row: T): void {
    this.all.push(row);
    for (const key of keys) {
      const name = Object.values(key).join('\u0000');
      const group = this.byKey.get(name) ?? { key, rows: [] };
      group.rows.push(row);
      this.byKey.set(name, group);
    }
  }

  /** Groups in the order of their codes; unknown codes last. */
  sorted(): readonly { readonly key: Key; readonly rows: readonly T[] }[] {
    const rank = (code: string): string =>
      UNKNOWN_CODES.has(code) || code === 'OTHER' || code === 'NOT_APPLICABLE' ? `~${code}` : code;
    const name = (key: Key): string => Object.values(key).map(rank).join('\u0000');
    return [...this.byKey.values()].sort((a, b) => (name(a.key) < name(b.key) ? -1 : 1));
  }
}
