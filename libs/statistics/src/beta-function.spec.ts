import fc from 'fast-check';
import { disagreements, referenceCase } from '../cases/reference-case.js';
import { betaI, betaQuantile, betaQuantileOdds, betaTails } from './beta-function.js';

const cases = referenceCase<{
  betaI: { a: number; b: number; x: number; lower: number; upper: number }[];
  betaQuantile: { p: number; a: number; b: number; x: number }[];
}>('special-functions');

describe('the beta function', () => {
  it('agrees with 60-digit arithmetic in both tails', () => {
    const pairs = cases.betaI.flatMap(({ a, b, x, lower, upper }) => {
      const tails = betaTails(a, b, x);
      return [
        [`I(${a}, ${b}, ${x})`, tails.lower, lower],
        [`1 - I(${a}, ${b}, ${x})`, tails.upper, upper],
      ] as const;
    });
    // 1 - x is rounded before it enters; far in the tail of large parameters that alone is 1e-12.
    expect(disagreements(pairs, { rel: 2e-12 })).toEqual([]);
  });

  it('agrees with 60-digit arithmetic in its quantiles', () => {
    const pairs = cases.betaQuantile.map(
      ({ p, a, b, x }) => [`q(${p}, ${a}, ${b})`, betaQuantile(p, a, b), x] as const,
    );
    expect(disagreements(pairs, cases.tolerance)).toEqual([]);
  });

  it('gives back the probability of its quantile', () => {
    // From 1 up, as in Clopper-Pearson: below it the density is unbounded at the ends and x itself has too few digits.
    const parameter = fc.double({ min: 1, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1 - 1e-5, noNaN: true }), parameter, parameter, (p, a, b) => {
        expect(betaI(a, b, betaQuantile(p, a, b))).toBeCloseTo(p, 10);
      }),
    );
  });

  it('mirrors itself when the parameters change places', () => {
    expect(betaQuantile(0.025, 3, 9)).toBeCloseTo(1 - betaQuantile(0.975, 9, 3), 13);
    expect(betaQuantileOdds(0.025, 3, 9) * betaQuantileOdds(0.975, 9, 3)).toBeCloseTo(1, 12);
  });

  it('takes the ends of the scale literally', () => {
    expect(betaTails(2, 3, 0)).toEqual({ lower: 0, upper: 1 });
    expect(betaTails(2, 3, 1)).toEqual({ lower: 1, upper: 0 });
    expect(betaQuantile(0, 2, 3)).toBe(0);
    expect(betaQuantile(1, 2, 3)).toBe(1);
  });

  it('refuses what is no parameter, no point or no probability', () => {
    for (const refused of [
      () => betaI(0, 1, 0.5),
      () => betaI(1, 1, 1.1),
      () => betaQuantile(-0.1, 1, 1),
      () => betaQuantile(0.5, 1, 0),
    ]) {
      expect(refused).toThrow(RangeError);
    }
  });
});
