import fc from 'fast-check';
import { disagreements, referenceCase } from '../cases/reference-case.js';
import { lnGamma } from './gamma-function.js';
import { clopperPearson, newcombeDifference, shareWithUnknown, wilson } from './proportions.js';

const newcombe = referenceCase<{
  cases: {
    x: number;
    n: number;
    conf: number;
    p: number;
    wilsonLo: number;
    wilsonHi: number;
    cpLo: number;
    cpHi: number;
  }[];
}>('proportions-newcombe');

const someShare = fc
  .integer({ min: 1, max: 400 })
  .chain((base) => fc.record({ part: fc.integer({ min: 0, max: base }), base: fc.constant(base) }));

/** Probability of at most `part` of `base` when each has probability `share`, added term by term. */
function binomialUpTo(part: number, base: number, share: number): number {
  let sum = 0;
  for (let k = 0; k <= part; k += 1) {
    const ways = lnGamma(base + 1) - lnGamma(k + 1) - lnGamma(base - k + 1);
    sum += Math.exp(ways + k * Math.log(share) + (base - k) * Math.log1p(-share));
  }
  return sum;
}

describe('the four examples of Newcombe', () => {
  it('have the Wilson intervals of R', () => {
    const pairs = newcombe.cases.flatMap(({ x, n, conf, p, wilsonLo, wilsonHi }) => {
      const { value, lower, upper } = wilson(x, n, conf);
      return [
        [`${x}/${n}`, value, p],
        [`lower ${x}/${n}`, lower, wilsonLo],
        [`upper ${x}/${n}`, upper, wilsonHi],
      ] as const;
    });
    expect(disagreements(pairs, newcombe.tolerance)).toEqual([]);
  });

  it('have the Clopper-Pearson intervals of R', () => {
    const pairs = newcombe.cases.flatMap(({ x, n, conf, cpLo, cpHi }) => {
      const { lower, upper } = clopperPearson(x, n, conf);
      return [
        [`lower ${x}/${n}`, lower, cpLo],
        [`upper ${x}/${n}`, upper, cpHi],
      ] as const;
    });
    expect(disagreements(pairs, newcombe.tolerance)).toEqual([]);
  });
});

describe('the interval of a share', () => {
  it('is exactly nought below none and exactly one above all', () => {
    for (const interval of [wilson, clopperPearson]) {
      expect(interval(0, 17).lower).toBe(0);
      expect(interval(17, 17).upper).toBe(1);
    }
  });

  it('holds the share, mirrors its complement and widens with the level', () => {
    fc.assert(
      fc.property(someShare, fc.constantFrom(wilson, clopperPearson), ({ part, base }, interval) => {
        const { value, lower, upper } = interval(part, base);
        const [complement, wide] = [interval(base - part, base), interval(part, base, 0.99)];
        expect(lower!).toBeLessThanOrEqual(value!);
        expect(upper!).toBeGreaterThanOrEqual(value!);
        expect(lower!).toBeCloseTo(1 - complement.upper!, 12);
        expect(wide.lower!).toBeLessThanOrEqual(lower!);
        expect(wide.upper!).toBeGreaterThanOrEqual(upper!);
      }),
    );
  });

  it('in its exact form leaves half of the error on either side', () => {
    fc.assert(
      fc.property(someShare, ({ part, base }) => {
        const { lower, upper } = clopperPearson(part, base);
        if (part > 0) expect(1 - binomialUpTo(part - 1, base, lower!)).toBeCloseTo(0.025, 9);
        if (part < base) expect(binomialUpTo(part, base, upper!)).toBeCloseTo(0.025, 9);
      }),
    );
  });

  it('is not defined on a base of nought', () => {
    expect(wilson(0, 0)).toEqual({ value: null, lower: null, upper: null, method: 'wilson', level: 0.95 });
    expect(clopperPearson(0, 0)).toMatchObject({ value: null, method: 'clopper-pearson' });
  });

  it('refuses more than all, halves, and a level of 95', () => {
    expect(() => wilson(3, 2)).toThrow(RangeError);
    expect(() => wilson(0.5, 2)).toThrow(RangeError);
    expect(() => clopperPearson(-1, 2)).toThrow(RangeError);
    expect(() => clopperPearson(1, 2, 95)).toThrow(RangeError);
  });
});

describe('the difference of two shares', () => {
  // Newcombe 1998, Statistics in Medicine 17:873, Table II, method 10, as printed (four decimals).
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of %i in %i and %i in %i has the interval printed by Newcombe', (x1, n1, x2, n2, low, high) => {
    const { value, lower, upper } = newcombeDifference({ part: x1, base: n1 }, { part: x2, base: n2 });
    expect(value).toBeCloseTo(x1 / n1 - x2 / n2, 15);
    expect(Math.abs(lower! - low)).toBeLessThanOrEqual(5.001e-5);
    expect(Math.abs(upper! - high)).toBeLessThanOrEqual(5.001e-5);
  });

  it('changes its sign when the groups change places, and stays between -1 and 1', () => {
    fc.assert(
      fc.property(someShare, someShare, (a, b) => {
        const [there, back] = [newcombeDifference(a, b), newcombeDifference(b, a)];
        expect(there.lower!).toBeCloseTo(-back.upper!, 12);
        expect(there.lower!).toBeGreaterThanOrEqual(-1);
        expect(there.upper!).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is not defined when one base is nought', () => {
    expect(newcombeDifference({ part: 1, base: 2 }, { part: 0, base: 0 })).toMatchObject({
      value: null,
      method: 'newcombe-10',
    });
  });
});

describe('a share with unknown answers', () => {
  it('is the share among the known, beside the share of unknown', () => {
    expect(shareWithUnknown(30, 95, 5)).toMatchObject({
      share: { value: 30 / 95 },
      unknownShare: 0.05,
      extremes: null,
    });
  });

  it('shows worst and best case when more than a tenth is unknown', () => {
    expect(shareWithUnknown(30, 80, 20)).toMatchObject({ unknownShare: 0.2, extremes: [0.3, 0.5] });
    expect(shareWithUnknown(30, 90, 10).extremes).toBeNull();
  });

  it('is nothing without anybody', () => {
    expect(shareWithUnknown(0, 0, 0)).toMatchObject({ share: { value: null }, unknownShare: null, extremes: null });
    expect(() => shareWithUnknown(1, 2, -1)).toThrow(RangeError);
  });
});
