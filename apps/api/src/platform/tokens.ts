/** Opaque 256-bit tokens: random, shown once, kept as SHA-256 only. */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export interface NewToken {
  readonly token: string;
  readonly hash: Buffer;
}

export const hashToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

export function newToken(): NewToken {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** Whether a text could be a token of ours; anything else is not worth a look-up. */
export const looksLikeToken = (text: string): boolean => TOKEN.test(text);
