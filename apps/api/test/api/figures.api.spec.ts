/** Exact figures for coordination: what can be asked, what is answered, and to whom. Eight people, counted by hand. */
import { aCase, problem, type Agent, type RecordedCase, type Who } from '#lib/testing';
import { aService, type ServiceUnderTest } from './service-under-test.js';

interface Cell {
  value: number;
  [more: string]: unknown;
}
interface Figures {
  indicator: string;
  unit: string;
  asOf: string;
  dataVersion: string;
  by: string[];
  multiValued: string[];
  cells: Cell[];
  total: Cell;
  unknown: number;
  notes: { code: string; en: string; es: string }[];
}

let api: ServiceUnderTest;
let coordinator: Agent;
let released: RecordedCase;
beforeAll(async () => {
  api = await aService();
  coordinator = api.as('coordinator');
  const caseworker = api.as('caseworker');
  const told = (informedOn: string) => aCase().toldBy({ informedOn });
  // Seen by a judge after 2, 5 and 20 days; released after 10 and dead after 3 without one; two still waiting; one vague.
  await told('2022-12-31')
    .of({ sex: 'F', born: '2008-01-01' })
    .arrestedOn('2022-04-10', { forces: ['PNC', 'FAES'], bases: ['TATTOO_GANG', 'ANON_TIP'] })
    .seenByJudgeOn('2022-04-12')
    .recordedBy(caseworker);
  await told('2022-12-31')
    .of({ sex: 'M', born: '1990-01-01' })
    .arrestedOn('2022-04-10T08:00', { legalGround: 'WARRANT_JUDICIAL' })
    .seenByJudgeOn('2022-04-15')
    .and('measures', { at: '2022-04-15', measure: 'PRETRIAL_DETENTION' })
    .recordedBy(caseworker);
  await told('2022-12-31')
    .of({ sex: 'M' })
    .arrestedOn('2022-05-01', { area: 'SV-LI', bases: [] })
    .seenByJudgeOn('2022-05-21')
    .consentingTo('INTERNAL_CASE')
    .recordedBy(caseworker);
  released = await told('2022-12-31')
    .of({ sex: 'M' })
    .arrestedOn('2022-05-01', { area: 'SV-LI' })
    .releasedOn('2022-05-11')
    .recordedBy(caseworker);
  await told('2022-12-31')
    .of({ sex: 'M' })
    .arrestedOn('2022-06-01')
    .diedOn('2022-06-04', { classAssessed: 'VIOLENT' })
    .recordedBy(caseworker);
  await told('2022-06-30')
    .of({ sex: 'UNKNOWN' })
    .arrestedOn('2022-06-10', { area: 'UNKNOWN', legalGround: 'UNKNOWN' })
    .recordedBy(caseworker);
  await told('2022-12-31')
    .of({ sex: 'F' })
    .arrestedOn('2022-06-10')
    .and('remedies', { at: '2022-07-01', remedy: 'HABEAS_CORPUS' })
    .recordedBy(caseworker);
  await told('2022-12-31').of({ sex: 'M' }).arrestedOn('2022-04').seenByJudgeOn('2022-05-02').recordedBy(caseworker);
  await aCase().of({ sex: 'F' }).recordedBy(api.as('stranger caseworker'));
});
afterAll(() => api.stop());

const ask = async (query: string, agent: Agent = coordinator): Promise<Figures> =>
  (await agent.get(`/v1/figures?asOf=2022-12-31&${query}`).expect(200)).body;
const by = async (dimension: string, indicator = 'arrests_total', more = ''): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await ask(`indicator=${indicator}&by=${dimension}${more}`)).cells.map((cell) => [
      cell[dimension] as string,
      cell.value,
    ]),
  );
const total = async (query: string): Promise<number> => (await ask(query)).total.value;

