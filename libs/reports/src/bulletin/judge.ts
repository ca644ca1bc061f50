/** Time to first judge: people still waiting are counted (Kaplan-Meier), and the limits are tested case by case. */
import type { Answer, WaitMeasure } from '../answers.js';
import type { DotsAndIntervals, Guide, WaitingCurve } from '../charts/spec.js';
import type { Cell, Chart, Run, Section, Table } from '../document.js';
import type { Figure, Slice } from '../figures.js';
import { limitDays, shortLimit, spokenLimit, USUAL_LIMITS } from '../limits.js';
import type { TimeLimit } from '../limits.js';
import { prose } from '../speech.js';
import { CHART_WORDS, HEADS, TITLES, unitNoun } from '../wording/terms.js';
import type { Draft } from './draft.js';
import { MONTH_UNKNOWN, otherMonths, partialMonthNote, periodMonths } from './months.js';

export const limitsOf = (draft: Draft): readonly TimeLimit[] => draft.context.country.limits ?? USUAL_LIMITS;

export const overLimit = (draft: Draft, limit: TimeLimit): Answer => draft.answer(`overLimit:${limit.duration}`);

const guides = (draft: Draft): readonly Guide[] =>
  limitsOf(draft).map(({ duration }) => ({
    days: limitDays(duration),
    label: shortLimit(duration, draft.context.language),
  }));

/** T4. */
function timeToJudge(draft: Draft): Table {
  const [byMonth, all] = [draft.answer('judgeByMonth'), draft.answer('judge')];
  const limits = limitsOf(draft);
  const { language } = draft.context;
  const over = language === 'en' ? 'Over ' : 'Más de ';
  const cells = (answer: Answer, matchIn: (one: Answer) => Slice, as?: Slice): readonly Cell[] => {
    const wait = (measure: WaitMeasure): Figure => answer.wait(measure, matchIn(answer), as);
    const quartiles = [wait('quartile-1'), wait('quartile-3')] as const;
    return [
      draft.cell(wait('entered')),
      draft.cell(wait('median')),
      quartiles[0].value === null
        ? { kind: 'symbol', symbol: 'not-available' }
        : { kind: 'runs', runs: draft.speech.interval(...quartiles) },
      draft.cell(wait('longest')),
      ...limits.map((limit) => {
        const over = overLimit(draft, limit);
        return draft.cell(over.limit('exceeds', matchIn(over), as));
      }),
      draft.cell(wait('censored')),
    ];
  };
  const rows = periodMonths(draft).map(({ month, partial }) =>
    draft.row('row', draft.text(month, partial ? ['a'] : []), ...cells(byMonth, () => ({ month: [month] }))),
  );
  const note = partialMonthNote(draft);
  const kaplanMeier =
    language === 'en'
      ? 'Kaplan-Meier estimates over arrests whose date is known to the day; people still waiting, released or dead count for as long as they were known to wait. IQR: 25th to 75th percentile. Max.: longest wait that ended before a judge.'
      : 'Estimaciones de Kaplan-Meier sobre detenciones con fecha conocida al día; quienes siguen esperando, fueron liberadas o murieron cuentan mientras se supo que esperaban. RIC: percentiles 25 a 75. Máx.: espera más larga que terminó ante un juez.';
  const everyArrest =
    language === 'en'
      ? 'Of all arrests of the month, also those whose date is not known to the day.'
      : 'De todas las detenciones del mes, también aquellas cuya fecha no se conoce al día.';
  const notSeen =
    language === 'en'
      ? 'At the cut-off, or when released, dead or last known to be held.'
      : 'Al corte, o cuando la persona fue liberada, murió o se supo por última vez que seguía detenida.';
  return draft.table({
    form: 'T4',
    title: TITLES.timeToJudge,
    columns: [
      draft.column('label', HEADS.periodOfArrest),
      draft.column('count', HEADS.entered),
      draft.column('measure', HEADS.median, ['b']),
      draft.column('measure', HEADS.quartiles, ['b']),
      draft.column('measure', HEADS.longest, ['b']),
      ...limits.map(({ duration }) => draft.column('count', over + shortLimit(duration, language), ['c'])),
      draft.column('count', HEADS.censored, ['d']),
    ],
    rows: [
      ...rows,
      draft.row(
        'unknown',
        draft.text(draft.say(HEADS.unknown)),
        ...cells(byMonth, (one) => ({ month: otherMonths(draft, one) }), { month: MONTH_UNKNOWN }),
      ),
      draft.row('total', draft.text(draft.say(HEADS.total)), ...cells(all, () => ({}))),
    ],
    footnotes: [
      ...(note === null ? [] : [{ mark: 'a', text: note }]),
      { mark: 'b', text: kaplanMeier },
      { mark: 'c', text: everyArrest },
      { mark: 'd', text: notSeen },
    ],
    from: [byMonth, all, ...limits.map((limit) => overLimit(draft, limit))],
    audits: { exclusiveRows: true },
  });
}

