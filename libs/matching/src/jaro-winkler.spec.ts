import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { jaro, jaroWinkler } from './jaro-winkler.js';

interface ReferenceCase {
  readonly a: string;
  readonly b: string;
  readonly jaro: number;
  readonly jaroWinkler: number;
  readonly publishedJaro: number;
  readonly publishedJaroWinkler: number;
}

const reference = JSON.parse(readFileSync(new URL('../cases/jaro-winkler.json', import.meta.url), 'utf8')) as {
  readonly tolerance: { readonly abs: number };
  readonly cases: readonly ReferenceCase[];
};

describe('Jaro and Winkler', () => {
  it.each(reference.cases.map((one) => [one.a, one.b, one] as const))(
    'agree with the reference on %s and %s',
    (a, b, one) => {
      expect(Math.abs(jaro(a, b) - one.jaro)).toBeLessThanOrEqual(reference.tolerance.abs);
      expect(Math.abs(jaroWinkler(a, b) - one.jaroWinkler)).toBeLessThanOrEqual(reference.tolerance.abs);
      expect(jaroWinkler(a, b)).toBeCloseTo(one.publishedJaroWinkler, 2);
    },
  );

  it('count a letter with its accent as one letter, however it was typed', () => {
    expect(jaroWinkler('Pe\u0301rez', 'P\u00e9rez')).toBe(1);
    expect(jaro('\u{1F600}a', '\u{1F600}b')).toBeCloseTo((0.5 + 0.5 + 1) / 3, 12);
  });

  it('take two empty texts as the same, and an empty one as unlike any other', () => {
    expect(jaroWinkler('', '')).toBe(1);
    expect(jaroWinkler('', 'Ana')).toBe(0);
  });

  it('lie between 0 and 1, are 1 for the same text, and do not mind which text comes first', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const similarity = jaroWinkler(a, b);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(jaroWinkler(a, a)).toBeCloseTo(1, 12);
        expect(jaroWinkler(b, a)).toBeCloseTo(similarity, 12);
      }),
    );
  });
});
