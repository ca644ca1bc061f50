/**
 * Recipients: who can open a backup without the machine that made it. A recipient is an X25519 public key; its private
 * half, the recovery key, is printed once, kept on paper or on a stick elsewhere, and never stored by the service.
 *
 * A backup key is wrapped for a recipient with an ephemeral key: X25519, HKDF-SHA-256 over both public keys, AES-256-GCM.
 * The wrapping key is used once, so its nonce is zero (as age and HPKE do it).
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { BackupRefusal } from './refusal.js';

const RECIPIENT = 'amparo-recipient-1:';
const RECOVERY = 'amparo-recovery-1:';
const KEY_BYTES = 32;
const CHECK_BYTES = 4;
const TAG_BYTES = 16;

/** A public key, and its text as it stands in a setting. */
export interface Recipient {
  readonly text: string;
  /** Eight letters that tell one recipient from another and nothing else. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A private key as somebody brings it back. */
export interface RecoveryKey {
  readonly recipient: Recipient;
  readonly bytes: Buffer;
}

/** Keys are typed from paper: four bytes of a digest tell a slip from a wrong key. */
const checkOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest().subarray(0, CHECK_BYTES);
const written = (head: string, bytes: Buffer): string =>
  head + Buffer.concat([bytes, checkOf(bytes)]).toString('base64url');

function read(head: string, text: string, what: string): Buffer {
  const all = Buffer.from(text.trim().slice(head.length), 'base64url');
  const bytes = all.subarray(0, KEY_BYTES);
  if (!text.trim().startsWith(head) || all.length !== KEY_BYTES + CHECK_BYTES)
    throw new BackupRefusal(`This is no ${what}: one begins with ${head}`);
  if (!checkOf(bytes).equals(all.subarray(KEY_BYTES)))
    throw new BackupRefusal(`There is a slip in the ${what}: a letter is missing, changed or exchanged.`);
  return bytes;
}

const recipientOf = (bytes: Buffer): Recipient => ({
  text: written(RECIPIENT, bytes),
  name: createHash('sha256').update('amparo recipient\0').update(bytes).digest('hex').slice(0, 8),
  bytes,
});

const publicKey = (bytes: Uint8Array): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(bytes).toString('base64url') },
    format: 'jwk',
  });

/** PKCS #8 of an X25519 key: a fixed head, then the 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const privateKey = (bytes: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' });
const publicBytes = (key: KeyObject): Buffer =>
  Buffer.from((key.export({ format: 'jwk' }) as { x: string }).x, 'base64url');

/** A new pair. The recovery key is for whoever keeps it; the service stores the recipient only. */
export function newRecipient(): { readonly recipient: string; readonly recoveryKey: string } {
  const { publicKey: open, privateKey: closed } = generateKeyPairSync('x25519');
  const secret = Buffer.from((closed.export({ format: 'jwk' }) as { d: string }).d, 'base64url');
  return { recipient: written(RECIPIENT, publicBytes(open)), recoveryKey: written(RECOVERY, secret) };
}

/** The recipient in a setting. */
export const readRecipient = (text: string): Recipient => recipientOf(read(RECIPIENT, text, 'recipient'));

/** The recovery keys in a file or in what somebody typed: one a line, other lines are notes. */
export function readRecoveryKeys(text: string): RecoveryKey[] {
  const lines = text.split('\n').filter((line) => line.trim().startsWith('amparo-'));
  if (lines.length === 0) throw new BackupRefusal(`There is no recovery key: a line that begins with ${RECOVERY}`);
  return lines.map((line) => {
    const bytes = read(RECOVERY, line, 'recovery key');
    return { bytes, recipient: recipientOf(publicBytes(createPublicKey(privateKey(bytes)))) };
  });
}

function wrappingKey(shared: Buffer, ephemeral: Uint8Array, recipient: Uint8Array, context: string): Buffer {
  const salt = Buffer.concat([ephemeral, recipient]);
  return Buffer.from(hkdfSync('sha256', shared, salt, `amparo backup recipient|${context}`, KEY_BYTES));
}

/** Wraps a key for a recipient: ephemeral public key (32) | ciphertext (32) | tag (16). */
export function wrapFor(recipient: Recipient, key: Uint8Array, context: string): Buffer {
  const pair = generateKeyPairSync('x25519');
  const ephemeral = publicBytes(pair.publicKey);
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: publicKey(recipient.bytes) });
  const cipher = createCipheriv(
    'aes-256-gcm',
    wrappingKey(shared, ephemeral, recipient.bytes, context),
    Buffer.alloc(12),
  );
  return Buffer.concat([ephemeral, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** The key again, or null when the recovery key, the context or a byte is another. */
export function unwrapWith(recovery: RecoveryKey, blob: Uint8Array, context: string): Buffer | null {
  if (blob.length !== KEY_BYTES + KEY_BYTES + TAG_BYTES) return null;
  const ephemeral = blob.subarray(0, KEY_BYTES);
  try {
    const shared = diffieHellman({ privateKey: privateKey(recovery.bytes), publicKey: publicKey(ephemeral) });
    const key = wrappingKey(shared, ephemeral, recovery.recipient.bytes, context);
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12));
    decipher.setAuthTag(blob.subarray(blob.length - TAG_BYTES));
    return Buffer.concat([decipher.update(blob.subarray(KEY_BYTES, blob.length - TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
