/**
 * AWS Signature Version 4 of one request, as S3 and the stores that speak like it want it
 * (docs.aws.amazon.com, "Signature Calculations for the Authorization Header").
 */
import { createHash, createHmac } from 'node:crypto';

export interface SigningKey {
  readonly keyId: string;
  readonly secret: string;
  readonly region: string;
  readonly service: string;
}

export interface UnsignedRequest {
  readonly method: string;
  readonly url: URL;
  /** All of them are signed. `host` is added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  readonly at: Date;
}

const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Uint8Array | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986, to which JavaScript's own is not strict. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);

/** A path whose parts are each encoded once, as the address of an object. */
export const objectPath = (...parts: readonly string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .map(encoded)
    .join('/')}`;

/** The headers to send: those given, the moment, the digest of the body, and the signature over all of it. */
export function signed(request: UnsignedRequest, key: SigningKey): Record<string, string> {
  const moment = request.at.toISOString().replace(/[-:]|\.\d+/g, '');
  const body = digest(request.body);
  const headers: Record<string, string> = {
    ...Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value.trim()])),
    'x-amz-date': moment,
    ...(key.service === 's3' ? { 'x-amz-content-sha256': body } : {}),
  };
  const all = Object.entries({ ...headers, host: request.url.host }).sort(byName);
  const names = all.map(([name]) => name).join(';');
  const query = [...request.url.searchParams]
    .map(([name, value]): [string, string] => [encoded(name), encoded(value)])
    .sort((a, b) => byName(a, b) || byName([a[1], ''], [b[1], '']))
    .map(([name, value]) => `${name}=${value}`);
  const canonical = [
    ...[request.method, request.url.pathname, query.join('&')],
    ...all.map(([name, value]) => `${name}:${value}`),
    ...['', names, body],
  ].join('\n');
  const scope = [moment.slice(0, 8), key.region, key.service, 'aws4_request'];
  const signingKey = scope.reduce<Uint8Array | string>((from, part) => hmac(from, part), `AWS4${key.secret}`);
  const toSign = ['AWS4-HMAC-SHA256', moment, scope.join('/'), digest(canonical)].join('\n');
  const signature = hmac(signingKey, toSign).toString('hex');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${key.keyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