describe('a figure', () => {
  it('names its indicator, unit, cut-off and state of the data', async () => {
    const figures = await ask('indicator=arrests_total&by=sex');
    expect(figures).toMatchObject({
      indicator: 'arrests_total',
      unit: 'arrest',
      asOf: '2022-12-31',
      by: ['sex'],
      multiValued: [],
    });
    expect(figures.dataVersion).toMatch(/^v\d+/);
    expect(figures.cells).toEqual([
      { sex: 'F', value: 2 },
      { sex: 'M', value: 5 },
      { sex: 'UNKNOWN', value: 1 },
    ]);
    expect(figures.total).toEqual({ value: 8 });
  });

  it('says how many are unknown, and shows them as a cell', async () => {
    const figures = await ask('indicator=arrests_total&by=sex,area1');
    expect(figures.unknown).toBe(1);
    expect(figures.cells).toContainEqual({ sex: 'UNKNOWN', area1: 'UNKNOWN', value: 1 });
    expect((await ask('indicator=arrests_total&by=ageBand')).unknown).toBe(6);
  });

  it('counts several values of one person each, says so, and counts nobody away who has none', async () => {
    const figures = await ask('indicator=arrests_total&by=basis');
    expect(figures.multiValued).toEqual(['basis']);
    expect(figures.notes.map((note) => note.code)).toContain('multi-valued');
    expect(Object.fromEntries(figures.cells.map((cell) => [cell['basis'], cell.value]))).toEqual({
      ANON_TIP: 7,
      TATTOO_GANG: 1,
      UNKNOWN: 1,
    });
    expect(figures.total.value).toBe(8);
    expect(await by('forceCombination')).toEqual({ PNC: 7, 'PNC FAES': 1 });
    expect(await by('force')).toEqual({ PNC: 8, FAES: 1 });
  });

  it('keeps a month for a month', async () => {
    expect(await by('month')).toEqual({ '2022-04': 3, '2022-05': 2, '2022-06': 3 });
  });

  it('is the same for the same state of the data, whatever the order of the question', async () => {
    const one = await ask('indicator=arrests_total&by=sex,area1&where.force=PNC&where.sex=M,F');
    const other = await ask('where.sex=M,F&where.force=PNC&by=sex,area1&indicator=arrests_total');
    expect(other).toEqual(one);
    expect((await ask('indicator=hc_filed')).dataVersion).toBe(one.dataVersion);
  });

  it('names another state of the data after every change', async () => {
    const before = (await ask('indicator=arrests_total')).dataVersion;
    await api.as('caseworker').post(`${released.path}/contacts`, { at: '2022-05-05', contact: 'CALL' }).expect(201);
    expect((await ask('indicator=arrests_total')).dataVersion).not.toBe(before);
  });

  it('is explained in both languages', async () => {
    for (const { en, es } of (await ask('indicator=days_to_judge&by=basis&from=2022-01-01')).notes) {
      expect(en).toMatch(/^[A-Z].*\.$/s);
      expect(es).toMatch(/^[A-ZÁÉÍÓÚ].*\.$/s);
    }
  });
});

describe('filters', () => {
  it('take one code or several, of one dimension or several', async () => {
    expect(await total('indicator=arrests_total&where.sex=F')).toBe(2);
    expect(await total('indicator=arrests_total&where.sex=F,UNKNOWN')).toBe(3);
    expect(await total('indicator=arrests_total&where.sex=M&where.area1=SV-LI')).toBe(2);
    expect(await total('indicator=arrests_total&where.basis=TATTOO_GANG')).toBe(1);
    expect(await total('indicator=arrests_total&where.forceCombination=PNC%20FAES')).toBe(1);
    expect(await total('indicator=arrests_total&where.month=2022-04,2022-05')).toBe(5);
    expect(await total('indicator=arrests_total&where.area1=UNKNOWN')).toBe(1);
    expect(await total('indicator=arrests_total&where.consent=ANON_STATISTICS')).toBe(7);
    expect(await total('indicator=arrests_total&where.sex=F&where.area1=SV-LI')).toBe(0);
  });

  it('work on codes that are known and were never seen', async () => {
    const figures = await ask('indicator=arrests_total&where.legalGround=SURRENDER&by=sex');
    expect([figures.total.value, figures.cells, figures.unknown]).toEqual([0, [], 0]);
  });
});

