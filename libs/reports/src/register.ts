/** How a question and a slice are spelled in the figure register; the same in every language. */
import type { FigureRequest } from '#lib/disclosure';
import type { Figure } from './figures.js';

/** `arrests_total by month; where consent=ANON_STATISTICS; 2022-03-27/2023-03-27; as of 2023-03-27`. */
export function spellQuery({ indicator, by, where, from, to, asOf, limit }: FigureRequest): string {
  const filters = Object.entries(where).map(([dimension, codes]) => `${dimension}=${codes.join('+')}`);
  return [
    by.length === 0 ? indicator : `${indicator} by ${by.join(', ')}`,
    ...(filters.length === 0 ? [] : [`where ${filters.join(', ')}`]),
    ...(limit === null ? [] : [`limit ${limit}`]),
    `${from ?? '..'}/${to ?? '..'}`,
    `as of ${asOf}`,
  ].join('; ');
}

/** `month=2022-04; share`. */
export function spellSlice({ slice, measure, origin }: Figure): string {
  const dimensions = Object.entries(slice).map(([dimension, codes]) => `${dimension}=${abridged(codes)}`);
  const source = origin.kind === 'published' ? [`${origin.owner}, ${origin.on}`] : [];
  return [...dimensions, measure, ...source].join('; ');
}

/** A running total names its first and last code. */
const abridged = (codes: readonly string[]): string =>
  codes.length > 3 ? `${codes[0]}…${codes.at(-1)}` : codes.join('+');
