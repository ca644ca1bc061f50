/**
 * The device cookie: proof that somebody once signed in to this account from here. It opens nothing. Whoever shows one has
 * a failure counter of their own, so that others who guess at the account cannot keep its owner out.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const COOKIE = '__Host-amparo-device';
const ID_BYTES = 16;
const MAC_BYTES = 16;
const YEAR_SECONDS = 365 * 86_400;

const macOf = (key: Buffer, email: string, id: Buffer): Buffer =>
  createHmac('sha256', key).update('device\0').update(id).update(email).digest().subarray(0, MAC_BYTES);

/** A new token for a device from which somebody has just signed in to this account. */
export function newDeviceToken(key: Buffer, email: string): string {
  const id = randomBytes(ID_BYTES);
  return Buffer.concat([id, macOf(key, email, id)]).toString('base64url');
}

/** The id of a known device of this account, or null. */
export function deviceOf(key: Buffer, email: string, token: string | undefined): Buffer | null {
  const bytes = Buffer.from(token ?? '', 'base64url');
  if (bytes.length !== ID_BYTES + MAC_BYTES) return null;
  const id = bytes.subarray(0, ID_BYTES);
  return timingSafeEqual(bytes.subarray(ID_BYTES), macOf(key, email, id)) ? id : null;
}

export const deviceCookie = (token: string): string =>
  `${COOKIE}=${token}; Max-Age=${YEAR_SECONDS}; Path=/; Secure; HttpOnly; SameSite=Strict`;

/** The device token in a Cookie header. */
export function deviceIn(header: string | undefined): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(header ?? '')?.[1];
}

const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** What a device calls itself, in two words at most; version and build would be a fingerprint and are not kept. */
export function deviceName(userAgent: string | undefined): string | null {
  const find = (among: readonly [RegExp, string][]): string | undefined =>
    among.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  return browser && system ? `${browser} on ${system}` : (browser ?? system ?? null);
}
