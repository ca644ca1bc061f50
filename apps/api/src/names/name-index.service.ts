/**
 * How people are found by name and number, and which files are worth comparing with a new one. Two answers stand behind
 * it, chosen by NAME_INDEX (docs/adr/2026-11-27-name-index.md): names in memory, of which nothing is stored, and keyed
 * digests that are.
 */
import type { Tx } from '#lib/database';
import type { BlockLimits, MatchPerson } from '#lib/matching';

/** What is searched for; at least one of the two. */
export interface NameQuery {
  readonly name: string | null;
  readonly documentNumber: string | null;
}

export interface NameHit {
  readonly caseId: string;
  /** From 0 to 1. */
  readonly score: number;
}

/** A file whose probable duplicates are looked for. */
export interface FileToCompare {
  readonly id: string;
  readonly person: MatchPerson;
}

/** Two files that are worth comparing. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

/**
 * A key that more than four hundred files share says little. Fifteen files a file are compared at most, so that a thousand
 * people of one name cost fifteen thousand comparisons and not a million; whoever shares the rarest keys comes first. Of
 * two invented registers of 40,000 people, of 500 days and of one wave of 90, a file that is looked for once meets 99.00
 * and 98.83 of 100 duplicates among fifteen, 99.03 and 98.99 among thirty; and each that is compared has to be opened.
 */
export const LIMITS: BlockLimits = { mostSharing: 400, mostPartners: 15 };

export abstract class NameIndex {
  /**
   * Cases of one organisation that may be meant, the best first. Whoever asks must still be held against what they
   * reach: the index knows everybody.
   */
  abstract search(organisationId: string, query: NameQuery, limit: number): Promise<NameHit[]>;

  /**
   * Files worth comparing with some files of one organisation. Files that only this transaction knows (a dry run) are
   * found as well, once they have been asked about.
   */
  abstract partnersOf(tx: Tx, organisationId: string, files: readonly FileToCompare[]): Promise<Pair[]>;

  /** Says that somebody was recorded, amended or erased: after the act, when everybody can read it. */
  abstract changed(caseIds: readonly string[]): void;

  /** Begins to make ready what a first search would otherwise wait for. */
  abstract begin(): void;
}
