/** How a day is written: in full in prose, ISO in tables. Days come as `YYYY-MM-DD`, months as `YYYY-MM`. */
import type { Language } from './language.js';

const MONTHS = {
  en: 'January February March April May June July August September October November December'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
} as const;

function monthOf(date: string, language: Language): string {
  const name = MONTHS[language][Number(date.slice(5, 7)) - 1];
  if (name === undefined) throw new RangeError('A date in a report must be YYYY-MM-DD, YYYY-MM or YYYY.');
  return name;
}

/** `2022-03-27` as `27 March 2022` or `27 de marzo de 2022`; `2022-03` as `March 2022`; `2022` stays. */
export function writeDate(date: string, language: Language): string {
  if (/^\d{4}$/.test(date)) return date;
  const year = date.slice(0, 4);
  const month = monthOf(date, language);
  if (date.length === 7) return language === 'en' ? `${month} ${year}` : `${month} de ${year}`;
  const day = Number(date.slice(8, 10));
  return language === 'en' ? `${day} ${month} ${year}` : `${day} de ${month} de ${year}`;
}

/** A month on an axis: `Mar` and, in January or at the start, the year below it. */
export function writeShortMonth(month: string, language: Language): string {
  return monthOf(month, language).slice(0, 3);
}

/** The last day of a month, `2022-04` to `2022-04-30`. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][number - 1];
  return `${month}-${days}`;
}

/** Every month from the first day to the last, `YYYY-MM`, also those without an event. */
export function monthsBetween(from: string, to: string): readonly string[] {
  const count = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  const spell = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  const [first, last] = [count(from), count(to)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => spell(first + i));
}
