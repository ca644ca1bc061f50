/**
 * From the field form to the printed figure, exact to the last person: the whole sample is imported over HTTP, a
 * coordinator merges the pairs that are one person each, and every number of intake-2022.expected.json is reproduced.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Agent } from '#lib/testing';
import { errorsOf, imported, sampleBytes, type ImportError, type ImportJob } from './form-files.js';
import { aService, ROOT, type ServiceUnderTest } from './service-under-test.js';

interface Wait {
  n: number;
  events: number;
  median_days: number;
  survival_at: Record<string, number>;
  curve?: [t: number, atRisk: number, events: number, survival: number][];
}
type Counts = Record<string, number>;

const expected = JSON.parse(readFileSync(join(ROOT, 'samples/intake-2022.expected.json'), 'utf8')) as {
  cut_off: string;
  rows: number;
  accepted_cases: number;
  duplicate_rows: number;
  refused_rows: string[];
  by_legal_ground: Counts;
  by_basis: Counts;
  by_department: Counts;
  by_force: Counts;
  by_sex: Counts;
  children: number;
  arrests_by_month: Counts;
  deaths_total: number;
  deaths_by_assessed_manner: Counts;
  died_before_seeing_judge: number;
  released_total: number;
  person_days_in_custody_day_precision: number;
  deaths_day_precision: number;
  habeas_filed: number;
  habeas_by_status: Counts;
  time_to_judge_day_precision: Wait;
  time_to_judge_by_sex: Record<string, Wait>;
  excluded_imprecise_arrest_date: number;
  verdict_72h: Counts;
  verdict_15d: Counts;
  without_statistics_consent: number;
  duplicate_pairs: [string, string][];
};

/** The codes with which the import refuses what the sample was spoilt with on purpose. */
const REFUSALS: Readonly<Record<string, string>> = {
  'age out of range': 'integer.out-of-range',
  'arrest in the future': 'arrest.after-known-on',
  'death before arrest': 'death.before-arrest',
  'district not in department': 'area.not-within',
  'hearing before arrest': 'hearing.before-arrest',
  'impossible date': 'date.impossible',
  'no arrest date and no period': 'required',
  'released after death': 'release.after-death',
  'unknown code': 'code.unknown',
};

interface Cell {
  [dimension: string]: unknown;
  value: number;
}
interface WaitCell extends Cell {
  n: number;
  events: number;
  censored: number;
  excludedImprecise: number;
  medianDays: number;
  survivalAt: Record<string, number>;
  curve: { t: number; atRisk: number; events: number; survival: number }[];
}
interface Figures<C extends Cell = Cell> {
  cells: C[];
  total: C;
  unknown: number;
  multiValued: string[];
}

let api: ServiceUnderTest;
let coordinator: Agent;
let job: ImportJob;
let errors: ImportError[];
const caseOf = new Map<string, string>();
const suggested = new Set<string>();
/** Figures as they were before anybody merged anything. */
let apart: unknown;
const pair = (one: string, other: string): string => [one, other].sort().join(' ');

beforeAll(async () => {
  api = await aService();
  coordinator = api.as('coordinator');
  job = await imported(api.as('caseworker'), sampleBytes('intake-2022.csv'));
  errors = await errorsOf(api.as('caseworker'), job);
  for (let cursor = ''; ;) {
    const { body } = await coordinator.get(`/v1/duplicates?limit=100${cursor}`).expect(200);
    for (const { a, b } of body.items as {
      a: { caseId: string; externalId: string };
      b: { caseId: string; externalId: string };
    }[]) {
      caseOf.set(a.externalId, a.caseId).set(b.externalId, b.caseId);
      suggested.add(pair(a.externalId, b.externalId));
    }
    if (body.next === null) break;
    cursor = `&cursor=${body.next as string}`;
  }
  apart = await everything();
  for (const [keep, absorb] of expected.duplicate_pairs) {
    await coordinator
      .post('/v1/merges', { keep: caseOf.get(keep), absorb: caseOf.get(absorb), reason: 'Same person, reported twice' })
      .expect(201);
  }
}, 300_000);
afterAll(() => api.stop());

const ask = async <C extends Cell = Cell>(query: string): Promise<Figures<C>> =>
  (await coordinator.get(`/v1/figures?asOf=${expected.cut_off}&${query}`).expect(200)).body;
