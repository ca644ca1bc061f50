/**
 * Keys by which a stored index finds a name without holding one: one a word, as it sounds. Whoever asks tries every
 * word that one slip of the pen makes of the word asked for, so that nothing but the sound need be stored.
 *
 * Keys are plain text and name people, like those of `blocking.ts`: they become HMACs before they are stored. How often
 * one occurs shows even then, and common surnames can be told by it (`security/design.md` §5).
 */
import { writtenNumber } from './document-agreement.js';
import { askedWords, wordsOf, type BookEntry } from './name-book.js';
import { relatedNames } from './nicknames.js';
import { phoneticKey } from './phonetic.js';
import { NEARNESS } from './word-likeness.js';

/** A word of fewer letters that has lost one is another name. */
const SHORTEST_WITH_SLIP = 4;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const keyOfSound = (sound: string): string => `word|${sound}`;
const keyOfNumber = (number: string): string => `written|${number}`;

/**
 * The keys of what is on file: each word of the name as it sounds, and the number of the document.
 *
 * @example wordKeys({ givenNames: 'José', familyNames: null, aliases: null, documentNumber: '01-A' }) // ['word|yose', 'written|01A']
 */
export function wordKeys(entry: BookEntry & { readonly documentNumber: string | null }): readonly string[] {
  const number = writtenNumber(entry.documentNumber);
  const words = wordsOf(entry).map((word) => keyOfSound(phoneticKey(word)));
  return [...new Set([...words, ...(number === null ? [] : [keyOfNumber(number)])])];
}

/** The key of a document number that is asked for; null where nothing of it can be compared. */
export function soughtNumberKey(text: string): string | null {
  const number = writtenNumber(text);
  return number === null ? null : keyOfNumber(number);
}

/** A key to look under, for which of the words asked for, and how near what stands there is at least. */
export interface SoughtKey {
  readonly key: string;
  readonly word: number;
  readonly nearness: number;
}

/** The keys under which a name that is asked for may stand, each once for each of its words. */
export function soughtKeys(name: string): readonly SoughtKey[] {
  return askedWords(name).flatMap((text, word) => {
    const sounds = new Map<string, number>();
    const take = (spelling: string, nearness: number): void => {
      const sound = phoneticKey(spelling);
      if (nearness > (sounds.get(sound) ?? 0)) sounds.set(sound, nearness);
    };
    take(text, NEARNESS.sound);
    for (const related of relatedNames(text)) take(related, NEARNESS.nickname);
    for (const slip of slipsOf(text)) take(slip, NEARNESS.slip);
    return [...sounds].map(([sound, nearness]) => ({ key: keyOfSound(sound), word, nearness }));
  });
}

/** Every text that is a letter less, another letter, a letter more, or two neighbours changed round. */
function slipsOf(text: string): ReadonlySet<string> {
  const slips = new Set<string>();
  if (text.length < SHORTEST_WITH_SLIP) return slips;
  for (let at = 0; at <= text.length; at++) {
    const [head, tail] = [text.slice(0, at), text.slice(at)];
    slips.add(head + tail.slice(1));
    if (tail.length > 1) slips.add(head + tail.charAt(1) + tail.charAt(0) + tail.slice(2));
    for (const letter of LETTERS) {
      slips.add(head + letter + tail);
      if (tail !== '') slips.add(head + letter + tail.slice(1));
    }
  }
  slips.delete(text);
  return slips;
}
