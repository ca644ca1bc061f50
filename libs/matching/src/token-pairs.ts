/**
 * How the words of two names pair: the same, spelled otherwise, a familiar form, an initial. Each pair is worth bits by
 * how few people bear the name.
 */
import { jaroWinkler } from './jaro-winkler.js';
import type { NameFrequency, NameRole } from './name-frequencies.js';
import { joined, type NameToken, type PersonName } from './names.js';
import { isNicknameOf } from './nicknames.js';

/** Two files of one person spell a recorded name alike this often. */
const SPELLED_ALIKE = 0.85;
/** A name spelled differently but sounding alike: as telling as the name itself, less half a bit for the doubt. */
const SOUND_COST = 0.5;
/** A familiar form: families of it overlap (Beto is seven names), so one bit less than the name. */
const NICKNAME_COST = 1;
/** From here Jaro-Winkler counts as a slip of the pen: one transposed, missing or wrong letter in a word of six. */
const SLIP_SIMILARITY = 0.9;
/** A slip: one name in twenty of one person; one pair of different names in five hundred: log2(0.05 / 0.002). */
const SLIP_BITS = 4.6;
/** One letter: J, M, C and A begin most names, so one pair in eight agrees. */
const INITIAL_BITS = 3;

export type Unlikeness = 'SPELLING' | 'NICKNAME' | 'INITIAL';
type Likeness = 'SAME' | Unlikeness;

interface Pairing {
  readonly likeness: Likeness;
  readonly bits: number;
}

/**
 * Bits that a token is worth when both files spell it so, by how many people bear it. Two words read as one ("María
 * José", "Mariajosé") are worth no more than they are apart.
 */
function worth(token: NameToken, role: NameRole): number {
  if (token.isInitial) return INITIAL_BITS;
  const whole = Math.log2(SPELLED_ALIKE / token.frequency[role]);
  return token.parts.length === 0
    ? whole
    : Math.min(whole, worth(token.parts[0]!, role) + worth(token.parts[1]!, role));
}

/** How two tokens pair, or null. Never worth more than either token is with itself, so that identity scores highest. */
function pairing(a: NameToken, b: NameToken, roleOfA: NameRole, roleOfB: NameRole): Pairing | null {
  const paired = (likeness: Likeness, bits: number): Pairing => ({ likeness, bits });
  const bothWorth = (): number => Math.min(worth(a, roleOfA), worth(b, roleOfB));
  if (a.text === b.text) return paired('SAME', bothWorth());
  if (a.isInitial || b.isInitial) {
    const initial = a.text.charAt(0) === b.text.charAt(0) && a.isInitial !== b.isInitial;
    return initial ? paired('INITIAL', Math.min(INITIAL_BITS, bothWorth())) : null;
  }
  if (a.sound === b.sound) return paired('SPELLING', bothWorth() - SOUND_COST);
  if (roleOfA === 'given' && roleOfB === 'given' && isNicknameOf(a.text, b.text)) {
    return paired('NICKNAME', bothWorth() - NICKNAME_COST);
  }
  if (isSlip(a, b)) return paired('SPELLING', Math.min(SLIP_BITS, bothWorth()));
  return null;
}

/** Jaro-Winkler of 0.9 takes a Jaro of 5/6 even with the longest common beginning, so c/|a| + c/|b| of 3/2. */
const LEAST_SHARED = 1.5;