describe('a period', () => {
  it('takes in what may have happened in it, and says so', async () => {
    expect(await total('indicator=arrests_total&from=2022-05-01&to=2022-05-31')).toBe(2);
    expect(await total('indicator=arrests_total&from=2022-04-20&to=2022-04-30')).toBe(1);
    expect(await total('indicator=arrests_total&from=2022-06-11')).toBe(0);
    expect((await ask('indicator=arrests_total&from=2022-05-01')).notes.map((note) => note.code)).toContain(
      'may-be-in-period',
    );
  });
});

describe('a cut-off', () => {
  const at = async (asOf: string, query: string): Promise<Figures> =>
    (await coordinator.get(`/v1/figures?asOf=${asOf}&${query}`).expect(200)).body;

  it('knows nothing of what came later', async () => {
    expect((await at('2022-04-30', 'indicator=arrests_total')).total.value).toBe(3);
    expect((await at('2022-05-10', 'indicator=releases_total')).total.value).toBe(0);
    expect((await at('2022-05-11', 'indicator=releases_total')).total.value).toBe(1);
    expect((await at('2022-06-03', 'indicator=deaths_custody')).total.value).toBe(0);
    expect((await at('2022-06-04', 'indicator=deaths_custody')).total.value).toBe(1);
  });

  it('leaves those waiting who saw a judge only later', async () => {
    const { total: cell } = await at('2022-04-11', 'indicator=days_to_judge');
    expect([cell['n'], cell['events']]).toEqual([2, 0]);
    const { total: later } = await at('2022-04-12', 'indicator=days_to_judge');
    expect([later['n'], later['events']]).toEqual([2, 1]);
  });

  it('is today when nobody says otherwise', async () => {
    const { body } = await coordinator.get('/v1/figures?indicator=arrests_total').expect(200);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/El_Salvador' }).format(api.clock.now());
    expect(body.asOf).toBe(today);
  });
});

describe('days to the first judge', () => {
  it('count people still waiting, by Kaplan and Meier', async () => {
    const { total: cell, notes } = await ask('indicator=days_to_judge');
    expect(cell).toMatchObject({ n: 7, events: 3, censored: 4, excludedImprecise: 1, value: 8 });
    // At risk: 7 on day 2, 5 on day 5 (one died on day 3), 3 on day 20 (one released on day 10).
    const curve = (cell['curve'] as { t: number; atRisk: number; events: number; survival: number }[]).filter(
      (point) => point.events > 0,
    );
    expect(curve.map(({ t, atRisk, events }) => [t, atRisk, events])).toEqual([
      [2, 7, 1],
      [5, 5, 1],
      [20, 3, 1],
    ]);
    expect(curve.map(({ survival }) => survival)).toEqual(
      [6 / 7, (6 / 7) * (4 / 5), (6 / 7) * (4 / 5) * (2 / 3)].map((value) => expect.closeTo(value, 10)),
    );
    const survivalAt = cell['survivalAt'] as Record<string, number>;
    expect(survivalAt['2']).toBeCloseTo(6 / 7, 10);
    expect(survivalAt['3']).toBeCloseTo(6 / 7, 10);
    expect(survivalAt['15']).toBeCloseTo(24 / 35, 10);
    expect(survivalAt['30']).toBeCloseTo(16 / 35, 10);
    expect(cell['medianDays']).toBe(20);
    expect(cell['medianInterval']).toHaveLength(2);
    expect(notes.map((note) => note.code)).toContain('kaplan-meier');
  });

  it('are split by any dimension of the arrest', async () => {
    const { cells } = await ask('indicator=days_to_judge&by=sex');
    expect(cells.map((cell) => [cell['sex'], cell['n'], cell['events'], cell['excludedImprecise']])).toEqual([
      ['F', 2, 1, 0],
      ['M', 4, 2, 1],
      ['UNKNOWN', 1, 0, 0],
    ]);
  });
});

