/**
 * The SQL of the figures and the rules of libs/custody say the same of everybody: the same generated people are on
 * record and in memory, and every figure of every arrest is held against the library, on several cut-off days.
 *
 * Each person is arrested in a district of their own, so a cell of a figure speaks of one person.
 */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  countedArrests,
  countedDeath,
  countedHearings,
  countedRemedies,
  countedViolations,
  daysHeld,
  faultsIn,
  isKnownBy,
  leavingOf,
  readCaseFile,
  remedyStatus,
  stateOn,
  statusAt,
  verdict,
  waitOf,
  type Limit,
  type Reading,
} from '#lib/custody';
import { deathRate, kaplanMeier, waitSummary } from '#lib/statistics';
import { daysBetween, earliestDay } from '#lib/time';
import { aService, ROOT, type ServiceUnderTest } from '../api/service-under-test.js';
import { FactsService } from '../../src/record/facts.service.js';
import { anyPerson, type ToldPerson, type World } from './any-person.js';
import { insertPeople, recorded, type RecordedPerson } from './told-people.js';

interface Place {
  readonly country: string;
  readonly zone: string;
  /** The dimension whose every code is one person. */
  readonly dimension: string;
  readonly areas: readonly string[];
  readonly worlds: readonly World[];
  readonly days: readonly string[];
}

const areasOf = (pack: string, level: number): readonly string[] =>
  readFileSync(join(ROOT, `countries/${pack}/areas.csv`), 'utf8')
    .split('\n')
    .map((line) => line.split(','))
    .flatMap(([code, at]) => (at === String(level) && code ? [code] : []));

const PLACES: readonly Place[] = [
  {
    country: 'SV',
    zone: 'America/El_Salvador',
    dimension: 'district',
    areas: areasOf('sv', 3),
    worlds: [
      {
        from: '2022-04-01',
        days: 45,
        vague: ['2022-04', '2022-05', '2022', '2022-04~'],
        places: ['SV-IZALCO', 'SV-LAESPERANZA'],
      },
      // The clocks of El Salvador went forward at midnight in 1987 and 1988.
      { from: '1987-04-30', days: 9, vague: ['1987-05'], places: ['SV-IZALCO'] },
    ],
    days: ['1987-05-04', '2022-04-12', '2022-05-05', '2022-06-30'],
  },
  {
    country: 'US-CA',
    zone: 'America/Los_Angeles',
    dimension: 'area1',
    areas: areasOf('us-ca', 1),
    worlds: [
      { from: '2022-03-09', days: 8, vague: ['2022-03'], places: ['US-CA-27025C'] },
      { from: '2022-11-02', days: 8, vague: ['2022-11'], places: ['US-CA-27025C'] },
    ],
    days: ['2022-03-13', '2022-03-15', '2022-11-06', '2022-12-31'],
  },
];

const LIMITS: readonly (readonly [string, Limit])[] = [
  ['PT48H', { hours: 48 }],
  ['PT72H', { hours: 72 }],
  ['P3D', { days: 3 }],
  ['P15D', { days: 15 }],
];

type Cell = Readonly<Record<string, unknown>>;
interface Figure {
  readonly cells: readonly Cell[];
  readonly total: Cell;
}
/** Numbers by what they are numbers of. */
type Tally = Record<string, Record<string, number>>;

/** Every run tells of the same people; a failure can be looked into, and another number tells of others. */
const SEED = 20_221_126;

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService({ worker: false });
});
afterAll(() => api.stop());

