import fc from 'fast-check';
import { disagreements } from '../cases/reference-case.js';
import { someObservations, strata } from '../cases/survival-case.js';
import {
  atRiskAt,
  kaplanMeier,
  lowerBoundWithoutEvents,
  readingAt,
  survivalAt,
  type Observation,
} from './kaplan-meier.js';
import type { ConfidenceTransform } from './pointwise-interval.js';
import { conditioningTime } from './risk-set.js';

describe.each(strata)('the Kaplan-Meier curve of $name', ({ observations, expected, tolerance }) => {
  it('has the risk sets, survival, standard errors and hazards of R', () => {
    const { n, events, rows } = kaplanMeier(observations);
    expect([n, events]).toEqual([expected.n, expected.events]);
    expect(rows.map(({ t, atRisk, events: d, censored }) => [t, atRisk, d, censored])).toEqual(
      expected.table.map(({ time, nRisk, nEvent, nCensor }) => [time, nRisk, nEvent, nCensor]),
    );
    const pairs = rows.flatMap((row, i) => {
      const { surv, se, cumhazNA } = expected.table[i]!;
      return [
        [`S(${row.t})`, row.survival, surv],
        [`se S(${row.t})`, row.se, se],
        [`H(${row.t})`, row.cumulativeHazard, cumhazNA],
      ] as const;
    });
    expect(disagreements(pairs, tolerance)).toEqual([]);
  });

  it.each([
    ['log-log', 'loglogLo', 'loglogHi'],
    ['log', 'logLo', 'logHi'],
    ['plain', 'plainLo', 'plainHi'],
  ] as const)('has the %s intervals of R', (transform, low, high) => {
    const { rows } = kaplanMeier(observations, { transform });
    const pairs = rows.flatMap((row, i) => {
      const answer = expected.table[i]!;
      return [
        [`lower(${row.t})`, row.lower, answer[low]],
        [`upper(${row.t})`, row.upper, answer[high]],
      ] as const;
    });
    expect(disagreements(pairs, tolerance)).toEqual([]);
  });
});

describe('the Kaplan-Meier curve at its edges', () => {
  const curve = kaplanMeier([
    { time: 1, event: true },
    { time: 3, event: true },
    { time: 3, event: false },
    { time: 8, event: false },
  ]);

  it('keeps a person censored on a day at risk for the events of that day', () => {
    expect(curve.rows[1]).toMatchObject({ t: 3, atRisk: 3, events: 1, censored: 1, survival: 0.5 });
  });

  it('is 1 with certainty before the first event', () => {
    expect(readingAt(curve, 0)).toEqual({ t: 0, survival: 1, se: 0, lower: 1, upper: 1 });
  });

  it('is read just after a day, and holds between days', () => {
    expect(survivalAt(curve, 1)).toBe(0.75);
    expect(survivalAt(curve, 2.9)).toBe(0.75);
    expect(survivalAt(curve, 3)).toBe(0.5);
  });

  it('is unknown, not flat, after the last observed day', () => {
    expect(survivalAt(curve, 8)).toBe(0.5);
    expect(survivalAt(curve, 9)).toBeNull();
  });

  it('stays at nought once everybody had the event, without interval', () => {
    const finished = kaplanMeier([{ time: 2, event: true, count: 4 }]);
    expect(readingAt(finished, 2)).toEqual({ t: 2, survival: 0, se: null, lower: null, upper: null });
    expect(survivalAt(finished, 100)).toBe(0);
  });

  it('falls on day 0 for those arrested and brought to a judge on one day', () => {
    expect(
      survivalAt(
        kaplanMeier([
          { time: 0, event: true },
          { time: 4, event: false },
        ]),
        0,
      ),
    ).toBe(0.5);
  });

  it('has no rows and no value without records', () => {
    const empty = kaplanMeier([]);
    expect(empty).toMatchObject({ n: 0, events: 0, censored: 0, rows: [] });
    expect(survivalAt(empty, 0)).toBeNull();
    expect(atRiskAt(empty, 0)).toBe(0);
  });

  it('says how many were under observation just before a day', () => {
    expect([0, 1, 2, 3, 4, 8, 9].map((t) => atRiskAt(curve, t))).toEqual([4, 4, 3, 3, 1, 1, 0]);
  });

  it('treats times that differ by rounding only as tied', () => {
    const { rows } = kaplanMeier([
      { time: 0.1 + 0.2, event: true },
      { time: 0.3, event: true },
      { time: 1, event: false },
    ]);
    expect(rows.map(({ events }) => events)).toEqual([2, 0]);
  });

  it('ends at nought when fractional counts leave only rounding behind', () => {
    const counts = [0.1, 0.2, 0.7, 0.3];
    const { rows } = kaplanMeier(counts.map((count, time) => ({ time, event: true, count })));
    expect(rows.at(-1)).toMatchObject({ survival: 0, se: null });
  });

  it('gives an exact lower bound when nobody had the event', () => {
    expect(lowerBoundWithoutEvents(20)).toBeCloseTo(0.05 ** (1 / 20), 14);
    expect(lowerBoundWithoutEvents(0)).toBeNull();
  });

  it('refuses a negative wait, a negative count and a level of 95', () => {
    expect(() => kaplanMeier([{ time: -1, event: true }])).toThrow(RangeError);
    expect(() => kaplanMeier([{ time: NaN, event: true }])).toThrow(RangeError);
    expect(() => kaplanMeier([{ time: 1, event: true, count: -2 }])).toThrow(RangeError);
    expect(() => kaplanMeier([], { level: 95 })).toThrow(RangeError);
    expect(() => survivalAt(kaplanMeier([]), NaN)).toThrow(RangeError);
    expect(() => lowerBoundWithoutEvents(-1)).toThrow(RangeError);
  });
});

