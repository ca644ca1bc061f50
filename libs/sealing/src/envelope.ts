/**
 * One sealed value: AES-256-GCM in an envelope that says which version of its key it needs.
 *
 *     01 | key version (2 bytes) | IV (12) | ciphertext | tag (16)
 *
 * The IV is random: a data key seals far fewer than 2^32 values in its life (NIST SP 800-38D §8.3).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { boundTo, type Place } from './place.js';

export const KEY_BYTES = 32;

const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + 2 + IV_BYTES;

/** The greatest version that fits the envelope. */
export const LAST_KEY_VERSION = 0xffff;

/** A key with the version that values sealed with it name. */
export interface DataKey {
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** Seals bytes for a place. `iv` is given by known-answer tests only. */
export function seal(key: DataKey, clear: Uint8Array, place: Place, iv: Uint8Array = randomBytes(IV_BYTES)): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = FORMAT;
  head.writeUInt16BE(key.version, 1);
  head.set(iv, 3);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(place, key.version));
  return Buffer.concat([head, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/** Which version of the key an envelope needs; null when it is no envelope of ours. */
export function keyVersionOf(sealed: Uint8Array): number | null {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORMAT) return null;
  return ((sealed[1] as number) << 8) | (sealed[2] as number);
}

/** Opens an envelope; null when key, place or a single bit is not what it was sealed with. */
export function open(key: DataKey, sealed: Uint8Array, place: Place): Buffer | null {
  if (keyVersionOf(sealed) !== key.version) return null;
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(3, HEAD_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundTo(place, key.version));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const clear = decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES));
    return Buffer.concat([clear, decipher.final()]);
  } catch {
    return null;
  }
}