describe.each(PLACES)('in $country', (place) => {
  let people: readonly (RecordedPerson & { readonly reading: Reading })[];

  beforeAll(async () => {
    const perWorld = Math.ceil(place.areas.length / place.worlds.length);
    const told = place.worlds.flatMap((world, index) =>
      fc.sample(anyPerson(world).filter(isPossible), { numRuns: perWorld, seed: SEED + index }),
    );
    people = place.areas.map((area, index) => {
      const person = recorded(
        told[index] ?? { events: [], sources: [[]], choice: null },
        area,
        place.country,
        place.zone,
      );
      return { ...person, reading: readCaseFile(person.file) };
    });
    await insertPeople(api.database, people);
    await api.app.get(FactsService).rebuild();
  });

  const ask = async (
    indicator: string,
    by: readonly string[],
    more: Readonly<Record<string, string>>,
  ): Promise<Figure> => {
    const query = new URLSearchParams({
      indicator,
      by: [place.dimension, ...by].join(','),
      country: place.country,
      ...more,
    });
    return (await api.as('coordinator').get(`/v1/figures?${query}`).expect(200)).body as Figure;
  };
  /** Cells of a figure as a tally: person and further dimensions, then what `numbers` reads from the cell. */
  const tally = ({ cells }: Figure, by: readonly string[], numbers: (cell: Cell) => Record<string, number>): Tally =>
    Object.fromEntries(
      cells
        .map((cell) => [[place.dimension, ...by].map((name) => cell[name]).join(' '), numbers(cell)] as const)
        .filter(([, counts]) => Object.values(counts).some((n) => n !== 0)),
    );
  /** The same tally from what the library says of each person. */
  function expected(of: (person: (typeof people)[number]) => readonly (readonly [string, string, number])[]): Tally {
    const all: Tally = {};
    for (const person of people) {
      for (const [key, name, n] of of(person)) {
        if (n === 0) continue;
        const cell = (all[[person.area, key].filter((part) => part !== '').join(' ')] ??= {});
        cell[name] = (cell[name] ?? 0) + n;
      }
    }
    return all;
  }
  /** Says of whom two tallies disagree, with what was told of them. */
  function disagreements(service: Tally, library: Tally): readonly object[] {
    const without = (cell: Record<string, number> = {}): Record<string, number> =>
      Object.fromEntries(Object.entries(cell).filter(([, n]) => n !== 0));
    return [...new Set([...Object.keys(service), ...Object.keys(library)])]
      .map((key) => ({ key, service: without(service[key]), library: without(library[key]) }))
      .filter((one) => JSON.stringify(sorted(one.service)) !== JSON.stringify(sorted(one.library)))
      .map((one) => ({ ...one, told: JSON.stringify(people.find(({ area }) => one.key.startsWith(area))?.told) }))
      .slice(0, 3);
  }
  const sorted = (cell: Record<string, number>): readonly unknown[] => Object.entries(cell).sort();

  describe.each(place.days)('as of %s', (asOf) => {
    it.each(LIMITS)('every wait stands against the limit %s as the library says', async (name, limit) => {
      const figure = await ask('over_limit', ['legalGround'], { asOf, limit: name });
      const VERDICTS = ['exceeds', 'within', 'undetermined', 'notYet', 'endedWithoutJudge'];
      const service = tally(figure, ['legalGround'], (cell) =>
        Object.fromEntries(VERDICTS.map((one) => [one, Number(cell[one])])),
      );
      const camel = (text: string): string => text.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
      const library = expected(({ reading: { arrests, death, knownOn } }) =>
        arrests.flatMap((arrest): (readonly [string, string, number])[] => {
          const found = verdict(arrest, death, knownOn, limit, asOf, place.zone);
          return found === null ? [] : [[arrest.arrest.legalGround, camel(found), 1]];
        }),
      );
      expect(disagreements(service, library)).toEqual([]);
    });

    it('every wait enters the Kaplan-Meier curve with the days and the ending that the library says', async () => {
      const figure = await ask('days_to_judge', ['legalGround'], { asOf });
      const service = tally(figure, ['legalGround'], (cell) => ({
        events: Number(cell['events']),
        censored: Number(cell['censored']),
        excluded: Number(cell['excludedImprecise']),
        days: (cell['curve'] as { t: number; events: number }[]).reduce((sum, { t, events }) => sum + t * events, 0),
      }));
      const waits = people.flatMap(({ area, reading: { arrests, death, knownOn } }) =>
        arrests.flatMap((arrest) => {
          const wait = waitOf(arrest, death, knownOn, asOf);
          return wait === null ? [] : [{ area, ground: arrest.arrest.legalGround, wait }];
        }),
      );
      const library = expected(({ area }) =>
        waits
          .filter((one) => one.area === area)
          .flatMap(({ ground, wait: { days, kind } }): (readonly [string, string, number])[] => [
            [ground, days === null ? 'excluded' : kind === 'judge' ? 'events' : 'censored', 1],
            [ground, 'days', kind === 'judge' ? (days ?? 0) : 0],
          ]),
      );
      expect(disagreements(service, library)).toEqual([]);
      const usable = waits.flatMap(({ wait: { days, kind } }) =>
        days === null ? [] : [{ time: days, event: kind === 'judge', count: 1 }],
      );
      const summary = waitSummary(kaplanMeier(usable), waits.length - usable.length);
      expect(figure.total).toMatchObject(JSON.parse(JSON.stringify(summary)) as object);
    });

    it.each([
      ['from the first day on', null],
      ['from a day in the middle on', place.days[1] ?? null],
    ])('every day in custody is counted as the library says, %s', async (_name, from) => {
      const figure = await ask('death_rate', ['legalGround'], { asOf, ...(from === null ? {} : { from }) });
      const service = tally(figure, ['legalGround'], (cell) => ({
        days: Number(cell['personDays']),
        deaths: Number(cell['deaths']),
      }));
      const library = expected(({ reading: { arrests, death, knownOn } }) =>
        arrests.flatMap((arrest): (readonly [string, string, number])[] => {
          const held = daysHeld(arrest, death, knownOn, asOf);
          const start = earliestDay(arrest.arrest.at);
          if (held?.days === null || held?.days === undefined || start === null) return [];
          const [first, end] = [from ?? start, dayAfter(start, held.days)];
          const inside = Math.max(0, daysBetween(first > start ? first : start, end < asOf ? end : asOf));
          const died = leavingOf(arrest, death, asOf)?.by === 'died' && end >= first && end <= asOf;
          return [
            [arrest.arrest.legalGround, 'days', inside],
            [arrest.arrest.legalGround, 'deaths', died ? 1 : 0],
          ];
        }),
      );
      expect(disagreements(service, library)).toEqual([]);
      const all = Object.values(library);
      const sum = (name: string): number => all.reduce((total, cell) => total + (cell[name] ?? 0), 0);
      const { deaths, personDays, rate } = deathRate(sum('deaths'), sum('days'));
      expect(figure.total).toMatchObject({ deaths, personDays, rate: rate.value });
    });

    it.each(['stage', 'measure', 'counsel', 'place'] as const)(
      'the %s of every arrest is the one of that day',
      async (name) => {
        const figure = await ask('arrests_total', ['legalGround', name], { asOf });
        const library = expected(({ reading, file }) =>
          countedArrests(reading, file)
            .filter(({ earliest }) => earliest === null || earliest.slice(0, 10) <= asOf)
            .map((arrest): readonly [string, string, number] => {
              const changes = {
                stage: arrest.stages,
                measure: arrest.measures,
                counsel: arrest.counsel,
                place: arrest.places,
              }[name];
              return [`${arrest.legalGround} ${stateOn(changes, asOf) ?? 'UNKNOWN'}`, 'arrests', 1];
            }),
        );
        const service = tally(figure, ['legalGround', name], (cell) => ({ arrests: Number(cell['value']) }));
        expect(disagreements(service, library)).toEqual([]);
      },
    );

    it('hearings, petitions, violations and deaths are those known by then, in the state of that day', async () => {
      const known = (reading: Reading, arrest: number | null, first: string | null): boolean => {
        const at = arrest === null ? undefined : reading.arrests[arrest]?.arrest.at;
        return at !== undefined && isKnownBy(at, asOf) && (first === null || first <= asOf);
      };
      const count = (cell: Cell): Record<string, number> => ({ n: Number(cell['value']) });
      const questions: readonly (readonly [string, string, Tally])[] = [
        [
          'hearings_total',
          'hearingStage',
          expected(({ reading }) =>
            countedHearings(reading).map(
              ({ stage, arrest, earliest }) => [stage, 'n', known(reading, arrest, earliest) ? 1 : 0] as const,
            ),
          ),
        ],
        [
          'violations_total',
          'violation',
          expected(({ reading }) =>
            countedViolations(reading).map(
              ({ violation, arrest, earliest }) => [violation, 'n', known(reading, arrest, earliest) ? 1 : 0] as const,
            ),
          ),
        ],
        [
          'remedies_total',
          'remedyStatus',
          expected(({ reading }) =>
            countedRemedies(reading).map(({ eventId, arrest, earliest }) => {
              const remedy = reading.accounts.find(({ used }) => used.id === eventId)?.used;
              const status = remedy?.kind === 'remedy' ? remedyStatus(remedy, asOf) : 'UNKNOWN';
              return [status, 'n', known(reading, arrest, earliest) ? 1 : 0] as const;
            }),
          ),
        ],
        [
          'deaths_custody',
          'statusAtDeath',
          expected(({ reading }) => {
            // A death that certainly came before every arrest is kept with the first one, so that it is not lost.
            const death = countedDeath(reading);
            const after = ['RELEASED_LE_30D', 'RELEASED_31_180D', 'NOT_APPLICABLE'].includes(
              death?.statusAtDeath ?? 'NOT_APPLICABLE',
            );
            return death === null || after
              ? []
              : [[death.statusAtDeath, 'n', known(reading, death.arrest ?? 0, death.earliest) ? 1 : 0] as const];
          }),
        ],
      ];
      for (const [indicator, dimension, library] of questions) {
        const service = tally(await ask(indicator, [dimension], { asOf }), [dimension], count);
        expect([indicator, disagreements(service, library)]).toEqual([indicator, []]);
      }
    });
  });

  it('every person stands today where the library says', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const wrong: object[] = [];
    for (const { caseIds, reading, told } of people) {
      const { body } = await api.as('coordinator').get(`/v1/cases/${caseIds[0]}`).expect(200);
      const { liberty, stage, daysToJudge } =
        (body as { status: { liberty: string; stage: string; daysToJudge: object } }).status ?? {};
      const { libertyStatus, stage: stageSaid, daysToJudge: waited, arrest } = statusAt(reading, today);
      if (arrest === null) continue;
      // The file says how custody ended; that somebody died after release is said by the timeline.
      const said = libertyStatus.startsWith('DIED') ? 'DIED' : libertyStatus;
      const [service, library] = [
        { liberty, stage, daysToJudge },
        { liberty: said, stage: stageSaid, daysToJudge: waited },
      ];
      if (JSON.stringify(service) !== JSON.stringify(library))
        wrong.push({ service, library, told: JSON.stringify(told) });
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

/** Whether no two events certainly contradict each other: only such a file can come about through the service. */
const isPossible = (told: ToldPerson): boolean =>
  faultsIn(recorded(told, '', '', 'UTC').file, { today: '2023-01-01' }).length === 0;

const dayAfter = (day: string, n: number): string =>
  new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);
