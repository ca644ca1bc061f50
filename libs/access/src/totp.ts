/**
 * Codes of an authenticator app (RFC 6238, TOTP: HMAC-SHA-1, six digits, thirty seconds), which is what every app reads.
 * A code is good in its own step and one step to either side, and never for a step that was used or passed already.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
/** Steps to either side: clocks of telephones are not exact. */
const WINDOW = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The time step that a moment falls into. */
export const totpStep = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_SECONDS);

/** The code of one time step. */
export function totpCode(secret: Uint8Array, step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/** The step that a code is accepted for, or null: wrong, too old, or of a step no later than the last accepted one. */
export function acceptedTotpStep(secret: Uint8Array, code: string, at: Date, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = totpStep(at);
  let accepted: number | null = null;
  for (let step = now - WINDOW; step <= now + WINDOW; step++) {
    const fits = timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code));
    if (fits && step > lastStep) accepted ??= step;
  }
  return accepted;
}

/** The secret as apps take it. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)]).join('');
}
