/** Answers and context of a whole bulletin, for tests and for looking at the result. Synthetic; no real person. */
import type { ExactTable, FigureRequest, InternalTable, Unit, WaitSummary } from '#lib/disclosure';
import { forInternalUse } from '#lib/disclosure';
import type { BulletinContext } from '../src/bulletin/context.js';
import { bulletinQuestions } from '../src/bulletin/questions.js';
import type { Language, Words } from '../src/language.js';
import type { SampleWait } from './intake-2022.js';
import { COUNTS, DEATH_RATE, LIMITS, WAIT_BY_MONTH, WAIT_CURVE, WAIT_TOTAL } from './intake-2022.js';
import { LABELS } from './labels.js';

export const SAMPLE_PERIOD = { from: '2022-03-27', to: '2023-03-27', asOf: '2023-03-27' } as const;
export const SAMPLE_VERSION = '9c41-2023-03-27';

type TableContent = Pick<ExactTable, 'indicator' | 'unit' | 'multiValued' | 'cells' | 'total' | 'unknown'>;

/** A table as the question runner would answer it. Only the runner may make exact tables, so this one is dressed up. */
export function sampleTable(request: FigureRequest, content: TableContent): InternalTable {
  return forInternalUse({ request, dataVersion: SAMPLE_VERSION, notes: [], ...content } as unknown as ExactTable);
}

/** A plain count; a cell lists the codes of the dimensions, then the value. */
export function countTable(
  request: FigureRequest,
  unit: string,
  cells: readonly (readonly (string | number)[])[],
  { total, unknown = 0, multi = [] }: { total?: number; unknown?: number; multi?: readonly string[] } = {},
): InternalTable {
  const keyed = cells.map((cell) => ({
    key: Object.fromEntries(request.by.map((dimension, i) => [dimension, String(cell[i])])),
    value: Number(cell.at(-1)),
  }));
  return sampleTable(request, {
    indicator: request.indicator,
    unit: unit as Unit,
    multiValued: multi,
    cells: keyed,
    total: { key: {}, value: total ?? keyed.reduce((sum, cell) => sum + cell.value, 0) },
    unknown,
  });
}

function waitSummary(values: SampleWait, curve: readonly SampleWait[]): WaitSummary {
  const [n, events, censored, excluded, median, low, high, first, third, last] = values;
  const steps = curve.length > 0 ? curve : last === null || last === undefined ? [] : [[last, 1, 1, 0.05, null, null]];
  return {
    n: n ?? 0,
    events: events ?? 0,
    censored: censored ?? 0,
    excludedImprecise: excluded ?? 0,
    medianDays: median ?? null,
    medianInterval: [low ?? null, high ?? null],
    quartiles: [first ?? null, third ?? null],
    survivalAt: {},
    curve: steps.map(([t, atRisk, dying, survival, lower, upper]) => ({
      t: t ?? 0,
      atRisk: atRisk ?? 0,
      events: dying ?? 0,
      survival: survival ?? 0,
      lower: lower ?? null,
      upper: upper ?? null,
    })),
  };
}

function answer(name: string, request: FigureRequest): InternalTable {
  const count = COUNTS[name];
  if (count !== undefined) return countTable(request, count.unit, count.cells, count);
  const shape = { indicator: request.indicator, multiValued: [], unknown: 0 };
  if (name === 'deathRate') {
    const [value, lower, upper] = DEATH_RATE.rate;
    const rate = { value, lower, upper, method: 'garwood', level: 0.95 };
    const { deaths, personDays } = DEATH_RATE;
    const total = { key: {}, value: deaths, rate: { deaths, personDays, rate } };
    return sampleTable(request, { ...shape, unit: 'death', cells: [], total });
  }
  const wait = (values: SampleWait, curve: readonly SampleWait[]) => ({
    value: values[0] ?? 0,
    wait: waitSummary(values, curve),
  });
  if (request.indicator === 'days_to_judge') {
    const months = request.by.length === 0 ? [] : Object.entries(WAIT_BY_MONTH);
    return sampleTable(request, {
      ...shape,
      unit: 'arrest',
      cells: months.map(([month, values]) => ({ key: { month }, ...wait(values, []) })),
      total: { key: {}, ...wait(WAIT_TOTAL, WAIT_CURVE) },
    });
  }
  const limit = (values: readonly number[]) => {
    const [exceeds = 0, within = 0, undetermined = 0, notYet = 0, endedWithoutJudge = 0] = values;
    const value = exceeds + within + undetermined + notYet + endedWithoutJudge;
    return { value, limit: { exceeds, within, undetermined, notYet, endedWithoutJudge } };
  };
  const { all = [], ...months } = LIMITS[request.limit ?? ''] ?? {};
  return sampleTable(request, {
    ...shape,
    unit: 'arrest',
    cells: Object.entries(months).map(([month, values]) => ({ key: { month }, ...limit(values) })),
    total: { key: {}, ...limit(all) },
  });
}

