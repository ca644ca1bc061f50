/**
 * Exact figures for people inside the organisation who may see them. Nothing is hidden and nothing may leave: the
 * table carries a marking, and every page made from it shows that marking (docs/architecture.md, "Two lanes out").
 */
import type { ExactTable } from '#lib/statistics';

/** Words that must stand on every page made from a table. */
export interface Marking {
  readonly code: string;
  readonly en: string;
  readonly es: string;
}

export const INTERNAL_MARKING: Marking = {
  code: 'internal',
  en: 'internal: exact figures, not for publication',
  es: 'interno: cifras exactas, no publicar',
};

declare const internal: unique symbol;

/** The content of an exact table under an internal marking. Only `forInternalUse` makes one. */
export interface InternalTable extends Pick<
  ExactTable,
  'request' | 'indicator' | 'unit' | 'dataVersion' | 'multiValued' | 'cells' | 'total' | 'unknown' | 'notes'
> {
  readonly [internal]: true;
  readonly lane: 'internal';
  readonly marking: Marking;
}

/**
 * Lets an exact table be read inside the organisation, under its marking.
 *
 * @example
 *   const table = forInternalUse(answer); // table.lane === 'internal'
 */
export function forInternalUse(table: ExactTable): InternalTable {
  const { request, indicator, unit, dataVersion, multiValued, cells, total, unknown, notes } = table;
  const content = { request, indicator, unit, dataVersion, multiValued, cells, total, unknown, notes };
  return { ...content, lane: 'internal', marking: INTERNAL_MARKING } as unknown as InternalTable;
}