/** Every arrest against every limit: five answers that exclude each other. */
function limitTable(draft: Draft): Table {
  const limits = limitsOf(draft);
  const { language } = draft.context;
  const rows = limits.map((limit) => {
    const answer = overLimit(draft, limit);
    const share = draft.part(answer.limit('exceeds'), answer.total()).share;
    return draft.row(
      'row',
      draft.text(shortLimit(limit.duration, language)),
      draft.cell(answer.limit('exceeds')),
      draft.cell(share),
      draft.cell(answer.limit('within')),
      draft.cell(answer.limit('undetermined')),
      draft.cell(answer.limit('not-yet')),
      draft.cell(answer.limit('ended-without-judge')),
      draft.cell(answer.total()),
    );
  });
  const rule =
    language === 'en'
      ? 'Over: even the shortest wait that the recorded dates allow is longer than the limit, also for people still waiting. Within: even the longest is not. Undetermined: the dates allow both.'
      : 'Superan: aun la espera más corta que permiten las fechas registradas es mayor que el plazo, también para quienes siguen esperando. Dentro: ni la más larga lo es. Indeterminado: las fechas permiten ambas lecturas.';
  return draft.table({
    form: 'T4a',
    title: TITLES.limits,
    columns: [
      draft.column('label', HEADS.limit),
      draft.column('count', HEADS.exceeds, ['a']),
      draft.column('share', HEADS.percent),
      draft.column('count', HEADS.within, ['a']),
      draft.column('count', HEADS.undetermined, ['a']),
      draft.column('count', HEADS.notYet),
      draft.column('count', HEADS.ended),
      draft.column('count', HEADS.total),
    ],
    rows,
    footnotes: [{ mark: 'a', text: rule }],
    from: limits.map((limit) => overLimit(draft, limit)),
    audits: { exclusiveRows: false, across: { parts: [1, 3, 4, 5, 6], total: 7 } },
  });
}

/** Days whose share is in the table of the curve; those after the limits are also printed beside it. */
const TABLED_DAYS = [1, 2, 3, 7, 15, 30, 60, 90, 180, 365];
const LATER_DAYS = 30;

function curveChart(draft: Draft): Chart | null {
  const judge = draft.answer('judge');
  const curve = judge.table.total.wait?.curve ?? [];
  const entered = judge.wait('entered');
  if (curve.length < 2 || !entered.value) return null;
  const days = TABLED_DAYS.filter((day) => judge.waitingAfter(day).value !== null);
  const { language } = draft.context;
  const spec: WaitingCurve = {
    kind: 'waiting-curve',
    axis: draft.say(CHART_WORDS.stillWaiting),
    dayAxis: draft.say(CHART_WORDS.days),
    legend: { line: draft.say(CHART_WORDS.share), band: draft.say(CHART_WORDS.band) },
    guides: guides(draft),
    steps: curve.map(({ t, survival, lower, upper }) => ({ day: t, share: survival, lower, upper })),
    marks: days
      .filter((day) => day >= LATER_DAYS || guides(draft).some((guide) => guide.days === day))
      .map((day) => ({ day, datum: draft.datum(judge.waitingAfter(day)) })),
  };
  const rows = days.map((day) => {
    const bounds = [judge.waitingAfter(day, 'waiting-lower'), judge.waitingAfter(day, 'waiting-upper')] as const;
    return draft.row(
      'row',
      draft.text(String(day)),
      draft.cell(judge.waitingAfter(day)),
      bounds[0].value === null
        ? { kind: 'symbol', symbol: 'not-available' }
        : { kind: 'runs', runs: draft.speech.interval(...bounds) },
    );
  });
  return draft.chart({
    title: TITLES.curve,
    base: prose`n = ${draft.speech.digits(entered)} ${unitNoun(entered.unit, entered.value, language)}; ${language === 'en' ? 'Kaplan-Meier estimate with 95% interval' : 'estimación de Kaplan-Meier con intervalo del 95\u00a0%'}`,
    alt:
      language === 'en'
        ? 'A falling step curve shows the share of people not yet before a judge for each day since arrest; upright lines mark the time limits.'
        : 'Una curva escalonada descendente muestra la proporción de personas que aún no habían visto a un juez por cada día desde la detención; las líneas verticales marcan los plazos.',
    spec,
    columns: [
      draft.column('label', HEADS.day),
      draft.column('measure', HEADS.stillWaiting),
      draft.column('measure', HEADS.interval),
    ],
    rows,
    from: [judge],
  });
}

