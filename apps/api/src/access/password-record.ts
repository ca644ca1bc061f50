/**
 * What is kept of a password: Argon2id parameters, salt and digest, sealed with AES-256-GCM under a key that the
 * database does not hold and bound to the account. A stolen dump cannot be guessed at, and a record copied to another
 * account does not open. Each record has room for a second digest, of the password under duress; where there is none the
 * room is filled with chance, so that neither length nor time says which.
 */
import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto';

const VERSION = 's1.';
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const DIGEST_BYTES = 32;

/** What Argon2id is told. Memory in kibibytes. */
export interface Cost {
  readonly memory: number;
  readonly passes: number;
}

export interface PasswordRecord {
  readonly cost: Cost;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly own: Buffer;
  readonly duress: Buffer;
  /** Whether the second digest is of a password. */
  readonly hasDuress: boolean;
}

const boundTo = (userId: string): Buffer => Buffer.from(`app_user|password_hash|${userId}`, 'utf8');

/** A record as it is stored. */
export function sealRecord(key: Buffer, userId: string, record: PasswordRecord): string {
  const head = Buffer.alloc(10);
  head.writeUInt32BE(record.cost.memory, 0);
  head.writeUInt16BE(record.cost.passes, 4);
  head.writeUInt8(record.lanes, 6);
  head.writeUInt8(record.hasDuress ? 1 : 0, 7);
  head.writeUInt16BE(record.salt.length, 8);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(userId));
  const sealed = Buffer.concat([
    cipher.update(Buffer.concat([head, record.own, record.duress, record.salt])),
    cipher.final(),
  ]);
  return VERSION + Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** The record again, or null when it is not sealed, damaged, or of another account. */
export function openRecord(key: Buffer, userId: string, stored: string): PasswordRecord | null {
  if (!stored.startsWith(VERSION)) return null;
  const bytes = Buffer.from(stored.slice(VERSION.length), 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  try {
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(userId));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return read(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]));
  } catch {
    return null;
  }
}

function read(open: Buffer): PasswordRecord {
  const salted = 10 + 2 * DIGEST_BYTES;
  return {
    cost: { memory: open.readUInt32BE(0), passes: open.readUInt16BE(4) },
    lanes: open.readUInt8(6),
    hasDuress: open.readUInt8(7) === 1,
    own: open.subarray(10, 10 + DIGEST_BYTES),
    duress: open.subarray(10 + DIGEST_BYTES, salted),
    salt: open.subarray(salted, salted + open.readUInt16BE(8)),
  };
}

/** A record in which nobody's duress password stands. */
export const newRecord = (cost: Cost, salt: Buffer, own: Buffer, lanes = 1): PasswordRecord => ({
  cost,
  lanes,
  salt,
  own,
  duress: randomBytes(DIGEST_BYTES),
  hasDuress: false,
});

/** Which of the two a digest is. Both are compared, whatever the first says. */
export function matchOf(record: PasswordRecord, digest: Buffer): 'own' | 'duress' | null {
  const own = timingSafeEqual(record.own, digest);
  const duress = timingSafeEqual(record.duress, digest);
  return own ? 'own' : duress ? 'duress' : null;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** A record of the form that earlier versions kept in the open, or null. */
export function fromPhc(text: string): PasswordRecord | null {
  const [, memory, passes, lanes, salt, digest] = PHC.exec(text) ?? [];
  const own = Buffer.from(digest ?? '', 'base64');
  if (salt === undefined || own.length !== DIGEST_BYTES) return null;
  return newRecord({ memory: Number(memory), passes: Number(passes) }, Buffer.from(salt, 'base64'), own, Number(lanes));
}
