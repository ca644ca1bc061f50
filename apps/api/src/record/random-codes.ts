/** Codes by which a case and a person are known outside the file. They are random and tell nothing. */
import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter that is taken for a digit. Eight characters are forty random bits. */
const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function randomCode(): string {
  const letters = [...randomBytes(8)].map((byte) => BASE32[byte % 32]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export const newCaseNumber = (acronym: string): string => `${acronym}-${randomCode()}`;
export const newPersonCode = (): string => `P-${randomCode()}`;