describe('waits against a limit', () => {
  const verdicts = async (limit?: string) => {
    const { total: cell } = await ask(`indicator=over_limit${limit ? `&limit=${limit}` : ''}`);
    return [cell['exceeds'], cell['within'], cell['undetermined'], cell['notYet'], cell['endedWithoutJudge']];
  };

  it('are told apart as certain, uncertain, not yet and ended without a judge', async () => {
    // Over: seen after 5 and 20 days, both still waiting, released after 10. Within: seen after 2. Cannot be told: the
    // vague one. Ended without a judge: dead on day 3, which may be less than three days.
    const [exceeds, within, undetermined, notYet, ended] = await verdicts('P3D');
    expect([exceeds, within, undetermined, notYet, ended]).toEqual([5, 1, 1, 0, 1]);
    expect(await verdicts()).toEqual(await verdicts('P3D'));
  });

  it('always cover everybody', async () => {
    for (const limit of ['PT24H', 'PT48H', 'PT72H', 'P1D', 'P2D', 'P3D', 'P15D', 'P30D']) {
      const parts = (await verdicts(limit)) as number[];
      expect([limit, parts.reduce((sum, part) => sum + part, 0)]).toEqual([limit, 8]);
    }
  });
});

describe('deaths and shares', () => {
  it('count deaths in custody, and people-days under risk', async () => {
    expect(await by('assessedClass', 'deaths_custody')).toEqual({ VIOLENT: 1 });
    expect(await by('statusAtDeath', 'deaths_custody')).toEqual({ NOT_BEFORE_JUDGE: 1 });
    const { total: cell } = await ask('indicator=death_rate');
    const day = (text: string): number => Date.parse(text) / 86_400_000;
    const until = day('2022-12-31');
    const days = [
      until - day('2022-04-10'),
      until - day('2022-04-10'),
      until - day('2022-05-01'),
      10,
      3,
      day('2022-06-30') - day('2022-06-10'),
      until - day('2022-06-10'),
    ];
    expect([cell['deaths'], cell['personDays']]).toEqual([1, days.reduce((sum, part) => sum + part, 0)]);
    // Too few for a rate that means anything: none below a hundred person-years.
    expect(cell['rate']).toBeNull();
  });

  it('give a share with its base, of those only whose answer is known', async () => {
    const { total: cell } = await ask('indicator=no_warrant_share');
    expect(cell).toMatchObject({ value: 6, base: 7 });
    const { value, lower, upper } = cell['share'] as { value: number; lower: number; upper: number };
    expect(value).toBeCloseTo(6 / 7, 10);
    expect([lower < value, upper > value, upper <= 1]).toEqual([true, true, true]);
  });

  it('count children by their age on the day of arrest', async () => {
    expect(await total('indicator=children_arrested')).toBe(1);
  });
});

describe('a question is refused', () => {
  const questions: [query: string, code: string, places: Record<string, string>][] = [
    ['indicator=arrests_total&by=colour', 'figure.bad-question', { by: 'dimension.unknown' }],
    ['indicator=arrests_total&by=releaseKind', 'figure.bad-question', { by: 'dimension.unknown' }],
    ['indicator=arrests_total&by=sex,sex', 'figure.bad-question', { by: 'dimension.repeated' }],
    ['indicator=arrests_total&where.sex=X', 'figure.bad-question', { 'where.sex': 'code.unknown' }],
    ['indicator=arrests_total&where.area1=SV-XX', 'figure.bad-question', { 'where.area1': 'code.unknown' }],
    ['indicator=no_warrant_share&by=sex,area1,month', 'figure.bad-question', { by: 'dimension.too-many' }],
    ['indicator=arrests_total&from=2022-05-02&to=2022-05-01', 'figure.reversed-period', {}],
  ];
  it.each(questions)('%s', async (query, code, places) => {
    await coordinator.get(`/v1/figures?${query}`).expect(problem(400, code, places));
  });

  const malformed = [
    '',
    'indicator=everything',
    'indicator=arrests_total&by=sex,area1,month,place',
    'indicator=arrests_total&where.colour=RED',
    'indicator=arrests_total&asOf=2022-02-30',
    'indicator=arrests_total&asOf=yesterday',
    'indicator=over_limit&limit=P4D',
    "indicator=arrests_total&where.sex=F'--",
    'indicator=arrests_total&group=sex',
    'indicator=arrests_total&country=sv',
  ];
  it.each(malformed)('that is malformed: %s', async (query) => {
    await coordinator.get(`/v1/figures?${query}`).expect(problem(400, 'request.invalid'));
  });

  it('about a country of which there is no pack', async () => {
    for (const country of ['XX', 'FR'])
      await coordinator
        .get(`/v1/figures?indicator=arrests_total&country=${country}`)
        .expect(problem(422, 'case.country-unknown'));
  });

  it('with more filters than anybody can read', async () => {
    const dimensions = [
      'sex=M',
      'area1=SV-SS',
      'legalGround=NONE',
      'ageBand=UNKNOWN',
      'month=2022-05',
      'place=UNKNOWN',
      'stage=UNKNOWN',
    ];
    const query = dimensions.map((filter) => `where.${filter}`).join('&');
    await coordinator
      .get(`/v1/figures?indicator=arrests_total&${query}`)
      .expect(problem(400, 'figure.bad-question', { where: 'filter.too-many' }));
  });
});

