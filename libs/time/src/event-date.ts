/**
 * Dates as people know them: an interval `[earliest, latest]` with a precision, never a false first of January.
 *
 * Written as ISO 8601-2 / EDTF level 1, the subset that the design names:
 *   2022-04-03T14:30         to the minute
 *   2022-04-03               that day
 *   2022-04-10~              about that day (three days either side)
 *   2022-04, 2022-04-XX      that month           2022-04~   about that month (fifteen days either side)
 *   2022, 2022-XX-XX         that year            2022~      about that year (one year either side)
 *   2022-04-10/2022-04-15    some moment between; either end may be a day, a month or a year
 *   ../2022-04-03            on that day or before     2022-04-03/..   on that day or after
 *   XXXX                     unknown
 * The spread that `~` stands for is a house rule (docs/glossary.md, "About a date").
 */
import {
  addDays,
  dayOf,
  dayOfMinute,
  daysInMonth,
  firstMinute,
  lastMinute,
  FIRST_YEAR,
  LAST_YEAR,
  type Day,
  type Minute,
} from './civil.js';

export const DATE_PRECISIONS = [
  'EXACT_TIME',
  'DAY',
  'ABOUT_DAY',
  'MONTH',
  'YEAR',
  'BEFORE',
  'AFTER',
  'UNKNOWN',
] as const;
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

/** When something happened, as far as it is known. Bounds are inclusive minutes of venue time; null is "no bound". */
export interface EventDate {
  readonly edtf: string;
  readonly precision: DatePrecision;
  readonly earliest: Minute | null;
  readonly latest: Minute | null;
}

export type DateFault = 'date.malformed' | 'date.impossible' | 'date.reversed' | 'date.out-of-range';
export type ParsedDate =
  { readonly ok: true; readonly date: EventDate } | { readonly ok: false; readonly fault: DateFault };

/** How many days "about" stands for, on either side, by the unit it is written in. */
export const ABOUT_DAYS = { day: 3, month: 15, year: 366 } as const;

const SIMPLE = /^(\d{4})(?:-(\d{2}|XX)(?:-(\d{2}|XX)(?:T(\d{2}):(\d{2})(?::[0-5]\d)?)?)?)?(~)?$/;

export const UNKNOWN_DATE: EventDate = { edtf: 'XXXX', precision: 'UNKNOWN', earliest: null, latest: null };

const fault = (code: DateFault): ParsedDate => ({ ok: false, fault: code });

function parseSimple(text: string): ParsedDate {
  const found = SIMPLE.exec(text);
  if (!found) return fault('date.malformed');
  const [, y, m, d, hh, mm, about] = found;
  const year = Number(y);
  if (year < FIRST_YEAR || year > LAST_YEAR) return fault('date.out-of-range');
  // A month that is not known has no known day, and a day that is not known has no hour.
  if ((m === 'XX' && d !== undefined && d !== 'XX') || (d === 'XX' && hh !== undefined)) return fault('date.malformed');
  if (m === undefined || m === 'XX') {
    return spread(text, 'YEAR', `${y}-01-01`, `${y}-12-31`, about ? ABOUT_DAYS.year : 0);
  }
  const month = Number(m);
  if (month < 1 || month > 12) return fault('date.impossible');
  if (d === undefined || d === 'XX') {
    const last = `${y}-${m}-${daysInMonth(year, month)}`;
    return spread(text, 'MONTH', `${y}-${m}-01`, last, about ? ABOUT_DAYS.month : 0);
  }
  const day = dayOf(year, month, Number(d));
  if (day === null) return fault('date.impossible');
  if (hh === undefined) return spread(text, about ? 'ABOUT_DAY' : 'DAY', day, day, about ? ABOUT_DAYS.day : 0);
  if (about) return fault('date.malformed');
  if (Number(hh) > 23 || Number(mm) > 59) return fault('date.impossible');
  const minute = `${day}T${hh}:${mm}`;
  return { ok: true, date: { edtf: text, precision: 'EXACT_TIME', earliest: minute, latest: minute } };
}

function spread(edtf: string, precision: DatePrecision, from: Day, to: Day, days: number): ParsedDate {
  const date = { edtf, precision, earliest: firstMinute(addDays(from, -days)), latest: lastMinute(addDays(to, days)) };
  return { ok: true, date };
}

/**
 * Reads one EDTF date of the subset above. Never throws; a fault says whether the text is malformed, names a day that
 * does not exist, or puts the end of a range before its start.
 *
 * @example parseEventDate('2022-04') // earliest 2022-04-01T00:00, latest 2022-04-30T23:59, precision MONTH
 */
export function parseEventDate(text: string): ParsedDate {
  if (text === 'XXXX') return { ok: true, date: UNKNOWN_DATE };
  if (text.length > 40) return fault('date.malformed');
  const slash = text.indexOf('/');
  if (slash < 0) return parseSimple(text);
  const [from, to] = [text.slice(0, slash), text.slice(slash + 1)];
  if (from === '..' && to === '..') return fault('date.malformed');
  if (from === '..') return bounded(text, 'BEFORE', null, parseSimple(to));
  if (to === '..') return bounded(text, 'AFTER', parseSimple(from), null);
  return bounded(text, 'ABOUT_DAY', parseSimple(from), parseSimple(to));
}

function bounded(edtf: string, precision: DatePrecision, from: ParsedDate | null, to: ParsedDate | null): ParsedDate {
  if (from && !from.ok) return from;
  if (to && !to.ok) return to;
  const earliest = from ? from.date.earliest : null;
  const latest = to ? to.date.latest : null;
  if (earliest !== null && latest !== null && earliest > latest) return fault('date.reversed');
  return { ok: true, date: { edtf, precision, earliest, latest } };
}

/** The same as `parseEventDate` for text that the program itself wrote; throws a RangeError otherwise. */
export function eventDate(text: string): EventDate {
  const parsed = parseEventDate(text);
  if (!parsed.ok) throw new RangeError(`not an EDTF date: ${parsed.fault}`);
  return parsed.date;
}

/** First and last possible calendar day; null where there is no bound. */
export const earliestDay = (date: EventDate): Day | null =>
  date.earliest === null ? null : dayOfMinute(date.earliest);
export const latestDay = (date: EventDate): Day | null => (date.latest === null ? null : dayOfMinute(date.latest));

/** Whether the calendar day is known (a time of day, too, counts as known). */
export function isDayKnown(date: EventDate): boolean {
  return date.earliest !== null && date.latest !== null && dayOfMinute(date.earliest) === dayOfMinute(date.latest);
}

/** Whether `a` can only have been before `b`, whatever the true moments are. Two accounts of one day are not. */
export function certainlyBefore(a: EventDate, b: EventDate): boolean {
  return a.latest !== null && b.earliest !== null && a.latest < b.earliest;
}

/** Whether both may have happened at the same moment. */
export function mayCoincide(a: EventDate, b: EventDate): boolean {
  return !certainlyBefore(a, b) && !certainlyBefore(b, a);
}

/** Orders dates for display: by earliest, unknown last, then by latest. */
export function compareEventDates(a: EventDate, b: EventDate): number {
  const [ae, be] = [a.earliest ?? a.latest ?? '9999', b.earliest ?? b.latest ?? '9999'];
  if (ae !== be) return ae < be ? -1 : 1;
  const [al, bl] = [a.latest ?? '9999', b.latest ?? '9999'];
  return al === bl ? 0 : al < bl ? -1 : 1;
}
