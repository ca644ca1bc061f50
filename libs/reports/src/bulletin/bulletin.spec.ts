import type { ExactTable } from '#lib/disclosure';
import { sampleAnswers, sampleContext, sampleTable, SAMPLE_PERIOD } from '../../samples/bulletin.js';
import { smallAnswers } from '../../samples/small.js';
import { auditTranslations } from '../audit.js';
import { tablesOf } from '../citations.js';
import type { ReportDocument, Table } from '../document.js';
import { documentNumber, METHOD_FIELDS } from '../document.js';
import type { Language } from '../language.js';
import { plainText } from '../speech.js';
import { buildBulletin } from './bulletin.js';
import { bulletinQuestionNames, bulletinQuestions } from './questions.js';

const build = (language: Language, answers = sampleAnswers()): ReportDocument =>
  buildBulletin(answers, sampleContext(language));
const [english, spanish] = [build('en'), build('es')];

const tableOf = (document: ReportDocument, form: string): Table => {
  const table = tablesOf(document).find((one) => one.form === form);
  if (table === undefined) throw new Error(`No table ${form}`);
  return table;
};

/** A row as printed, label first. */
const printed = (table: Table, label: string): readonly string[] => {
  const row = table.rows.find(({ cells }) => cells[0]?.kind === 'text' && cells[0].text === label);
  return (row?.cells ?? []).map((cell) =>
    cell.kind === 'runs' ? plainText(cell.runs) : cell.kind === 'symbol' ? cell.symbol : cell.text,
  );
};

describe('the questions of a bulletin', () => {
  const questions = bulletinQuestions({ ...SAMPLE_PERIOD, country: {} });

  it('are at most forty, each with its own name', () => {
    expect(questions.length).toBeLessThanOrEqual(40);
    expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
    expect(questions.map(({ name }) => name)).toEqual(bulletinQuestionNames({}));
  });

  it('all ask about the same days', () => {
    for (const { request } of questions) expect(request).toMatchObject({ ...SAMPLE_PERIOD });
  });

  it('ask about the limits of the country', () => {
    const limits = bulletinQuestions({ ...SAMPLE_PERIOD, country: { limits: [{ duration: 'PT24H' }] } });
    expect(limits.filter(({ request }) => request.limit !== null).map(({ name }) => name)).toEqual(['overLimit:PT24H']);
  });
});

