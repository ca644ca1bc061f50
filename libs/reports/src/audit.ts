/**
 * The arithmetic checks every report passes before it is rendered (report-forms.md §4): parts to total, shares to
 * their base, exclusive classes to 100, running totals that never fall, and the same figures in both languages. A
 * failed check does not stop the report; it stands in it as a warning.
 */
import type { AuditCheck, AuditFinding } from './audit-finding.js';
import { citedFigures, tablesOf } from './citations.js';
import type { Cited } from './citations.js';
import type { Cell, ColumnKind, ReportDocument, Row, Run, Table } from './document.js';
import type { Contradiction, Figure } from './figures.js';
import { SMALLEST_BASE_FOR_PERCENT, writeNumber } from './numbers.js';

/** Reads a figure by its id; undefined when the report does not know it. */
export type FigureReader = (id: string) => Figure | undefined;

const show = (value: number): string => writeNumber(value, Number.isInteger(value) ? 0 : 1);

function finding(check: AuditCheck, where: string, en: string, es: string): AuditFinding {
  return { check, where, words: { en, es } };
}

const figureIn = (cell: Cell | undefined, read: FigureReader): Figure | undefined =>
  cell?.kind === 'figure' ? read(cell.figure) : undefined;

const valueIn = (row: Row | undefined, column: number, read: FigureReader): number | null =>
  figureIn(row?.cells[column], read)?.value ?? null;

const columnsOf = (table: Table, kind: ColumnKind): readonly number[] =>
  table.columns.flatMap((column, position) => (column.kind === kind ? [position] : []));

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0);

function partsToTotal(table: Table, read: FigureReader): readonly AuditFinding[] {
  const total = table.rows.find((row) => row.role === 'total');
  if (total === undefined || !table.audits.exclusiveRows) return [];
  return columnsOf(table, 'count').flatMap((column) => {
    const printed = valueIn(total, column, read);
    if (printed === null) return [];
    const added = sum(table.rows.filter((row) => row !== total).map((row) => valueIn(row, column, read)));
    if (added === printed) return [];
    const head = table.columns[column]?.head ?? '';
    return finding(
      'parts-to-total',
      table.id,
      `${table.label}, “${head}”: the rows add up to ${show(added)}, the total says ${show(printed)}.`,
      `${table.label}, «${head}»: las filas suman ${show(added)} y el total dice ${show(printed)}.`,
    );
  });
}

function partsAcross(table: Table, read: FigureReader): readonly AuditFinding[] {
  const { across } = table.audits;
  if (across === undefined) return [];
  return table.rows.flatMap((row) => {
    const printed = valueIn(row, across.total, read);
    const added = sum(across.parts.map((column) => valueIn(row, column, read)));
    if (printed === null || added === printed) return [];
    const label = row.cells[0]?.kind === 'text' ? row.cells[0].text : '';
    return finding(
      'parts-across',
      table.id,
      `${table.label}, row “${label}”: the columns add up to ${show(added)}, the total says ${show(printed)}.`,
      `${table.label}, fila «${label}»: las columnas suman ${show(added)} y el total dice ${show(printed)}.`,
    );
  });
}

function sharesToBase(table: Table, read: FigureReader): readonly AuditFinding[] {
  return columnsOf(table, 'share').flatMap((column) => {
    const shares = table.rows.map((row) => ({ row, figure: figureIn(row.cells[column], read) }));
    const wrong = shares.flatMap(({ figure }): readonly AuditFinding[] => {
      if (figure === undefined || figure.value === null || figure.part === null || !figure.base) return [];
      if (Math.abs(figure.value - figure.part / figure.base) < 5e-4 && figure.value <= 1) return [];
      return [
        finding(
          'share-to-base',
          table.id,
          `${table.label}: a share of ${show(figure.value * 100)}% is not ${show(figure.part)} of ${show(figure.base)}.`,
          `${table.label}: una proporción de ${show(figure.value * 100)} % no es ${show(figure.part)} de ${show(figure.base)}.`,
        ),
      ];
    });
    const classes = shares.filter(({ row, figure }) => row.role === 'row' || (row.role === 'unknown' && figure));
    const added = sum(classes.map(({ figure }) => figure?.value ?? null)) * 100;
    const complete = classes.length > 0 && classes.every(({ figure }) => typeof figure?.value === 'number');
    if (!table.audits.exclusiveRows || !complete || Math.abs(added - 100) <= 0.5) return wrong;
    return [
      ...wrong,
      finding(
        'classes-to-100',
        table.id,
        `${table.label}: exclusive classes add up to ${show(added)}%, not to 100%.`,
        `${table.label}: las clases excluyentes suman ${show(added)} %, no 100 %.`,
      ),
    ];
  });
}

