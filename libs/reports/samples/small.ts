/** A bulletin over very few cases: zero, one or two of everything, so that grammar and small bases show. */
import type { InternalTable } from '#lib/disclosure';
import { bulletinQuestions } from '../src/bulletin/questions.js';
import { countTable, SAMPLE_PERIOD, sampleTable } from './bulletin.js';

const CODES: Readonly<Record<string, string>> = {
  month: '2022-04',
  sex: 'M',
  ageBand: 'AGE_18_29',
  area1: 'SV-SS',
  legalGround: 'NONE',
  basis: 'QUOTA',
  forceCombination: 'PNC FAES',
  emergencyRegime: 'YES',
  assessedClass: 'VIOLENT',
  autopsySeen: 'YES',
  photosSeen: 'NO',
  causeDiffers: 'YES',
  statusAtDeath: 'PRETRIAL',
  remedyStatus: 'GRANTED',
  releaseKind: 'RELEASED_CLEARED',
  verification: 'VERIFIED',
  vulnerability: 'PREGNANT',
};

const UNITS: Readonly<Record<string, string>> = {
  persons_total: 'person',
  deaths_custody: 'death',
  death_rate: 'death',
  hc_filed: 'remedy',
  releases_total: 'release',
};

/** Every count is `n`; nobody's wait is known to have ended. */
export function smallAnswers(n: number): Readonly<Record<string, InternalTable>> {
  const questions = bulletinQuestions({ ...SAMPLE_PERIOD, country: {} });
  return Object.fromEntries(
    questions.map(({ name, request }): readonly [string, InternalTable] => {
      const unit = UNITS[request.indicator] ?? 'arrest';
      const key = Object.fromEntries(request.by.map((dimension) => [dimension, CODES[dimension] ?? 'UNKNOWN']));
      const wait = {
        n,
        events: 0,
        censored: n,
        excludedImprecise: 0,
        medianDays: null,
        medianInterval: [null, null],
        quartiles: [null, null],
        survivalAt: {},
        curve: [],
      } as const;
      const limit = { exceeds: n, within: 0, undetermined: 0, notYet: 0, endedWithoutJudge: 0 };
      const nothing = { value: null, lower: null, upper: null, method: 'garwood', level: 0.95 };
      const more = {
        days_to_judge: { wait },
        over_limit: { limit },
        death_rate: { rate: { deaths: n, personDays: n * 200, rate: nothing } },
      }[request.indicator];
      if (more === undefined) return [name, countTable(request, unit, n === 0 ? [] : [[...Object.values(key), n]])];
      const cell = { value: n, ...more };
      return [
        name,
        sampleTable(request, {
          indicator: request.indicator,
          unit: unit as 'arrest',
          multiValued: [],
          cells: request.by.length === 0 ? [] : [{ key, ...cell }],
          total: { key: {}, ...cell },
          unknown: 0,
        }),
      ];
    }),
  );
}
