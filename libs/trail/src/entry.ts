/**
 * One audit entry as bytes, so that two programs that hold the same entry compute the same MAC and the same leaf.
 *
 *     "amparo audit entry 1\n" | id | at | organisation | actor | session | request | action | case | subject | content
 *
 * Each field is its length in four bytes and then its bytes; a field without a value is the length ffffffff. Lengths in
 * front of every field, so that nothing can be moved from one field into the next. Content is the SHA-256 of the sealed
 * content and not the content: whoever destroys the key of the content leaves an entry that can still be proved.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** What an entry says outside its sealed content. Moments have microseconds: `2026-11-26T22:40:00.123456Z`. */
export interface EntryFacts {
  readonly id: string;
  readonly at: string;
  readonly organisationId: string | null;
  readonly actorId: string | null;
  readonly sessionId: string | null;
  readonly requestId: string | null;
  readonly action: string;
  readonly caseId: string | null;
  readonly subjectId: string | null;
  /** SHA-256 of the sealed content; null when the entry has none. */
  readonly contentDigest: Uint8Array | null;
}

/** An entry with the MAC that its writer computed. */
export interface SignedFacts extends EntryFacts {
  readonly mac: Uint8Array;
}

const HEAD = Buffer.from('amparo audit entry 1\n');
const ABSENT = 0xffff_ffff;

export const MAC_BYTES = 32;

/** SHA-256 in one call. */
export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** The bytes that the MAC covers. */
export function canonicalEntry(facts: EntryFacts): Buffer {
  const texts = [
    facts.id,
    facts.at,
    facts.organisationId,
    facts.actorId,
    facts.sessionId,
    facts.requestId,
    facts.action,
    facts.caseId,
    facts.subjectId,
  ];
  const lengths = texts.map((text) => (text === null ? -1 : Buffer.byteLength(text)));
  const contentBytes = facts.contentDigest?.length ?? -1;
  const total = [...lengths, contentBytes].reduce((sum, length) => sum + 4 + Math.max(0, length), HEAD.length);
  const bytes = Buffer.allocUnsafe(total);
  let at = HEAD.copy(bytes);
  texts.forEach((text, field) => {
    const length = lengths[field] ?? -1;
    at = bytes.writeUInt32BE(length < 0 ? ABSENT : length, at);
    if (text !== null) at += bytes.write(text, at);
  });
  at = bytes.writeUInt32BE(contentBytes < 0 ? ABSENT : contentBytes, at);
  if (facts.contentDigest !== null) bytes.set(facts.contentDigest, at);
  return bytes;
}

/** The MAC of an entry: only a process that holds the key can make one. */
export function entryMac(key: Uint8Array, canonical: Uint8Array): Buffer {
  return createHmac('sha256', key).update(canonical).digest();
}

/** Whether the MAC of an entry is the one that its writer must have computed. */
export function hasItsMac(key: Uint8Array, canonical: Uint8Array, mac: Uint8Array): boolean {
  return mac.length === MAC_BYTES && timingSafeEqual(entryMac(key, canonical), mac);
}

/** What a leaf of the tree is made from: the entry and its MAC, so that neither can be exchanged alone. */
export function leafOf(canonical: Uint8Array, mac: Uint8Array): Buffer {
  return Buffer.concat([canonical, mac]);
}
