/** From a request to the values of a `.sql` file: dimensions from the catalogue, codes to the numbers that facts carry. */
import { dimensionNamed, dimensionsOf, type Dimension, type FigureRequest, type Indicator } from '#lib/statistics';
import type { Fault } from '#lib/problem';
import { UNKNOWN_ID, type Catalogue, type Country } from '../reference/catalogue.js';
import { figureProblems } from './figures.problems.js';

export const FILTER_SLOTS = 6;

/** Parameters of a question's `.sql` file. */
export type QuestionValues = Readonly<Record<string, unknown>>;

export interface Question {
  readonly indicator: Indicator;
  readonly dimensions: readonly Dimension[];
  readonly values: QuestionValues;
}

interface Filter {
  readonly dimension: string;
  readonly numbers: readonly string[] | null;
  readonly mask: string | null;
}

/** The numbers of codes under one dimension; null when the dimension has no such code. */
function numbersOf(
  dimension: Dimension,
  codes: readonly string[],
  country: Country,
  catalogue: Catalogue,
): Filter | null {
  const single = (numbers: readonly (number | undefined)[]): Filter | null =>
    numbers.includes(undefined) ? null : { dimension: dimension.code, numbers: numbers.map(String), mask: null };
  switch (dimension.kind) {
    case 'term':
      return single(codes.map((code) => catalogue.term(dimension.vocabulary ?? '', code, country.code)?.id));
    case 'terms': {
      const known = codes.every(
        (code) => (catalogue.term(dimension.vocabulary ?? '', code, country.code)?.bit ?? null) !== null,
      );
      return known
        ? {
            dimension: dimension.code,
            numbers: null,
            mask: catalogue.maskOf(dimension.vocabulary ?? '', codes, country.code).toString(),
          }
        : null;
    }
    case 'combination': {
      const lists = codes.map((code) => code.split(' '));
      const known = lists
        .flat()
        .every((code) => (catalogue.term(dimension.vocabulary ?? '', code, country.code)?.bit ?? null) !== null);
      return known
        ? {
            dimension: dimension.code,
            numbers: lists.map((list) => catalogue.maskOf(dimension.vocabulary ?? '', list, country.code).toString()),
            mask: null,
          }
        : null;
    }
    case 'holds': {
      const bit = catalogue.maskOf(dimension.vocabulary ?? '', [dimension.term ?? ''], country.code).toString();
      return codes.length === 1 && codes[0] === 'YES' ? { dimension: dimension.code, numbers: null, mask: bit } : null;
    }
    case 'area':
      return single(codes.map((code) => (code === 'UNKNOWN' ? UNKNOWN_ID : catalogue.area(code)?.id)));
    case 'place':
      return single(codes.map((code) => catalogue.placeNo(code)));
    case 'month':
      return single(
        codes.map((code) =>
          code === 'UNKNOWN'
            ? 0
            : /^\d{4}-\d{2}$/.test(code)
              ? Number(code.replace('-', ''))
              : /^\d{4}$/.test(code)
                ? Number(code) * 100
                : undefined,
        ),
      );
    case 'year':
      return single(codes.map((code) => (code === 'UNKNOWN' ? 0 : /^\d{4}$/.test(code) ? Number(code) : undefined)));
    case 'office':
      return null;
  }
}

/** Dimensions that read the same column of a fact as another one. */
const COLUMN_OF: Readonly<Record<string, string>> = { statisticsConsent: 'consent' };
export const columnOf = (code: string): string => COLUMN_OF[code] ?? code;

/** Reads a request against the catalogue. Refuses unknown dimensions and codes, naming the parameter at fault. */
export function questionOf(
  request: FigureRequest,
  indicator: Indicator,
  country: Country,
  organisationNo: number,
  catalogue: Catalogue,
): Question {
  const allowed = dimensionsOf(indicator);
  const faults: Fault[] = [];
  const fault = (pointer: string, code: string, detail: string): void => void faults.push({ pointer, code, detail });
  const dimensions = request.by.flatMap((code) => {
    const found = dimensionNamed(code);
    if (found && allowed.includes(found)) return [found];
    fault(
      'by',
      'dimension.unknown',
      found ? 'This indicator cannot be split by this dimension.' : 'There is no such dimension.',
    );
    return [];
  });
  if (new Set(request.by).size !== request.by.length)
    fault('by', 'dimension.repeated', 'A dimension stands there twice.');
  const own =
    indicator.computation.kind === 'count' || indicator.computation.kind === 'share'
      ? (indicator.computation.where ?? {})
      : {};
  const filters = [...Object.entries(own), ...Object.entries(request.where)].flatMap(([code, codes]): Filter[] => {
    const dimension = dimensionNamed(code);
    if (!dimension || !allowed.includes(dimension)) {
      fault(`where.${code}`, 'dimension.unknown', 'This indicator cannot be filtered by this dimension.');
      return [];
    }
    const filter = numbersOf(dimension, codes, country, catalogue);
    if (filter) return [filter];
    fault(`where.${code}`, 'code.unknown', 'The list of this dimension has no such code.');
    return [];
  });
  if (filters.length > FILTER_SLOTS) fault('where', 'filter.too-many', `At most ${FILTER_SLOTS} filters.`);
  if (request.from !== null && request.to !== null && request.from > request.to)
    throw figureProblems.reversedPeriod({});
  if (faults.length > 0) throw figureProblems.badQuestion({}, faults);
  const slots = Object.fromEntries(
    filters.flatMap((filter, index) => [
      [`f${index + 1}`, columnOf(filter.dimension)],
      [`n${index + 1}`, filter.numbers],
      [`m${index + 1}`, filter.mask],
    ]),
  ) as Record<string, unknown>;
  const unknown = (vocabulary: string): number => catalogue.idOf(vocabulary, 'UNKNOWN', country.code);
  return {
    indicator,
    dimensions,
    values: {
      organisationNo,
      country: country.no,
      asOf: request.asOf,
      from: request.from ?? undefined,
      to: request.to ?? undefined,
      d1: columnOf(request.by[0] ?? '') || null,
      d2: columnOf(request.by[1] ?? '') || null,
      d3: columnOf(request.by[2] ?? '') || null,
      unknownStage: unknown('STAGE'),
      unknownMeasure: unknown('MEASURE'),
      unknownCounsel: unknown('LEGAL_AID'),
      ...slots,
    },
  };
}
