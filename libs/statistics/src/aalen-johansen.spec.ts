import fc from 'fast-check';
import { disagreements, referenceCase } from '../cases/reference-case.js';
import { someObservations } from '../cases/survival-case.js';
import { aalenJohansen, statusAt, type CompetingObservation } from './aalen-johansen.js';
import { kaplanMeier } from './kaplan-meier.js';

const CAUSES = ['judge', 'released', 'died'] as const;
type Cause = (typeof CAUSES)[number];

const small = referenceCase<{
  input: { records: { time: number; event: number }[] };
  expected: { strata: { times: number[]; pstate: number[][]; seInfinitesimalJackknife: number[][] }[] };
}>('aj-small');

const someExits: fc.Arbitrary<CompetingObservation<Cause>[]> = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 15 }),
    cause: fc.constantFrom<Cause | null>(...CAUSES, null),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 25 },
);

describe('the Aalen-Johansen estimate of the fifteen reference records', () => {
  const { times, pstate, seInfinitesimalJackknife } = small.expected.strata[0]!;
  const curve = aalenJohansen(
    CAUSES,
    small.input.records.map(({ time, event }) => ({ time, cause: CAUSES[event - 1] ?? null })),
  );

  it('has the times and the state probabilities of R', () => {
    expect(curve.rows.map(({ t }) => t)).toEqual(times);
    const pairs = curve.rows.flatMap((row, i) => [
      [`waiting(${row.t})`, row.waiting, pstate[i]![0]] as const,
      ...CAUSES.map((cause, k) => [`${cause}(${row.t})`, row.incidence[cause].value, pstate[i]![k + 1]] as const),
    ]);
    expect(disagreements(pairs, small.tolerance)).toEqual([]);
  });

  it('has the standard errors of the infinitesimal jackknife of R', () => {
    const pairs = curve.rows.flatMap((row, i) => [
      [`waiting(${row.t})`, row.waitingSe, seInfinitesimalJackknife[i]![0]] as const,
      ...CAUSES.map(
        (cause, k) => [`${cause}(${row.t})`, row.incidence[cause].se, seInfinitesimalJackknife[i]![k + 1]] as const,
      ),
    ]);
    expect(disagreements(pairs, small.tolerance)).toEqual([]);
  });

  it('gives the numbers of the headline sentence', () => {
    const { waiting, incidence } = statusAt(curve, 30)!;
    expect(waiting).toBeCloseTo(0.2618, 4);
    expect(incidence.judge.value).toBeCloseTo(0.4388, 4);
    expect(incidence.released.value).toBeCloseTo(0.2267, 4);
    expect(incidence.died.value).toBeCloseTo(0.0727, 4);
  });

  it('counts records, exits by cause, and censored', () => {
    expect(curve).toMatchObject({ n: 15, censored: 4, neverAtRisk: 0, exits: { judge: 7, released: 3, died: 1 } });
  });
});

