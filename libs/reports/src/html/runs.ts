/** Sentences, cells and references as markup. */
import type { Cell, ReportDocument, Run, Runs, Statement } from '../document.js';
import { SYMBOLS } from '../document.js';
import { escapeMarkup } from './markup.js';

/** Looks up the places that marks lead to. */
export interface References {
  /** Place of a figure in the register. */
  readonly figure: (id: string) => number;
  readonly note: (id: string) => number;
}

export function referencesOf(document: ReportDocument): References {
  const figures = new Map(document.register.figures.map(({ figure, number }) => [figure.id, number]));
  const notes = new Map(document.notes.map(({ id, number }) => [id, number]));
  return { figure: (id) => figures.get(id) ?? 0, note: (id) => notes.get(id) ?? 0 };
}

/** A sentence: each figure leads to the register, each note to its text. */
export function sentence(runs: Runs, references: References): string {
  return runs
    .map((run, i) => {
      const comma = run.kind === 'note' && runs[i - 1]?.kind === 'note' ? '<sup class="n">,</sup>' : '';
      return comma + inSentence(run, references);
    })
    .join('');
}

function inSentence(run: Run, { figure, note }: References): string {
  switch (run.kind) {
    case 'text':
      return escapeMarkup(run.text);
    case 'strong':
      return `<strong>${escapeMarkup(run.text)}</strong>`;
    case 'figure': {
      const id = escapeMarkup(run.figure);
      const mark = `<sup class="f"><a href="#${id}" title="${id}">${figure(run.figure)}</a></sup>`;
      return `<span data-figure="${id}">${escapeMarkup(run.text)}</span>${mark}`;
    }
    case 'note':
      return `<sup class="n"><a href="#${escapeMarkup(run.note)}" id="${escapeMarkup(run.note)}-ref">${note(run.note)}</a></sup>`;
  }
}

/** Where the register is named beside the table or tile, figures carry their id but no mark. */
export function unmarked(runs: Runs): string {
  return runs
    .map((run) => {
      if (run.kind === 'note') return '';
      const text = escapeMarkup(run.text);
      return run.kind === 'figure' ? `<span data-figure="${escapeMarkup(run.figure)}">${text}</span>` : text;
    })
    .join('');
}

export function statements(list: readonly Statement[], references: References): string {
  return list.map(({ runs }) => sentence(runs, references)).join(' ');
}

const marksOf = (marks: readonly string[] | undefined): string =>
  marks === undefined || marks.length === 0 ? '' : `<sup>${marks.map(escapeMarkup).join(',')}</sup>`;

/** A number stays with its unit, a date in one piece. */
const unbroken = (markup: string): string =>
  markup.replace(/\d{4}-\d\d(?:-\d\d)?|\d+ (?:h|days|días)\b/g, '<span class="nb">$&</span>');

export function cellContent(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return unbroken(escapeMarkup(cell.text)) + marksOf(cell.marks);
    case 'figure':
      return `<span data-figure="${escapeMarkup(cell.figure)}">${escapeMarkup(cell.text)}</span>`;
    case 'runs':
      return unmarked(cell.runs);
    case 'symbol':
      return SYMBOLS[cell.symbol];
  }
}

export const headContent = (head: string, marks: readonly string[] | undefined): string =>
  unbroken(escapeMarkup(head)) + marksOf(marks);

/** `f3, f23–f61`: the figures of a table in the register, each range leading to its first. */
export function figureRanges(ids: readonly string[], references: References): string {
  const places = [...new Map(ids.map((id) => [references.figure(id), id])).entries()].sort((a, b) => a[0] - b[0]);
  const ranges = places.reduce<{ from: number; to: number; id: string }[]>((found, [place, id]) => {
    const last = found.at(-1);
    if (last?.to === place - 1) return [...found.slice(0, -1), { ...last, to: place }];
    return [...found, { from: place, to: place, id }];
  }, []);
  return ranges
    .map(({ from, to, id }) => `<a href="#${escapeMarkup(id)}">${from === to ? from : `${from}–${to}`}</a>`)
    .join(', ');
}
