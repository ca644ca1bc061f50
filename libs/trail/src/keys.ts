/** The keys of the trail, each from one of the installation's secrets. */
import { hkdfSync } from 'node:crypto';

export interface TrailKeys {
  /** For the MAC of entries. */
  readonly mac: Buffer;
  /** For the content of entries; together with the salt of the entry. */
  readonly content: Buffer;
}

const derived = (secret: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'amparo audit', use, 32));

/** Both keys of the writer from the secret with the purpose `audit-mac`. */
export const trailKeysFrom = (secret: Uint8Array): TrailKeys => ({
  mac: derived(secret, 'mac'),
  content: derived(secret, 'content'),
});
