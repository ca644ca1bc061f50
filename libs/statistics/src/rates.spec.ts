import fc from 'fast-check';
import { disagreements, referenceCase } from '../cases/reference-case.js';
import { lnGamma } from './gamma-function.js';
import {
  DAYS_PER_PERSON_YEAR,
  deathRate,
  deathRateRange,
  expectedDeaths,
  garwood,
  rateRatio,
  standardisedMortalityRatio,
} from './rates.js';

const garwoodCases = referenceCase<{ cases: { x: number; conf: number; lower: number; upper: number }[] }>(
  'garwood-small',
);
const smrCases = referenceCase<{
  cases: { observed: number; expected: number; conf: number; smr: number; lower: number; upper: number }[];
}>('smr-small');

/** Probability of at most `events` when `mean` are expected, added term by term. */
function poissonUpTo(events: number, mean: number): number {
  let sum = 0;
  for (let k = 0; k <= events; k += 1) sum += Math.exp(k * Math.log(mean) - mean - lnGamma(k + 1));
  return sum;
}

describe('the exact Poisson interval', () => {
  it('is that of R for 0 to 30 events at three levels', () => {
    const pairs = garwoodCases.cases.flatMap(({ x, conf, lower, upper }) => {
      const found = garwood(x, conf);
      return [
        [`lower(${x}, ${conf})`, found.lower, lower],
        [`upper(${x}, ${conf})`, found.upper, upper],
      ] as const;
    });
    expect(disagreements(pairs, garwoodCases.tolerance)).toEqual([]);
  });

  it('leaves exactly half of the error on either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), fc.constantFrom(0.8, 0.9, 0.95, 0.99), (events, level) => {
        const { lower, upper } = garwood(events, level);
        expect(1 - poissonUpTo(events - 1, lower)).toBeCloseTo((1 - level) / 2, 9);
        expect(poissonUpTo(events, upper)).toBeCloseTo((1 - level) / 2, 9);
      }),
    );
  });

  it('refuses half a death and a level of 95', () => {
    expect(() => garwood(0.5)).toThrow(RangeError);
    expect(() => garwood(-1)).toThrow(RangeError);
    expect(() => garwood(1, 95)).toThrow(RangeError);
  });
});

describe('the death rate', () => {
  it('is given per thousand person-years of 365.25 days, with its interval', () => {
    const { deaths, personDays, rate } = deathRate(12, 5_000 * DAYS_PER_PERSON_YEAR);
    expect([deaths, personDays, rate.method, rate.level]).toEqual([12, 1_826_250, 'garwood', 0.95]);
    expect(rate.value).toBeCloseTo(2.4, 12);
    expect(rate.lower).toBeCloseTo(6.20057510872222 / 5, 10);
    expect(rate.upper).toBeCloseTo(20.961585048177 / 5, 10);
  });

  it('has an upper bound when no death is documented', () => {
    const { rate } = deathRate(0, 1_000 * DAYS_PER_PERSON_YEAR);
    expect(rate).toMatchObject({ value: 0, lower: 0 });
    expect(rate.upper).toBeCloseTo(3.68887945411394, 10);
  });

  it('is not given below a hundred person-years', () => {
    expect(deathRate(3, 100 * DAYS_PER_PERSON_YEAR - 1).rate).toMatchObject({ value: null, lower: null, upper: null });
    expect(deathRate(3, 100 * DAYS_PER_PERSON_YEAR).rate.value).toBeCloseTo(30, 12);
    expect(deathRate(0, 0)).toMatchObject({ deaths: 0, personDays: 0, rate: { value: null } });
  });

  it('is a range when the end of some custody is unknown', () => {
    const { lowest, highest } = deathRateRange(10, 365_250, 730_500);
    expect([lowest.rate.value, highest.rate.value]).toEqual([5, 10]);
    expect(() => deathRateRange(10, 2, 1)).toThrow(RangeError);
  });

  it('refuses a negative time', () => {
    expect(() => deathRate(1, -1)).toThrow(RangeError);
  });
});

describe('the ratio of two rates', () => {
  it('is the exact conditional one of R (first example of ?poisson.test)', () => {
    const { value, lower, upper } = rateRatio({ events: 11, time: 800 }, { events: 21, time: 3011 });
    expect(value).toBeCloseTo(1.9714880952380953, 12);
    expect(lower).toBeCloseTo(0.8584264033916399, 10);
    expect(upper).toBeCloseTo(4.277265943654075, 10);
  });

  it('agrees with scipy on a few events and on none', () => {
    const few = rateRatio({ events: 3, time: 1_000 }, { events: 1, time: 2_000 });
    expect(few.lower).toBeCloseTo(0.4817604556585239, 10);
    expect(few.upper).toBeCloseTo(314.9841765496216, 8);
    const none = rateRatio({ events: 0, time: 100 }, { events: 5, time: 100 });
    expect(none).toMatchObject({ value: 0, lower: 0, method: 'conditional-exact' });
    expect(none.upper).toBeCloseTo(1.091279105182546, 11);
  });

  it('is infinite above without events in the second group, and not defined without any', () => {
    const infinite = rateRatio({ events: 5, time: 100 }, { events: 0, time: 100 });
    expect(infinite).toMatchObject({ value: null, upper: null });
    expect(infinite.lower).toBeCloseTo(1 / 1.091279105182546, 11);
    expect(rateRatio({ events: 0, time: 1 }, { events: 0, time: 1 })).toMatchObject({
      value: null,
      lower: null,
      upper: null,
    });
  });

  it('turns over when the groups change places', () => {
    const count = fc.record({ events: fc.integer({ min: 1, max: 200 }), time: fc.integer({ min: 1, max: 100_000 }) });
    fc.assert(
      fc.property(count, count, (a, b) => {
        const [there, back] = [rateRatio(a, b), rateRatio(b, a)];
        expect(there.value! * back.value!).toBeCloseTo(1, 12);
        expect(there.lower! * back.upper!).toBeCloseTo(1, 10);
        expect(there.upper! * back.lower!).toBeCloseTo(1, 10);
      }),
    );
  });

  it('refuses a group without observation time', () => {
    expect(() => rateRatio({ events: 1, time: 0 }, { events: 1, time: 1 })).toThrow(RangeError);
  });
});

describe('the standardised mortality ratio', () => {
  it('is that of R, with its interval', () => {
    const pairs = smrCases.cases.flatMap(({ observed, expected, conf, smr, lower, upper }) => {
      const found = standardisedMortalityRatio(observed, expected, conf);
      return [
        [`SMR(${observed}, ${expected})`, found.value, smr],
        [`lower(${observed}, ${expected})`, found.lower, lower],
        [`upper(${observed}, ${expected})`, found.upper, upper],
      ] as const;
    });
    expect(disagreements(pairs, smrCases.tolerance)).toEqual([]);
  });

  it('takes its expected deaths from classes of age and sex', () => {
    const expected = expectedDeaths([
      { personYears: 1_000, referenceRate: 0.002 },
      { personYears: 250, referenceRate: 0.0048 },
    ]);
    expect(expected).toBeCloseTo(3.2, 12);
    expect(() => expectedDeaths([{ personYears: -1, referenceRate: 0.002 }])).toThrow(RangeError);
  });

  it('is not defined when nothing was expected', () => {
    expect(standardisedMortalityRatio(2, 0)).toMatchObject({ value: null, lower: null, upper: null });
  });
});