describe('the catalogue of indicators', () => {
  it.each<Who>(['caseworker', 'lawyer', 'coordinator', 'researcher', 'auditor'])('is read by a %s', async (who) => {
    const { body } = await api.as(who).get('/v1/indicators').expect(200);
    const indicators = body.items as {
      code: string;
      en: string;
      es: string;
      unit: string;
      numerator: { en: string; es: string };
      dimensions: { code: string }[];
    }[];
    expect(indicators.map((one) => one.code)).toEqual(
      expect.arrayContaining([
        'arrests_total',
        'persons_total',
        'days_to_judge',
        'over_limit',
        'deaths_custody',
        'death_rate',
      ]),
    );
    for (const one of indicators) {
      expect([one.en, one.es, one.numerator.en, one.numerator.es].every((text) => text.length > 3)).toBe(true);
      expect(one.dimensions.length).toBeGreaterThan(5);
    }
    const arrests = indicators
      .find((one) => one.code === 'arrests_total')!
      .dimensions.map((dimension) => dimension.code);
    expect(arrests).toEqual(
      expect.arrayContaining([
        'legalGround',
        'basis',
        'force',
        'area1',
        'area2',
        'district',
        'sex',
        'ageBand',
        'occupation',
        'vulnerability',
        'charge',
        'place',
        'stage',
        'measure',
        'counsel',
        'month',
        'emergencyRegime',
        'verification',
        'consent',
      ]),
    );
  });

  it('promises nothing that cannot be asked: every dimension of every indicator is answered', async () => {
    const { body } = await coordinator.get('/v1/indicators').expect(200);
    for (const { code, dimensions } of body.items as { code: string; dimensions: { code: string }[] }[]) {
      const answers = await Promise.all(
        dimensions.map((dimension) => coordinator.get(`/v1/figures?indicator=${code}&by=${dimension.code}`)),
      );
      expect(answers.map((answer, index) => [code, dimensions[index]!.code, answer.status])).toEqual(
        dimensions.map((dimension) => [code, dimension.code, 200]),
      );
    }
  });
});

describe('whoever is no coordinator', () => {
  it.each<Who>(['caseworker', 'lawyer', 'researcher', 'administrator', 'auditor'])(
    'gets no figure as a %s, not even how many',
    async (who) => {
      for (const query of ['indicator=arrests_total', 'indicator=nothing', '', 'indicator=arrests_total&where.sex=F']) {
        const response = await api.as(who).get(`/v1/figures?${query}`);
        problem(403, 'figure.editions-only')(response);
        expect(response.text).not.toMatch(/"(value|total|cells|count)"/);
      }
    },
  );

  it('is answered the same whether there are cases or not', async () => {
    const [some, none] = [
      await api.as('researcher').get('/v1/figures?indicator=arrests_total'),
      await api.as('researcher').get('/v1/figures?indicator=arrests_total&where.sex=INTERSEX'),
    ];
    const { requestId: _one, ...said } = some.body;
    const { requestId: _other, ...saidToo } = none.body;
    expect(saidToo).toEqual(said);
  });
});

it('counts the own organisation’s cases and no others', async () => {
  expect(await total('indicator=arrests_total')).toBe(8);
  expect((await ask('indicator=arrests_total', api.as('stranger coordinator'))).total.value).toBe(1);
});
