import fc from 'fast-check';
import { someObservations, strata } from '../cases/survival-case.js';
import { kaplanMeier } from './kaplan-meier.js';
import { medianStatement, quantile } from './survival-quantile.js';

describe.each(strata)('the quantiles of $name', ({ observations, expected }) => {
  it.each([
    ['log-log', 'loglog'],
    ['log', 'log'],
    ['plain', 'plain'],
  ] as const)(
    'are those that R prints, with their Brookmeyer-Crowley intervals on the %s scale',
    (transform, field) => {
      const curve = kaplanMeier(observations, { transform });
      const found = expected.quantiles.probs.map((p) => quantile(curve, p));
      expect({
        q: found.map(({ value }) => value),
        lower: found.map(({ lower }) => lower),
        upper: found.map(({ upper }) => upper),
      }).toEqual(expected.quantiles[field]);
    },
  );
});

describe('a quantile of the wait', () => {
  it('is the middle of the flat piece when the curve lies exactly on it', () => {
    const curve = kaplanMeier([
      { time: 2, event: true, count: 2 },
      { time: 6, event: true, count: 2 },
    ]);
    expect(quantile(curve, 0.5).value).toBe(4);
  });

  it('is the day itself when the curve stays on it to the end', () => {
    const curve = kaplanMeier([
      { time: 2, event: true, count: 2 },
      { time: 6, event: false, count: 2 },
    ]);
    expect(quantile(curve, 0.5).value).toBe(2);
  });

  it('is not reached when too few had the event', () => {
    expect(
      quantile(
        kaplanMeier([
          { time: 2, event: true },
          { time: 6, event: false, count: 50 },
        ]),
        0.5,
      ),
    ).toEqual({
      p: 0.5,
      value: null,
      lower: null,
      upper: null,
    });
  });

  it('moves with the origin: waits longer by so many days have quantiles later by so many days', () => {
    fc.assert(
      fc.property(someObservations, fc.integer({ min: 1, max: 40 }), (observations, days) => {
        const later = observations.map((observation) => ({ ...observation, time: observation.time + days }));
        const moved = (t: number | null): number | null => (t === null ? null : t + days);
        const before = quantile(kaplanMeier(observations), 0.5);
        expect(quantile(kaplanMeier(later), 0.5)).toEqual({
          p: 0.5,
          value: moved(before.value),
          lower: moved(before.lower),
          upper: moved(before.upper),
        });
      }),
    );
  });

  it('comes later for a larger share', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const curve = kaplanMeier(observations);
        const values = [0.1, 0.25, 0.5, 0.75, 0.9].map((p) => quantile(curve, p).value ?? Infinity);
        expect(values).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });

  it('refuses a share of 0 or 1', () => {
    expect(() => quantile(kaplanMeier([]), 0)).toThrow(RangeError);
    expect(() => quantile(kaplanMeier([]), 1)).toThrow(RangeError);
  });
});

describe('what may be said about the median', () => {
  it('is its day when it is reached', () => {
    expect(medianStatement(kaplanMeier([{ time: 7, event: true, count: 3 }]))).toEqual({ kind: 'reached', days: 7 });
  });

  it('is that more than half were waiting on the last day, when the interval leaves no doubt', () => {
    const many = kaplanMeier([
      { time: 3, event: true, count: 10 },
      { time: 20, event: false, count: 90 },
    ]);
    expect(medianStatement(many)).toEqual({ kind: 'more-than-half-waiting', by: 20 });
  });

  it('is nothing when the interval reaches below one half', () => {
    const few = kaplanMeier([
      { time: 3, event: true, count: 2 },
      { time: 20, event: false, count: 3 },
    ]);
    expect(medianStatement(few)).toEqual({ kind: 'undetermined' });
    expect(medianStatement(kaplanMeier([]))).toEqual({ kind: 'undetermined' });
  });
});
