/** Scale: how many, when, how well documented, and the emergency they happened under. */
import type { ColumnsAndTotal } from '../charts/spec.js';
import type { Chart, Section, Table } from '../document.js';
import type { Figure } from '../figures.js';
import { unitNoun, CHART_WORDS, HEADS, TITLES } from '../wording/terms.js';
import { prose } from '../speech.js';
import { AFFIRMATIVE } from './codes.js';
import type { Draft } from './draft.js';
import { DOCUMENTED } from './draft.js';
import { MONTH_UNKNOWN, otherMonths, partialMonthNote, periodMonths } from './months.js';

interface MonthCount {
  readonly month: string;
  readonly partial: boolean;
  readonly lastDay: string;
  readonly count: Figure;
  readonly cumulative: Figure;
}

function monthCounts(draft: Draft): readonly MonthCount[] {
  const arrests = draft.answer('arrestsByMonth');
  const months = periodMonths(draft);
  return months.map((month, i) => ({
    ...month,
    count: arrests.count({ month: month.month }),
    cumulative: arrests.cumulative(
      'month',
      months.slice(0, i + 1).map((m) => m.month),
    ),
  }));
}

export function arrestsOverTime(draft: Draft, months: readonly MonthCount[]): Table {
  const arrests = draft.answer('arrestsByMonth');
  const rows = months.map(({ month, partial, count, cumulative }) =>
    draft.row('row', draft.text(month, partial ? ['a'] : []), draft.cell(count), draft.cell(cumulative)),
  );
  const unknown = arrests.count({ month: otherMonths(draft, arrests) }, { month: MONTH_UNKNOWN });
  const note = partialMonthNote(draft);
  const hedge =
    draft.context.language === 'en'
      ? 'Every count is “at least”: the register is known to be incomplete.'
      : 'Todo recuento es «al menos»: se sabe que el registro está incompleto.';
  return draft.table({
    form: 'T2',
    title: TITLES.arrestsOverTime,
    columns: [
      draft.column('label', HEADS.month),
      draft.column('count', HEADS.new, ['b']),
      draft.column('cumulative', HEADS.cumulative, ['b']),
    ],
    rows: [
      ...rows,
      draft.row('unknown', draft.text(draft.say(HEADS.unknown)), draft.cell(unknown), {
        kind: 'symbol',
        symbol: 'not-applicable',
      }),
      draft.row('total', draft.text(draft.say(HEADS.total)), draft.cell(arrests.total()), draft.cell(arrests.total())),
    ],
    footnotes: [...(note === null ? [] : [{ mark: 'a', text: note }]), { mark: 'b', text: hedge }],
    from: [arrests],
    audits: { exclusiveRows: true },
  });
}

function arrestsChart(draft: Draft, months: readonly MonthCount[]): Chart | null {
  const arrests = draft.answer('arrestsByMonth');
  const total = arrests.total();
  if (!total.value) return null;
  const spec: ColumnsAndTotal = {
    kind: 'columns-and-total',
    axis: draft.say(CHART_WORDS.arrests),
    legend: {
      columns: draft.say(CHART_WORDS.perMonth),
      line: draft.say(CHART_WORDS.runningTotal),
      partial: months.some(({ partial }) => partial) ? draft.say(CHART_WORDS.partial) : null,
    },
    points: months.map(({ month, partial, count, cumulative }) => ({
      month,
      partial,
      column: draft.datum(count),
      line: draft.datum(cumulative),
    })),
  };
  const n = prose`n = ${draft.speech.digits(total)} ${unitNoun(total.unit, total.value, draft.context.language)}`;
  const text = draft.speech.text(total);
  return draft.chart({
    title: TITLES.arrestsChart,
    base: n,
    alt:
      draft.context.language === 'en'
        ? `Columns show the arrests of each month, a line the running total, which reaches ${text}.`
        : `Las columnas muestran las detenciones de cada mes y la línea el acumulado, que llega a ${text}.`,
    spec,
    columns: [
      draft.column('label', HEADS.month),
      draft.column('measure', HEADS.new),
      draft.column('cumulative', HEADS.cumulative),
    ],
    rows: months.map(({ month, count, cumulative }) =>
      draft.row('row', draft.text(month), draft.cell(count), draft.cell(cumulative)),
    ),
    from: [arrests],
  });
}

export function scaleSection(draft: Draft, label: string): Section {
  const { sentences, context } = draft;
  const arrests = draft.answer('arrestsByMonth');
  const people = draft.answer('sex').total();
  const months = monthCounts(draft);
  const verification = draft.answer('verification');
  const documented = verification.count({ verification: DOCUMENTED }, { verification: ['*documented'] });
  const peak = months.reduce<MonthCount | null>(
    (highest, month) => ((month.count.value ?? 0) > (highest?.count.value ?? 0) ? month : highest),
    null,
  );
  const [first, last] = [months[0], months.at(-1)];
  const declared = context.emergencyPeriods.find((period) => period.number === 0);
  const name = context.country.emergency === null ? null : draft.say(context.country.emergency);
  const extended = context.emergencyPeriods.filter(({ number, from }) => number > 0 && from <= draft.voice.cutOff);
  const extensions = stated(draft, 'emergency_extensions', 'extension', extended.length);
  const regime = draft.answer('emergencyRegime');

  return draft.section('scale', label, [
    draft.paragraph({
      'scale.opening': sentences.opening(people),
      'scale.arrests':
        arrests.total().value === people.value ? null : sentences.arrestsOfPeople(arrests.total(), people),
      'scale.documented': sentences.documented(
        arrests.total(),
        documented,
        verification.count({ verification: 'VERIFIED' }),
      ),
    }),
    draft.paragraph({
      'scale.emergency':
        name === null || declared === undefined
          ? null
          : sentences.emergency(
              name,
              declared.from,
              declared.instrument === null ? null : draft.say(declared.instrument),
              extensions,
            ),
      'scale.regime':
        name === null
          ? null
          : sentences.underEmergency(
              name,
              draft.part(
                regime.count({ emergencyRegime: AFFIRMATIVE }, { emergencyRegime: ['YES'] }),
                regime.known('emergencyRegime'),
              ),
            ),
      'scale.peak': peak === null ? null : sentences.peakMonth(peak.month, draft.part(peak.count, arrests.total())),
      'scale.rise':
        first === undefined || last === undefined || months.length < 2
          ? null
          : sentences.rise(first.cumulative, first.lastDay, last.cumulative, last.lastDay),
    }),
    arrestsChart(draft, months),
    arrestsOverTime(draft, months),
  ]);
}

/** A number that comes with the report and not from a question. */
export function stated(draft: Draft, indicator: string, unit: string, value: number, slice = {}): Figure {
  return draft.book.enter({
    indicator,
    unit,
    measure: 'stated',
    slice,
    value,
    base: null,
    part: null,
    state: { kind: 'own-list', complete: true },
    origin: { kind: 'stated' },
    suppression: 'none',
  });
}