describe('every Aalen-Johansen estimate', () => {
  it('adds up to one at every time, and its incidences never fall', () => {
    fc.assert(
      fc.property(someExits, (exits) => {
        const before: Record<Cause, number> = { judge: 0, released: 0, died: 0 };
        for (const { waiting, incidence } of aalenJohansen(CAUSES, exits).rows) {
          expect(CAUSES.reduce((sum, cause) => sum + incidence[cause].value, waiting)).toBeCloseTo(1, 13);
          for (const cause of CAUSES) {
            expect(incidence[cause].value).toBeGreaterThanOrEqual(before[cause]);
            before[cause] = incidence[cause].value;
          }
        }
      }),
    );
  });

  it('has the variance of the three sums of survival.md §5, written out', () => {
    fc.assert(
      fc.property(someExits, (exits) => {
        const { rows } = aalenJohansen(CAUSES, exits);
        for (const [now, { incidence }] of rows.entries()) {
          for (const cause of CAUSES) {
            let variance = 0;
            for (let i = 0; i <= now; i += 1) {
              const { atRisk: n, exits: left, incidence: then } = rows[i]!;
              const before = i === 0 ? 1 : rows[i - 1]!.waiting;
              const [d, dk] = [left.judge + left.released + left.died, left[cause]];
              const rise = incidence[cause].value - then[cause].value;
              if (n > d) variance += (rise ** 2 * d) / (n * (n - d));
              variance += (before ** 2 * (n - dk) * dk) / n ** 3 - (2 * rise * before * dk) / n ** 2;
            }
            expect(incidence[cause].se ** 2).toBeCloseTo(variance, 12);
          }
        }
      }),
    );
  });

  it('with one cause is one minus the Kaplan-Meier curve, with the variance of Greenwood', () => {
    fc.assert(
      fc.property(someObservations, (observations) => {
        const { rows } = kaplanMeier(observations);
        const competing = aalenJohansen(
          ['judge'],
          observations.map(({ time, event, count }) => ({ time, count, cause: event ? ('judge' as const) : null })),
        ).rows;
        for (const [i, { survival, se, lower, upper }] of rows.entries()) {
          const { waiting, waitingSe, waitingLower, waitingUpper, incidence } = competing[i]!;
          expect([waiting, waitingSe, waitingLower, waitingUpper]).toEqual([survival, se, lower, upper]);
          expect(incidence.judge.value).toBeCloseTo(1 - survival, 13);
          if (se !== null) expect(incidence.judge.se ** 2).toBeCloseTo(se ** 2, 12);
        }
      }),
    );
  });

  it('does not let a release that is censored count as a wait: Kaplan-Meier overstates', () => {
    fc.assert(
      fc.property(someExits, (exits) => {
        const hypothetical = kaplanMeier(exits.map(({ cause, ...rest }) => ({ ...rest, event: cause === 'judge' })));
        for (const [i, { incidence }] of aalenJohansen(CAUSES, exits).rows.entries()) {
          expect(incidence.judge.value).toBeLessThanOrEqual(1 - hypothetical.rows[i]!.survival + 1e-12);
        }
      }),
    );
  });

  it('has intervals that hold the estimate, open where it is nought or one', () => {
    const { rows } = aalenJohansen(CAUSES, [
      { time: 1, cause: 'judge' },
      { time: 2, cause: 'judge' },
    ]);
    expect(rows[0]!.incidence.died).toEqual({ value: 0, se: 0, lower: 0, upper: null });
    expect(rows[1]!.incidence.judge).toMatchObject({ value: 1, lower: null, upper: 1 });
    fc.assert(
      fc.property(someExits, (exits) => {
        for (const { incidence } of aalenJohansen(CAUSES, exits).rows) {
          for (const { value, lower, upper } of Object.values(incidence)) {
            expect(lower ?? 0).toBeLessThanOrEqual(value + 1e-15);
            expect(upper ?? 1).toBeGreaterThanOrEqual(value - 1e-15);
          }
        }
      }),
    );
  });
});

describe('reading an Aalen-Johansen estimate', () => {
  it('starts with everybody waiting, and is unknown after the last observed day', () => {
    const curve = aalenJohansen(CAUSES, [
      { time: 3, cause: 'died' },
      { time: 9, cause: null },
    ]);
    expect(statusAt(curve, 2)).toMatchObject({ waiting: 1, incidence: { died: { value: 0 } } });
    expect(statusAt(curve, 9)).toMatchObject({ waiting: 0.5, incidence: { died: { value: 0.5 } } });
    expect(statusAt(curve, 10)).toBeNull();
    expect(statusAt(aalenJohansen(CAUSES, []), 1)).toBeNull();
  });

  it('holds for ever once nobody waits', () => {
    expect(statusAt(aalenJohansen(CAUSES, [{ time: 3, cause: 'died' }]), 400)).toMatchObject({ waiting: 0 });
  });

  it('refuses a cause it was not told of, and a time that is no number', () => {
    const foreign = [{ time: 1, cause: 'escaped' as Cause }];
    expect(() => aalenJohansen(CAUSES, foreign)).toThrow(RangeError);
    expect(() => statusAt(aalenJohansen(CAUSES, []), NaN)).toThrow(RangeError);
  });
});
