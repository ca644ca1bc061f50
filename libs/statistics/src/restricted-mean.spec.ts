import fc from 'fast-check';
import { disagreements } from '../cases/reference-case.js';
import { someObservations, strata } from '../cases/survival-case.js';
import { kaplanMeier, survivalAt } from './kaplan-meier.js';
import { restrictedMean } from './restricted-mean.js';

describe.each(strata)('the restricted mean of $name', ({ observations, expected, tolerance }) => {
  it('is that of R, with its standard error', () => {
    const curve = kaplanMeier(observations);
    const pairs = expected.rmst.flatMap(({ tau, rmst, se }) => {
      const found = restrictedMean(curve, tau)!;
      return [
        [`RMST(${tau})`, found.value, rmst],
        [`se RMST(${tau})`, found.se, se],
      ] as const;
    });
    expect(disagreements(pairs, tolerance)).toEqual([]);
  });
});

describe('the average wait within the first tau days', () => {
  it('is the sum of the shares still waiting, day by day', () => {
    fc.assert(
      fc.property(someObservations, fc.integer({ min: 0, max: 20 }), (observations, tau) => {
        const curve = kaplanMeier(observations);
        const found = restrictedMean(curve, tau);
        fc.pre(found !== null);
        const shares = Array.from({ length: tau }, (_, day) => survivalAt(curve, day)!);
        const sum = shares.reduce((area, share) => area + share, 0);
        expect(found!.value).toBeCloseTo(sum, 10);
        expect(found!.lower).toBeGreaterThanOrEqual(0);
        expect(found!.upper).toBeLessThanOrEqual(tau);
      }),
    );
  });

  it('without censoring is the mean of the waits cut at tau, with the variance of a mean', () => {
    const waits = [1, 2, 2, 5, 9, 30];
    const { value, se } = restrictedMean(kaplanMeier(waits.map((time) => ({ time, event: true }))), 10)!;
    const cut = waits.map((wait) => Math.min(wait, 10));
    const mean = cut.reduce((sum, wait) => sum + wait, 0) / cut.length;
    expect(value).toBeCloseTo(mean, 13);
    expect(se ** 2).toBeCloseTo(cut.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / cut.length ** 2, 13);
  });

  it('is not defined beyond the last observed day, unless everybody had the event by then', () => {
    expect(restrictedMean(kaplanMeier([{ time: 5, event: false }]), 6)).toBeNull();
    expect(restrictedMean(kaplanMeier([{ time: 5, event: true }]), 60)).toMatchObject({ value: 5, se: 0 });
    expect(restrictedMean(kaplanMeier([]), 6)).toBeNull();
  });

  it('starts where a conditional curve starts', () => {
    const curve = kaplanMeier(
      [
        { time: 1, event: true },
        { time: 6, event: true },
        { time: 8, event: true },
      ],
      { waitedUntil: 2 },
    );
    expect(restrictedMean(curve, 8)!.value).toBe(5);
    expect(() => restrictedMean(curve, 1)).toThrow(RangeError);
  });
});