function cumulativeFalls(table: Table, read: FigureReader): readonly AuditFinding[] {
  return columnsOf(table, 'cumulative').flatMap((column) => {
    const series = table.rows.filter((row) => row.role === 'row').map((row) => valueIn(row, column, read) ?? 0);
    const fall = series.findIndex((value, place) => place > 0 && value < (series[place - 1] ?? 0));
    if (fall < 0) return [];
    return finding(
      'cumulative-falls',
      table.id,
      `${table.label}: the running total falls from ${show(series[fall - 1] ?? 0)} to ${show(series[fall] ?? 0)}.`,
      `${table.label}: el acumulado baja de ${show(series[fall - 1] ?? 0)} a ${show(series[fall] ?? 0)}.`,
    );
  });
}

/** A percentage sign on a base that is too small, anywhere in a table. */
function percentOnSmallBase(table: Table, read: FigureReader): readonly AuditFinding[] {
  const small = table.rows
    .flatMap((row) => row.cells)
    .flatMap((cell): readonly (Cell | Run)[] => (cell.kind === 'runs' ? cell.runs : [cell]))
    .some((cell) => {
      if (cell.kind !== 'figure' || !cell.text.includes('%')) return false;
      const base = read(cell.figure)?.base ?? null;
      return base !== null && base < SMALLEST_BASE_FOR_PERCENT;
    });
  if (!small) return [];
  return [
    finding(
      'percent-on-small-base',
      table.id,
      `${table.label}: a percentage stands on a base under ${SMALLEST_BASE_FOR_PERCENT}.`,
      `${table.label}: hay un porcentaje sobre una base menor de ${SMALLEST_BASE_FOR_PERCENT}.`,
    ),
  ];
}

function figuresRegistered(document: Cited, read: FigureReader): readonly AuditFinding[] {
  const missing = citedFigures(document).filter((id) => read(id) === undefined);
  return missing.map((id) =>
    finding(
      'figure-not-registered',
      id,
      `The figure ${id} is printed but is not in the register.`,
      `La cifra ${id} está impresa pero no figura en el registro.`,
    ),
  );
}

function versionsDiffer(document: Cited, read: FigureReader): readonly AuditFinding[] {
  const origins = citedFigures(document).map((id) => read(id)?.origin);
  const queries = origins.flatMap((origin) => (origin?.kind === 'query' ? [origin] : []));
  const versions = new Set(queries.map((origin) => `${origin.dataVersion}, ${origin.request.asOf}`));
  if (versions.size < 2) return [];
  const list = [...versions].sort().join('; ');
  return [
    finding(
      'versions-differ',
      'document',
      `The figures come from different data versions or cut-off days (${list}).`,
      `Las cifras provienen de versiones de datos o fechas de corte distintas (${list}).`,
    ),
  ];
}

const questionOf = (origin: Contradiction['origin']): string =>
  origin.kind === 'query' ? origin.question : origin.kind;

/** Two questions that ask for the same thing must answer the same. */
export function auditContradictions(contradictions: readonly Contradiction[]): readonly AuditFinding[] {
  const spell = (value: number | null): string => (value === null ? '..' : show(value));
  return contradictions.map(({ figure, again, origin }) => {
    const [one, other] = [questionOf(figure.origin), questionOf(origin)];
    const [first, second] = [spell(figure.value), spell(again)];
    return finding(
      'values-differ',
      figure.id,
      `The figure ${figure.id} is ${first} in the answer to “${one}” and ${second} in the answer to “${other}”.`,
      `La cifra ${figure.id} es ${first} en la respuesta a «${one}» y ${second} en la respuesta a «${other}».`,
    );
  });
}

/** Checks everything that is printed. An empty list means that the arithmetic holds. */
export function auditReport(document: Cited, read: FigureReader): readonly AuditFinding[] {
  const inTables = tablesOf(document).flatMap((table) => [
    ...partsToTotal(table, read),
    ...partsAcross(table, read),
    ...sharesToBase(table, read),
    ...cumulativeFalls(table, read),
    ...percentOnSmallBase(table, read),
  ]);
  return [...inTables, ...figuresRegistered(document, read), ...versionsDiffer(document, read)];
}

/** The two readings of one report must print the same figures with the same values (report-forms.md §12.3). */
export function auditTranslations(one: ReportDocument, other: ReportDocument): readonly AuditFinding[] {
  const spell = (document: ReportDocument): readonly string[] =>
    document.register.figures.map(({ figure }) => `${figure.id} = ${figure.value ?? '..'}`).sort();
  const [here, there] = [new Set(spell(one)), new Set(spell(other))];
  const onlyHere = [...here].filter((line) => !there.has(line));
  const onlyThere = [...there].filter((line) => !here.has(line));
  return [...onlyHere, ...onlyThere].map((line) =>
    finding(
      'languages-differ',
      line.split(' ')[0] ?? '',
      `The two languages do not print the same figure: ${line}.`,
      `Los dos idiomas no imprimen la misma cifra: ${line}.`,
    ),
  );
}
