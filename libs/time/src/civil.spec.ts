import fc from 'fast-check';
import { addDays, dayFromNumber, dayNumber, dayOf, daysBetween, daysInMonth, yearsBetween } from './civil.js';

const number = fc.integer({ min: dayNumber('1800-01-01'), max: dayNumber('2199-12-31') });

describe('days', () => {
  it('exist only in the calendar', () => {
    expect(dayOf(2022, 2, 31)).toBeNull();
    expect(dayOf(2023, 2, 29)).toBeNull();
    expect(dayOf(2024, 2, 29)).toBe('2024-02-29');
    expect(dayOf(1900, 2, 29)).toBeNull();
    expect(dayOf(2000, 2, 29)).toBe('2000-02-29');
    expect(dayOf(2022, 13, 1)).toBeNull();
    expect(dayOf(1799, 12, 31)).toBeNull();
    expect([1, 2, 3, 4].map((month) => daysInMonth(2022, month))).toEqual([31, 28, 31, 30]);
  });

  it('are counted from one to the next: 0 on the same day', () => {
    expect(daysBetween('2022-04-03', '2022-04-03')).toBe(0);
    expect(daysBetween('2022-02-28', '2022-03-01')).toBe(1);
    expect(daysBetween('2022-03-01', '2022-02-28')).toBe(-1);
    expect(daysBetween('2022-03-27', '2023-03-27')).toBe(365);
  });

  it('and their numbers give each other back, in the same order as text', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(dayNumber(dayFromNumber(a))).toBe(a);
        expect(Math.sign(a - b)).toBe(dayFromNumber(a) < dayFromNumber(b) ? -1 : a === b ? 0 : 1);
        expect(addDays(dayFromNumber(a), b - a)).toBe(dayFromNumber(b));
        expect(daysBetween(dayFromNumber(a), dayFromNumber(b))).toBe(b - a);
      }),
    );
  });
});

describe('age', () => {
  it('is in completed years, the birthday counting', () => {
    expect(yearsBetween('2004-04-03', '2022-04-02')).toBe(17);
    expect(yearsBetween('2004-04-03', '2022-04-03')).toBe(18);
    expect(yearsBetween('2004-02-29', '2022-02-28')).toBe(17);
    expect(yearsBetween('2004-02-29', '2022-03-01')).toBe(18);
  });
});
