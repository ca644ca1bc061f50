/**
 * Dates as field forms spell them, declared by an import mapping, turned into EDTF. Nothing is guessed: a spelling
 * that the mapping does not name is refused, because 03/04/2022 is two different days in two countries.
 */
import { parseEventDate, type ParsedDate } from './event-date.js';

/** The spellings a mapping may declare. */
export const DATE_SPELLINGS = ['ISO', 'D/M/Y', 'M/D/Y', 'M/Y', 'MONTH_NAME_ES', 'MONTH_NAME_EN', 'Y'] as const;
export type DateSpelling = (typeof DATE_SPELLINGS)[number];

const MONTHS_ES = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];
const MONTHS_EN = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const pad = (text: string): string => text.padStart(2, '0');

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A month by its name or by its beginning, three letters at least ("sept."): no two months share them. */
function monthNamed(names: readonly string[], text: string): string | null {
  const name = fold(text).replace('.', '');
  if (name.length < 3) return null;
  const index = names.findIndex((full) => full.startsWith(name));
  // "setiembre" is the usual spelling in parts of Central America.
  const found = index < 0 && names === MONTHS_ES && 'setiembre'.startsWith(name) ? 8 : index;
  return found < 0 ? null : pad(String(found + 1));
}

function named(text: string, names: readonly string[]): string | null {
  const found = /^(?:(\d{1,2}) (?:de )?)?(\p{L}+\.?)(?: (?:de|del) | )(\d{4})$/iu.exec(text);
  if (!found) return null;
  const month = monthNamed(names, found[2] ?? '');
  if (month === null) return null;
  return found[1] === undefined ? `${found[3]}-${month}` : `${found[3]}-${month}-${pad(found[1])}`;
}

function toEdtf(text: string, spelling: DateSpelling): string | null {
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const monthYear = /^(\d{1,2})[/.-](\d{4})$/.exec(text);
  switch (spelling) {
    case 'ISO':
      return /^\d{4}(?:[-~/]|$)/.test(text) || text.startsWith('../') ? text : null;
    case 'D/M/Y':
      return numbers && `${numbers[3]}-${pad(numbers[2] ?? '')}-${pad(numbers[1] ?? '')}`;
    case 'M/D/Y':
      return numbers && `${numbers[3]}-${pad(numbers[1] ?? '')}-${pad(numbers[2] ?? '')}`;
    case 'M/Y':
      return monthYear && `${monthYear[2]}-${pad(monthYear[1] ?? '')}`;
    case 'MONTH_NAME_ES':
      return named(text, MONTHS_ES);
    case 'MONTH_NAME_EN':
      return named(text, MONTHS_EN);
    case 'Y':
      return /^\d{4}$/.test(text) ? text : null;
  }
}

/**
 * Reads a form's date under the spellings its mapping declares, first match wins.
 * @param clock optional `HH:mm`, used only when the date names a single day
 * @example parseLocalDate('marzo 2022', ['ISO', 'D/M/Y', 'MONTH_NAME_ES']) // 2022-03, precision MONTH
 */
export function parseLocalDate(text: string, spellings: readonly DateSpelling[], clock?: string): ParsedDate {
  const trimmed = text.trim();
  for (const spelling of spellings) {
    const edtf = toEdtf(trimmed, spelling);
    if (edtf === null) continue;
    const parsed = parseEventDate(edtf);
    if (!parsed.ok || clock === undefined || parsed.date.precision !== 'DAY') return parsed;
    return /^\d{1,2}:\d{2}$/.test(clock)
      ? parseEventDate(`${edtf}T${clock.padStart(5, '0')}`)
      : { ok: false, fault: 'date.malformed' };
  }
  return { ok: false, fault: 'date.malformed' };
}
