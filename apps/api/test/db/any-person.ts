/**
 * People as their files may tell them, however strange: uncertain and contradictory dates, corrections, withdrawals,
 * re-arrests, two files on one person. For fast-check; nobody here exists.
 */
import fc from 'fast-check';
import type { TimelineKind } from '#lib/custody';
import { addDays } from '#lib/time';

/** One event as it was told. Numbers point at earlier events of the same file. */
export interface ToldEvent {
  readonly kind: TimelineKind;
  readonly file: number;
  readonly at: string;
  readonly until?: string;
  /** The code of the kind: a STAGE, a place, an OUTCOME… */
  readonly code: string;
  readonly mode?: string;
  readonly of?: number;
  readonly previous?: number;
  readonly corrects?: number;
  readonly withdrawn?: boolean;
  readonly steps?: readonly { readonly status: string; readonly at: string }[];
}

export interface ToldPerson {
  readonly events: readonly ToldEvent[];
  /** What each source says of its own day, by file; null where it says none. The first file is the kept one. */
  readonly sources: readonly (readonly (string | null)[])[];
  /** An event that somebody decided for. */
  readonly choice: number | null;
}

/** Where and when people are arrested, and under which codes. */
export interface World {
  /** First day on which anything happens, and how many days it goes on. */
  readonly from: string;
  readonly days: number;
  readonly vague: readonly string[];
  readonly places: readonly string[];
}

const CODES: Readonly<Record<TimelineKind, readonly string[]>> = {
  arrest: ['NONE', 'FLAGRANTE', 'WARRANT_JUDICIAL', 'SUMMONED', 'REARREST_RELEASE', 'SURRENDER'],
  custodySpell: [],
  hearing: ['MEASURES_HEARING', 'PRELIMINARY', 'TRIAL', 'JUDGMENT', 'ADMIN_DETENTION'],
  measure: ['PRETRIAL_DETENTION', 'ALTERNATIVE'],
  charge: ['NONE_YET'],
  counsel: ['PUBLIC_PGR', 'NGO', 'NONE'],
  contact: ['CALL', 'PARCEL_ONLY', 'CAPTURE_DENIED'],
  remedy: ['HABEAS_CORPUS', 'APPEAL'],
  violation: ['THREATS', 'TORTURE'],
  death: ['DEATH'],
  release: ['RELEASED_MEASURES', 'ACQUITTED', 'RELEASE_ORDERED_HELD', 'CONVICTED_TRIAL', 'WHEREABOUTS_UNKNOWN'],
};
const MODES = ['IN_PERSON', 'VIDEO', 'PAPER', 'ABSENT', 'UNKNOWN'];
const STATUSES = ['ADMITTED', 'GRANTED', 'DENIED', 'NO_ANSWER'];
/** Kinds in the frequency in which they matter to a wait. */
const KINDS: readonly TimelineKind[] = [
  ...(['hearing', 'hearing', 'hearing', 'release', 'release', 'death', 'arrest', 'arrest'] as const),
  ...(['custodySpell', 'measure', 'counsel', 'contact', 'remedy', 'charge', 'violation'] as const),
];

/** A date as families, lawyers and registers give it. */
function dateIn({ from, days, vague }: World): fc.Arbitrary<string> {
  const day = fc.integer({ min: 0, max: days }).map((n) => addDays(from, n));
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '59'))
    .map(([hour, minute]) => `T${String(hour).padStart(2, '0')}:${minute}`);
  return fc.oneof(
    { weight: 8, arbitrary: day },
    { weight: 3, arbitrary: fc.tuple(day, clock).map(([on, at]) => `${on}${at}`) },
    { weight: 1, arbitrary: fc.tuple(day, fc.integer({ min: 0, max: 6 })).map(([on, n]) => `${on}/${addDays(on, n)}`) },
    { weight: 1, arbitrary: day.map((on) => `${on}~`) },
    { weight: 1, arbitrary: day.map((on) => `../${on}`) },
    { weight: 1, arbitrary: day.map((on) => `${on}/..`) },
    { weight: 2, arbitrary: fc.constantFrom(...vague, 'XXXX') },
  );
}