describe('the Kaplan-Meier curve with late entry', () => {
  const late: readonly Observation[] = [
    { time: 4, event: true, entry: 0 },
    { time: 6, event: true, entry: 4 },
    { time: 9, event: false, entry: 5 },
    { time: 9, event: true, entry: 2 },
  ];

  it('counts a person at risk only after entry and up to exit', () => {
    const { rows } = kaplanMeier(late);
    expect(rows.map(({ t, atRisk }) => [t, atRisk])).toEqual([
      [4, 2],
      [6, 3],
      [9, 2],
    ]);
    expect(rows[2]!.survival).toBeCloseTo((1 / 2) * (2 / 3) * (1 / 2), 15);
  });

  it('says who was at risk between two days, when some came in between', () => {
    const curve = kaplanMeier(late);
    expect([1, 3, 4, 5, 5.5, 6].map((t) => atRiskAt(curve, t))).toEqual([1, 2, 2, 2, 3, 3]);
  });

  it('leaves out, and counts, a record that ended when it entered', () => {
    expect(kaplanMeier([...late, { time: 3, event: true, entry: 3, count: 2 }])).toMatchObject({
      n: 4,
      neverAtRisk: 2,
    });
  });

  it('says when a tiny first risk set has brought the curve to nought, and recovers by conditioning', () => {
    const observations: readonly Observation[] = [
      { time: 2, event: true, entry: 1 },
      { time: 10, event: true, entry: 3, count: 6 },
      { time: 12, event: false, entry: 3, count: 6 },
    ];
    expect(kaplanMeier(observations)).toMatchObject({ collapsedAt: 2, start: 0 });
    expect(survivalAt(kaplanMeier(observations), 12)).toBe(0);
    const waitedUntil = conditioningTime(observations);
    expect(waitedUntil).toBe(2);
    const conditional = kaplanMeier(observations, { waitedUntil });
    expect(conditional).toMatchObject({ collapsedAt: null, start: 2, n: 12 });
    expect(survivalAt(conditional, 10)).toBe(0.5);
    expect(survivalAt(conditional, 1)).toBeNull();
  });

  it('needs no conditioning when the first risk set is large enough', () => {
    expect(conditioningTime([{ time: 1, count: 10 }])).toBeNull();
    expect(conditioningTime([{ time: 1, count: 9 }])).toBe(Infinity);
  });

  it('is the ordinary curve when everybody entered before the origin', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const entered = observations.map((observation) => ({ ...observation, entry: -1 }));
        expect(kaplanMeier(entered).rows).toEqual(kaplanMeier(observations).rows);
      }),
    );
  });

  it('conditioned on a day is the ordinary curve divided by its value there', () => {
    fc.assert(
      fc.property(someObservations, fc.integer({ min: 0, max: 20 }), (observations, waitedUntil) => {
        const whole = kaplanMeier(observations);
        const base = survivalAt(whole, waitedUntil);
        fc.pre(base !== null && base > 0);
        for (const row of kaplanMeier(observations, { waitedUntil }).rows) {
          expect(row.survival).toBeCloseTo(survivalAt(whole, row.t)! / base!, 12);
        }
      }),
    );
  });
});

