/**
 * A stream of bytes in sealed segments, so that a backup of any size is written and read with flat memory and nothing of
 * it is believed before it was authenticated.
 *
 *     segment   AES-256-GCM of up to 65,536 bytes | tag (16)
 *     nonce     counter (11 bytes, big endian) | 1 for the last segment, 0 for every other
 *
 * The key seals one artefact only, so a counter is a nonce that never comes twice. Segments cannot be exchanged (the
 * counter), and an artefact cannot end early (the flag). Every segment but the last is full. (STREAM: Hoang, Reyhanitabar,
 * Rogaway, Vizár, "Online authenticated-encryption and its nonce-reuse misuse-resistance", 2015.)
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { BackupRefusal } from './refusal.js';

export const SEGMENT_BYTES = 65_536;
export const TAG_BYTES = 16;
export const SEALED_SEGMENT_BYTES = SEGMENT_BYTES + TAG_BYTES;

function nonceOf(position: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(position, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Cuts bytes into segments and seals them, one after the other. */
export class SegmentSealer {
  private waiting: Buffer[] = [];
  private length = 0;
  private position = 0;

  /** @param bound what the segments belong to: nobody can put them under another head */
  constructor(
    private readonly key: Uint8Array,
    private readonly bound: Uint8Array,
  ) {}

  /** Takes bytes; answers the segments that are full and certainly not the last. */
  push(bytes: Buffer): Buffer[] {
    this.waiting.push(bytes);
    this.length += bytes.length;
    if (this.length <= SEGMENT_BYTES) return [];
    const all = Buffer.concat(this.waiting, this.length);
    const sealed: Buffer[] = [];
    let at = 0;
    for (; all.length - at > SEGMENT_BYTES; at += SEGMENT_BYTES)
      sealed.push(this.seal(all.subarray(at, at + SEGMENT_BYTES), false));
    this.waiting = [all.subarray(at)];
    this.length = all.length - at;
    return sealed;
  }

  /** The last segment, empty if nothing was ever taken. */
  end(): Buffer {
    return this.seal(Buffer.concat(this.waiting, this.length), true);
  }

  private seal(clear: Buffer, last: boolean): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.key, nonceOf(this.position++, last));
    cipher.setAAD(this.bound);
    return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Opens segments in their order, and tells what is wrong with one that does not open. */
export class SegmentOpener {
  private position = 0;

  constructor(
    private readonly key: Uint8Array,
    private readonly bound: Uint8Array,
  ) {}

  /** The bytes of the next segment. Refuses a changed, exchanged or foreign one, and an end that is none. */
  open(sealed: Buffer, last: boolean): Buffer {
    const position = this.position++;
    const clear = this.tried(sealed, position, last);
    if (clear) return clear;
    // Told apart by trying the other flag: a whole segment that says it is not the last has lost its successors.
    if (last && this.tried(sealed, position, false))
      throw new BackupRefusal(`It is cut off: it ends after ${position + 1} whole segments, and more followed.`);
    if (!last && this.tried(sealed, position, true))
      throw new BackupRefusal(`Something was added to it: it ended with segment ${position + 1}.`);
    throw new BackupRefusal(
      last
        ? `It is damaged in its last segment (${position + 1}), or cut off within it.`
        : `It is damaged: segment ${position + 1}, ${position * SEALED_SEGMENT_BYTES} bytes after its head, was changed.`,
    );
  }

  private tried(sealed: Buffer, position: number, last: boolean): Buffer | null {
    if (sealed.length < TAG_BYTES) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonceOf(position, last));
    decipher.setAAD(this.bound);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
    } catch {
      return null;
    }
  }
}
