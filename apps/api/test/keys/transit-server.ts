/**
 * A small transit engine that speaks as Vault and OpenBao do: versions, encryption with associated data, rotation,
 * rewrapping, tokens, a seal. It keeps its keys to itself, as the real one does.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Body = Readonly<Record<string, string>>;

export class TransitServer {
  readonly token = `test-${randomBytes(8).toString('hex')}`;
  /** How many requests it has seen. */
  asked = 0;
  /** Answers 503 to everything, as a sealed vault does. */
  sealed = false;
  private readonly versions: Buffer[] = [randomBytes(32)];
  private server: Server | undefined;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      this.asked += 1;
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const [status, data] = this.answer(
          request.headers['x-vault-token'] === this.token,
          `${request.method} ${request.url}`,
          () => JSON.parse(Buffer.concat(parts).toString('utf8')) as Body,
        );
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(status === 200 ? { data } : { errors: ['no'] }));
      });
    });
    const { server } = this;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed));
  }

  /** Takes a version of the key away, as `min_decryption_version` does. */
  forget(version: number): void {
    this.versions[version - 1] = Buffer.alloc(0);
  }

  private answer(known: boolean, route: string, body: () => Body): [number, object] {
    if (this.sealed) return [503, {}];
    if (!known) return [403, {}];
    switch (route) {
      case 'GET /v1/transit/keys/amparo':
        return [200, { latest_version: this.versions.length, min_decryption_version: 1 }];
      case 'POST /v1/transit/keys/amparo/rotate':
        this.versions.push(randomBytes(32));
        return [200, {}];
      case 'POST /v1/transit/encrypt/amparo':
        return [200, { ciphertext: this.encrypt(body()) }];
      case 'POST /v1/transit/decrypt/amparo':
        return this.opened(body(), (plaintext) => ({ plaintext }));
      case 'POST /v1/transit/rewrap/amparo':
        return this.opened(body(), (plaintext) => ({ ciphertext: this.encrypt({ ...body(), plaintext }) }));
      default:
        return [404, {}];
    }
  }

  private encrypt({ plaintext = '', associated_data = '' }: Body): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.versions.at(-1) as Buffer, iv);
    cipher.setAAD(Buffer.from(associated_data, 'base64'));
    const bytes = [iv, cipher.update(Buffer.from(plaintext, 'base64')), cipher.final(), cipher.getAuthTag()];
    return `vault:v${this.versions.length}:${Buffer.concat(bytes).toString('base64')}`;
  }

  private opened(
    { ciphertext = '', associated_data = '' }: Body,
    then: (plaintext: string) => object,
  ): [number, object] {
    try {
      const [, version, text = ''] = ciphertext.split(/^vault:v(\d+):/);
      const bytes = Buffer.from(text, 'base64');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        this.versions[Number(version) - 1] as Buffer,
        bytes.subarray(0, 12),
      );
      decipher.setAAD(Buffer.from(associated_data, 'base64'));
      decipher.setAuthTag(bytes.subarray(-16));
      const clear = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      return [200, then(clear.toString('base64'))];
    } catch {
      return [400, {}];
    }
  }
}
