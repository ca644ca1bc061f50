import fc from 'fast-check';
import { disagreements, referenceCase } from '../cases/reference-case.js';
import { gammaP, gammaQ, gammaQuantile, gammaTails, gammaUpperQuantile, lnGamma } from './gamma-function.js';

const cases = referenceCase<{
  lnGamma: { x: number; value: number }[];
  gammaP: { a: number; x: number; lower: number; upper: number }[];
  gammaQuantile: { p: number; a: number; x: number }[];
}>('special-functions');

describe('the gamma function', () => {
  it('agrees with 60-digit arithmetic in its logarithm', () => {
    const pairs = cases.lnGamma.map(({ x, value }) => [`lnGamma(${x})`, lnGamma(x), value] as const);
    expect(disagreements(pairs, { abs: 1e-14, rel: 1e-15 })).toEqual([]);
  });

  it('agrees with 60-digit arithmetic in both tails of the incomplete function', () => {
    const pairs = cases.gammaP.flatMap(
      ({ a, x, lower, upper }) =>
        [
          [`P(${a}, ${x})`, gammaP(a, x), lower],
          [`Q(${a}, ${x})`, gammaQ(a, x), upper],
        ] as const,
    );
    expect(disagreements(pairs, { rel: 1e-13 })).toEqual([]);
  });

  it('agrees with 60-digit arithmetic in its quantiles, also at shape 1,000 where a published package is wrong', () => {
    const pairs = cases.gammaQuantile.map(({ p, a, x }) => [`q(${p}, ${a})`, gammaQuantile(p, a), x] as const);
    expect(disagreements(pairs, cases.tolerance)).toEqual([]);
  });

  it('gives back the probability of its quantile', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        fc.double({ min: 0.3, max: 5_000, noNaN: true }),
        (p, a) => {
          const { lower, upper } = gammaTails(a, gammaQuantile(p, a));
          expect(Math.abs(lower - p) / p).toBeLessThan(1e-11);
          expect(Math.abs(upper - (1 - p)) / (1 - p)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it('finds the same point from either tail', () => {
    expect(gammaUpperQuantile(0.25, 7)).toBeCloseTo(gammaQuantile(0.75, 7), 12);
    expect(gammaUpperQuantile(0.75, 7)).toBeCloseTo(gammaQuantile(0.25, 7), 12);
  });

  it('takes the ends of the scale literally', () => {
    expect(gammaQuantile(0, 3)).toBe(0);
    expect(gammaQuantile(1, 3)).toBe(Infinity);
    expect(gammaTails(3, 0)).toEqual({ lower: 0, upper: 1 });
    expect(gammaTails(3, Infinity)).toEqual({ lower: 1, upper: 0 });
  });

  it('refuses what is no shape, no point or no probability', () => {
    for (const refused of [
      () => lnGamma(0),
      () => gammaP(0, 1),
      () => gammaP(1, -1),
      () => gammaP(NaN, 1),
      () => gammaQuantile(1.5, 1),
      () => gammaQuantile(0.5, -1),
    ]) {
      expect(refused).toThrow(RangeError);
    }
  });
});
