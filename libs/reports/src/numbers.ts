/**
 * How a number is written (report-forms.md §10): digits in tables, words to ten in prose, and no percentage that its
 * base cannot carry.
 */
import type { Gender, Language, NumberStyle } from './language.js';

const SEPARATORS = { comma: { thousands: ',', decimal: '.' }, point: { thousands: '.', decimal: ',' } } as const;

const ONE_TO_TEN = {
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  es: ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
} as const;

/** A percentage on fewer than 20 is printed as "x of n" (report-forms.md §10). */
export const SMALLEST_BASE_FOR_PERCENT = 20;
/** From 200 on, a percentage carries one decimal. */
export const SMALLEST_BASE_FOR_DECIMAL = 200;

/** `36277` as `36,277`; halves are rounded away from zero. */
export function writeNumber(value: number, decimals = 0, style: NumberStyle = 'comma'): string {
  const { thousands, decimal } = SEPARATORS[style];
  const scale = 10 ** decimals;
  const rounded = Math.round(Math.abs(value) * scale * (1 + Number.EPSILON)) / scale;
  const [whole = '', fraction] = rounded.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  const sign = value < 0 && rounded !== 0 ? '−' : '';
  return sign + (fraction === undefined ? grouped : grouped + decimal + fraction);
}

/** Words from one to ten, digits from 11 on and for zero (a sentence says "no" or "none" in its own way). */
export function writeInWords(
  value: number,
  language: Language,
  gender: Gender = 'feminine',
  style: NumberStyle = 'comma',
): string {
  const word = ONE_TO_TEN[language][value - 1];
  if (word === undefined) return writeNumber(value, 0, style);
  return word === 'uno' && gender === 'feminine' ? 'una' : word;
}

/** Spanish sets a space, which must not break, before the sign; English sets none. */
const PERCENT_SIGN = { en: '%', es: '\u00a0%' } as const;

/** A share (0 to 1) as a percentage its base can carry, or null when the base is too small for one. */
export function writePercent(
  share: number,
  base: number,
  language: Language,
  style: NumberStyle = 'comma',
): string | null {
  if (base < SMALLEST_BASE_FOR_PERCENT) return null;
  return writeNumber(share * 100, base < SMALLEST_BASE_FOR_DECIMAL ? 0 : 1, style) + PERCENT_SIGN[language];
}

/** `x of n`: what stands where a percentage may not. */
export function writePartOf(part: number, base: number, language: Language, style: NumberStyle = 'comma'): string {
  return `${writeNumber(part, 0, style)} ${language === 'en' ? 'of' : 'de'} ${writeNumber(base, 0, style)}`;
}

/** An interval of numbers: en dash in English, hyphen in Spanish (Ortografía de la lengua española, guion). */
export function writeRange(from: string, to: string, language: Language): string {
  return from + (language === 'en' ? '–' : '-') + to;
}