/** Every answer of the sample bulletin, by the name of its question. */
export function sampleAnswers(): Readonly<Record<string, InternalTable>> {
  const questions = bulletinQuestions({ ...SAMPLE_PERIOD, country: {} });
  return Object.fromEntries(questions.map(({ name, request }) => [name, answer(name, request)]));
}

const words = (en: string, es: string): Words => ({ en, es });

const EXTENSION_STARTS = [
  '2022-04-25',
  '2022-05-25',
  '2022-06-24',
  '2022-07-23',
  '2022-08-20',
  '2022-09-19',
  '2022-10-19',
  '2022-11-18',
  '2022-12-18',
  '2023-01-17',
  '2023-02-16',
  '2023-03-18',
];

export function sampleContext(language: Language): BulletinContext {
  return {
    organisation: { name: 'Ejemplo', code: 'EJ' },
    language,
    documentNumber: 'EJ/SV/2023/004',
    preparedOn: '2023-04-03',
    labels: (vocabulary, code, lang) => LABELS[vocabulary]?.[code]?.[lang] ?? code,
    country: {
      code: 'SV',
      name: words('El Salvador', 'El Salvador'),
      area1: words('department', 'departamento'),
      forces: [
        { code: 'PNC', label: words('PNC', 'PNC') },
        { code: 'FAES', label: words('FAES', 'FAES') },
      ],
      emergency: words('the state of emergency', 'el régimen de excepción'),
      limits: [
        {
          duration: 'PT48H',
          basis: words(
            'which the UN Human Rights Committee holds to be ordinarily enough',
            'que el Comité de Derechos Humanos de la ONU considera suficientes por lo común',
          ),
        },
        {
          duration: 'P3D',
          basis: words(
            'the constitutional limit of administrative detention',
            'el plazo constitucional de la detención administrativa',
          ),
        },
        { duration: 'P15D', basis: words('the limit under the emergency', 'el plazo bajo el régimen de excepción') },
      ],
    },
    emergencyPeriods: [
      {
        number: 0,
        from: '2022-03-27',
        to: '2022-04-25',
        instrument: words('Legislative Decree 333', 'Decreto Legislativo 333'),
      },
      ...EXTENSION_STARTS.map((from, i) => ({ number: i + 1, from, to: null, instrument: null })),
    ],
    officialFigures: [
      {
        indicator: 'arrests_total',
        value: 60218,
        on: '2022-12-12',
        owner: 'Fiscalía General de la República',
        official: true,
        qualifier: 'exact',
        checkable: false,
        source: 'The Tico Times',
        address: 'https://ticotimes.net/2022/12/15/el-salvador-extends-emergency-rule-to-gang-attacks',
      },
      {
        indicator: 'deaths_custody',
        value: 90,
        on: '2022-11',
        owner: 'Gobierno de El Salvador',
        official: true,
        qualifier: 'exact',
        checkable: false,
        source: 'Human Rights Watch',
        address: null,
      },
      {
        indicator: 'deaths_custody',
        value: 126,
        on: '2023-03',
        owner: 'Socorro Jurídico Humanitario',
        official: false,
        qualifier: 'exact',
        checkable: true,
        source: 'Socorro Jurídico Humanitario',
        address: 'https://thelatestnews.world/?p=66041',
      },
      {
        indicator: 'deaths_custody',
        value: 132,
        on: '2023-03',
        owner: 'Cristosal',
        official: false,
        qualifier: 'at least',
        checkable: true,
        source: 'Cristosal',
        address: 'https://thelatestnews.world/?p=66041',
      },
    ],
    method: {
      interviews: [
        { sourceType: 'RELATIVE', count: 214 },
        { sourceType: 'LAWYER', count: 37 },
      ],
      interviewConditions: words(
        'Interviews were held in Spanish, in person or by telephone, alone where the person wished it.',
        'Las entrevistas se hicieron en español, en persona o por teléfono, a solas cuando la persona lo quiso.',
      ),
      otherSources: null,
      standardOfProof: null,
      requests: [
        {
          body: words(
            'the Directorate of Penal Centres (Dirección General de Centros Penales)',
            'la Dirección General de Centros Penales',
          ),
          sentOn: '2023-02-06',
          answeredOn: null,
        },
      ],
      limits: [],
      checkedBy: [],
    },
  };
}
