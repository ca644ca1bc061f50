/**
 * A report as GitHub-flavoured Markdown: figures of the text and notes are footnotes, charts are their data as tables.
 * Everything that comes from a label, a title or a person is escaped.
 */
import type {
  Block,
  Cell,
  Chart,
  Column,
  ReportDocument,
  Row,
  Run,
  Runs,
  Section,
  Statement,
  Table,
} from './document.js';
import { SYMBOLS } from './document.js';
import { withoutControls } from './html/markup.js';
import { spellQuery, spellSlice } from './register.js';
import { Speech } from './speech.js';
import { SECTION_TITLES, SHORT } from './wording/terms.js';

/** Text that must not become markup: Markdown signs, HTML, line breaks. */
export function escapeMarkdown(text: string): string {
  return withoutControls(text)
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]#|~$]/g, '\\$&')
    .replace(/^([-+]|\d+[.)])(?=\s)/, '\\$1');
}

const code = (text: string): string => `\`${text.replace(/`/g, "'").replace(/\|/g, '\\|').replace(/\s+/g, ' ')}\``;

/** Which figures the text cites; each becomes a footnote. */
class Footnotes {
  private readonly cited = new Set<number>();
  private readonly places: ReadonlyMap<string, number>;
  private readonly notes: ReadonlyMap<string, number>;

  constructor(document: ReportDocument) {
    this.places = new Map(document.register.figures.map(({ figure, number }) => [figure.id, number]));
    this.notes = new Map(document.notes.map(({ id, number }) => [id, number]));
  }

  figure(id: string): string {
    const place = this.places.get(id) ?? 0;
    this.cited.add(place);
    return `[^f${place}]`;
  }

  note(id: string): string {
    return `[^n${this.notes.get(id) ?? 0}]`;
  }

  has(place: number): boolean {
    return this.cited.has(place);
  }
}

const plain = (run: Run): string => (run.kind === 'note' ? '' : escapeMarkdown(run.text));
const unmarked = (runs: Runs): string => runs.map(plain).join('');

function sentence(runs: Runs, footnotes: Footnotes): string {
  return runs
    .map((run) => {
      if (run.kind === 'note') return footnotes.note(run.note);
      // Spaces at the ends of a run belong to the sentence, so they are kept as they are.
      const text = run.text.replace(
        /^(\s*)([\s\S]*?)(\s*)$/,
        (_, a: string, b: string, c: string) => a + escapeMarkdown(b) + c,
      );
      if (run.kind === 'strong') return `**${text}**`;
      return run.kind === 'figure' ? text + footnotes.figure(run.figure) : text;
    })
    .join('');
}

const paragraph = (statements: readonly Statement[], footnotes: Footnotes): string =>
  statements.map(({ runs }) => sentence(runs, footnotes)).join(' ');

const marks = (list: readonly string[] | undefined): string =>
  list === undefined || list.length === 0 ? '' : `<sup>${list.map(escapeMarkdown).join(',')}</sup>`;

function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return escapeMarkdown(cell.text) + marks(cell.marks);
    case 'figure':
      return escapeMarkdown(cell.text);
    case 'runs':
      return unmarked(cell.runs);
    case 'symbol':
      return SYMBOLS[cell.symbol];
  }
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const isNumeric = ({ kind }: Column): boolean => kind !== 'label' && kind !== 'text';

function rowText(row: Row): string {
  const emphasis = { row: '', unknown: '_', total: '**' }[row.role];
  return line(row.cells.map((cell) => emphasis + cellText(cell) + emphasis));
}

function grid({ columns, rows }: Table): string {
  return [
    line(columns.map(({ head, marks: list }) => escapeMarkdown(head) + marks(list))),
    line(columns.map((column) => (isNumeric(column) ? '---:' : '---'))),
    ...rows.map(rowText),
  ].join('\n');
}

function tableText(table: Table): string {
  const footnotes = table.footnotes.map(
    ({ mark, text }) => `${mark === '' ? '' : `<sup>${escapeMarkdown(mark)}</sup> `}${escapeMarkdown(text)}`,
  );
  return [
    `**${escapeMarkdown(table.label)}. ${escapeMarkdown(table.title)}**`,
    grid(table),
    [...footnotes, `_${escapeMarkdown(table.source)}_`].join('  \n'),
  ].join('\n\n');
}

function chartText(chart: Chart): string {
  const { footnotes, label, title, subtitle, alt, data, source } = chart;
  return [
    `**${escapeMarkdown(label)}. ${escapeMarkdown(title)}** (${unmarked(subtitle)})`,
    escapeMarkdown(alt),
    grid(data),
    [...footnotes.map(escapeMarkdown), `_${escapeMarkdown(source)}_`].join('  \n'),
  ].join('\n\n');
}

