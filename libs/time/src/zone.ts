/** Venue time to instants. Only here does a time zone matter; deadlines and durations in hours need it. */
import { Temporal } from '@js-temporal/polyfill';
import { dayNumber, type Minute } from './civil.js';

const HOURS_PER_DAY = 24;
const MINUTES_PER_HOUR = 60;
const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * Offsets are asked for once an hour of wall time and zone, because the polyfill is slow and imports are long. Null
 * stands for an hour in which clocks change; some change them at midnight, by half an hour, or skip a whole day.
 */
const offsets = new Map<string, number | null>();
const CACHE_LIMIT = 50_000;

/** Minutes east of UTC that hold for the whole hour of wall time (`YYYY-MM-DDTHH`), or null. */
function offsetMinutes(hour: string, zone: string): number | null {
  const key = `${zone}|${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const [first, last] = [`${hour}:00`, `${hour}:59`].map((local) => {
    const wall = Temporal.PlainDateTime.from(local);
    const instant = wall.toZonedDateTime(zone);
    return instant.toPlainDateTime().equals(wall) ? instant.offsetNanoseconds : null;
  });
  const isSteady = first !== null && first !== undefined && first === last;
  const offset = isSteady ? first / (MILLISECONDS_PER_MINUTE * 1_000_000) : null;
  if (offsets.size >= CACHE_LIMIT) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/**
 * Milliseconds since 1970-01-01T00:00Z of a minute of wall time in an IANA zone. A time that a change of clocks
 * skips or repeats is read the way Temporal's "compatible" does: later in a gap, earlier in an overlap.
 */
export function epochMilliseconds(local: Minute, zone: string): number {
  const offset = offsetMinutes(local.slice(0, 13), zone);
  if (offset === null) return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
  const hours = dayNumber(local.slice(0, 10)) * HOURS_PER_DAY + Number(local.slice(11, 13));
  return (hours * MINUTES_PER_HOUR + Number(local.slice(14, 16)) - offset) * MILLISECONDS_PER_MINUTE;
}

/** The same instant as ISO 8601 text in UTC, e.g. `2022-04-03T20:30:00.000Z`. */
export function instantOf(local: Minute, zone: string): string {
  return new Date(epochMilliseconds(local, zone)).toISOString();
}

const MILLISECONDS_PER_HOUR = MINUTES_PER_HOUR * MILLISECONDS_PER_MINUTE;
/** Offsets by hour of UTC and zone: every request asks which day it is. Null stands for an hour in which they change. */
const offsetsOfHours = new Map<string, number | null>();
/** Years that ISO text writes with four digits. */
const [FIRST_PLAIN, LAST_PLAIN] = [Date.UTC(1, 0, 1), Date.UTC(9998, 11, 31)];

/** Milliseconds east of UTC that hold for a whole hour of UTC, or null. */
function offsetOfHour(hour: number, zone: string): number | null {
  const key = `${zone}|${hour}`;
  const known = offsetsOfHours.get(key);
  if (known !== undefined) return known;
  const at = (ms: number): number =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
  const [first, last] = [at(hour * MILLISECONDS_PER_HOUR), at((hour + 1) * MILLISECONDS_PER_HOUR - 1)];
  const offset = first === last ? first : null;
  if (offsetsOfHours.size >= CACHE_LIMIT) offsetsOfHours.clear();
  offsetsOfHours.set(key, offset);
  return offset;
}

/** The calendar day in `zone` at an instant given as ISO text or epoch milliseconds. */
export function dayInZone(instant: string | number, zone: string): string {
  const ms = typeof instant === 'number' ? instant : new Date(instant).getTime();
  const isPlain = ms > FIRST_PLAIN && ms < LAST_PLAIN;
  const offset = isPlain ? offsetOfHour(Math.floor(ms / MILLISECONDS_PER_HOUR), zone) : null;
  if (offset !== null) return new Date(ms + offset).toISOString().slice(0, 10);
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Whether the runtime knows this IANA zone name. A bare offset (`-06:00`) is none: it knows no change of clocks. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
