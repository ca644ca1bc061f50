import { Temporal } from '@js-temporal/polyfill';
import fc from 'fast-check';
import { addDays } from './civil.js';
import { dayInZone, epochMilliseconds, instantOf, isZone } from './zone.js';

const hoursBetween = (from: string, to: string, zone: string): number =>
  (epochMilliseconds(to, zone) - epochMilliseconds(from, zone)) / 3_600_000;

describe('venue time', () => {
  it('becomes an instant', () => {
    expect(instantOf('2022-04-03T14:30', 'America/El_Salvador')).toBe('2022-04-03T20:30:00.000Z');
    expect(instantOf('2022-07-01T00:00', 'Asia/Kathmandu')).toBe('2022-06-30T18:15:00.000Z');
  });

  it('has days of 23 and 25 hours where clocks change', () => {
    expect(hoursBetween('2022-03-13T00:00', '2022-03-14T00:00', 'America/New_York')).toBe(23);
    expect(hoursBetween('2022-11-06T00:00', '2022-11-07T00:00', 'America/New_York')).toBe(25);
    expect(hoursBetween('2022-04-03T00:00', '2022-04-04T00:00', 'America/El_Salvador')).toBe(24);
  });

  it('that a change of clocks skips is read later, and that it repeats is read earlier', () => {
    expect(instantOf('2022-03-13T02:30', 'America/New_York')).toBe('2022-03-13T07:30:00.000Z');
    expect(instantOf('2022-11-06T01:30', 'America/New_York')).toBe('2022-11-06T05:30:00.000Z');
  });

  // Midnight, half an hour, one minute past midnight, a quarter of an hour, a whole day.
  it.each([
    ['America/Santiago', '2022-09-11'],
    ['Africa/Cairo', '2023-04-28'],
    ['Australia/Lord_Howe', '2022-10-02'],
    ['Australia/Lord_Howe', '2022-04-03'],
    ['America/St_Johns', '2010-11-07'],
    ['Asia/Kathmandu', '1986-01-01'],
    ['Pacific/Apia', '2011-12-30'],
  ])('in %s around %s agrees with Temporal to the minute', (zone, day) => {
    for (let minute = 0; minute < 1440; minute += 7) {
      const local = `${day}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const expected = Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
      expect([local, epochMilliseconds(local, zone)]).toEqual([local, expected]);
    }
  });

  it('never runs backwards over days, and gives its day back', () => {
    const zone = fc.constantFrom('America/El_Salvador', 'America/New_York', 'Asia/Tehran', 'Africa/Cairo');
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 8000 }), (where, n) => {
        const day = addDays('2005-01-01', n);
        const noon = epochMilliseconds(`${day}T12:00`, where);
        expect(dayInZone(noon, where)).toBe(day);
        expect(dayInZone(instantOf(`${day}T12:00`, where), where)).toBe(day);
        expect(epochMilliseconds(`${addDays(day, 1)}T12:00`, where)).toBeGreaterThan(noon);
      }),
    );
  });
});

describe('the day at an instant', () => {
  const ZONES = ['America/El_Salvador', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
  const byTemporal = (ms: number, zone: string): string =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();

  it('is that of Temporal, in any year', () => {
    const instant = fc.oneof(
      fc.integer({ min: Date.UTC(1850, 0, 1), max: Date.UTC(2100, 0, 1) }),
      fc.integer({ min: -8e15, max: 8e15 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (zone, ms) => {
        expect(dayInZone(ms, zone)).toBe(byTemporal(ms, zone));
      }),
    );
  });

  // Clocks that change within an hour of UTC, at midnight, and a day that a country skipped.
  it.each([
    ['Australia/Lord_Howe', '2022-10-01T15:00Z'],
    ['Africa/Cairo', '2023-04-27T21:30Z'],
    ['Pacific/Apia', '2011-12-30T09:30Z'],
    ['America/St_Johns', '2010-11-07T02:00Z'],
  ])('in %s is right to the millisecond around %s', (zone, around) => {
    const middle = new Date(around).getTime();
    for (let ms = middle - 7_200_000; ms <= middle + 7_200_000; ms += 59_999)
      expect([ms, dayInZone(ms, zone)]).toEqual([ms, byTemporal(ms, zone)]);
  });
});

describe('a zone', () => {
  it('is an IANA name that the runtime knows', () => {
    expect(['America/El_Salvador', 'UTC', 'Asia/Kathmandu'].every(isZone)).toBe(true);
    expect(['', 'Nowhere/Else', '-06:00', '+05', 'America/El Salvador'].some(isZone)).toBe(false);
  });
});