function blockText(block: Block, footnotes: Footnotes): string {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block.statements, footnotes);
    case 'bullets':
      return block.items.map(({ runs }) => `- ${sentence(runs, footnotes)}`).join('\n');
    case 'subheading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'table':
      return tableText(block);
    case 'chart':
      return chartText(block);
    case 'method':
      return block.fields
        .map(
          ({ title, statements }, i) => `### ${i + 1}. ${escapeMarkdown(title)}\n\n${paragraph(statements, footnotes)}`,
        )
        .join('\n\n');
  }
}

const heading = (label: string, title: string): string =>
  `## ${`${label}${label === '' ? '' : '. '}`}${escapeMarkdown(title)}`;

const sectionText = (section: Section, footnotes: Footnotes): string =>
  [heading(section.label, section.title), ...section.blocks.map((block) => blockText(block, footnotes))].join('\n\n');

function front(document: ReportDocument, footnotes: Footnotes): readonly string[] {
  const { identity, cover, tiles, abstract, audit, subtitle } = document;
  const { language } = identity;
  const facts = cover.map(({ label, runs }) => `- ${escapeMarkdown(label)}: **${unmarked(runs)}**`);
  const warning = audit.map(({ words }) => `> - ${escapeMarkdown(words[language])}`);
  const key = tiles.map(({ value, label, base }) =>
    line([`**${unmarked(value)}**`, escapeMarkdown(label), unmarked(base)]),
  );
  return [
    `# ${escapeMarkdown(identity.title)}`,
    `${escapeMarkdown(subtitle)}  \n${escapeMarkdown(identity.organisation)} · ${escapeMarkdown(identity.documentNumber)}`,
    facts.join('\n'),
    ...(warning.length === 0 ? [] : [`> **${SHORT.warning[language]}**\n>\n${warning.join('\n')}`]),
    `## ${SHORT.keyFigures[language]}`,
    [line(['', '', '']), line(['---:', '---', '---']), ...key].join('\n'),
    `## ${SHORT.abstract[language]}`,
    abstract.map(({ runs }) => `- ${sentence(runs, footnotes)}`).join('\n'),
  ];
}

function registerText(document: ReportDocument): readonly string[] {
  const { language, numberStyle } = document.identity;
  const speech = new Speech(language, numberStyle);
  const { queries, figures } = document.register;
  const head = [line(['', '', '', '', 'n']), line(['---', '---', '---', '---:', '---:'])];
  const list = (query: string | null): string =>
    [
      ...head,
      ...figures
        .filter((entry) => entry.query === query)
        .map(({ number, figure }) => {
          const base = figure.base === null ? '' : speech.number(figure.base);
          return line([`f${number}`, code(figure.id), code(spellSlice(figure)), speech.text(figure), base]);
        }),
    ].join('\n');
  const asked = queries.flatMap(({ label, question, request, dataVersion, marking }) => [
    `### ${label} ${escapeMarkdown(question)}`,
    `${code(spellQuery(request))} · ${escapeMarkdown(dataVersion)} · ${SHORT.suppression[language]} (${escapeMarkdown(marking)})`,
    list(label),
  ]);
  const others = figures.some(({ query }) => query === null);
  return others ? [...asked, `### ${SHORT.otherFigures[language]}`, list(null)] : asked;
}

function footnoteText(document: ReportDocument, footnotes: Footnotes): readonly string[] {
  const notes = document.notes.map(({ number, runs, address }) => {
    const link = address === null ? '' : ` <${encodeURI(address)}>`;
    return `[^n${number}]: ${unmarked(runs)}${address !== null && /^https?:/i.test(address) ? link : address === null ? '' : ` ${escapeMarkdown(address)}`}`;
  });
  const figures = document.register.figures
    .filter(({ number }) => footnotes.has(number))
    .map(({ number, figure, query }) => {
      const asked = query === null ? '' : ` ${query}.`;
      return `[^f${number}]: ${code(figure.id)}: ${code(spellSlice(figure))}.${asked}`;
    });
  return [...notes, ...figures];
}

/** The whole report as text. The same document always gives the same bytes. */
export function renderMarkdown(document: ReportDocument): string {
  const { language } = document.identity;
  const footnotes = new Footnotes(document);
  const annexes = document.sections.filter(({ annex }) => annex).length;
  const register = `${SHORT.annexLabel[language]} ${String.fromCharCode('A'.charCodeAt(0) + annexes)}`;
  const marking = document.marking === null ? [] : [`> **${escapeMarkdown(document.marking.text)}**`];
  const body = [
    ...marking,
    ...front(document, footnotes),
    ...document.sections.map((section) => sectionText(section, footnotes)),
    heading(register, SECTION_TITLES.register[language]),
    ...registerText(document),
    ...marking,
  ];
  return `${[...body, footnoteText(document, footnotes).join('\n')].join('\n\n')}\n`;
}
