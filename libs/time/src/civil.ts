/**
 * Civil days and minutes as plain strings and integers. No time zone lives here (see `zone.ts`), and no clock.
 *
 * A *day* is `YYYY-MM-DD`; a *minute* is `YYYY-MM-DDTHH:mm`; both compare correctly as strings because years are
 * held to four digits.
 */

/** `YYYY-MM-DD`, proleptic Gregorian, years 1800 to 2199. */
export type Day = string;
/** `YYYY-MM-DDTHH:mm` in the local time of a venue. */
export type Minute = string;

const MILLISECONDS_PER_DAY = 86_400_000;
export const FIRST_YEAR = 1800;
export const LAST_YEAR = 2199;

const two = (n: number): string => String(n).padStart(2, '0');

/** Number of days in a month (1 to 12) of a year, leap years included. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day with these parts, or null when the calendar has no such day (31 February). */
export function dayOf(year: number, month: number, day: number): Day | null {
  const known = year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12;
  return known && day >= 1 && day <= daysInMonth(year, month) ? `${year}-${two(month)}-${two(day)}` : null;
}

/** Days since 1970-01-01 (negative before). The argument must be a valid `Day`. */
export function dayNumber(day: Day): number {
  return (
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / MILLISECONDS_PER_DAY
  );
}

/** Days that were asked for: those of a register are some thousands, and an import asks for each of them again and again. */
const spelled = new Map<number, Day>();
const MOST_SPELLED = 50_000;

/** Inverse of `dayNumber`. */
export function dayFromNumber(n: number): Day {
  const known = spelled.get(n);
  if (known !== undefined) return known;
  const day = new Date(n * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
  if (spelled.size >= MOST_SPELLED) spelled.clear();
  spelled.set(n, day);
  return day;
}

/** The day `n` days after (before, when negative). */
export function addDays(day: Day, n: number): Day {
  return dayFromNumber(dayNumber(day) + n);
}

/** Calendar days from `from` to `to`: 0 on the same day, 1 on the next, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The calendar day that holds a minute. */
export function dayOfMinute(minute: Minute): Day {
  return minute.slice(0, 10);
}

/** First and last minute of a day. */
export const firstMinute = (day: Day): Minute => `${day}T00:00`;
export const lastMinute = (day: Day): Minute => `${day}T23:59`;

/**
 * Completed years from a birth day to another day; the birthday of 29 February falls on 1 March in common years
 * (the usual civil rule; no shipped law depends on it).
 */
export function yearsBetween(born: Day, on: Day): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}
