/** What dates of birth and ages say. */
import { dayFromNumber } from '#lib/time';
import { EVIDENCE, NO_EVIDENCE, type Evidence } from './evidence.js';
import { gapBetween, isOneDay, lengthOf, spanOf, type Span } from './span.js';
import type { MatchPerson } from './person.js';
import type { Reason } from './reasons.js';

const DAYS_PER_YEAR = 365.25;
const OLDEST = 120;
/** An age leaves three years of birth open (see `birthOf`); without a date of arrest, one more on either side. */
const UNDATED_AGE_SPAN_YEARS = 5;

/** When a person was born, from the date or, failing it, from the age at an arrest whose date is known to the year. */
export interface Birth {
  readonly span: Span;
  readonly isFromAge: boolean;
}

function statedAge({ ageAtArrest }: MatchPerson): number | null {
  return ageAtArrest !== null && ageAtArrest >= 0 && ageAtArrest <= OLDEST ? Math.floor(ageAtArrest) : null;
}

/** The days of birth that fit a person's file. An age of 30 on a day: born 31 to 30 years before, or a year off. */
export function birthOf(person: MatchPerson, arrest: Span | null): Birth | null {
  const stated = spanOf(person.born);
  if (stated !== null) return { span: stated, isFromAge: false };
  const age = statedAge(person);
  if (age === null || arrest === null || lengthOf(arrest) > 366) return null;
  const first = Math.floor(arrest.first - (age + 2) * DAYS_PER_YEAR);
  return { span: { first, last: Math.ceil(arrest.last - (age - 1) * DAYS_PER_YEAR) }, isFromAge: true };
}

/**
 * Two intervals that overlap: the wider one decides how easily that happens by chance. Among strangers, births
 * spread over some thirty years (see `birthSame`); among relatives taken together, over ten.
 */
function compatible(widestInYears: number, reason: Reason): Evidence {
  const [same, strangers, relatives] = [0.9, widestInYears / 30, Math.max(0.05, widestInYears / 10)];
  const bits = (chance: number): number => Math.max(0, Math.log2(same / Math.min(1, chance)));
  return { overStrangers: bits(strangers), overRelatives: bits(relatives), reasons: [reason] };
}

/** Two days of birth that are known. A wrong digit changes the year, the month or the day. */
function compareDays(a: number, b: number): Evidence {
  if (a === b) return EVIDENCE.birthSame;
  const [left, right] = [dayFromNumber(a), dayFromNumber(b)];
  const [yearOfLeft, monthOfLeft, dayOfLeft] = left.split('-');
  const [yearOfRight, monthOfRight, dayOfRight] = right.split('-');
  const [sameYear, sameMonth, sameDay] = [
    yearOfLeft === yearOfRight,
    monthOfLeft === monthOfRight,
    dayOfLeft === dayOfRight,
  ];
  if (sameYear && monthOfLeft === dayOfRight && dayOfLeft === monthOfRight) return EVIDENCE.birthSwapped;
  if (Number(sameYear) + Number(sameMonth) + Number(sameDay) === 2) return EVIDENCE.birthOnePart;
  const years = Math.abs(a - b) / DAYS_PER_YEAR;
  if (years <= 1) return EVIDENCE.birthDifferentNear;
  return years <= 5 ? EVIDENCE.birthDifferent : EVIDENCE.birthDifferentFar;
}

/** Ages, or dates that are not known to the day, that do not overlap. */
function apart(years: number): Evidence {
  if (years <= 2) return EVIDENCE.ageNear;
  return years <= 5 ? EVIDENCE.ageDifferent : EVIDENCE.ageDifferentFar;
}

function compareAges(a: number, b: number): Evidence {
  const years = Math.max(0, Math.abs(a - b) - 1);
  return years === 0 ? compatible(UNDATED_AGE_SPAN_YEARS, 'AGE_COMPATIBLE') : apart(years);
}

/** Weighs when two persons were born, as far as it is known. */
export function compareBirths(
  a: MatchPerson,
  birthOfA: Birth | null,
  b: MatchPerson,
  birthOfB: Birth | null,
): Evidence {
  const isStated = (birth: Birth | null): boolean => birth !== null && !birth.isFromAge;
  if (birthOfA === null || birthOfB === null) {
    const [ageOfA, ageOfB] = [statedAge(a), statedAge(b)];
    if (ageOfA === null || ageOfB === null || isStated(birthOfA) || isStated(birthOfB)) return NO_EVIDENCE;
    return compareAges(ageOfA, ageOfB);
  }
  const bothStated = isStated(birthOfA) && isStated(birthOfB);
  if (bothStated && isOneDay(birthOfA.span) && isOneDay(birthOfB.span)) {
    return compareDays(birthOfA.span.first, birthOfB.span.first);
  }
  const years = gapBetween(birthOfA.span, birthOfB.span) / DAYS_PER_YEAR;
  if (years > 0) return bothStated ? { ...apart(years), reasons: ['BIRTH_DIFFERENT'] } : apart(years);
  const widest = Math.max(lengthOf(birthOfA.span), lengthOf(birthOfB.span)) / DAYS_PER_YEAR;
  return compatible(widest, bothStated ? 'BIRTH_COMPATIBLE' : 'AGE_COMPATIBLE');
}
