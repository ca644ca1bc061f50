/**
 * Keys under which a database finds the few files that are worth comparing with one file. Two files are candidates
 * when they share at least one key.
 *
 * Each kind of key survives the errors that break the others:
 *
 *   number    the document number; any name, any date
 *   birthday  a name and the exact birthday, day and month in either order; any date of arrest
 *   day       the district and the exact day of arrest; names that nobody can read
 *   month     a given name and a surname (any two of the first two of each) and the month of arrest; one wrong name of
 *             each kind, swapped or missing surnames, a missing given name, a wrong day, month or district
 *   year      a given name, a surname and the year of birth; an unknown or wrong date of arrest
 *
 * Names go in as sounds (`phonetic.ts`), so that spelling does not matter.
 *
 * How many files share a key, in a million invented files (names of the frequency of `name-frequencies.ts` and 7,000
 * rare ones; arrests over ten years, three in ten in one wave of eighteen months), met by a file on average / at the
 * 99th percentile / in the largest block: number 1 / 1 / 2, birthday 2 / 14 / 141, day 5 / 48 / 352, month 5 / 77 /
 * 595, year 4 / 55 / 253. A file has eight keys on average and meets 23 others; 58 when all million were arrested
 * within two years. The blocks grow in proportion to the number of files, so a register of a hundred thousand has a
 * tenth of it.
 *
 * Keys are plain text and name people: the caller turns them into HMACs under a secret of its own before they are
 * stored (`undercount.md` §6), and never writes them to a log. Frequencies show through an HMAC; see `design.md` §5.
 */
import { dayFromNumber, daysInMonth, type Day } from '#lib/time';
import { birthOf, type Birth } from './birth-agreement.js';
import { documentNumber } from './document-agreement.js';
import { personName, type NameToken } from './names.js';
import { formalNames } from './nicknames.js';
import type { MatchPerson } from './person.js';
import { phoneticKey } from './phonetic.js';
import { isOneDay, spanOf, type Span } from './span.js';

/** A file has no more keys than this; those that find most come first. */
export const MOST_KEYS = 12;

/** Dates of one arrest differ by a night or two: near the turn of a month both months are keys. */
const MONTH_EDGE_DAYS = 3;
/** An arrest that may have been in more months than this has no month. */
const MOST_MONTHS = 3;
/** A birth that may have been in more years than this has no year. */
const MOST_YEARS = 3;
const DAYS_OF_DOUBT = 365;

/** Different sounds of the first two names; a familiar form of one name only has the sound of that name. */
function firstSounds(tokens: readonly NameToken[], role: 'given' | 'family'): readonly string[] {
  const sounds = new Set<string>();
  for (const { text, sound, isInitial } of tokens) {
    if (isInitial) continue;
    const formal = role === 'given' ? formalNames(text) : [];
    sounds.add(formal.length === 1 ? phoneticKey(formal[0]!) : sound);
  }
  return [...sounds].slice(0, 2);
}

function monthOfDay(n: number): string {
  return dayFromNumber(n).slice(0, 7);
}

/** The months of an arrest, and the neighbouring one when a known day lies within three days of it. */
function arrestMonths(arrest: Span): readonly string[] {
  const margin = isOneDay(arrest) ? MONTH_EDGE_DAYS : 0;
  const months = new Set<string>();
  const last = monthOfDay(arrest.last + margin);
  let at = arrest.first - margin;
  for (let month = monthOfDay(at); ; month = monthOfDay(at)) {
    months.add(month);
    if (month >= last || months.size > MOST_MONTHS) break;
    at = firstDayAfter(dayFromNumber(at), at);
  }
  return months.size > MOST_MONTHS ? [] : [...months];
}

function firstDayAfter(day: Day, n: number): number {
  return n - Number(day.slice(8)) + daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7))) + 1;
}

/** A birthday that reads the same when day and month have changed places. */
function birthdayEitherWay(day: Day): string {
  const [year, month = '', dayOfMonth = ''] = day.split('-');
  return `${year}-${[month, dayOfMonth].sort().join('-')}`;
}

/** The years of a birth. An age names two; the year of doubt that a comparison grants it would double the keys. */
function birthYears({ span, isFromAge }: Birth): readonly string[] {
  const doubt = isFromAge ? DAYS_OF_DOUBT : 0;
  const first = Number(dayFromNumber(span.first + doubt).slice(0, 4));
  const last = Number(dayFromNumber(span.last - doubt).slice(0, 4));
  return last - first >= MOST_YEARS ? [] : Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
}

/**
 * The keys of one file, at most twelve, each a kind and its parts.
 *
 * @example blockingKeys(person) // ['number|038038172', 'month|yose|menjibar|2022-04', …]
 */
export function blockingKeys(person: MatchPerson): readonly string[] {
  const name = personName(person.givenNames, person.familyNames);
  const [given, otherGiven] = firstSounds(name.given, 'given');
  const [family, otherFamily] = firstSounds(name.family, 'family');
  const number = documentNumber(person.documentNumber);
  const arrest = spanOf(person.arrestedAt);
  const birth = birthOf(person, arrest);
  const months = arrest === null ? [] : arrestMonths(arrest);
  const keys: string[] = [];
  const add = (kind: string, ...parts: readonly (string | null | undefined)[]): void => {
    if (parts.every((part) => part !== undefined && part !== null)) keys.push([kind, ...parts].join('|'));
  };

  add('number', number);
  if (birth !== null && isOneDay(birth.span)) {
    const birthday = birthdayEitherWay(dayFromNumber(birth.span.first));
    for (const sound of [given, family, otherFamily]) add('birthday', sound, birthday);
  }
  if (arrest !== null && isOneDay(arrest)) add('day', person.area3, dayFromNumber(arrest.first));
  for (const month of months) add('month', given, family, month);
  for (const month of months) add('month', given, otherFamily, month);
  for (const year of birth === null ? [] : birthYears(birth)) add('year', given, family, year);
  for (const month of months) add('month', otherGiven, family, month);
  for (const month of months) add('month', otherGiven, otherFamily, month);
  return [...new Set(keys)].slice(0, MOST_KEYS);
}
