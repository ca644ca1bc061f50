/** Tables and charts as figures with captions, notes, source and their place in the register. */
import { drawChart } from '../charts/draw.js';
import { inTable } from '../citations.js';
import type { Chart, Column, Row, Table } from '../document.js';
import type { Language, NumberStyle } from '../language.js';
import { SHORT } from '../wording/terms.js';
import { escapeMarkup } from './markup.js';
import type { References } from './runs.js';
import { cellContent, figureRanges, headContent, sentence } from './runs.js';

const NUMERIC = new Set<Column['kind']>(['count', 'share', 'cumulative', 'measure']);
const align = (column: Column | undefined): string => (column && NUMERIC.has(column.kind) ? ' class="num"' : '');

function rowMarkup(row: Row, columns: readonly Column[]): string {
  const cells = row.cells.map((cell, i) =>
    i === 0 ? `<th scope="row">${cellContent(cell)}</th>` : `<td${align(columns[i])}>${cellContent(cell)}</td>`,
  );
  return `<tr${row.role === 'row' ? '' : ` class="${row.role}"`}>${cells.join('')}</tr>`;
}

/** Tables up to this many rows are kept on one page. */
const LONGEST_UNBROKEN = 13;

const hasSymbols = (table: Table): boolean =>
  table.rows.some((row) =>
    row.cells.some((cell) => cell.kind === 'symbol' || (cell.kind === 'figure' && cell.text === '..')),
  );

export interface Rendering {
  readonly language: Language;
  readonly style: NumberStyle;
  readonly references: References;
}

function grid(table: Table): string {
  const heads = table.columns.map(
    (column) => `<th scope="col"${align(column)}>${headContent(column.head, column.marks)}</th>`,
  );
  return `<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${table.rows.map((row) => rowMarkup(row, table.columns)).join('\n')}
</tbody>`;
}

function underneath(table: Table, { language, references }: Rendering): string {
  const notes = table.footnotes.map(
    ({ mark, text }) => `<li>${mark === '' ? '' : `<b>${escapeMarkup(mark)}</b> `}${escapeMarkup(text)}</li>`,
  );
  const symbols = hasSymbols(table) ? ` ${escapeMarkup(SHORT.symbols[language])}` : '';
  const ids = inTable(table);
  const register =
    ids.length === 0 ? '' : ` ${escapeMarkup(SHORT.inRegister[language])} ${figureRanges(ids, references)}.`;
  const list = notes.length === 0 ? '' : `<ul class="marks">${notes.join('')}</ul>`;
  return `${list}<p class="source">${escapeMarkup(table.source)}${symbols}${register}</p>`;
}

export function tableMarkup(table: Table, rendering: Rendering): string {
  const caption = `<caption id="${table.id}-caption"><span class="label">${escapeMarkup(table.label)}</span> <span class="title">${escapeMarkup(table.title)}</span></caption>`;
  const short = table.rows.length <= LONGEST_UNBROKEN ? ' short' : '';
  return `<figure class="table${short}" id="${table.id}">
<div class="scroll" tabindex="0" role="region" aria-labelledby="${table.id}-caption"><table>${caption}
${grid(table)}</table></div>
${underneath(table, rendering)}
</figure>`;
}

export function chartMarkup(chart: Chart, rendering: Rendering): string {
  const { language, style, references } = rendering;
  const notes = chart.footnotes.map((text) => `<li>${escapeMarkup(text)}</li>`).join('');
  return `<figure class="chart" id="${chart.id}">
<figcaption><span class="label">${escapeMarkup(chart.label)}</span> <span class="title">${escapeMarkup(chart.title)}</span> <span class="base">${sentence(chart.subtitle, references)}</span></figcaption>
<div class="drawing">${drawChart(chart, language, style)}</div>
${notes === '' ? '' : `<ul class="marks">${notes}</ul>`}<p class="source">${escapeMarkup(chart.source)} ${escapeMarkup(SHORT.inRegister[language])} ${figureRanges(inTable(chart.data), references)}.</p>
<details><summary>${escapeMarkup(SHORT.chartData[language])}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(chart.label)}"><table>
${grid(chart.data)}</table></div></details>
</figure>`;
}