/**
 * Kinds whose day is a day on which the person was known to be held. Whether a wording that was corrected still is such
 * a day is not decided here (see `known-on` in facts.db.spec.ts): who has one is known of later anyway.
 */
const SHOWS_HELD: ReadonlySet<TimelineKind> = new Set(['hearing', 'custodySpell', 'measure']);

interface Dice {
  readonly kind: TimelineKind;
  readonly at: string;
  readonly file: number;
  readonly pick: number;
  readonly turn: number;
  readonly steps: readonly { readonly status: string; readonly at: string }[];
}

/** What a throw of the dice tells, given what was told before. */
function told(dice: Dice, before: readonly ToldEvent[], places: readonly string[]): ToldEvent {
  const { kind, at, pick, turn } = dice;
  const codes = kind === 'custodySpell' ? places : CODES[kind];
  const earlier = (wanted: TimelineKind): number[] =>
    before.flatMap((event, index) => (event.kind === wanted && event.file === dice.file ? [index] : []));
  const some = (indices: readonly number[]): number | undefined => indices[pick % Math.max(1, indices.length)];
  return {
    kind,
    at,
    file: dice.file,
    code: codes[pick % codes.length] ?? 'UNKNOWN',
    ...(kind === 'hearing' ? { mode: MODES[pick % MODES.length] } : {}),
    ...(kind === 'remedy' ? { steps: dice.steps } : {}),
    ...(turn === 0 && kind !== 'arrest' ? { of: some(earlier('arrest')) } : {}),
    ...(turn === 1 && kind === 'arrest' ? { previous: some(earlier('arrest')) } : {}),
    ...(turn === 2 ? { corrects: some(earlier(kind)) } : {}),
    ...(turn === 3 ? { withdrawn: true } : {}),
  };
}

/** Anybody in a world: one arrest at least, up to eight more events, in one file or two. */
export function anyPerson(world: World): fc.Arbitrary<ToldPerson> {
  const date = dateIn(world);
  const dice = fc.record({
    kind: fc.constantFrom(...KINDS),
    at: date,
    file: fc.constantFrom(0, 0, 1),
    pick: fc.nat(30),
    turn: fc.nat(14),
    steps: fc.array(fc.record({ status: fc.constantFrom(...STATUSES), at: date }), { maxLength: 2 }),
  });
  const source = fc.option(
    fc.integer({ min: 0, max: world.days }).map((n) => addDays(world.from, n)),
    { freq: 4 },
  );
  return fc
    .record({
      first: date,
      throws: fc.array(dice, { maxLength: 8 }),
      second: fc.option(date, { freq: 2 }),
      sources: fc.tuple(fc.array(source, { maxLength: 2 }), fc.array(source, { maxLength: 1 })),
      choice: fc.option(fc.nat(8), { freq: 3 }),
      ground: fc.nat(30),
    })
    .map(({ first, throws, second, sources, choice, ground }) => {
      const arrest = (file: number, at: string): ToldEvent => ({
        kind: 'arrest',
        file,
        at,
        code: CODES.arrest[(ground + file) % CODES.arrest.length] ?? 'NONE',
      });
      const events: ToldEvent[] = [arrest(0, first), ...(second === null ? [] : [arrest(1, second)])];
      for (const one of throws) {
        events.push(told(second === null ? { ...one, file: 0 } : one, events, world.places));
      }
      const replaced = events.some(({ kind, corrects }) => corrects !== undefined && SHOWS_HELD.has(kind));
      const kept = replaced ? [...sources[0], addDays(world.from, world.days + 20)] : sources[0];
      return {
        events,
        sources: second === null ? [kept] : [kept, sources[1]],
        choice: choice !== null && choice < events.length ? choice : null,
      };
    });
}
