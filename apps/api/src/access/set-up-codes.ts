/** One-time codes for the first administrator: kept as a digest, read out from a console. */
import { createHash, randomBytes } from 'node:crypto';

const digest = (code: string): Buffer => createHash('sha256').update(code).digest();

/** No letters or digits that are mistaken for each other. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Six groups of four letters and digits. */
export function newSetupCode(): { readonly code: string; readonly hash: Buffer } {
  const letters = [...randomBytes(24)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const code = letters.match(/.{4}/g)?.join('-') ?? letters;
  return { code, hash: digest(code) };
}

export const hashSetupCode = (code: string): Buffer => digest(code.trim().toUpperCase());
