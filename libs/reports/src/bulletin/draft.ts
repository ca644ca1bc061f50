/**
 * A bulletin being written: reads the answers, hands out figures, and numbers tables, charts and notes in the order
 * in which sections ask for them. It decides nothing about content.
 */
import type { ReleasableTable } from '#lib/disclosure';
import { Answer, isMissing, MISSING_CODES, shareOf } from '../answers.js';
import type { ChartSpec, Datum } from '../charts/spec.js';
import type {
  Block,
  Cell,
  Chart,
  Column,
  ColumnKind,
  Note,
  Paragraph,
  Row,
  Run,
  Runs,
  Section,
  Statement,
  Table,
  TableAudits,
  TableFootnote,
} from '../document.js';
import type { Figure } from '../figures.js';
import { FigureBook } from '../figures.js';
import type { Words } from '../language.js';
import { capitalised, Speech } from '../speech.js';
import { englishMethod } from '../wording/english-method.js';
import { englishSentences } from '../wording/english.js';
import type { MethodWording } from '../wording/method.js';
import type { Part, Sentences, Voice } from '../wording/sentences.js';
import { spanishMethod } from '../wording/spanish-method.js';
import { spanishSentences } from '../wording/spanish.js';
import type { SectionName } from '../wording/terms.js';
import { said, SECTION_TITLES, SHORT } from '../wording/terms.js';
import type { BulletinContext } from './context.js';
import type { BulletinQuestion } from './questions.js';

/** Answers by the names of `bulletinQuestions`. */
export type BulletinAnswers = Readonly<Record<string, ReleasableTable>>;

interface TableDraft {
  readonly form: string;
  readonly title: Words;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly footnotes?: readonly TableFootnote[];
  readonly from: readonly Answer[];
  /** Where the rows come from when it is not from the register. */
  readonly source?: Words;
  readonly audits?: TableAudits;
}

interface ChartDraft {
  readonly title: Words;
  readonly base: Runs;
  readonly alt: string;
  readonly spec: ChartSpec;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly footnotes?: readonly string[];
  readonly from: readonly Answer[];
  readonly audits?: TableAudits;
}

export class Draft {
  readonly book = new FigureBook();
  readonly speech: Speech;
  readonly sentences: Sentences;
  readonly method: MethodWording;
  readonly voice: Voice;
  /** Names of the questions in the order of the register: the third is Q3. */
  readonly questions: readonly string[];
  private readonly read = new Map<string, Answer>();
  private readonly noted: Note[] = [];
  private tables = 0;
  private charts = 0;

  constructor(
    private readonly answers: BulletinAnswers,
    readonly context: BulletinContext,
    questions: readonly string[],
  ) {
    const missing = questions.filter((name) => answers[name] === undefined);
    if (missing.length > 0) throw new Error(`The bulletin has no answer to: ${missing.join(', ')}.`);
    this.questions = questions;
    this.speech = new Speech(context.language, context.numberStyle);
    const { from, to, asOf } = this.answer('arrestsByMonth').request;
    if (from === null || to === null) throw new Error('A bulletin needs a first and a last day.');
    const verification = this.answer('verification');
    this.voice = {
      speech: this.speech,
      organisation: context.organisation.name,
      place: said(context.country.name, context.language),
      from,
      to,
      cutOff: asOf,
      allDocumented: verification.codes('verification').every((code) => DOCUMENTED.includes(code)),
    };
    this.sentences = context.language === 'en' ? englishSentences(this.voice) : spanishSentences(this.voice);
    this.method = context.language === 'en' ? englishMethod(this.voice) : spanishMethod(this.voice);
  }

  get notes(): readonly Note[] {
    return this.noted;
  }

  answer(question: BulletinQuestion | `overLimit:${string}`): Answer {
    const known = this.read.get(question);
    if (known !== undefined) return known;
    const table = this.answers[question];
    if (table === undefined) throw new Error(`The bulletin has no answer to: ${question}.`);
    const answer = new Answer(question, table, this.book);
    this.read.set(question, answer);
    return answer;
  }

  say(words: Words): string {
    return said(words, this.context.language);
  }

  /** The name of a code, as the country pack gives it. */
  label(vocabulary: string, code: string): string {
    const label = this.context.labels(vocabulary, code, this.context.language);
    return label === '' ? code : label;
  }

  /** The same at the head of a row, a column or a bar. */
  rowLabel(vocabulary: string, code: string): string {
    return capitalised(this.label(vocabulary, code));
  }

  part(part: Figure, base: Figure): Part {
    return { part, base, share: shareOf(this.book, part, base) };
  }

  /** A paragraph of the sentences that have something to say; null when none has. */
  paragraph(sentences: Readonly<Record<string, Runs | null>>): Paragraph | null {
    const statements = statementsOf(sentences);
    return statements.length === 0 ? null : { kind: 'paragraph', statements };
  }

