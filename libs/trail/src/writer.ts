/** Makes rows for the table of the trail: a moment, the sealed content, and the MAC over all of it. */
import { canonicalEntry, entryMac, sha256, type EntryFacts } from './entry.js';
import { newSalt, sealContent, type EntryContent } from './content.js';
import type { TrailKeys } from './keys.js';

/** What somebody wants to have on the trail. */
export interface Draft extends Omit<EntryFacts, 'at' | 'contentDigest'>, EntryContent {}

/** A draft made into an entry that nobody without the key could have written. */
export interface WrittenEntry extends EntryFacts {
  readonly sealed: Buffer | null;
  /** Half of the key of the content; null when there is none, or when it concerns no case and is never erased. */
  readonly salt: Buffer | null;
  readonly mac: Buffer;
}

/**
 * Writes entries for one process. The moment comes from the process and not from the database, because the MAC must
 * cover it before the row is sent; two entries of one process never have the same moment and never turn back, so that
 * their order is told.
 */
export class TrailWriter {
  private last = 0;

  /**
   * @param keys asked at each entry: they are there once the installation's keys have been opened
   * @param now the clock of the service
   */
  constructor(
    private readonly keys: () => TrailKeys,
    private readonly now: () => Date,
  ) {}

  entry(draft: Draft): WrittenEntry {
    const keys = this.keys();
    const { reason, details, ...said } = draft;
    const hasContent = reason !== null || details !== null;
    const salt = hasContent && draft.caseId !== null ? newSalt() : null;
    const sealed = hasContent ? sealContent(keys.content, draft.id, salt, { reason, details }) : null;
    const facts = { ...said, at: this.moment(), contentDigest: sealed && sha256(sealed) };
    return { ...facts, sealed, salt, mac: entryMac(keys.mac, canonicalEntry(facts)) };
  }

  private moment(): string {
    this.last = Math.max(this.now().getTime() * 1000, this.last + 1);
    const milliseconds = Math.floor(this.last / 1000);
    const beyond = String(this.last % 1000).padStart(3, '0');
    return new Date(milliseconds).toISOString().replace('Z', `${beyond}Z`);
  }
}
