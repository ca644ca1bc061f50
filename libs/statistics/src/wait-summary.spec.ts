import { readFileSync } from 'node:fs';
import { kaplanMeier, type Observation } from './kaplan-meier.js';
import { waitSummary } from './wait-summary.js';

describe('the summary of waits', () => {
  const summary = waitSummary(
    kaplanMeier([
      { time: 1, event: true, count: 4 },
      { time: 2, event: false, count: 2 },
      { time: 3, event: true, count: 2 },
      { time: 15, event: true, count: 1 },
      { time: 40, event: false, count: 1 },
    ]),
    3,
  );

  it('counts who is in it, and who was left out for imprecise dates', () => {
    expect(summary).toMatchObject({ n: 10, events: 7, censored: 3, excludedImprecise: 3 });
  });

  it('reads the median, the quartiles and the four horizons off the curve', () => {
    expect(summary.medianDays).toBe(3);
    expect(summary.quartiles).toEqual([1, 15]);
    expect(Object.keys(summary.survivalAt)).toEqual(['2', '3', '15', '30']);
    expect(summary.survivalAt['2']).toBeCloseTo(0.6, 15);
    expect(summary.survivalAt['30']).toBeCloseTo(0.15, 15);
  });

  it('draws the curve on the days with an event only, while the censored leave the risk set', () => {
    expect(summary.curve.map(({ t, atRisk, events }) => [t, atRisk, events])).toEqual([
      [1, 10, 4],
      [3, 4, 2],
      [15, 2, 1],
    ]);
    expect(Object.keys(summary.curve[0]!)).toEqual(['t', 'atRisk', 'events', 'survival', 'lower', 'upper']);
  });

  it('says nothing where nothing is known', () => {
    expect(waitSummary(kaplanMeier([]), 0)).toMatchObject({
      n: 0,
      medianDays: null,
      medianInterval: [null, null],
      quartiles: [null, null],
      survivalAt: { '2': null, '3': null, '15': null, '30': null },
      curve: [],
    });
  });

  it('refuses a negative number of excluded episodes', () => {
    expect(() => waitSummary(kaplanMeier([]), -1)).toThrow(RangeError);
  });
});

describe('the summary of the 2022 intake sample', () => {
  /** `[day, at risk, events, survival to six decimals]`, the answer of an independent program; the first 37 days. */
  type SampleRow = readonly [number, number, number, number];
  const sample: {
    readonly n: number;
    readonly median_days: number;
    readonly survival_at: Readonly<Record<string, number>>;
    readonly curve: readonly SampleRow[];
  } = JSON.parse(
    readFileSync(new URL('../../../samples/intake-2022.expected.json', import.meta.url), 'utf8'),
  ).time_to_judge_day_precision;

  // Who is neither among the events of a row nor at risk in the next one was censored in between.
  const observations = sample.curve.flatMap(([time, atRisk, events], i): Observation[] => {
    const next = sample.curve[i + 1]?.[1] ?? 0;
    return [
      { time, event: true, count: events },
      { time, event: false, count: atRisk - events - next },
    ];
  });
  const summary = waitSummary(kaplanMeier(observations), 0);

  it('reproduces the published risk sets and survival from the counts alone', () => {
    expect(summary.n).toBe(sample.n);
    expect(summary.curve.map(({ t, atRisk, events }) => [t, atRisk, events])).toEqual(
      sample.curve.map(([t, atRisk, events]) => [t, atRisk, events]),
    );
    for (const [i, [, , , survival]] of sample.curve.entries()) {
      expect(Math.abs(summary.curve[i]!.survival - survival)).toBeLessThanOrEqual(5.001e-7);
    }
  });

  it('reproduces the published median and the shares at 3, 15 and 30 days', () => {
    expect(summary.medianDays).toBe(sample.median_days);
    for (const [day, survival] of Object.entries(sample.survival_at)) {
      expect(summary.survivalAt[day]!.toFixed(6)).toBe(survival.toFixed(6));
    }
  });
});
