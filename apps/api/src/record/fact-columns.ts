/** Columns that many fact rows share: spans of days, months, areas, codes. Open sides are infinite, so that they compare. */
import { UNKNOWN_ID, type Catalogue } from '../reference/catalogue.js';
import type { Row } from './event-rows.js';

export const NEVER = 'infinity';
export const ALWAYS = '-infinity';

export const from = (day: string | null | undefined): string => day ?? ALWAYS;
export const to = (day: string | null | undefined): string => day ?? NEVER;
export const codes = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);
export const code = (row: Row | undefined, column: string): string =>
  typeof row?.[column] === 'string' ? row[column] : 'UNKNOWN';

/** The two columns of an interval of days. */
export function span(
  name: string,
  found: { readonly earliest: string | null; readonly latest: string | null } | null,
): Row {
  return found === null
    ? { [`${name}_from`]: NEVER, [`${name}_to`]: NEVER }
    : { [`${name}_from`]: from(found.earliest), [`${name}_to`]: to(found.latest) };
}

/** Year and month as one number: 202204; 202200 when only the year is known, 0 when not even that. */
export function monthNumber(when: { readonly earliest: string | null; readonly latest: string | null }): number {
  const [first, last] = [when.earliest?.slice(0, 7), when.latest?.slice(0, 7)];
  if (first === undefined || last === undefined || first.slice(0, 4) !== last.slice(0, 4)) return 0;
  return first === last ? Number(first.replace('-', '')) : Number(first.slice(0, 4)) * 100;
}

export function levels(catalogue: Catalogue, area: string): Row {
  const chain = catalogue.areaChain(area);
  const at = (level: number): number => chain.find((one) => one.level === level)?.id ?? UNKNOWN_ID;
  return { area1: at(1), area2: at(2), area3: at(3) };
}
