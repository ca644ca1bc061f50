/**
 * Random ids whose rows come to lie side by side. Every table of a case is kept in the order of the case's id; where ids
 * are scattered, recording one case among a million touches a page of its own in each of thirty indexes, reads it, and
 * writes it whole to the WAL. Here the ids of one stretch share their first sixteen bits and are random in the rest.
 *
 * Ids that begin with the time would do the same and tell everybody who is ever shown one, to the millisecond, when a
 * testimony was recorded. These tell that two files were perhaps recorded in one stretch (docs/adr/2026-11-27-neighbouring-ids.md).
 */
import { randomBytes, randomUUID } from 'node:crypto';

/** So many share a beginning: enough for their rows to fill pages, too few to point at a day. */
const STRETCH = 256;

export class NeighbouringIds {
  private beginning = '';
  private left = 0;

  /** The next id: a UUID of version 4 with 106 random bits of its own. */
  next(): string {
    if (this.left === 0) {
      this.beginning = randomBytes(2).toString('hex');
      this.left = STRETCH;
    }
    this.left -= 1;
    return this.beginning + randomUUID().slice(4);
  }
}