/** Whether two tokens can share enough letters for a slip: a letter that the other lacks is not in common. */
function mayBeSlip(a: NameToken, b: NameToken): boolean {
  const ofA = a.text.length - bitCount(a.letters & ~b.letters);
  const ofB = b.text.length - bitCount(b.letters & ~a.letters);
  const common = Math.min(ofA, ofB);
  return common / a.text.length + common / b.text.length >= LEAST_SHARED;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const isWellKnown = ({ isWellKnownGiven, isWellKnownFamily }: NameFrequency): boolean =>
  isWellKnownGiven || isWellKnownFamily;

/** Two well-known names are two names, however alike: José and Josué, Mario and María, Rivas and Rivera. */
function isSlip(a: NameToken, b: NameToken): boolean {
  if (!mayBeSlip(a, b) || (isWellKnown(a.frequency) && isWellKnown(b.frequency))) return false;
  return jaroWinkler(a.text, b.text) >= SLIP_SIMILARITY;
}

/** What came of pairing two lists of tokens. */
export interface Pairs {
  readonly bits: number;
  readonly paired: number;
  /** Every likeness found that is not plain sameness, once. */
  readonly unlike: readonly Unlikeness[];
  /** Whether two pairs stand in the other order: "López Cruz", "Cruz López". */
  readonly isSwapped: boolean;
  readonly leftOfA: readonly NameToken[];
  readonly leftOfB: readonly NameToken[];
}

interface Candidate extends Pairing {
  readonly i: number;
  readonly j: number;
}

const NO_TOKENS: readonly NameToken[] = [];
const ALL_SAME: readonly Unlikeness[] = [];

/** Nothing paired: everything is left over. */
const unpaired = (a: readonly NameToken[], b: readonly NameToken[]): Pairs => ({
  bits: 0,
  paired: 0,
  unlike: ALL_SAME,
  isSwapped: false,
  leftOfA: a,
  leftOfB: b,
});

/** Best pairs first; of equal ones those that keep the order of the names. */
const byWorthThenOrder = (x: Candidate, y: Candidate): number =>
  y.bits - x.bits || Math.abs(x.i - x.j) - Math.abs(y.i - y.j) || x.i - y.i || x.j - y.j;

/** Pairs two lists of tokens, each token at most once, the most telling pairs first. */
export function pairTokens(
  a: readonly NameToken[],
  b: readonly NameToken[],
  roleOfA: NameRole,
  roleOfB: NameRole,
): Pairs {
  if (a.length === 0 || b.length === 0) return unpaired(a, b);
  const candidates: Candidate[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const found = pairing(a[i]!, b[j]!, roleOfA, roleOfB);
      if (found !== null) candidates.push({ likeness: found.likeness, bits: found.bits, i, j });
    }
  }
  if (candidates.length === 0) return unpaired(a, b);
  if (candidates.length > 1) candidates.sort(byWorthThenOrder);
  const chosen: Candidate[] = [];
  const unlike: Unlikeness[] = [];
  let usedOfA = 0;
  let usedOfB = 0;
  let bits = 0;
  let isSwapped = false;
  for (const candidate of candidates) {
    const { i, j, likeness } = candidate;
    if ((usedOfA & (1 << i)) !== 0 || (usedOfB & (1 << j)) !== 0) continue;
    usedOfA |= 1 << i;
    usedOfB |= 1 << j;
    bits += candidate.bits;
    isSwapped ||= chosen.some((other) => other.i < i !== other.j < j);
    if (likeness !== 'SAME' && !unlike.includes(likeness)) unlike.push(likeness);
    chosen.push(candidate);
  }
  const [leftOfA, leftOfB] = [left(a, usedOfA), left(b, usedOfB)];
  return { bits, paired: chosen.length, unlike, isSwapped, leftOfA, leftOfB };
}

/** The tokens whose place is not among the set bits. */
function left(tokens: readonly NameToken[], used: number): readonly NameToken[] {
  return used === (1 << tokens.length) - 1 ? NO_TOKENS : tokens.filter((_, place) => (used & (1 << place)) === 0);
}

/** Reads two neighbouring tokens as one where the other name writes them without the space: "Ana Lucía", "Analucía". */
function joinedAsIn(other: readonly NameToken[], tokens: readonly NameToken[]): readonly NameToken[] {
  for (let i = 0; i + 1 < tokens.length; i++) {
    const [left, right] = [tokens[i]!, tokens[i + 1]!];
    const length = left.text.length + right.text.length;
    const isOne = other.some(({ text }) => text.length === length && text === left.text + right.text);
    if (isOne) return [...tokens.slice(0, i), joined(left, right), ...tokens.slice(i + 2)];
  }
  return tokens;
}

/** Pairs the given names, or the surnames, of two persons. */
export function pairRole(a: PersonName, b: PersonName, role: NameRole): Pairs {
  return pairTokens(joinedAsIn(b[role], a[role]), joinedAsIn(a[role], b[role]), role, role);
}
