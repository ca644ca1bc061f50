/** The shape of the Kaplan-Meier reference cases, and arbitrary data of the same kind. Used by specs only. */
import fc from 'fast-check';
import type { Observation } from '../src/kaplan-meier.js';
import { referenceCase, type Tolerance } from './reference-case.js';

type Scale = 'log' | 'loglog' | 'plain';

export interface ReferenceStratum {
  readonly stratum?: string;
  readonly n: number;
  readonly events: number;
  readonly quantiles: { readonly probs: readonly number[] } & Readonly<
    Record<Scale, Readonly<Record<'q' | 'lower' | 'upper', readonly (number | null)[]>>>
  >;
  readonly rmst: readonly { readonly tau: number; readonly rmst: number; readonly se: number }[];
  readonly table: readonly Readonly<Record<string, number | null>>[];
}

interface ReferenceTest {
  readonly chisq: number;
  readonly df: number;
  readonly p: number;
  readonly observed?: readonly number[];
  readonly expected?: readonly number[];
}

interface SurvivalCase {
  readonly id: string;
  readonly input: {
    readonly records: readonly { readonly time: number; readonly event: 0 | 1; readonly group: string }[];
  };
  readonly expected: {
    readonly overall: readonly ReferenceStratum[];
    readonly byGroup: readonly ReferenceStratum[];
    readonly tests: { readonly logrank: ReferenceTest; readonly petoPrentice: ReferenceTest };
  };
}

export const survivalCases = ['km-aml', 'km-ovarian'].map((name) => referenceCase<SurvivalCase>(name));

const toObservation = ({ time, event }: { readonly time: number; readonly event: 0 | 1 }): Observation => ({
  time,
  event: event === 1,
});

/** Groups of one case in the order of its answers ("rx=1" answers group "1"). */
export function groupsOf(
  one: SurvivalCase,
): { readonly name: string; readonly observations: readonly Observation[] }[] {
  return one.expected.byGroup.map(({ stratum }) => {
    const name = stratum!.slice(stratum!.indexOf('=') + 1);
    return { name, observations: one.input.records.filter(({ group }) => group === name).map(toObservation) };
  });
}

/** Every stratum of every case, with its records: what `describe.each` walks over. */
export const strata: readonly {
  readonly name: string;
  readonly observations: readonly Observation[];
  readonly expected: ReferenceStratum;
  readonly tolerance: Tolerance;
}[] = survivalCases.flatMap((one) => [
  {
    name: `${one.id}, all`,
    observations: one.input.records.map(toObservation),
    expected: one.expected.overall[0]!,
    tolerance: one.tolerance,
  },
  ...groupsOf(one).map(({ name, observations }, g) => ({
    name: `${one.id}, group ${name}`,
    observations,
    expected: one.expected.byGroup[g]!,
    tolerance: one.tolerance,
  })),
]);

/** Grouped waits of whole days with many ties, the kind this library is for. */
export const someObservations: fc.Arbitrary<Observation[]> = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 20 }),
    event: fc.boolean(),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 25 },
);
