/**
 * An authenticator in software: it makes real attestations and assertions (WebAuthn level 3, attestation "none", ES256), and
 * can be told to do what an honest one never does: sign for another origin, forget its user, count backwards.
 */
import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

export interface Misdeeds {
  readonly origin?: string;
  readonly domain?: string;
  /** Whether the user was verified; an honest one says yes. */
  readonly userVerified?: boolean;
  readonly counter?: number;
  /** Signs with a key of its own. */
  readonly otherKey?: boolean;
  readonly type?: string;
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const text64 = (data: Buffer | string): string => Buffer.from(data).toString('base64url');

/** The little of CBOR that is needed here. */
function cbor(value: unknown): Buffer {
  const head = (major: number, length: number): Buffer =>
    length < 24
      ? Buffer.from([(major << 5) | length])
      : length < 256
        ? Buffer.from([(major << 5) | 24, length])
        : Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

export class SoftwareAuthenticator {
  readonly id = randomBytes(32);
  private counter = 0;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(
    private readonly origin: string,
    private readonly domain: string,
  ) {}

  /** What it answers to a request to make a passkey. */
  create(options: { readonly challenge: string }, misdeeds: Misdeeds = {}): Record<string, unknown> {
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' });
    const key = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, 'base64url')],
        [-3, Buffer.from(y!, 'base64url')],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const data = Buffer.concat([this.head(0x40, misdeeds), Buffer.alloc(16), length, this.id, key]);
    const attestation = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ]),
    );
    return this.credential({
      clientDataJSON: text64(this.client(misdeeds.type ?? 'webauthn.create', options.challenge, misdeeds)),
      attestationObject: text64(attestation),
      transports: ['usb'],
    });
  }

  /** What it answers to a request to sign in. */
  sign(options: { readonly challenge: string }, misdeeds: Misdeeds = {}): Record<string, unknown> {
    const client = this.client(misdeeds.type ?? 'webauthn.get', options.challenge, misdeeds);
    const data = this.head(0, misdeeds);
    const key: KeyObject = misdeeds.otherKey
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : this.keys.privateKey;
    const signature = createSign('sha256').update(data).update(sha256(client)).sign(key);
    return this.credential({
      clientDataJSON: text64(client),
      authenticatorData: text64(data),
      signature: text64(signature),
    });
  }

  private credential(response: Record<string, unknown>): Record<string, unknown> {
    const id = text64(this.id);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private client(type: string, challenge: string, { origin = this.origin }: Misdeeds): string {
    return JSON.stringify({ type, challenge, origin, crossOrigin: false });
  }

  private head(flags: number, { domain = this.domain, userVerified = true, counter }: Misdeeds): Buffer {
    this.counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.counter);
    return Buffer.concat([sha256(domain), Buffer.from([flags | 0x01 | (userVerified ? 0x04 : 0)]), count]);
  }
}