describe('a bulletin', () => {
  it('takes only tables that came through disclosure', () => {
    const exact = sampleTable(bulletinQuestions({ ...SAMPLE_PERIOD, country: {} })[0]!.request, {
      indicator: 'arrests_total',
      unit: 'arrest',
      multiValued: [],
      cells: [],
      total: { key: {}, value: 0 },
      unknown: 0,
    }) as unknown as ExactTable;
    const context = sampleContext('en');
    // @ts-expect-error an exact table cannot be rendered
    expect(() => buildBulletin({ arrestsByMonth: exact }, context)).toThrow('no answer to');
  });

  it('has the sections of its genre in order', () => {
    expect(english.sections.map(({ id }) => id)).toEqual([
      'scale',
      'people',
      'arrest',
      'judge',
      'deaths',
      'remedies',
      'official',
      'summary',
      'completeness',
      'method',
    ]);
  });

  it('passes its own arithmetic checks', () => {
    expect(english.audit).toEqual([]);
  });

  it('carries the same figures in both languages', () => {
    const ids = (document: ReportDocument) => document.register.figures.map(({ figure }) => figure.id);
    expect(ids(spanish)).toEqual(ids(english));
    expect(auditTranslations(english, spanish)).toEqual([]);
  });

  it.each([0, 1, 2, 19])('carries the same figures in both languages over %i cases', (n) => {
    const [en, es] = [build('en', smallAnswers(n)), build('es', smallAnswers(n))];
    expect(auditTranslations(en, es)).toEqual([]);
    expect(en.audit).toEqual([]);
  });

  it('is marked internal, because its tables are', () => {
    expect(english.marking).toEqual({ code: 'internal', text: 'internal: exact figures, not for publication' });
    expect(spanish.marking).toEqual({ code: 'internal', text: 'interno: cifras exactas, no publicar' });
  });

  it('names cut-off and base on page 1', () => {
    expect(english.cover.map(({ label, runs }) => `${label}: ${plainText(runs)}`)).toEqual([
      'Data cut-off: 27 March 2023',
      'Base: 2,402 arrests of 2,402 people',
      'Period of arrest: 27 March 2022 to 27 March 2023',
      'Data version: 9c41-2023-03-27',
      'Prepared on: 3 April 2023',
    ]);
  });

  it('fills all eleven method fields, also when nobody stated anything', () => {
    const context = sampleContext('en');
    const method = { ...context.method, interviews: [], interviewConditions: null, requests: [], checkedBy: [] };
    const document = buildBulletin(sampleAnswers(), { ...context, method });
    const blocks = document.sections.flatMap(({ blocks: all }) => all);
    const block = blocks.find((one) => one.kind === 'method');
    expect(block?.fields.map(({ field }) => field)).toEqual([...METHOD_FIELDS]);
    for (const { statements } of block?.fields ?? []) expect(statements.length).toBeGreaterThan(0);
  });

  it('says how many cases lack consent to statistics', () => {
    const said = JSON.stringify(english.sections.at(-1));
    expect(
      english.register.figures.some(({ figure }) => figure.slice.consent !== undefined && figure.value === 75),
    ).toBe(true);
    expect(said).toContain('consent to anonymous statistics');
  });

  it('shows the unknown in every table of classes, also when it is nought', () => {
    for (const form of ['T2', 'T3', 'T4', 'T7', 'T9', 'T11', 'T1a']) {
      expect(tableOf(english, form).rows.filter(({ role }) => role === 'unknown')).not.toHaveLength(0);
    }
    expect(printed(tableOf(english, 'T1a'), 'Unknown')).toEqual(['Unknown', '22', 'not-applicable']);
  });

  it('reads joint operations from the combinations, whatever the forces are called', () => {
    const table = tableOf(english, 'T3');
    expect(table.columns.map(({ head }) => head)).toEqual([
      'Basis',
      'PNC',
      'FAES',
      'Joint',
      'Other',
      'Unknown',
      'Total',
      '%',
    ]);
    expect(printed(table, 'Total')).toEqual(['Total', '1,685', '185', '435', '27', '70', '2,402', 'not-applicable']);
  });

  it('gives every month its wait, with those still waiting, and the limits beside it', () => {
    const table = tableOf(english, 'T4');
    expect(printed(table, '2022-04')).toEqual(['2022-04', '729', '15', '13–16', '44', '706', '698', '188', '65']);
    expect(printed(table, 'Total')).toEqual(['Total', '2,224', '15', '13–16', '44', '2,167', '2,134', '572', '203']);
  });

  it('prints deaths by class with the share of all deaths', () => {
    expect(printed(tableOf(english, 'T7'), 'Violent').slice(0, 3)).toEqual(['Violent', '6', '14%']);
  });

  it('prints no percentage on a base under 20', () => {
    const document = build('en', smallAnswers(19));
    const shares = tablesOf(document).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
    expect(shares.filter((cell) => cell.kind === 'figure' && cell.text.includes('%'))).toEqual([]);
    expect(JSON.stringify(document.sections)).not.toMatch(/\d%/);
    expect(printed(tableOf(document, 'T1a'), 'Neither warrant nor flagrante')).toEqual([
      'Neither warrant nor flagrante',
      '19',
      '19 of 19',
    ]);
  });

  it('never adds official counts to its own', () => {
    expect(printed(tableOf(english, 'T15'), 'People arrested').slice(0, 5)).toEqual([
      'People arrested',
      '60,218',
      '2022-12-12',
      '2,402',
      '57,816',
    ]);
    expect(JSON.stringify(english.sections)).toContain('must not be added');
    expect(JSON.stringify(spanish.sections)).toContain('no deben sumarse');
  });

  it('leaves out what others published after the cut-off', () => {
    const context = sampleContext('en');
    const later = { ...context.officialFigures[0]!, value: 99999, on: '2023-03-28' };
    const document = buildBulletin(sampleAnswers(), { ...context, officialFigures: [later] });
    expect(JSON.stringify(document)).not.toContain('99,999');
    expect(document.sections.map(({ id }) => id)).not.toContain('official');
  });

  it('shows a warning when the arithmetic fails', () => {
    const answers = sampleAnswers();
    const wrong = { ...answers.ageBand!, total: { key: {}, value: 2401 } };
    const document = build('en', { ...answers, ageBand: wrong });
    expect(document.audit.map(({ check }) => check)).toContain('values-differ');
  });

  it('names what it has no answer to', () => {
    const { judge: _judge, ...rest } = sampleAnswers();
    expect(() => build('en', rest)).toThrow('The bulletin has no answer to: judge.');
  });

  it('leads every printed figure to its query, data version and suppression', () => {
    const labels = new Set(english.register.queries.map(({ label }) => label));
    for (const { figure, query } of english.register.figures) {
      expect(figure.suppression).toBe('none');
      if (figure.origin.kind === 'query') expect(labels.has(query ?? '')).toBe(true);
    }
    expect(english.register.queries[0]).toMatchObject({ label: 'Q1', question: 'arrestsByMonth', suppression: 'none' });
  });

  it('counts arrests of which only the year is known as of unknown month', () => {
    const answers = sampleAnswers();
    const months = answers.arrestsByMonth!;
    const cells = [...months.cells, { key: { month: '2022' }, value: 5 }, { key: { month: 'UNKNOWN' }, value: 2 }];
    const total = { key: {}, value: months.total.value + 7 };
    const document = build('en', { ...answers, arrestsByMonth: { ...months, cells, total } });
    expect(printed(tableOf(document, 'T2'), 'Unknown')).toEqual(['Unknown', '7', 'not-applicable']);
    expect(document.audit.filter(({ where }) => where === 't1')).toEqual([]);
  });

  it('says nothing of an emergency where there is none', () => {
    const context = sampleContext('en');
    const country = { ...context.country, emergency: null };
    const document = buildBulletin(sampleAnswers(), { ...context, country, emergencyPeriods: [] });
    expect(JSON.stringify(document.sections)).not.toContain('the state of emergency');
  });

  it('numbers documents in the house form', () => {
    expect(documentNumber('EJ', 'SV', 2023, 4)).toBe('EJ/SV/2023/004');
  });
});
