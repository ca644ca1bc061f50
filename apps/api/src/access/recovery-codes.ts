/** Recovery codes: ten of 128 bits, shown once, written on paper, each good once. Kept as digests. */
import { createHash, randomBytes } from 'node:crypto';

const CODES = 10;
/** Crockford's alphabet: nothing in it is mistaken for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 128 bits as 26 letters and digits in groups. */
function write(bytes: Buffer): string {
  let value = BigInt(`0x${bytes.toString('hex')}`) << 2n;
  let text = '';
  for (let at = 0; at < 26; at++) {
    text = `${ALPHABET[Number(value & 31n)]}${text}`;
    value >>= 5n;
  }
  return (text.match(/.{1,5}/g) ?? []).join('-');
}

/** A code as it is compared: what a hand adds or mistakes is read back. */
const read = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

export const hashRecoveryCode = (code: string): Buffer => createHash('sha256').update(read(code)).digest();

export function newRecoveryCodes(): { readonly codes: string[]; readonly hashes: Buffer[] } {
  const codes = Array.from({ length: CODES }, () => write(randomBytes(16)));
  return { codes, hashes: codes.map(hashRecoveryCode) };
}