const total = async (query: string): Promise<number> => (await ask(query)).total.value;
const by = async (dimension: string, indicator = 'arrests_total'): Promise<Counts> =>
  Object.fromEntries(
    (await ask(`indicator=${indicator}&by=${dimension}`)).cells.map((cell) => [cell[dimension] as string, cell.value]),
  );
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Many figures at once, without the name of the state of the data. */
const everything = (): Promise<unknown[]> =>
  Promise.all(
    [
      'arrests_total&by=legalGround,sex,ageBand',
      'arrests_total&by=district',
      'arrests_total&by=basis',
      'arrests_total&by=consent',
      'arrests_total&by=month,place',
      'days_to_judge&by=sex',
      'over_limit&by=area1',
      'deaths_custody&by=statusAtDeath',
      'death_rate&by=sex',
      'hc_filed&by=remedyStatus',
      'releases_total&by=releaseKind',
      'hearings_total',
    ].map(async (question) => {
      const { dataVersion: _version, ...figures } = (await ask(`indicator=${question}`)) as Figures & {
        dataVersion: string;
      };
      return figures;
    }),
  );

describe('the import', () => {
  it('accepts every row but the spoilt ones, and names each of those with its fault', () => {
    const accepted = expected.rows - expected.refused_rows.length;
    expect(accepted).toBe(expected.accepted_cases + expected.duplicate_rows);
    expect(job).toMatchObject({
      status: 'succeeded',
      result: { accepted, refused: expected.refused_rows.length, unchanged: 0 },
    });
    expect(errors.map((error) => error.code).sort()).toEqual(expected.refused_rows.map((why) => REFUSALS[why]).sort());
  });

  it('suggests every pair that is one person', () => {
    expect(expected.duplicate_pairs).toHaveLength(expected.duplicate_rows);
    expect(expected.duplicate_pairs.filter(([one, other]) => !suggested.has(pair(one, other)))).toEqual([]);
    expect(job.result!.duplicateCandidates).toBe(suggested.size);
  });
});

describe('after merging, the figures', () => {
  it('count each person once', async () => {
    expect(await total('indicator=arrests_total')).toBe(expected.accepted_cases);
    expect(await total('indicator=persons_total')).toBe(expected.accepted_cases);
  });

  const splits: [
    dimension: string,
    indicator: string,
    figure:
      | 'by_legal_ground'
      | 'by_basis'
      | 'by_department'
      | 'by_force'
      | 'by_sex'
      | 'arrests_by_month'
      | 'deaths_by_assessed_manner'
      | 'habeas_by_status',
  ][] = [
    ['legalGround', 'arrests_total', 'by_legal_ground'],
    ['basis', 'arrests_total', 'by_basis'],
    ['area1', 'arrests_total', 'by_department'],
    ['forceCombination', 'arrests_total', 'by_force'],
    ['sex', 'arrests_total', 'by_sex'],
    ['month', 'arrests_total', 'arrests_by_month'],
    ['assessedClass', 'deaths_custody', 'deaths_by_assessed_manner'],
    ['remedyStatus', 'hc_filed', 'habeas_by_status'],
  ];
  it.each(splits)('by %s of %s are those of %s', async (dimension, indicator, figure) => {
    expect(await by(dimension, indicator)).toEqual(expected[figure]);
  });

  const totals: [indicator: string, figure: 'children' | 'deaths_total' | 'released_total' | 'habeas_filed'][] = [
    ['children_arrested', 'children'],
    ['deaths_custody', 'deaths_total'],
    ['releases_total', 'released_total'],
    ['hc_filed', 'habeas_filed'],
  ];
  it.each(totals)('of %s are those of %s', async (indicator, figure) => {
    expect(await total(`indicator=${indicator}`)).toBe(expected[figure]);
  });

  it('say who died before seeing a judge', async () => {
    expect((await by('statusAtDeath', 'deaths_custody'))['NOT_BEFORE_JUDGE']).toBe(expected.died_before_seeing_judge);
  });

  it('count deaths and days in custody for the death rate', async () => {
    const { total: cell } = await ask<
      Cell & { deaths: number; personDays: number; rate: number; interval: [number, number] }
    >('indicator=death_rate');
    expect([cell.deaths, cell.personDays]).toEqual([
      expected.deaths_day_precision,
      expected.person_days_in_custody_day_precision,
    ]);
    expect(cell.rate).toBeCloseTo((cell.deaths / (cell.personDays / 365.25)) * 1000, 6);
    expect(cell.interval[0]).toBeLessThan(cell.rate);
    expect(cell.interval[1]).toBeGreaterThan(cell.rate);
  });

  it('say how many did not consent to statistics', async () => {
    expect((await by('statisticsConsent'))['NO']).toBe(expected.without_statistics_consent);
  });

  it('give the days to the first judge, point by point', async () => {
    const { total: cell } = await ask<WaitCell>('indicator=days_to_judge');
    const wait = expected.time_to_judge_day_precision;
    expect([cell.n, cell.events, cell.medianDays]).toEqual([wait.n, wait.events, wait.median_days]);
    expect(cell.excludedImprecise).toBe(expected.excluded_imprecise_arrest_date);
    expect(cell.n + cell.excludedImprecise).toBe(expected.accepted_cases);
    for (const [day, survival] of Object.entries(wait.survival_at))
      expect([day, rounded(cell.survivalAt[day]!)]).toEqual([day, survival]);
    expect(cell.curve.map((point) => [point.t, point.atRisk, point.events, rounded(point.survival)])).toEqual(
      wait.curve,
    );
  });

  it('give the days to the first judge for women and for men', async () => {
    const { cells } = await ask<WaitCell>('indicator=days_to_judge&by=sex');
    expect(cells.map((cell) => cell['sex']).sort()).toEqual(Object.keys(expected.time_to_judge_by_sex).sort());
    for (const cell of cells) {
      const wait = expected.time_to_judge_by_sex[cell['sex'] as string]!;
      expect([cell.n, cell.events, cell.medianDays]).toEqual([wait.n, wait.events, wait.median_days]);
      for (const [day, survival] of Object.entries(wait.survival_at))
        expect([cell['sex'], day, rounded(cell.survivalAt[day]!)]).toEqual([cell['sex'], day, survival]);
    }
  });

  it.each([
    ['P3D', 'verdict_72h'],
    ['PT72H', 'verdict_72h'],
    ['P15D', 'verdict_15d'],
  ] as const)('judge every wait against %s as %s', async (limit, figure) => {
    const { total: cell } = await ask(`indicator=over_limit&limit=${limit}`);
    expect({
      exceeds: cell['exceeds'],
      within: cell['within'],
      undetermined: cell['undetermined'],
      'not yet': cell['notYet'],
      'ended without judge': cell['endedWithoutJudge'],
    }).toEqual(expected[figure]);
  });

  it('cover every number of the file', () => {
    const compared = [...splits.map(([, , figure]) => figure), ...totals.map(([, figure]) => figure)];
    const others = [
      'cut_off',
      'rows',
      'accepted_cases',
      'duplicate_rows',
      'refused_rows',
      'note',
      'died_before_seeing_judge',
      'person_days_in_custody_day_precision',
      'deaths_day_precision',
      'time_to_judge_day_precision',
      'time_to_judge_by_sex',
      'excluded_imprecise_arrest_date',
      'verdict_rule',
      'verdict_72h',
      'verdict_15d',
      'without_statistics_consent',
      'duplicate_pairs',
    ];
    expect(Object.keys(expected).sort()).toEqual([...compared, ...others].sort());
  });
});

