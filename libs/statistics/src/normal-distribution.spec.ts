import { disagreements, referenceCase } from '../cases/reference-case.js';
import { chiSquareUpperTail, criticalValue, normalQuantile } from './normal-distribution.js';

const cases = referenceCase<{ normalQuantile: { p: number; z: number }[] }>('special-functions');

describe('the normal distribution', () => {
  it('agrees with 60-digit arithmetic in its quantiles', () => {
    const pairs = cases.normalQuantile.map(({ p, z }) => [`z(${p})`, normalQuantile(p), z] as const);
    expect(disagreements(pairs, cases.tolerance)).toEqual([]);
  });

  it('gives 1.959963984540054 for a 95 % interval', () => {
    expect(criticalValue(0.95)).toBeCloseTo(1.959963984540054, 14);
  });

  it('runs from minus to plus infinity', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
  });

  it('refuses 95 as a level and 2 as a probability', () => {
    expect(() => criticalValue(95)).toThrow(RangeError);
    expect(() => normalQuantile(2)).toThrow(RangeError);
  });

  it('knows the printed points of the chi-square table', () => {
    expect(chiSquareUpperTail(3.841458820694124, 1)).toBeCloseTo(0.05, 14);
    expect(chiSquareUpperTail(5.991464547107979, 2)).toBeCloseTo(0.05, 14);
    expect(chiSquareUpperTail(0, 3)).toBe(1);
  });
});