  section(name: SectionName, label: string, blocks: readonly (Block | null)[]): Section {
    return {
      id: name,
      label,
      title: this.say(SECTION_TITLES[name]),
      annex: label.length > 2,
      blocks: blocks.filter((block) => block !== null),
    };
  }

  column(kind: ColumnKind, head: Words | string, marks: readonly string[] = []): Column {
    return { kind, head: typeof head === 'string' ? head : this.say(head), marks };
  }

  text(text: string, marks: readonly string[] = []): Cell {
    return { kind: 'text', text, marks };
  }

  cell(figure: Figure): Cell {
    return figure.value === null
      ? { kind: 'symbol', symbol: 'not-available' }
      : { kind: 'figure', figure: figure.id, text: this.speech.text(figure) };
  }

  datum(figure: Figure): Datum {
    return { figure: figure.id, value: figure.value, text: this.speech.text(figure) };
  }

  row(role: Row['role'], ...cells: readonly Cell[]): Row {
    return { role, cells };
  }

  table(draft: TableDraft): Table {
    const { form, title, columns, rows, footnotes = [], from, source, audits = { exclusiveRows: false } } = draft;
    this.tables += 1;
    return {
      kind: 'table',
      id: `t${this.tables}`,
      form,
      label: `${this.say(SHORT.tableLabel)} ${this.tables}`,
      title: this.titled(title),
      columns,
      rows,
      footnotes: [...footnotes, ...this.remarks(from).map((text) => ({ mark: '', text }))],
      source: source === undefined ? this.source(from) : this.say(source),
      audits,
    };
  }

  chart({ title, base, alt, spec, columns, rows, footnotes = [], from, audits }: ChartDraft): Chart {
    this.charts += 1;
    const id = `c${this.charts}`;
    const label = `${this.say(SHORT.chartLabel)} ${this.charts}`;
    const source = this.source(from);
    const data: Table = {
      kind: 'table',
      id: `${id}-data`,
      form: 'chart',
      label,
      title: this.titled(title),
      columns,
      rows,
      footnotes: [],
      source,
      audits: audits ?? { exclusiveRows: false },
    };
    return { kind: 'chart', id, label, title: this.titled(title), subtitle: base, alt, spec, data, footnotes, source };
  }

  /** Adds a numbered note and returns the mark that leads to it. */
  note(runs: Runs, address: string | null = null): Run {
    const id = `n${this.noted.length + 1}`;
    this.noted.push({ id, number: this.noted.length + 1, runs, address });
    return { kind: 'note', note: id };
  }

  /** Remarks that came with the tables, each once. */
  remarks(from: readonly Answer[]): readonly string[] {
    const notes = new Map(from.flatMap(({ table }) => table.notes.map((note) => [note.code, this.say(note)])));
    return [...notes.values()];
  }

  /** What, where, when. */
  titled(what: Words): string {
    return `${this.say(what)}, ${this.voice.place}, ${this.period()}`;
  }

  period(): string {
    const [from, to] = [this.speech.date(this.voice.from), this.speech.date(this.voice.to)];
    return this.context.language === 'en' ? `${from} to ${to}` : `del ${from} al ${to}`;
  }

  /** Source line with the "as of". */
  source(from: readonly Answer[]): string {
    const queries = [...new Set(from.map((answer) => this.queryLabel(answer.question)))].join(', ');
    const version = from[0]?.table.dataVersion ?? '';
    const cutOff = this.speech.date(this.voice.cutOff);
    return this.context.language === 'en'
      ? `Source: ${this.voice.organisation} case register, data version ${version}, ${queries}. As of ${cutOff}.`
      : `Fuente: registro de casos de ${this.voice.organisation}, versión de datos ${version}, ${queries}. Al ${cutOff}.`;
  }

  queryLabel(question: string): string {
    return `Q${this.questions.indexOf(question) + 1}`;
  }
}

/** Grades from which a record counts as documented (taxonomy.md §10: two independent sources, or a paper seen). */
export const DOCUMENTED: readonly string[] = ['CORROBORATED', 'DOCUMENTED', 'VERIFIED'];

/** The sentences that have something to say, under their names. */
export function statementsOf(sentences: Readonly<Record<string, Runs | null>>): readonly Statement[] {
  return Object.entries(sentences).flatMap(([code, runs]) =>
    runs === null || runs.length === 0 ? [] : [{ code, runs }],
  );
}

/** Missing codes in a fixed order; "unknown" always has a row, the others when somebody is in them. */
export function missingRows(answer: Answer, dimension: string): readonly (typeof MISSING_CODES)[number][] {
  const seen = new Set(answer.table.cells.map((cell) => cell.key[dimension] ?? 'UNKNOWN'));
  return MISSING_CODES.filter((code) => code === 'UNKNOWN' || (seen.has(code) && isMissing(code)));
}
