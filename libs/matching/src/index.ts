/** Probable duplicates of one person among case files: found by keys, weighed, shown with reasons, never merged. */
export { blockingKeys } from './blocking.js';
export { KeyBlocks, partnersOf, type BlockLimits } from './key-blocks.js';
export { jaro, jaroWinkler } from './jaro-winkler.js';
export type { MatchPerson } from './person.js';
export { phoneticKey } from './phonetic.js';
export { foldName } from './names.js';
export { REASONS, type Reason } from './reasons.js';
export { CANDIDATE_THRESHOLD, compare, type Match } from './score.js';
export {
  askedWords,
  LEAST_SCORE,
  NameBook,
  roundedScore,
  scoreOfName,
  weightOfWord,
  type BookEntry,
  type Found,
} from './name-book.js';
export { soughtKeys, soughtNumberKey, wordKeys, type SoughtKey } from './word-keys.js';
export { writtenNumber } from './document-agreement.js';
