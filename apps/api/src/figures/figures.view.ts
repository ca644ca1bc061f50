/** An exact table as the contract writes it: each cell flat, with the code of every dimension beside its value. */
import { dimensionsOf, isMultiValued, type ExactCell, type ExactTable, type Indicator } from '#lib/statistics';
import type { FiguresView, IndicatorView } from './figures.dto.js';

function toCell(cell: ExactCell): Readonly<Record<string, unknown>> {
  return {
    ...cell.key,
    value: cell.value,
    ...(cell.base === undefined ? {} : { base: cell.base }),
    ...(cell.share ? { share: cell.share } : {}),
    ...(cell.wait ?? {}),
    ...(cell.limit ?? {}),
    ...(cell.rate
      ? {
          deaths: cell.rate.deaths,
          personDays: cell.rate.personDays,
          rate: cell.rate.rate.value,
          interval: [cell.rate.rate.lower, cell.rate.rate.upper],
        }
      : {}),
  };
}

/** For coordinators: exact figures never go to anybody else. */
export const toFiguresView = (table: ExactTable): FiguresView => ({
  indicator: table.indicator,
  unit: table.unit,
  asOf: table.request.asOf,
  dataVersion: table.dataVersion,
  by: [...table.request.by],
  multiValued: [...table.multiValued],
  cells: table.cells.map(toCell),
  total: toCell(table.total),
  unknown: table.unknown,
  notes: [...table.notes],
});

export const toIndicatorView = (indicator: Indicator): IndicatorView => ({
  code: indicator.code,
  unit: indicator.unit,
  en: indicator.en,
  es: indicator.es,
  numerator: indicator.numerator,
  denominator: indicator.denominator,
  hedge: indicator.hedge,
  source: indicator.source,
  dimensions: dimensionsOf(indicator).map((dimension) => ({
    code: dimension.code,
    en: dimension.en,
    es: dimension.es,
    vocabulary: dimension.vocabulary,
    multiValued: isMultiValued(dimension),
  })),
});