function dotsChart(draft: Draft): Chart | null {
  const [byMonth, all] = [draft.answer('judgeByMonth'), draft.answer('judge')];
  const entered = all.wait('entered');
  if (!entered.value) return null;
  const { language } = draft.context;
  const points = periodMonths(draft).map(({ month }) => ({
    month,
    n: byMonth.wait('entered', { month }),
    dot: byMonth.wait('median', { month }),
    lower: byMonth.wait('quartile-1', { month }),
    upper: byMonth.wait('quartile-3', { month }),
  }));
  const spec: DotsAndIntervals = {
    kind: 'dots-and-intervals',
    axis: draft.say(CHART_WORDS.days),
    legend: {
      dot: draft.say(CHART_WORDS.median),
      interval: draft.say(CHART_WORDS.middleHalf),
      open: draft.say(CHART_WORDS.open),
    },
    guides: guides(draft),
    points: points.map(({ month, n, dot, lower, upper }) => ({
      month,
      n: draft.datum(n),
      dot: draft.datum(dot),
      lower: draft.datum(lower),
      upper: draft.datum(upper),
    })),
  };
  return draft.chart({
    title: TITLES.dots,
    base: prose`n = ${draft.speech.digits(entered)} ${unitNoun(entered.unit, entered.value, language)}; ${language === 'en' ? 'Kaplan-Meier estimates; n of each month below it' : 'estimaciones de Kaplan-Meier; n de cada mes debajo'}`,
    alt:
      language === 'en'
        ? 'For each month of arrest a dot shows the median wait in days and a line the middle half; level lines mark the time limits.'
        : 'Para cada mes de detención un punto muestra la mediana de días de espera y una línea la mitad central; las líneas horizontales marcan los plazos.',
    spec,
    columns: [
      draft.column('label', HEADS.month),
      draft.column('measure', HEADS.entered),
      draft.column('measure', HEADS.median),
      draft.column('measure', HEADS.quartiles),
    ],
    rows: points.map(({ month, n, dot, lower, upper }) =>
      draft.row(
        'row',
        draft.text(month),
        draft.cell(n),
        draft.cell(dot),
        lower.value === null
          ? { kind: 'symbol', symbol: 'not-available' }
          : { kind: 'runs', runs: draft.speech.interval(lower, upper) },
      ),
    ),
    from: [byMonth, all],
  });
}

function kaplanMeierNote(draft: Draft): Run {
  return draft.note(
    draft.context.language === 'en'
      ? prose`The wait is a Kaplan-Meier estimate (product-limit estimator) from the day of arrest to the first appearance before a judge. People who were released, died or were still waiting at the cut-off count until that day (right-censored). An average of finished cases only would be too short.`
      : prose`La espera es una estimación de Kaplan-Meier (estimador producto-límite) desde el día de la detención hasta la primera comparecencia ante un juez. Quienes fueron liberadas, murieron o seguían esperando al corte cuentan hasta ese día (censura por la derecha). Un promedio solo de los casos terminados sería demasiado corto.`,
  );
}

export function judgeSection(draft: Draft, label: string): Section {
  const { sentences, context } = draft;
  const judge = draft.answer('judge');
  const median = sentences.median(
    judge.wait('median'),
    judge.wait('entered'),
    [judge.wait('median-lower'), judge.wait('median-upper')],
    judge.table.unit,
  );
  const limits = limitsOf(draft);
  const longest = limits.at(-1);
  const day = longest === undefined ? null : Math.ceil(limitDays(longest.duration));
  const overEach = limits.map((limit): readonly [string, ReturnType<typeof sentences.overLimit>] => {
    const answer = overLimit(draft, limit);
    return [
      `judge.over.${limit.duration}`,
      sentences.overLimit({
        ...draft.part(answer.limit('exceeds'), answer.total()),
        limit: spokenLimit(limit.duration, context.language),
        basis: limit.basis === undefined ? null : draft.say(limit.basis),
        undetermined: answer.limit('undetermined'),
      }),
    ];
  });
  return draft.section('judge', label, [
    draft.paragraph({
      'judge.median': median === null ? null : [...median, kaplanMeierNote(draft)],
      'judge.notYet': (judge.wait('entered').value ?? 0) > 1 ? sentences.notYet(judge.wait('censored')) : null,
      'judge.waiting':
        day === null
          ? null
          : sentences.waitingAfter({
              day,
              share: judge.waitingAfter(day),
              lower: judge.waitingAfter(day, 'waiting-lower'),
              upper: judge.waitingAfter(day, 'waiting-upper'),
            }),
      'judge.leftOut': sentences.leftOut(judge.wait('excluded')),
    }),
    curveChart(draft),
    draft.paragraph(Object.fromEntries(overEach)),
    limitTable(draft),
    dotsChart(draft),
    timeToJudge(draft),
  ]);
}
