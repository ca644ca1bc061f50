/**
 * Spanish names as tokens that can be compared: case, accents, particles and punctuation taken away, order kept.
 * What is shown to people is always the name as it was written; nothing here is stored.
 */
import { frequencyOf, WELL_KNOWN_NAMES, type NameFrequency } from './name-frequencies.js';
import { phoneticKey } from './phonetic.js';

/** One word of a name, folded. */
export interface NameToken {
  readonly text: string;
  readonly sound: string;
  readonly frequency: NameFrequency;
  /** One letter that stands for a longer name: "J." */
  readonly isInitial: boolean;
  /** Stands after a bare "de" behind another surname: "Pérez de Gómez", a husband's name that may come and go. */
  readonly isMarried: boolean;
  /** The two words that were read as this one; none as a rule. */
  readonly parts: readonly NameToken[];
  /** Which letters occur, as bits. */
  readonly letters: number;
}

export interface PersonName {
  readonly given: readonly NameToken[];
  readonly family: readonly NameToken[];
  /** All of it as one text, to put two names in an order. */
  readonly written: string;
}

const NO_PARTS: readonly NameToken[] = [];

/** Longer names exist in registers, not in mouths; the bound keeps hostile text cheap. */
const MOST_TOKENS = 5;
const LONGEST_TEXT = 160;
const LONGEST_SMALL_WORD = 5;

/** Words of a name that are no names. "San" and "Santa" stay with their saint, but are none alone. */
const SMALL_WORDS: ReadonlyMap<string, 'PARTICLE' | 'TITLE' | 'WIDOWED' | 'SAINT'> = new Map([
  ...listed('de del dela delas delos la las lo los el y e van von der den da das do dos di').map(
    (word) => [word, 'PARTICLE'] as const,
  ),
  ...listed('don dona sr sra srta').map((word) => [word, 'TITLE'] as const),
  ...listed('viuda vda').map((word) => [word, 'WIDOWED'] as const),
  ...listed('san santa').map((word) => [word, 'SAINT'] as const),
]);

/** Particles that many forms write without the space. "Delgado" is a name, so a rule by letters would be wrong. */
const GLUED: ReadonlyMap<string, string> = new Map(
  listed('delacruz delarosa delapaz delaluz delatorre deleon delcid delvalle delrio delcarmen delrosario').map(
    (text) => [text, text.replace(/^(?:dela|del|de)/, '')],
  ),
);

/** What people write when there is no name; a file so marked has no name at all. */
const PLACEHOLDERS = new Set([
  ...listed('desconocido desconocida desconoce nn na ns nr sd ignorado ignorada anonimo anonima ninguno unknown'),
  ...['n n', 'n a', 's n', 's d', 'no sabe', 'no se sabe', 'se desconoce', 'sin nombre', 'sin dato', 'sin datos'],
  ...['no identificado', 'no identificada', 'nombre desconocido', 'por identificar', 'no name'],
]);

/** Letters that Unicode does not take apart. */
const UNDIVIDED: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' };

function listed(words: string): readonly string[] {
  return words.split(' ');
}

