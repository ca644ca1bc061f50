/**
 * How near one word of a name is to another: the same, heard alike, a familiar form, a slip of the pen. `nearness` says
 * it of two words; `WordShelves` finds every word of many that is near to one, with the same answer and without
 * comparing it with all of them.
 */
import { jaroWinkler } from './jaro-winkler.js';
import { isNicknameOf } from './nicknames.js';
import { phoneticKey } from './phonetic.js';

/** How near a word is to a word that was asked for. */
export const NEARNESS = { same: 1, sound: 0.92, nickname: 0.85, slip: 0.8, twoSlips: 0.65 } as const;
const SLIP_SIMILARITY = 0.9;
/** One letter in four may be another: two slips in one word. */
const TWO_SLIPS_SIMILARITY = 0.84;
/** Two slips in a word of four letters leave another word. */
const SHORTEST_WITH_TWO_SLIPS = 5;
const LENGTHS_APART = 2;

/** How near a folded word is to the one that was asked for, from 0 to 1. */
export function nearness(asked: string, known: string): number {
  if (asked === known) return NEARNESS.same;
  if (phoneticKey(asked) === phoneticKey(known)) return NEARNESS.sound;
  return isNicknameOf(asked, known) ? NEARNESS.nickname : slipNearness(asked, known);
}

function slipNearness(asked: string, known: string): number {
  if (Math.abs(known.length - asked.length) > LENGTHS_APART) return 0;
  const likeness = jaroWinkler(asked, known);
  if (likeness >= SLIP_SIMILARITY) return NEARNESS.slip;
  return likeness >= TWO_SLIPS_SIMILARITY && asked.length >= SHORTEST_WITH_TWO_SLIPS ? NEARNESS.twoSlips : 0;
}

/** Which letters occur in a word, and which occur more than once, as bits. Other letters than a to z share bits. */
function lettersOf(word: string): { readonly once: number; readonly twice: number; readonly isAscii: boolean } {
  let [once, twice, codes] = [0, 0, 0];
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    const bit = 1 << (code & 31);
    twice |= once & bit;
    once |= bit;
    codes |= code;
  }
  return { once, twice, isAscii: codes < 128 };
}

function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const PREFIX_LONGEST = 4;

/**
 * For each length of a common beginning, what c/|a| + c/|b| must at least be (c letters in common) for Jaro-Winkler to
 * reach the similarity of two slips: Jaro is at most (c/|a| + c/|b| + 1) / 3, and Winkler adds a tenth of the rest for
 * each letter.
 */
const LEAST_SHARED = Array.from({ length: PREFIX_LONGEST + 1 }, (_, prefix) => {
  const reward = prefix / 10;
  return (3 * (TWO_SLIPS_SIMILARITY - reward)) / (1 - reward) - 1 - 1e-9;
});

/** Letters in common that two words of these lengths need, by their common beginning. */
const lettersNeeded = (length: number, other: number): readonly number[] =>
  LEAST_SHARED.map((share) => share / (1 / length + 1 / other));

/** Words of one length, with their letters beside them. */
class Shelf {
  readonly words: string[] = [];
  private readonly places = new Map<string, number>();
  private once = new Int32Array(16);
  private twice = new Int32Array(16);

  constructor(private readonly length: number) {}

  add(word: string): void {
    if (this.places.has(word)) return;
    if (this.words.length === this.once.length) {
      this.once = grown(this.once);
      this.twice = grown(this.twice);
    }
    this.places.set(word, this.words.length);
    const { once, twice, isAscii } = lettersOf(word);
    // Every bit: of letters that share bits it is not known which are missing.
    this.once[this.words.length] = isAscii ? once : -1;
    this.twice[this.words.length] = isAscii ? twice : -1;
    this.words.push(word);
  }

  delete(word: string): void {
    const place = this.places.get(word);
    if (place === undefined) return;
    const last = this.words.length - 1;
    const moved = this.words[last]!;
    this.words[place] = moved;
    this.once[place] = this.once[last]!;
    this.twice[place] = this.twice[last]!;
    this.places.set(moved, place);
    this.places.delete(word);
    this.words.pop();
  }

  /** The words that have enough letters in common with one to be a slip away. What one has and the other lacks is not. */
  mayBeSlips(word: string, found: (known: string) => void): void {
    const { once, twice, isAscii } = lettersOf(word);
    const needed = lettersNeeded(word.length, this.length);
    const least = Math.min(...needed);
    const { once: onces, twice: twices, words } = this;
    const count = words.length;
    for (let place = 0; place < count; place++) {
      const one = onces[place]!;
      const two = twices[place]!;
      const lacking = bitCount(once & ~one) + bitCount(twice & ~two);
      if (isAscii && word.length - lacking < least) continue;
      const known = words[place]!;
      // Of a word that is not ASCII nothing is known to be lacking, on either side.
      if (!isAscii || one === -1) {
        found(known);
        continue;
      }
      const common = Math.min(word.length - lacking, known.length - bitCount(one & ~once) - bitCount(two & ~twice));
      let prefix = 0;
      while (prefix < PREFIX_LONGEST && prefix < known.length && word.charCodeAt(prefix) === known.charCodeAt(prefix))
        prefix++;
      if (common >= needed[prefix]!) found(known);
    }
  }
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

/** Words by their length, to find those that are a slip of the pen away from one. */
export class WordShelves {
  private readonly shelves = new Map<number, Shelf>();

  add(word: string): void {
    const shelf = this.shelves.get(word.length) ?? new Shelf(word.length);
    this.shelves.set(word.length, shelf);
    shelf.add(word);
  }

  delete(word: string): void {
    this.shelves.get(word.length)?.delete(word);
  }

  /** Every word on the shelves that is one or two slips away, the word itself not among them. */
  slipsOf(word: string, found: (near: string, nearness: number) => void): void {
    for (let length = word.length - LENGTHS_APART; length <= word.length + LENGTHS_APART; length++) {
      this.shelves.get(length)?.mayBeSlips(word, (known) => {
        const near = known === word ? 0 : slipNearness(word, known);
        if (near > 0) found(known, near);
      });
    }
  }
}
