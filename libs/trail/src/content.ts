/**
 * The content of an entry (the reason that was given, identifiers, codes), sealed with a key of its own. The key is made
 * from a secret of the installation and a random salt that is kept beside the trail; destroying the salt destroys the
 * key, and the entry stays as a stub that can still be proved. Content that concerns no case is never erased and needs
 * no salt.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

export interface EntryContent {
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>> | null;
}

export const SALT_BYTES = 32;
const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Lengths tell a short reason from a long one, so content is filled up to steps. */
const STEP = 64;

/** Key and binding are one: another entry or another salt gives another key. */
const keyOf = (secret: Uint8Array, entryId: string, salt: Uint8Array | null): Buffer =>
  createHmac('sha256', secret)
    .update(`amparo audit content 1\0${entryId}\0`)
    .update(salt ?? new Uint8Array(0))
    .digest();

/** A random salt; it is half of the key. */
export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/** Seals the content of one entry: format, IV, ciphertext, tag. `iv` is given by known-answer tests only. */
export function sealContent(
  secret: Uint8Array,
  entryId: string,
  salt: Uint8Array | null,
  content: EntryContent,
  iv: Uint8Array = randomBytes(IV_BYTES),
): Buffer {
  const clear = Buffer.from(JSON.stringify([content.reason, content.details]));
  const padded = Buffer.alloc(Math.ceil(clear.length / STEP) * STEP, 0x20);
  clear.copy(padded);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, entryId, salt), iv, { authTagLength: TAG_BYTES });
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
}

/** Opens the content of an entry; null when its key is gone or a bit of it was changed. */
export function openContent(
  secret: Uint8Array,
  entryId: string,
  salt: Uint8Array | null,
  sealed: Uint8Array,
): EntryContent | null {
  const head = 1 + IV_BYTES;
  if (sealed.length < head + TAG_BYTES || sealed[0] !== FORMAT) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, entryId, salt), sealed.subarray(1, head), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const clear = Buffer.concat([decipher.update(sealed.subarray(head, sealed.length - TAG_BYTES)), decipher.final()]);
    // The spaces at the end are nothing to JSON.
    const [reason, details] = JSON.parse(clear.toString()) as [EntryContent['reason'], EntryContent['details']];
    return { reason, details };
  } catch {
    return null;
  }
}
