/** A key wrapped by another key: AES-256-GCM, `IV (12) | ciphertext | tag (16)`, bound to a context. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { lengthPrefixed } from './place.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Wraps a key for a context under the named wrapping key. */
export function wrapLocally(wrapping: Uint8Array, wrappedBy: string, key: Uint8Array, context: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrapping, iv);
  cipher.setAAD(lengthPrefixed([wrappedBy, context]));
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** The key; null when anything differs from when it was wrapped. */
export function unwrapLocally(
  wrapping: Uint8Array,
  wrappedBy: string,
  blob: Uint8Array,
  context: string,
): Buffer | null {
  if (blob.length <= IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', wrapping, blob.subarray(0, IV_BYTES));
  decipher.setAAD(lengthPrefixed([wrappedBy, context]));
  decipher.setAuthTag(blob.subarray(blob.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(blob.subarray(IV_BYTES, blob.length - TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

/** A short name of a key that tells nothing about it: for messages, tables and logs. */
export const nameOfKey = (key: Uint8Array): string =>
  createHash('sha256').update('amparo key name\0').update(key).digest('hex').slice(0, 8);
