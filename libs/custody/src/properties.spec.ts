/** What must hold for any file, however strange: no source can be lost, and no figure may depend on who typed first. */
import fc from 'fast-check';
import { addDays, dayOfMinute, daysBetween, epochMilliseconds } from '#lib/time';
import { toldEvents, toldFile, type ToldEvent } from '../cases/telling.js';
import { countedArrests, countedDeath, countedHearings, countedReleases, countedRemedies } from './counted.js';
import { endOfWait } from './ending.js';
import { readCaseFile, type Reading } from './reading.js';
import { sequenceFaults } from './sequence.js';
import { statusAt } from './status.js';
import type { CaseFile, TimelineEvent } from './types.js';
import { verdict, type Verdict } from './verdict.js';
import { daysHeld, waitOf } from './waits.js';

const ZONE = 'America/El_Salvador';
const VERDICTS: readonly Verdict[] = ['exceeds', 'within', 'undetermined', 'not-yet', 'ended-without-judge'];
const RUNS = { numRuns: 150 };

const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2022-04-01', n));
const date = fc.oneof(
  { weight: 6, arbitrary: day },
  {
    weight: 2,
    arbitrary: fc.tuple(day, fc.integer({ min: 0, max: 23 })).map(([d, h]) => `${d}T${String(h).padStart(2, '0')}:15`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2022-04', '2022-05', '2022', 'XXXX', '2022-04-10~', '../2022-04-20', '2022-04-20/..'),
  },
);

const event = (file: string): fc.Arbitrary<ToldEvent> =>
  fc.oneof(
    fc.record({ arrest: date, file: fc.constant(file) }),
    fc.record({
      hearing: date,
      file: fc.constant(file),
      mode: fc.constantFrom('IN_PERSON', 'VIDEO', 'PAPER', 'UNKNOWN'),
      code: fc.constantFrom('MEASURES_HEARING', 'PRELIMINARY', 'JUDGMENT'),
    }),
    fc.record({
      release: date,
      file: fc.constant(file),
      code: fc.constantFrom('RELEASED_MEASURES', 'RELEASE_ORDERED_HELD'),
    }),
    fc.record({ death: date, file: fc.constant(file) }),
    fc.record({ contact: date, file: fc.constant(file), code: fc.constantFrom('PARCEL_ONLY', 'CALL') }),
    fc.record({ remedy: date, file: fc.constant(file) }),
    fc.record({ charge: date, file: fc.constant(file), code: fc.constantFrom('EXTORSION', 'NONE_YET') }),
  );

/** A file of one arrest at least, with some events named to it, some corrected and some withdrawn. */
const timeline = (file: string): fc.Arbitrary<readonly ToldEvent[]> =>
  fc.tuple(date, fc.array(fc.tuple(event(file), fc.nat(9)), { maxLength: 9 })).map(([arrestedOn, events]) => [
    { arrest: arrestedOn, file, id: `${file}-0` },
    ...events.map(([told, dice], index): ToldEvent => ({
      ...told,
      id: `${file}-${index + 1}`,
      ...(dice === 0 && told.arrest === undefined ? { of: `${file}-0` } : {}),
      ...(dice === 1 && told.arrest !== undefined ? { previous: `${file}-0` } : {}),
      ...(dice === 2 ? { withdrawn: true } : {}),
    })),
  ]);

const oneFile = timeline('kept').map((told) => toldFile({ timeline: told, files: ['kept'], knownOn: '2022-05-20' }));
const twoFiles = fc
  .tuple(timeline('kept'), timeline('absorbed'))
  .map(([kept, absorbed]) => toldFile({ timeline: [...kept, ...absorbed], knownOn: '2022-05-20' }));

const countsOf = (reading: Reading) => ({
  arrests: reading.arrests.map(({ arrest }) => arrest.at.edtf),
  hearings: countedHearings(reading).length,
  remedies: countedRemedies(reading).length,
  releases: countedReleases(reading).length,
  deaths: countedDeath(reading)?.statusAtDeath ?? null,
});

describe('a reading', () => {
  it('does not depend on the order of a list', () => {
    fc.assert(
      fc.property(twoFiles, fc.infiniteStream(fc.nat()), (file, keys) => {
        const shuffled = file.events.map((one) => [keys.next().value ?? 0, one] as const).sort(([a], [b]) => a - b);
        expect(readCaseFile({ ...file, events: shuffled.map(([, one]) => one) })).toEqual(readCaseFile(file));
      }),
      RUNS,
    );
  });

  it('does not depend on who recorded first, where no two accounts compete', () => {
    const distinct = fc
      .uniqueArray(day, { minLength: 2, maxLength: 8 })
      .chain((days) =>
        fc.tuple(
          fc.constant(
            days.sort().map((on, i): ToldEvent => (i === 0 ? { arrest: on } : { hearing: on, mode: 'VIDEO' })),
          ),
          fc.shuffledSubarray(days, { minLength: days.length }),
        ),
      );
    fc.assert(
      fc.property(distinct, ([told, order]) => {
        const inOrder = toldFile({ timeline: told });
        const events = inOrder.events.map((one, i) => ({ ...one, recordedAt: `${order[i]}T00:00:00Z` }));
        const other = readCaseFile({ ...inOrder, events });
        expect(countedArrests(other, inOrder)).toEqual(countedArrests(readCaseFile(inOrder), inOrder));
      }),
      RUNS,
    );
  });

  it('loses no account and uses each once', () => {
    fc.assert(
      fc.property(twoFiles, (file) => {
        const reading = readCaseFile(file);
        const told = reading.accounts.flatMap(({ used, others }) => [used, ...others]).map(({ id }) => id);
        const standing = file.events.filter(({ withdrawn }) => !withdrawn).map(({ id }) => id);
        expect([...told].sort()).toEqual([...standing].sort());
        const facts = reading.arrests.flatMap((a) => [
          a.arrest,
          ...a.spells,
          ...a.hearings,
          ...a.measures,
          ...a.charges,
          ...a.counsel,
          ...a.contacts,
          ...a.remedies,
          ...a.violations,
          ...a.outcomes,
          ...[a.release ?? []].flat(),
        ]);
        const inUse = [...facts, ...reading.unattributed, ...[reading.death ?? []].flat()].map(({ id }) => id);
        expect(inUse.sort()).toEqual(reading.accounts.map(({ used }) => used.id).sort());
      }),
      RUNS,
    );
  });

  it('is given back exactly when files are separated again', () => {
    fc.assert(
      fc.property(oneFile, timeline('absorbed'), (kept, absorbed) => {
        const merged: CaseFile = {
          ...kept,
          caseIds: ['kept', 'absorbed'],
          events: [...kept.events, ...toldEvents(absorbed)],
        };
        readCaseFile(merged);
        const separated = {
          ...merged,
          caseIds: ['kept'],
          events: merged.events.filter(({ caseId }) => caseId === 'kept'),
        };
        expect(readCaseFile(separated)).toEqual(readCaseFile(kept));
      }),
      RUNS,
    );
  });

  it('counts nothing twice when a file is merged with its own copy', () => {
    const named = (id: string | null): string | null => id && `copy of ${id}`;
    const copyOf = (one: TimelineEvent): TimelineEvent => {
      const copy = { ...one, id: `copy of ${one.id}`, caseId: 'absorbed', arrestId: named(one.arrestId) };
      return copy.kind === 'arrest' ? { ...copy, previousArrestId: named(copy.previousArrestId) } : copy;
    };
    fc.assert(
      fc.property(oneFile, (file) => {
        const merged = { ...file, caseIds: ['kept', 'absorbed'], events: [...file.events, ...file.events.map(copyOf)] };
        expect(countsOf(readCaseFile(merged))).toEqual(countsOf(readCaseFile(file)));
      }),
      RUNS,
    );
  });

  it('is the same again after a correction and the correction back', () => {
    fc.assert(
      fc.property(oneFile, fc.nat(), date, (file, pick, wrong) => {
        const standing = file.events.filter(({ withdrawn }) => !withdrawn);
        const target = standing[pick % standing.length];
        if (target === undefined) return;
        const at = toldEvents([{ arrest: wrong }])[0]?.at ?? target.at;
        const away = { ...target, id: 'away', at, corrects: target.id, recordedAt: '2023-02-01T00:00:00Z' };
        const back = { ...target, id: 'back', corrects: 'away', recordedAt: '2023-02-02T00:00:00Z' };
        const twice = readCaseFile({ ...file, events: [...file.events, away, back] });
        expect(countsOf(twice)).toEqual(countsOf(readCaseFile(file)));
      }),
      RUNS,
    );
  });
});

describe('durations', () => {
  it('never have a lower bound above the upper, and never a negative one', () => {
    fc.assert(
      fc.property(twoFiles, day, (file, asOf) => {
        const { daysToJudge, incommunicado } = statusAt(readCaseFile(file), asOf);
        for (const { state, min, max } of [daysToJudge, incommunicado]) {
          expect(state === 'not-known').toBe(min === null);
          expect(min ?? 0).toBeGreaterThanOrEqual(0);
          expect(max ?? Infinity).toBeGreaterThanOrEqual(min ?? 0);
        }
      }),
      RUNS,
    );
  });

  it('of a wait and of custody are days or a reason why not, and custody outlasts the wait', () => {
    fc.assert(
      fc.property(oneFile, day, (file, asOf) => {
        const { arrests, death, knownOn } = readCaseFile(file);
        for (const arrest of arrests) {
          const wait = waitOf(arrest, death, knownOn, asOf);
          const held = daysHeld(arrest, death, knownOn, asOf);
          expect(wait === null).toBe(held === null);
          expect(wait?.days === null).toBe(wait?.leftOut !== null && wait !== null);
          expect(wait?.precise ?? false).toBe(typeof wait?.days === 'number');
          if (wait?.kind !== 'judge') expect(wait?.days).toBe(held?.days);
        }
      }),
      RUNS,
    );
  });
});

describe('a verdict', () => {
  const arrestOf = (file: CaseFile) => {
    const { arrests, death, knownOn } = readCaseFile(file);
    return { arrest: arrests[0], death, knownOn };
  };

  it('is one of five, and null only for an arrest that is not known yet', () => {
    fc.assert(
      fc.property(oneFile, day, fc.integer({ min: 1, max: 900 }), (file, asOf, hours) => {
        const { arrest, death, knownOn } = arrestOf(file);
        if (arrest === undefined) return;
        const found = verdict(arrest, death, knownOn, { hours }, asOf, ZONE);
        const unknown = (arrest.arrest.at.earliest?.slice(0, 10) ?? '') > asOf;
        expect(found === null).toBe(unknown);
        if (found !== null) expect(VERDICTS).toContain(found);
        const ending = endOfWait(arrest, death, asOf);
        if (found === 'within') expect(ending?.by).toBe('judge');
        if (found === 'ended-without-judge') expect(['released', 'died']).toContain(ending?.by);
        if (found === 'not-yet') expect(ending).toBeNull();
      }),
      RUNS,
    );
  });

  it('only softens as the limit grows', () => {
    const hours = fc.integer({ min: 0, max: 1200 });
    fc.assert(
      fc.property(oneFile, day, hours, hours, (file, asOf, a, b) => {
        const { arrest, death, knownOn } = arrestOf(file);
        if (arrest === undefined) return;
        const [tight, loose] = [Math.min(a, b), Math.max(a, b)].map((limit) =>
          verdict(arrest, death, knownOn, { hours: limit }, asOf, ZONE),
        );
        if (loose === 'exceeds') expect(tight).toBe('exceeds');
        if (tight === 'within') expect(loose).toBe('within');
        if (tight !== 'exceeds' && tight !== 'undetermined') expect(loose).toBe(tight);
      }),
      RUNS,
    );
  });

  it('agrees with every moment that the dates allow', () => {
    const minuteOf = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        date,
        date,
        minuteOf,
        minuteOf,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(800),
        (a, h, m, n, share, hours) => {
          const { arrest, death, knownOn } = arrestOf(
            toldFile({ timeline: [{ arrest: a }, { hearing: h, of: 'arrest-1' }] }),
          );
          const [from, to] = [arrest?.arrest.at, arrest?.hearings[0]?.at];
          if (!arrest || !from?.earliest || !from.latest || !to?.earliest || !to.latest) return;
          const found = verdict(arrest, death, knownOn, { hours }, '2023-12-31', ZONE);
          const somewhere = (first: string, last: string, minute: number): number => {
            const days = daysBetween(dayOfMinute(first), dayOfMinute(last));
            const on = addDays(dayOfMinute(first), Math.floor(share * days));
            return epochMilliseconds(`${on}T00:00`, ZONE) + minute * 60_000;
          };
          const isTimed = from.precision === 'EXACT_TIME';
          const arrestedAt = isTimed
            ? epochMilliseconds(from.earliest, ZONE)
            : somewhere(from.earliest, from.latest, m);
          const waited = (somewhere(to.earliest, to.latest, n) - arrestedAt) / 3_600_000;
          if (waited < 0) return;
          if (found === 'exceeds') expect(waited).toBeGreaterThan(hours);
          if (found === 'within') expect(waited).toBeLessThanOrEqual(hours);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('the order of events', () => {
  it('has no fault when things happened in order, however uncertain the dates are told', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 });
    const vague = fc.constantFrom<(on: string) => string>(
      (on) => on,
      (on) => on.slice(0, 7),
      (on) => `${on}~`,
      (on) => on.slice(0, 4),
    );
    fc.assert(
      fc.property(steps, fc.array(vague, { minLength: 4, maxLength: 4 }), (gaps, telling) => {
        const days = gaps.reduce<string[]>((all, gap) => [...all, addDays(all.at(-1) ?? '2022-04-01', gap)], []);
        const [arrest, hearing, release, death] = days.map((on, i) => telling[i]?.(on) ?? on);
        const candidates = toldEvents([{ arrest }, { hearing }, { release }, { death }]);
        expect(sequenceFaults(toldFile({ timeline: [] }), candidates, { today: '2024-01-01' })).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is told in sentences without any value', () => {
    fc.assert(
      fc.property(twoFiles, (file) => {
        const empty = { ...file, events: [] };
        for (const fault of sequenceFaults(empty, file.events, { today: '2022-04-20' })) {
          expect(fault.code).toMatch(/^[a-z-]+\.(in-future|reversed|before-arrest|after-death)$/);
          expect(`${fault.sentences.en} ${fault.sentences.es}`).not.toMatch(/\d/);
          expect(file.events.find(({ id }) => id === fault.eventId)?.kind).toBe(fault.eventKind);
        }
      }),
      RUNS,
    );
  });
});
