/** Sealed texts as they stand in a text column: `v1:` and the envelope in base64url. */
import { keyVersionOf, open, seal, type DataKey } from './envelope.js';
import { pad, unpad, type Step } from './padding.js';
import type { Place } from './place.js';

/** What every sealed text begins with; a check constraint refuses any other in a sealed column. */
export const SEALED_PREFIX = 'v1:';

/** Whether a stored text is sealed. */
export const isSealed = (stored: string): boolean => stored.startsWith(SEALED_PREFIX);

/** A text, padded and sealed for its place. */
export function sealText(key: DataKey, text: string, place: Place, step: Step): string {
  const padded = pad(Buffer.from(text, 'utf8'), step);
  const sealed = seal(key, padded, place);
  padded.fill(0);
  return SEALED_PREFIX + sealed.toString('base64url');
}

/** The envelope in a stored text; null when there is none. */
export function envelopeIn(stored: string): Buffer | null {
  if (!isSealed(stored)) return null;
  const bytes = Buffer.from(stored.slice(SEALED_PREFIX.length), 'base64url');
  return keyVersionOf(bytes) === null ? null : bytes;
}

/** Which version of the key a stored text needs; null when it is not sealed or too short to be. */
export function versionOfText(stored: string): number | null {
  const envelope = envelopeIn(stored);
  return envelope && keyVersionOf(envelope);
}

/** The text again; null when it cannot be opened with this key at this place. */
export function openText(key: DataKey, stored: string, place: Place): string | null {
  const envelope = envelopeIn(stored);
  const padded = envelope && open(key, envelope, place);
  const clear = padded && unpad(padded);
  return clear ? clear.toString('utf8') : null;
}
