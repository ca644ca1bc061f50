/** What a database and a worker do together, for the specs: find candidates by key, weigh them, keep the probable. */
import { blockingKeys } from '../src/blocking.js';
import { CANDIDATE_THRESHOLD, compare } from '../src/score.js';
import type { MatchPerson } from '../src/person.js';

interface File {
  readonly id: string;
  readonly person: MatchPerson;
}

export interface Linkage {
  /** Pairs that share a key, and of them the true ones. */
  readonly candidates: number;
  readonly trueCandidates: number;
  /** Pairs at or above the threshold, true and false. */
  readonly found: number;
  readonly falselyFound: number;
  readonly recall: number;
  readonly precision: number;
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Links a register and counts against the pairs that are known to be of one person. */
export function link(files: readonly File[], duplicates: readonly (readonly string[])[]): Linkage {
  const truth = new Set(duplicates.map(([a = '', b = '']) => pairOf(a, b)));
  const blocks = new Map<string, File[]>();
  const seen = new Set<string>();
  let [trueCandidates, found, trueFound] = [0, 0, 0];
  for (const file of files) {
    for (const key of blockingKeys(file.person)) {
      const block = blocks.get(key) ?? [];
      blocks.set(key, block);
      for (const other of block) {
        const pair = pairOf(file.id, other.id);
        if (seen.has(pair)) continue;
        seen.add(pair);
        const isTrue = truth.has(pair);
        if (isTrue) trueCandidates++;
        if (compare(file.person, other.person).score < CANDIDATE_THRESHOLD) continue;
        found++;
        if (isTrue) trueFound++;
      }
      block.push(file);
    }
  }
  return {
    candidates: seen.size,
    trueCandidates,
    found,
    falselyFound: found - trueFound,
    recall: trueFound / truth.size,
    precision: found === 0 ? 1 : trueFound / found,
  };
}