describe('the splits of one figure', () => {
  const single = [
    'legalGround',
    'forceCombination',
    'area1',
    'area2',
    'district',
    'sex',
    'ageBand',
    'occupation',
    'place',
    'stage',
    'measure',
    'counsel',
    'month',
    'emergencyRegime',
    'verification',
    'statisticsConsent',
    'sourceType',
    'office',
  ];
  it.each(single)('by %s add up to the total', async (dimension) => {
    const { cells, total: whole, multiValued } = await ask(`indicator=arrests_total&by=${dimension}`);
    expect(multiValued).toEqual([]);
    expect(cells.reduce((sum, cell) => sum + cell.value, 0)).toBe(whole.value);
  });

  it('into three dimensions add up to those into two and one', async () => {
    const { cells } = await ask('indicator=arrests_total&by=area1,sex,ageBand');
    const sums: Counts = {};
    for (const cell of cells) sums[cell['area1'] as string] = (sums[cell['area1'] as string] ?? 0) + cell.value;
    expect(sums).toEqual(expected.by_department);
  });

  it('of several values per person do not add up, and say so', async () => {
    const { cells, total: whole, multiValued } = await ask('indicator=arrests_total&by=basis');
    expect(multiValued).toEqual(['basis']);
    expect(cells.reduce((sum, cell) => sum + cell.value, 0)).toBeGreaterThan(whole.value);
  });

  it('are the same when they are asked as filters', async () => {
    for (const [code, value] of Object.entries(expected.by_legal_ground))
      expect([code, await total(`indicator=arrests_total&where.legalGround=${code}`)]).toEqual([code, value]);
    for (const [code, value] of Object.entries(expected.by_sex))
      expect([code, await total(`indicator=arrests_total&where.sex=${code}`)]).toEqual([code, value]);
  });
});

describe('parting every merged pair again', () => {
  it('gives back every figure from before the merges', async () => {
    for (let more = true; more;) {
      const { body } = await coordinator.get('/v1/merges?limit=100').expect(200);
      const standing = (body.items as { id: string; endedAt: string | null }[]).filter(
        (merge) => merge.endedAt === null,
      );
      for (const { id } of standing) await coordinator.delete(`/v1/merges/${id}`).expect(204);
      more = standing.length > 0;
    }
    expect(await total('indicator=persons_total')).toBe(expected.accepted_cases + expected.duplicate_rows);
    expect(await everything()).toEqual(apart);
  });
});
