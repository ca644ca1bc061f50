/** Which figures a report prints, in the order in which a reader meets them. */
import { figuresOf } from './charts/spec.js';
import type { Block, Cell, ReportDocument, Runs, Statement, Table } from './document.js';

const inRuns = (runs: Runs): readonly string[] => runs.flatMap((run) => (run.kind === 'figure' ? [run.figure] : []));
const inStatements = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap((statement) => inRuns(statement.runs));

function inCell(cell: Cell): readonly string[] {
  if (cell.kind === 'figure') return [cell.figure];
  return cell.kind === 'runs' ? inRuns(cell.runs) : [];
}

export const inTable = (table: Table): readonly string[] =>
  table.rows.flatMap((row) => row.cells.flatMap((cell) => inCell(cell)));

function inBlock(block: Block): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return inStatements(block.statements);
    case 'bullets':
      return inStatements(block.items);
    case 'subheading':
      return [];
    case 'table':
      return inTable(block);
    case 'chart':
      return [...inRuns(block.subtitle), ...figuresOf(block.spec), ...inTable(block.data)];
    case 'method':
      return block.fields.flatMap((field) => inStatements(field.statements));
  }
}

/** The parts of a report in which figures are printed. */
export type Cited = Pick<ReportDocument, 'cover' | 'tiles' | 'abstract' | 'sections' | 'notes'>;

/** Figure ids in order of first appearance, each once. */
export function citedFigures(document: Cited): readonly string[] {
  return [
    ...new Set([
      ...document.cover.flatMap((fact) => inRuns(fact.runs)),
      ...document.tiles.flatMap((tile) => [...inRuns(tile.value), ...inRuns(tile.base)]),
      ...inStatements(document.abstract),
      ...document.sections.flatMap((section) => section.blocks.flatMap(inBlock)),
      ...document.notes.flatMap((note) => inRuns(note.runs)),
    ]),
  ];
}

/** Every table of a report, those behind charts included. */
export function tablesOf(document: Pick<ReportDocument, 'sections'>): readonly Table[] {
  return document.sections.flatMap((section) =>
    section.blocks.flatMap((block) => (block.kind === 'table' ? [block] : block.kind === 'chart' ? [block.data] : [])),
  );
}
