/** What two document numbers say. Any country's number will do: letters and digits count, punctuation does not. */
import { EVIDENCE, NO_EVIDENCE, type Evidence } from './evidence.js';

const SHORTEST_NUMBER = 6;
const LONGEST_NUMBER = 30;
const ENUMERATION = '01234567890123456789';

/**
 * A number without what comes and goes between two writings of it: spaces, hyphens, dots, whatever is neither a letter
 * nor a digit, and the case of letters. The one place where that is decided; null where nothing is left or the text is
 * longer than any number.
 *
 * @example writtenNumber(' 0380.3817-2 a') // '038038172A'
 */
export function writtenNumber(text: string | null): string | null {
  if (text === null || text.length > 2 * LONGEST_NUMBER) return null;
  const number = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{Nd}]/gu, '');
  return number === '' || number.length > LONGEST_NUMBER ? null : number;
}

/**
 * A number as compared, or null where it tells nothing of who somebody is: fewer than six characters, no digit, one
 * character repeated (00000000-0) or the digits in their order are what people type when a form insists. No check digit
 * is demanded: it is another one in each country, and a wrongly typed number must still find its neighbour.
 *
 * @example documentNumber('03803817-2') // '038038172'
 */
export function documentNumber(text: string | null): string | null {
  const number = writtenNumber(text)?.replace(/[^0-9A-Z]/g, '') ?? '';
  if (number.length < SHORTEST_NUMBER || !/[0-9]/.test(number)) return null;
  return /^(.)\1*$/.test(number) || ENUMERATION.includes(number) ? null : number;
}

/** One character wrong, missing or too many, or two neighbours that changed places. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let first = 0;
  while (first < a.length && a[first] === b[first]) first++;
  if (a.length !== b.length) {
    return a.length > b.length ? a.slice(first + 1) === b.slice(first) : a.slice(first) === b.slice(first + 1);
  }
  if (a.slice(first + 1) === b.slice(first + 1)) return true;
  return a[first] === b[first + 1] && a[first + 1] === b[first] && a.slice(first + 2) === b.slice(first + 2);
}

/** Weighs two numbers as `documentNumber` gives them. */
export function compareDocuments(a: string | null, b: string | null): Evidence {
  if (a === null || b === null) return NO_EVIDENCE;
  if (a === b) return EVIDENCE.documentSame;
  if (isOneSlip(a, b)) return EVIDENCE.documentOneSlip;
  return EVIDENCE.documentDifferent;
}
