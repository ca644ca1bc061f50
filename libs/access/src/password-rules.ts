/**
 * Which passwords are refused, and why. Length is what makes a password hard to guess; what a list of guesses begins
 * with is refused whatever its length: words on the list, with digits or signs around them, repeated, or in a row. No
 * character classes and no expiry: both make passwords worse (NIST SP 800-63B).
 */

export const PASSWORD_MIN = 15;
export const PASSWORD_MAX = 128;

export type PasswordFault =
  | 'password.too-short'
  | 'password.too-long'
  | 'password.common'
  | 'password.repeats'
  | 'password.sequence'
  | 'password.names-you';

/** What is wrong, in words for whoever chooses. */
export const PASSWORD_SENTENCES: Readonly<Record<PasswordFault, string>> = {
  'password.too-short': `A password has at least ${PASSWORD_MIN} characters; four words make a good one.`,
  'password.too-long': `A password has at most ${PASSWORD_MAX} characters.`,
  'password.common': 'This password, or what it is made of, is on the lists that are tried first.',
  'password.repeats': 'This password repeats itself.',
  'password.sequence': 'This password runs along the alphabet, the digits or the keyboard.',
  'password.names-you': 'Too much of this password is the name or address of you or your organisation.',
};

/** The form that is hashed: one and the same for every keyboard that can type it. */
export const passwordForm = (password: string): string => password.normalize('NFKC');

/** Lower case, without accents, with the usual stand-ins for letters read back. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[@4]/g, 'a')
    .replace(/[3€]/g, 'e')
    .replace(/[1!|]/g, 'i')
    .replace(/0/g, 'o')
    .replace(/[$5]/g, 's')
    .replace(/7/g, 't');

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjklñ',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];
const RUNS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);
/** How much must be left once what is known of somebody is taken out. */
const OWN_LEFT = 8;
const RUN = 4;

/** How much of a text lies in runs along the rows: 1 when all of it does. */
function shareInRuns(text: string): number {
  let inside = 0;
  for (let at = 0; at < text.length;) {
    let length = 0;
    for (let end = Math.min(text.length, at + 40); end >= at + RUN && length === 0; end--) {
      if (RUNS.some((row) => row.includes(text.slice(at, end)))) length = end - at;
    }
    inside += length;
    at += Math.max(length, 1);
  }
  return inside / text.length;
}

/** The shortest part of which a text is made by repeating it. */
function periodOf(text: string): number {
  for (let length = 1; length <= text.length / 2; length++) {
    if ([...text].every((character, at) => character === text[at % length])) return length;
  }
  return text.length;
}

/** Whether a text is a few words of the list written together, with nothing but digits and signs between and around. */
function isMadeOf(text: string, common: ReadonlySet<string>): boolean {
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return common.has(text) || (core !== '' && core.length >= text.length / 3 && common.has(core));
}

/**
 * What is wrong with a password, or null.
 * @param common passwords that are tried first, in lower case
 * @param own words that anybody knows of this person: name, address, organisation
 */
export function passwordFault(
  password: string,
  common: ReadonlySet<string>,
  own: readonly string[],
): PasswordFault | null {
  const form = passwordForm(password);
  const length = [...form].length;
  if (length < PASSWORD_MIN) return 'password.too-short';
  if (length > PASSWORD_MAX) return 'password.too-long';
  const text = plain(form);
  const period = periodOf(text);
  if (period <= text.length / 2 && period < PASSWORD_MIN) return 'password.repeats';
  if (shareInRuns(text) > 0.7) return 'password.sequence';
  for (const reading of [text, folded(form.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))]) {
    if (isMadeOf(reading, common)) return 'password.common';
    const words = reading.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
    if (
      words.length > 0 &&
      new Set(words).size <= 2 &&
      words.every((word) => isMadeOf(word, common) || /^\p{N}+$/u.test(word))
    )
      return 'password.common';
    if (leftWithout(reading, own) < OWN_LEFT) return 'password.names-you';
  }
  return null;
}

/** How many letters and digits are left when everything known of somebody is taken out. */
function leftWithout(text: string, own: readonly string[]): number {
  const parts = own
    .flatMap((known) => plain(known).split(/[^\p{L}\p{N}]+/u))
    .filter((part) => part.length >= 3)
    .sort((a, b) => b.length - a.length);
  if (!parts.some((part) => text.includes(part))) return Infinity;
  return parts.reduce((rest, part) => rest.replaceAll(part, ' '), text).replace(/[^\p{L}\p{N}]/gu, '').length;
}