/** One character as it is compared: a base letter, nothing (marks, apostrophes) or a space. */
function foldCharacter(character: string): string {
  return character
    .replace(/['’‘`´ʼ]/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[ßøłæœđı]/g, (letter) => UNDIVIDED[letter] ?? letter)
    .replace(/[^\p{L}]+/gu, ' ');
}

/** Latin letters and the combining marks, folded once: nearly every name is made of them. */
const FOLDED = Array.from({ length: 0x370 }, (_, code) => foldCharacter(String.fromCharCode(code)));

/**
 * A name without what comes and goes between two writings of it: capitals, accents (ñ becomes n), apostrophes,
 * hyphens, everything that is not a letter. Words are kept apart by one space.
 *
 * @example foldName(" O'BRIEN-Núñez ") // 'obrien nunez'
 */
export function foldName(text: string): string {
  let folded = '';
  let isAfterSpace = true;
  for (const character of text.slice(0, LONGEST_TEXT)) {
    const code = character.charCodeAt(0);
    const letter = code < FOLDED.length ? FOLDED[code]! : foldCharacter(character);
    if (letter === ' ' && isAfterSpace) continue;
    folded += letter;
    if (letter !== '') isAfterSpace = letter === ' ';
  }
  return folded.trim();
}

function nameToken(text: string, isInitial: boolean, isMarried: boolean): NameToken {
  const wellKnown = WELL_KNOWN_TOKENS.get(text);
  if (wellKnown !== undefined) return isMarried ? { ...wellKnown, isMarried } : wellKnown;
  return newToken(text, isInitial, isMarried);
}

function newToken(text: string, isInitial: boolean, isMarried: boolean): NameToken {
  const sound = isInitial ? text : phoneticKey(text);
  const letters = lettersOf(text);
  return { text, sound, frequency: frequencyOf(text), isInitial, isMarried, parts: NO_PARTS, letters };
}

/** Which letters occur. Letters beyond a to z share bits, which only makes two texts look more alike than they are. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

/** Most names that are read are among these, and their sound is known. */
const WELL_KNOWN_TOKENS: ReadonlyMap<string, NameToken> = new Map(
  [...WELL_KNOWN_NAMES.keys()].map((text) => [text, newToken(text, false, false)]),
);

/** Two words read as one name. */
export function joined(left: NameToken, right: NameToken): NameToken {
  return { ...nameToken(left.text + right.text, false, left.isMarried && right.isMarried), parts: [left, right] };
}

/**
 * The tokens of a field of given or family names, in the order written. Particles and titles go; "San" and "Santa"
 * stay with their saint; a single letter behind a particle is a surname ("de la O"), otherwise an initial.
 *
 * @example nameTokens('De la Cruz Pérez de Gómez').map((token) => token.text) // ['cruz', 'perez', 'gomez']
 */
export function nameTokens(text: string | null): readonly NameToken[] {
  if (text === null) return [];
  const folded = foldName(text);
  if (folded === '' || PLACEHOLDERS.has(folded)) return [];
  const tokens: NameToken[] = [];
  let particles = '';
  let saint = '';
  for (const word of folded.split(' ')) {
    if (tokens.length === MOST_TOKENS) break;
    const small = word.length <= LONGEST_SMALL_WORD ? SMALL_WORDS.get(word) : undefined;
    if (small === 'PARTICLE') particles += word;
    else if (small === 'WIDOWED') particles = '';
    else if (small === 'SAINT') saint = word;
    else if (small === undefined) {
      const isMarried = particles === 'de' && tokens.length > 0;
      const name = word.startsWith('de') ? (GLUED.get(word) ?? word) : word;
      const whole = saint === '' ? name : saint + name;
      const isLetter = whole.length === 1;
      tokens.push(nameToken(isLetter ? particles + whole : whole, isLetter && particles === '', isMarried));
      particles = '';
      saint = '';
    }
  }
  return saint === '' || tokens.length === MOST_TOKENS ? tokens : [...tokens, nameToken(saint, false, false)];
}

function nameOf(given: readonly NameToken[], family: readonly NameToken[]): PersonName {
  let written = '';
  for (const { text } of given) written += `${text} `;
  written += '|';
  for (const { text } of family) written += ` ${text}`;
  return { given, family, written };
}

/**
 * A whole name that was written into one field. Its head is given names as far as they are well known as such and not
 * as surnames (one word at least, two of four); the rest is surnames. "José Antonio" stays two given names.
 */
function splitWholeName(tokens: readonly NameToken[]): PersonName {
  const isGiven = ({ frequency }: NameToken): boolean => frequency.isWellKnownGiven && !frequency.isWellKnownFamily;
  const firstOther = tokens.findIndex((token) => !isGiven(token));
  const known = firstOther < 0 ? tokens.length : firstOther;
  const head = Math.max(known, tokens.length > 3 ? 2 : 1);
  return nameOf(tokens.slice(0, head), tokens.slice(head));
}

/** A person's name as tokens. Where one of the two fields is empty and the other holds a whole name, it is divided. */
export function personName(givenNames: string | null, familyNames: string | null): PersonName {
  const given = nameTokens(givenNames);
  const family = nameTokens(familyNames);
  if (family.length === 0) return splitWholeName(given);
  if (given.length === 0 && family.length > 2) return splitWholeName(family);
  return nameOf(given, family);
}
