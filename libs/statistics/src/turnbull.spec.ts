import fc from 'fast-check';
import { referenceCase } from '../cases/reference-case.js';
import { someObservations } from '../cases/survival-case.js';
import { kaplanMeier, survivalAt } from './kaplan-meier.js';
import { turnbull, turnbullSurvivalAt, type IntervalObservation } from './turnbull.js';

const cosmesis = referenceCase<{
  input: { records: { lower: number; upper: number | null }[] };
  expected: { masses: { lower: number; upper: number; mass: number }[] };
}>('turnbull-cosmesis-rt');

describe('the Turnbull estimate of the breast cosmesis data (radiotherapy alone)', () => {
  const estimate = turnbull(
    cosmesis.input.records.map(({ lower, upper }) => ({ lower, upper: upper ?? Infinity })),
    { lowerEnd: 'excluded' },
  );

  it('puts the published masses on the published intervals, and none elsewhere', () => {
    const carrying = estimate.masses.filter(({ mass }) => mass > 1e-6);
    expect(carrying.map(({ lower, upper }) => [lower, upper])).toEqual(
      cosmesis.expected.masses.map(({ lower, upper }) => [lower, upper]),
    );
    expect(carrying.map(({ mass }) => mass.toFixed(3))).toEqual(
      cosmesis.expected.masses.map(({ mass }) => mass.toFixed(3)),
    );
  });

  it('has reached the maximum of the likelihood', () => {
    expect(estimate).toMatchObject({ n: 46, converged: true });
    expect(estimate.gap).toBeLessThan(1e-6);
  });

  it('is one number between the intervals and two inside them', () => {
    const between = turnbullSurvivalAt(estimate, 10)!;
    expect(between.upper - between.lower).toBeLessThan(1e-6);
    expect(between.lower).toBeCloseTo(1 - 0.0463 - 0.0334 - 0.0887, 3);
    const inside = turnbullSurvivalAt(estimate, 39)!;
    expect(inside.upper - inside.lower).toBeCloseTo(0.121, 3);
  });
});

const someIntervals: fc.Arbitrary<IntervalObservation[]> = fc.array(
  fc
    .record({
      lower: fc.integer({ min: 0, max: 12 }),
      width: fc.constantFrom(0, 0, 1, 3, 6, Infinity),
      count: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ lower, width, count }) => ({ lower, upper: lower + width, count })),
  { minLength: 1, maxLength: 15 },
);

describe('every Turnbull estimate', () => {
  it('is the Kaplan-Meier curve when waits are exact or right-censored', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const curve = kaplanMeier(observations);
        const estimate = turnbull(
          observations.map(({ time, event, count }) => ({ lower: time, upper: event ? time : Infinity, count })),
          { tolerance: 1e-13 },
        );
        const lastEvent = Math.max(-1, ...observations.filter(({ event }) => event).map(({ time }) => time));
        for (let t = 0; t <= lastEvent; t += 1) {
          const { lower, upper } = turnbullSurvivalAt(estimate, t)!;
          expect(lower).toBeCloseTo(survivalAt(curve, t)!, 8);
          expect(upper).toBeCloseTo(survivalAt(curve, t)!, 8);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has masses that add to one, and a maximum of the likelihood', () => {
    fc.assert(
      fc.property(someIntervals, (intervals) => {
        const { masses, gap, converged } = turnbull(intervals);
        expect(masses.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 9);
        expect(converged).toBe(true);
        expect(gap).toBeLessThan(1e-4);
      }),
      { numRuns: 200 },
    );
  });

  it('converges where a mass goes to nothing at the very edge of being wanted', () => {
    const edge = turnbull([
      { lower: 11, upper: Infinity, count: 2 },
      { lower: 10, upper: 11, count: 2 },
      { lower: 1, upper: 7 },
      { lower: 7, upper: 10, count: 2 },
      { lower: 11, upper: 14, count: 2 },
      { lower: 1, upper: 1 },
    ]);
    expect(edge.converged).toBe(true);
    expect(edge.steps).toBeLessThan(2000);
    expect(edge.gap).toBeLessThan(1e-6);
  });

  it('does not depend on whether equal records are grouped', () => {
    fc.assert(
      fc.property(someIntervals, (intervals) => {
        const single = intervals.flatMap(({ lower, upper, count = 1 }) =>
          Array.from({ length: count }, () => ({ lower, upper })),
        );
        const [a, b] = [turnbull(intervals), turnbull(single)];
        expect(b.masses.map(({ lower, upper }) => [lower, upper])).toEqual(
          a.masses.map(({ lower, upper }) => [lower, upper]),
        );
        for (const [j, { mass }] of b.masses.entries()) expect(mass).toBeCloseTo(a.masses[j]!.mass, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('tells whole-day intervals, which share an end, from visit intervals, which only touch', () => {
    const touching = [
      { lower: 1, upper: 4 },
      { lower: 4, upper: 7 },
    ];
    expect(turnbull(touching).masses).toMatchObject([{ lower: 4, upper: 4, lowerIncluded: true, mass: 1 }]);
    expect(turnbull(touching, { lowerEnd: 'excluded' }).masses).toMatchObject([
      { lower: 1, upper: 4, lowerIncluded: false },
      { lower: 4, upper: 7, lowerIncluded: false },
    ]);
  });

  it('says when it gave up before converging', () => {
    const visits = cosmesis.input.records.map(({ lower, upper }) => ({ lower, upper: upper ?? Infinity }));
    expect(turnbull(visits, { mostSteps: 3 })).toMatchObject({ steps: 3, converged: false });
  });

  it('is empty without records, and refuses a reversed interval', () => {
    expect(turnbull([])).toMatchObject({ n: 0, masses: [], converged: true, gap: 0 });
    expect(turnbullSurvivalAt(turnbull([]), 1)).toBeNull();
    expect(() => turnbull([{ lower: 4, upper: 3 }])).toThrow(RangeError);
    expect(() => turnbull([{ lower: Infinity, upper: Infinity }])).toThrow(RangeError);
  });
});