describe('every Kaplan-Meier curve', () => {
  const transforms: readonly ConfidenceTransform[] = ['log-log', 'log', 'plain'];

  it('falls or stands still, between 1 and 0, inside its intervals', () => {
    fc.assert(
      fc.property(someObservations, fc.constantFrom(...transforms), (observations, transform) => {
        let before = 1;
        for (const { survival, lower, upper } of kaplanMeier(observations, { transform }).rows) {
          expect(survival).toBeLessThanOrEqual(before);
          expect(survival).toBeGreaterThanOrEqual(0);
          expect(lower ?? 0).toBeGreaterThanOrEqual(0);
          expect(upper ?? 1).toBeLessThanOrEqual(1);
          expect(lower ?? survival).toBeLessThanOrEqual(survival + 1e-15);
          expect(upper ?? survival).toBeGreaterThanOrEqual(survival - 1e-15);
          before = survival;
        }
      }),
    );
  });

  it('without censoring is the share still waiting, with the binomial variance', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const complete = observations.map((observation) => ({ ...observation, event: true }));
        const { n, rows } = kaplanMeier(complete);
        for (const { t, survival, se } of rows) {
          const waiting = complete.reduce((sum, { time, count = 1 }) => sum + (time > t ? count : 0), 0);
          expect(survival).toBeCloseTo(waiting / n, 13);
          if (se !== null) expect(se ** 2).toBeCloseTo((survival * (1 - survival)) / n, 13);
        }
      }),
    );
  });

  it('does not depend on the order of the records', () => {
    fc.assert(
      fc.property(
        someObservations.chain((o) => fc.tuple(fc.constant(o), fc.shuffledSubarray(o, { minLength: o.length }))),
        ([observations, shuffled]) => {
          expect(kaplanMeier(shuffled)).toEqual(kaplanMeier(observations));
        },
      ),
    );
  });

  it('does not depend on whether equal records are grouped', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const single = observations.flatMap(({ time, event, count = 1 }) =>
          Array.from({ length: count }, () => ({ time, event })),
        );
        expect(kaplanMeier(single)).toEqual(kaplanMeier(observations));
      }),
    );
  });

  it('does not change before or at its last event when a person censored after it is seen waiting longer', () => {
    fc.assert(
      fc.property(someObservations, fc.integer({ min: 1, max: 50 }), (observations, longer) => {
        const lastEvent = Math.max(0, ...observations.filter(({ event }) => event).map(({ time }) => time));
        const seen = (time: number): readonly Observation[] => [...observations, { time, event: false }];
        const upTo = (curve: readonly Observation[]) => kaplanMeier(curve).rows.filter(({ t }) => t <= lastEvent);
        expect(upTo(seen(lastEvent + 1 + longer))).toEqual(upTo(seen(lastEvent + 1)));
      }),
    );
  });

  it('does not change before a person comes under observation', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const last = Math.max(...observations.map(({ time }) => time));
        const added = [...observations, { time: last + 5, event: false, entry: last }];
        expect(kaplanMeier(added).rows.slice(0, -1)).toEqual(kaplanMeier(observations).rows);
      }),
    );
  });

  it('of doubled records is the same curve with half the variance', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const once = kaplanMeier(observations).rows;
        const twice = kaplanMeier([...observations, ...observations]).rows;
        for (const [i, { survival, se }] of twice.entries()) {
          expect(survival).toBeCloseTo(once[i]!.survival, 13);
          if (se !== null) expect(se ** 2).toBeCloseTo(once[i]!.se! ** 2 / 2, 13);
        }
      }),
    );
  });

  it('has wider intervals at a higher level', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const wide = kaplanMeier(observations, { level: 0.99 }).rows;
        for (const [i, { lower, upper }] of kaplanMeier(observations, { level: 0.9 }).rows.entries()) {
          expect(wide[i]!.lower ?? 0).toBeLessThanOrEqual(lower ?? 0);
          expect(wide[i]!.upper ?? 1).toBeGreaterThanOrEqual(upper ?? 1);
        }
      }),
    );
  });
});
