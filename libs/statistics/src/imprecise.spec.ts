import fc from 'fast-check';
import { eventDate } from '#lib/time';
import { durationBounds, shareWiderThan, waitBounds, type ImpreciseWait } from './imprecise.js';
import { kaplanMeier, survivalAt } from './kaplan-meier.js';

describe('the wait between two imprecise dates', () => {
  it('runs from the last possible arrest to the first possible hearing, and the other way', () => {
    expect(durationBounds(eventDate('2022-04'), eventDate('2022-05-10'))).toEqual({ shortest: 10, longest: 39 });
  });

  it('is one number between two known days', () => {
    expect(durationBounds(eventDate('2022-04-03T14:30'), eventDate('2022-04-05'))).toEqual({ shortest: 2, longest: 2 });
  });

  it('is never shorter than nothing, while a contradiction shows in its longest value', () => {
    expect(durationBounds(eventDate('2022-04'), eventDate('2022-04'))).toEqual({ shortest: 0, longest: 29 });
    expect(durationBounds(eventDate('2022-04-10'), eventDate('2022-04-07'))).toEqual({ shortest: 0, longest: -3 });
  });

  it('is unknown when a date has no bound on one side', () => {
    expect(durationBounds(eventDate('../2022-04-03'), eventDate('2022-05'))).toBeNull();
    expect(durationBounds(eventDate('2022-04-03'), eventDate('XXXX'))).toBeNull();
  });

  it('counts as wide when its ends are more than two days apart', () => {
    const waits = [
      { shortest: 3, longest: 5, event: true, count: 18 },
      { shortest: 3, longest: 6, event: true, count: 2 },
    ];
    expect(shareWiderThan(waits)).toBe(0.1);
    expect(shareWiderThan([])).toBeNull();
  });
});

const someWait = fc
  .record({ shortest: fc.integer({ min: 0, max: 15 }), width: fc.integer({ min: 0, max: 8 }), event: fc.boolean() })
  .map(({ shortest, width, event }): ImpreciseWait => ({ shortest, longest: shortest + width, event }));
const someWaits = fc.array(someWait, { minLength: 1, maxLength: 15 });

describe('the bounds of a curve of imprecise waits', () => {
  it('are Kaplan-Meier with every wait at its shortest and at its longest', () => {
    const { shortest, longest } = waitBounds([
      { shortest: 1, longest: 3, event: true },
      { shortest: 2, longest: 9, event: true },
    ]);
    expect([survivalAt(shortest, 1), survivalAt(shortest, 2)]).toEqual([0.5, 0]);
    expect([survivalAt(longest, 1), survivalAt(longest, 3), survivalAt(longest, 9)]).toEqual([1, 0.5, 0]);
  });

  it('coincide when all dates are known to the day', () => {
    fc.assert(
      fc.property(someWaits, (waits) => {
        const { shortest, longest } = waitBounds(waits.map((wait) => ({ ...wait, longest: wait.shortest })));
        expect(longest).toEqual(shortest);
      }),
    );
  });

  it('enclose every possible curve while nobody is censored', () => {
    const complete = someWaits.map((waits) => waits.map((wait) => ({ ...wait, event: true })));
    fc.assert(
      fc.property(complete, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (waits, draws) => {
        const { shortest, longest } = waitBounds(waits);
        const truth = kaplanMeier(
          waits.map((wait) => {
            const draw: number = draws.next().value;
            return { time: Math.round(wait.shortest + draw * (wait.longest - wait.shortest)), event: true };
          }),
        );
        for (let t = 0; t <= 24; t += 1) {
          expect(survivalAt(truth, t)!).toBeGreaterThanOrEqual(survivalAt(shortest, t)! - 1e-12);
          expect(survivalAt(truth, t)!).toBeLessThanOrEqual(survivalAt(longest, t)! + 1e-12);
        }
      }),
    );
  });

  it('need not enclose them with censoring: a later event can lower the curve beyond it', () => {
    const curve = (event: number) =>
      kaplanMeier([
        { time: event, event: true },
        { time: 2, event: false },
        { time: 9, event: true },
      ]);
    expect(survivalAt(curve(3), 5)!).toBeLessThan(survivalAt(curve(1), 5)!);
  });

  it('come with an envelope that holds whatever the true dates were, and however long the censored waited', () => {
    const row = fc.tuple(someWait, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 15 }), (rows) => {
        const truth = rows.map(([{ shortest, longest, event }, draw, more]) => {
          const at = shortest + draw * (longest - shortest);
          return event ? at : at + more;
        });
        const { envelope } = waitBounds(rows.map(([wait]) => wait));
        for (const { t, lower, upper } of envelope) {
          const waiting = truth.filter((wait) => wait > t).length / truth.length;
          expect(waiting).toBeGreaterThanOrEqual(lower - 1e-12);
          expect(waiting).toBeLessThanOrEqual(upper + 1e-12);
        }
      }),
    );
  });

  it('are empty without records', () => {
    expect(waitBounds([]).envelope).toEqual([]);
  });

  it('refuse an interval that is none', () => {
    for (const [shortest, longest] of [
      [3, 2],
      [-1, 2],
      [0, Infinity],
    ] as const) {
      expect(() => waitBounds([{ shortest, longest, event: true }])).toThrow(RangeError);
    }
  });
});
