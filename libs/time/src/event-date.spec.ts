import fc from 'fast-check';
import { addDays, daysBetween } from './civil.js';
import {
  certainlyBefore,
  compareEventDates,
  earliestDay,
  eventDate,
  isDayKnown,
  latestDay,
  mayCoincide,
  parseEventDate,
  UNKNOWN_DATE,
} from './event-date.js';

const bounds = (text: string) => {
  const { precision, earliest, latest } = eventDate(text);
  return [precision, earliest, latest];
};

describe('a date as people know it', () => {
  it.each([
    ['2022-04-03T14:30', 'EXACT_TIME', '2022-04-03T14:30', '2022-04-03T14:30'],
    ['2022-04-03T14:30:59', 'EXACT_TIME', '2022-04-03T14:30', '2022-04-03T14:30'],
    ['2022-04-03', 'DAY', '2022-04-03T00:00', '2022-04-03T23:59'],
    ['2022-04-10~', 'ABOUT_DAY', '2022-04-07T00:00', '2022-04-13T23:59'],
    ['2022-04', 'MONTH', '2022-04-01T00:00', '2022-04-30T23:59'],
    ['2022-04-XX', 'MONTH', '2022-04-01T00:00', '2022-04-30T23:59'],
    ['2024-02', 'MONTH', '2024-02-01T00:00', '2024-02-29T23:59'],
    ['2022-04~', 'MONTH', '2022-03-17T00:00', '2022-05-15T23:59'],
    ['2022', 'YEAR', '2022-01-01T00:00', '2022-12-31T23:59'],
    ['2022-XX-XX', 'YEAR', '2022-01-01T00:00', '2022-12-31T23:59'],
    ['2022~', 'YEAR', '2020-12-31T00:00', '2024-01-01T23:59'],
    ['2022-04-10/2022-04-15', 'ABOUT_DAY', '2022-04-10T00:00', '2022-04-15T23:59'],
    ['2022-04/2022-04-15', 'ABOUT_DAY', '2022-04-01T00:00', '2022-04-15T23:59'],
    ['../2022-04-03', 'BEFORE', null, '2022-04-03T23:59'],
    ['2022-04-03/..', 'AFTER', '2022-04-03T00:00', null],
    ['XXXX', 'UNKNOWN', null, null],
  ])('%s is %s from %s to %s', (text, precision, earliest, latest) => {
    expect(bounds(text)).toEqual([precision, earliest, latest]);
  });

  it.each([
    ['', 'date.malformed'],
    ['03/04/2022', 'date.malformed'],
    ['2022-4-3', 'date.malformed'],
    ['2022-XX-05', 'date.malformed'],
    ['2022-04-XXT14:30', 'date.malformed'],
    ['2022-XX-XXT14:30', 'date.malformed'],
    ['2022-04-03T14:30~', 'date.malformed'],
    ['2022-04-03T14:30Z', 'date.malformed'],
    ['../..', 'date.malformed'],
    ['2022-04-03/', 'date.malformed'],
    ['2022/2023/2024', 'date.malformed'],
    ['2022'.repeat(20), 'date.malformed'],
    ['2022-02-31', 'date.impossible'],
    ['2022-13', 'date.impossible'],
    ['2022-04-03T24:00', 'date.impossible'],
    ['2022-04-15/2022-04-10', 'date.reversed'],
    ['1799', 'date.out-of-range'],
    ['2200-01-01', 'date.out-of-range'],
  ])('%s is refused: %s', (text, fault) => {
    expect(parseEventDate(text)).toEqual({ ok: false, fault });
  });

  it('that the program itself wrote must be one', () => {
    expect(() => eventDate('yesterday')).toThrow(RangeError);
  });

  it('never makes the parser throw, and is kept as it was written', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9X~/.T:-]{1,30}$/));
    fc.assert(
      fc.property(text, (written) => {
        const parsed = parseEventDate(written);
        if (!parsed.ok) return;
        expect(parsed.date.edtf).toBe(written);
        expect((parsed.date.earliest ?? '') <= (parsed.date.latest ?? '9999')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('two dates', () => {
  const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2022-04-01', n));
  const date = fc
    .oneof(
      day,
      fc.tuple(day, day).map(([a, b]) => (a <= b ? `${a}/${b}` : `${b}/${a}`)),
      fc.constantFrom('2022-04', '2022', 'XXXX'),
      day.map((d) => `../${d}`),
      day.map((d) => `${d}/..`),
      day.map((d) => `${d}T10:30`),
    )
    .map(eventDate);

  it('of one day may coincide; of two they may not', () => {
    expect(mayCoincide(eventDate('2022-04-03'), eventDate('2022-04-03T10:00'))).toBe(true);
    expect(certainlyBefore(eventDate('2022-04-03'), eventDate('2022-04-04'))).toBe(true);
    expect(certainlyBefore(eventDate('2022-04'), eventDate('2022-04-30'))).toBe(false);
    expect(mayCoincide(UNKNOWN_DATE, eventDate('2022'))).toBe(true);
  });

  it('are certainly before, certainly after, or may coincide: exactly one of the three', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [before, after, together] = [certainlyBefore(a, b), certainlyBefore(b, a), mayCoincide(a, b)];
        expect([before, after, together].filter(Boolean)).toHaveLength(1);
      }),
    );
  });

  it('that are certainly ordered stay ordered through a third', () => {
    fc.assert(
      fc.property(date, date, date, (a, b, c) => {
        if (certainlyBefore(a, b) && certainlyBefore(b, c)) expect(certainlyBefore(a, c)).toBe(true);
        if (certainlyBefore(a, b) && a.earliest !== null) expect(compareEventDates(a, b)).toBe(-1);
      }),
    );
  });

  it('are put in an order that does not depend on where one begins, the unknown last', () => {
    fc.assert(
      fc.property(date, date, date, (a, b, c) => {
        expect(compareEventDates(a, b) + compareEventDates(b, a)).toBe(0);
        if (compareEventDates(a, b) <= 0 && compareEventDates(b, c) <= 0)
          expect(compareEventDates(a, c)).toBeLessThanOrEqual(0);
        expect(compareEventDates(a, UNKNOWN_DATE)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('know their day when first and last day are one', () => {
    fc.assert(
      fc.property(date, (a) => {
        const [first, last] = [earliestDay(a), latestDay(a)];
        expect(isDayKnown(a)).toBe(first !== null && last !== null && daysBetween(first, last) === 0);
      }),
    );
  });
});
