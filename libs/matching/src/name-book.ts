/**
 * The names of many people, found by a name as somebody remembers it: accents, capitals and particles aside, surnames
 * swapped or missing, letters changed, a familiar form. It is kept in memory only; nothing of it is stored.
 *
 * People and words stand in numbered places, so that a search adds numbers up in arrays: a common name is borne by tens
 * of thousands.
 */
import { nameTokens } from './names.js';
import { relatedNames } from './nicknames.js';
import { phoneticKey } from './phonetic.js';
import { NEARNESS, nearness, WordShelves } from './word-likeness.js';

export interface BookEntry {
  readonly givenNames: string | null;
  readonly familyNames: string | null;
  readonly aliases: string | null;
}

export interface Found {
  readonly id: string;
  /** From 0 to 1: how much of what was asked for is in the name, the rare words counting more. */
  readonly score: number;
}

/** What is found must hold at least so much of what was asked for. */
export const LEAST_SCORE = 0.45;

/** The different words of a name, aliases included. */
export function wordsOf({ givenNames, familyNames, aliases }: BookEntry): readonly string[] {
  const texts = [givenNames, familyNames, aliases].flatMap((field) => nameTokens(field).map(({ text }) => text));
  return [...new Set(texts)];
}

/** The different words of a name that is asked for. */
export function askedWords(name: string): readonly string[] {
  return [...new Set(nameTokens(name).map(({ text }) => text))];
}

/** What a word tells that so many of so many people bear: a rare one more than a common one. */
export function weightOfWord(bearers: number, people: number): number {
  return Math.log2(2 + people / (1 + bearers));
}

/** How much of what was asked for is in one name, from 0 to 1: of several words that are near, the nearest counts. */
export function scoreOfName(asked: readonly string[], weights: readonly number[], entry: BookEntry): number {
  const words = wordsOf(entry);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let score = 0;
  asked.forEach((word, index) => {
    score += (weights[index] ?? 0) * words.reduce((best, known) => Math.max(best, nearness(word, known)), 0);
  });
  return total === 0 ? 0 : score / total;
}

/** To three places, as it is shown. */
export const roundedScore = (score: number): number => Math.round(score * 1_000) / 1_000;

interface Scored {
  readonly id: string;
  readonly score: number;
  /** Words of the name beyond those asked for come later. */
  readonly words: number;
}

const isBetter = (a: Scored, b: Scored): boolean => {
  if (a.score !== b.score) return a.score > b.score;
  return a.words === b.words ? a.id < b.id : a.words < b.words;
};

export class NameBook {
  private readonly places = new Map<string, number>();
  private readonly ids: string[] = [];
  /** The words of whoever has a place; none where the place is free. */
  private readonly words: (readonly string[])[] = [];
  private readonly free: number[] = [];
  /** Who bears a word, as places. */
  private readonly bearers = new Map<string, number[]>();
  private readonly sounds = new Map<string, Set<string>>();
  private readonly shelves = new WordShelves();
  private scores = new Float64Array(0);
  /** Up to which word of a search a place has its share. */
  private counted = new Int32Array(0);

  get size(): number {
    return this.places.size;
  }

  /** Whether somebody is in the book. */
  has(id: string): boolean {
    return this.places.has(id);
  }

  /** Puts somebody in, in the place of what was known of them. */
  set(id: string, entry: BookEntry): void {
    this.delete(id);
    const words = wordsOf(entry);
    if (words.length === 0) return;
    const place = this.free.pop() ?? this.ids.length;
    this.places.set(id, place);
    this.ids[place] = id;
    this.words[place] = words.map((word) => this.bear(word, place));
  }

  delete(id: string): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    for (const word of this.words[place] ?? []) {
      const bearers = this.bearers.get(word) ?? [];
      bearers[bearers.indexOf(place)] = bearers.at(-1)!;
      bearers.pop();
      if (bearers.length > 0) continue;
      this.bearers.delete(word);
      this.shelves.delete(word);
      const alike = this.sounds.get(phoneticKey(word));
      alike?.delete(word);
      if (alike?.size === 0) this.sounds.delete(phoneticKey(word));
    }
    this.places.delete(id);
    this.words[place] = [];
    this.free.push(place);
  }

  /**
   * The people whose names hold most of the words asked for, the best first.
   * @example book.search('chepe menjibar', 20)
   */
  search(name: string, limit: number): Found[] {
    const asked = askedWords(name);
    const weights = asked.map((word) => weightOfWord(this.bearers.get(word)?.length ?? 0, this.size));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const touched = this.addUp(asked, weights);
    const best: Scored[] = [];
    for (const place of touched) {
      const score = this.scores[place]! / total;
      this.counted[place] = 0;
      this.scores[place] = 0;
      if (score < LEAST_SCORE) continue;
      keepBest(best, { id: this.ids[place]!, score, words: this.words[place]!.length }, limit);
    }
    return best.map(({ id, score }) => ({ id, score: roundedScore(score) }));
  }

  /** Notes who bears a word; the word comes back as one text for all of them. */
  private bear(word: string, place: number): string {
    const bearers = this.bearers.get(word);
    if (bearers) {
      bearers.push(place);
      return this.words[bearers[0]!]?.find((known) => known === word) ?? word;
    }
    this.bearers.set(word, [place]);
    this.shelves.add(word);
    const sound = phoneticKey(word);
    const alike = this.sounds.get(sound);
    if (alike) alike.add(word);
    else this.sounds.set(sound, new Set([word]));
    return word;
  }

  /** Gives everybody their share of each word asked for, once a word, and says who has any. */
  private addUp(asked: readonly string[], weights: readonly number[]): readonly number[] {
    if (this.scores.length < this.ids.length) {
      this.scores = new Float64Array(this.ids.length * 2);
      this.counted = new Int32Array(this.ids.length * 2);
    }
    const { scores, counted } = this;
    const touched: number[] = [];
    asked.forEach((word, index) => {
      const weight = weights[index]!;
      // The nearest words first, so that whoever bears several of them has the nearest one counted.
      const near = [...this.near(word)].sort((a, b) => b[1] - a[1]);
      for (const [known, share] of near) {
        for (const place of this.bearers.get(known) ?? []) {
          const before = counted[place]!;
          if (before > index) continue;
          if (before === 0) touched.push(place);
          counted[place] = index + 1;
          scores[place] = scores[place]! + share * weight;
        }
      }
    });
    return touched;
  }

  /** Words of the book that may be meant, each with how near it is: what `nearness` says of every one of them. */
  private near(word: string): Map<string, number> {
    const found = new Map<string, number>();
    const take = (near: string, share: number): void => {
      if (share > (found.get(near) ?? 0)) found.set(near, share);
    };
    if (this.bearers.has(word)) take(word, NEARNESS.same);
    for (const near of this.sounds.get(phoneticKey(word)) ?? []) take(near, NEARNESS.sound);
    for (const near of relatedNames(word)) if (this.bearers.has(near)) take(near, NEARNESS.nickname);
    this.shelves.slipsOf(word, take);
    return found;
  }
}

/** Keeps so many of the best in order; most that come late are worse than the last and cost one look. */
function keepBest(best: Scored[], one: Scored, limit: number): void {
  if (best.length >= limit && (limit === 0 || !isBetter(one, best[best.length - 1]!))) return;
  let [low, high] = [0, best.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBetter(best[middle]!, one)) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, one);
  if (best.length > limit) best.pop();
}
