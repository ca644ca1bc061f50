import fc from 'fast-check';
import { disagreements } from '../cases/reference-case.js';
import { groupsOf, someObservations, survivalCases } from '../cases/survival-case.js';
import { logRank, type ComparedGroup } from './log-rank.js';

describe.each(survivalCases)('the comparison of the groups of $id', (one) => {
  const groups = groupsOf(one);

  it('has the log-rank statistic of R, with observed and expected events', () => {
    const { logrank } = one.expected.tests;
    const found = logRank(groups);
    expect([found.df, found.groups.map(({ observed }) => observed)]).toEqual([logrank.df, logrank.observed]);
    const pairs = [
      ['chi-square', found.chiSquare, logrank.chisq],
      ['p', found.p, logrank.p],
      ...found.groups.map(({ name, expected }, g) => [name, expected, logrank.expected![g]] as const),
    ] as const;
    expect(disagreements(pairs, one.tolerance)).toEqual([]);
  });

  it('has the Peto-Prentice statistic of R', () => {
    const { petoPrentice } = one.expected.tests;
    const found = logRank(groups, 'peto-prentice');
    expect(found.df).toBe(petoPrentice.df);
    const pairs = [
      ['chi-square', found.chiSquare, petoPrentice.chisq],
      ['p', found.p, petoPrentice.p],
    ] as const;
    expect(disagreements(pairs, one.tolerance)).toEqual([]);
  });
});

describe('the log-rank test of three groups', () => {
  const group = (name: string, ...waits: readonly (readonly [time: number, event: 0 | 1])[]): ComparedGroup => ({
    name,
    observations: waits.map(([time, event]) => ({ time, event: event === 1 })),
  });
  const a = group('a', [1, 1], [2, 1], [2, 0], [4, 1], [7, 0], [9, 1]);
  const b = group('b', [1, 0], [3, 1], [4, 1], [5, 1], [8, 1]);
  const c = group('c', [2, 1], [6, 0], [9, 1], [10, 1], [12, 0], [13, 1], [15, 0]);

  it('agrees with the generalised inverse of the whole covariance matrix (numpy)', () => {
    const plain = logRank([a, b, c]);
    expect(plain.chiSquare).toBeCloseTo(6.853050619514439, 12);
    expect(plain.p).toBeCloseTo(0.0324996710980641, 12);
    expect(plain.df).toBe(2);
    expect(logRank([a, b, c], 'peto-prentice').chiSquare).toBeCloseTo(4.937493298689657, 12);
  });

  it('does not depend on which group comes first', () => {
    expect(logRank([c, a, b]).chiSquare).toBeCloseTo(logRank([a, b, c]).chiSquare!, 12);
  });

  it('expects as many events as there were, in all', () => {
    const { groups } = logRank([a, b, c]);
    const sum = (of: (g: (typeof groups)[number]) => number): number => groups.reduce((all, g) => all + of(g), 0);
    expect(sum((g) => g.expected)).toBeCloseTo(
      sum((g) => g.observed),
      12,
    );
  });
});

describe('every comparison', () => {
  it('finds no difference between a group and its copy', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const { chiSquare } = logRank([
          { name: 'one', observations },
          { name: 'same', observations },
        ]);
        expect(chiSquare ?? 0).toBeCloseTo(0, 12);
      }),
    );
  });

  it('within strata adds up what each stratum says alone', () => {
    fc.assert(
      fc.property(fc.array(someObservations, { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
        const north = logRank([
          { name: 'x', observations: a! },
          { name: 'y', observations: b! },
        ]);
        const south = logRank([
          { name: 'x', observations: c! },
          { name: 'y', observations: d! },
        ]);
        const both = logRank([
          {
            name: 'x',
            observations: [
              ...a!.map((o) => ({ ...o, stratum: 'north' })),
              ...c!.map((o) => ({ ...o, stratum: 'south' })),
            ],
          },
          {
            name: 'y',
            observations: [
              ...b!.map((o) => ({ ...o, stratum: 'north' })),
              ...d!.map((o) => ({ ...o, stratum: 'south' })),
            ],
          },
        ]);
        for (const g of [0, 1]) {
          const sum = north.groups[g]!.expected + south.groups[g]!.expected;
          expect(both.groups[g]!.expected).toBeCloseTo(sum, 10);
        }
      }),
    );
  });

  it('with one stratum is the test without strata', () => {
    const groups = groupsOf(survivalCases[0]!);
    const named = groups.map(({ name, observations }) => ({
      name,
      observations: observations.map((o) => ({ ...o, stratum: 'all' })),
    }));
    expect(logRank(named)).toEqual(logRank(groups));
  });

  it('has nothing to say without events, or when one group was never at risk beside another', () => {
    const quiet = { name: 'quiet', observations: [{ time: 3, event: false }] };
    expect(logRank([quiet, quiet])).toMatchObject({ chiSquare: null, df: 0, p: null });
    const empty = { name: 'empty', observations: [] };
    const busy = { name: 'busy', observations: [{ time: 3, event: true, count: 4 }] };
    expect(logRank([busy, empty])).toMatchObject({ chiSquare: null, df: 0, p: null });
    expect(logRank([busy, empty]).groups[1]).toMatchObject({ expected: 0, observedToExpected: null });
  });

  it('needs two groups', () => {
    expect(() => logRank([{ name: 'alone', observations: [] }])).toThrow(RangeError);
  });
});
