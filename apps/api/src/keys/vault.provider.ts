/**
 * Wrapping by the transit engine of Vault or OpenBao on another machine: the wrapping key never comes here, and whoever
 * runs the vault can stop this service from opening anything. Spoken over fetch, with a time limit and a breaker, and
 * closed when in doubt: no answer means no key (503).
 */
import type { Clock } from '../platform/clock.js';
import { KeyRefusal, type KeyHealth, type KeyProvider, type WrappedKey } from './key-provider.js';
import { keyProblems } from './keys.problems.js';

export interface VaultSettings {
  readonly address: string;
  readonly token: string;
  /** Name of the transit key. */
  readonly key: string;
}

const TIMEOUT_MS = 2_000;
/** So many failures in a row open the breaker, for so long. */
const FAILURES = 3;
const OPEN_MS = 10_000;

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes as Uint8Array).toString('base64');

export class VaultProvider implements KeyProvider {
  readonly kind = 'vault';
  private latest = 0;
  private failures = 0;
  private closedUntil = 0;

  constructor(
    private readonly settings: VaultSettings,
    private readonly clock: Clock,
  ) {}

  async open(needed: readonly string[]): Promise<void> {
    const foreign = needed.filter((name) => !name.startsWith(`vault:${this.settings.key}:v`));
    if (foreign.length > 0)
      throw new KeyRefusal(
        `This database needs the wrapping key ${foreign.join(', ')}; VAULT_KEY names ${this.settings.key}.`,
      );
    try {
      await this.readVersions();
    } catch (error) {
      throw new KeyRefusal(
        `The transit key ${this.settings.key} cannot be read from the vault at VAULT_ADDR` +
          `${error instanceof VaultAnswer ? ` (HTTP ${error.status})` : ' (no answer)'}: is it running and unsealed, is VAULT_TOKEN good?` +
          (needed.length > 0 ? ` This database needs ${needed.join(', ')}.` : ''),
      );
    }
  }

  current(): string {
    return this.nameOf(this.latest);
  }

  async wrap(key: Uint8Array, context: string): Promise<WrappedKey> {
    const { ciphertext } = await closed(
      this.call<{ ciphertext: string }>('POST', `encrypt/${this.settings.key}`, {
        plaintext: base64(key),
        associated_data: base64(context),
      }),
    );
    const version = Number(/^vault:v(\d+):/.exec(ciphertext)?.[1] ?? 0);
    return { wrappedBy: this.nameOf(version), blob: Buffer.from(ciphertext, 'utf8') };
  }

  async unwrap({ wrappedBy, blob }: WrappedKey, context: string): Promise<Buffer> {
    try {
      const { plaintext } = await this.call<{ plaintext: string }>('POST', `decrypt/${this.settings.key}`, {
        ciphertext: Buffer.from(blob).toString('utf8'),
        associated_data: base64(context),
      });
      return Buffer.from(plaintext, 'base64');
    } catch (error) {
      if (error instanceof VaultAnswer && error.status === 400)
        throw new KeyRefusal(`The vault does not open a key wrapped by ${wrappedBy} (${context}).`);
      throw error instanceof VaultAnswer ? keyProblems.unavailable({}) : error;
    }
  }

  async rotate(): Promise<string> {
    await closed(this.call('POST', `keys/${this.settings.key}/rotate`, {}));
    await closed(this.readVersions());
    return this.current();
  }

  async health(): Promise<KeyHealth> {
    const ok = await this.readVersions().then(
      () => true,
      () => false,
    );
    return {
      ok,
      current: this.current(),
      seizure: 'The wrapping key is on another machine: this one opens nothing once its token is revoked there.',
    };
  }

  private nameOf(version: number): string {
    return `vault:${this.settings.key}:v${version}`;
  }

  private async readVersions(): Promise<void> {
    const { latest_version } = await this.call<{ latest_version: number }>('GET', `keys/${this.settings.key}`);
    this.latest = latest_version;
  }

  /** One request. An answer that refuses is thrown as such; silence counts against the breaker. */
  private async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const now = this.clock.now().getTime();
    if (now < this.closedUntil) throw keyProblems.unavailable({});
    let response: Response;
    try {
      response = await fetch(`${this.settings.address.replace(/\/$/, '')}/v1/transit/${path}`, {
        method,
        headers: { 'x-vault-token': this.settings.token, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status >= 500) throw new Error('the vault failed');
      const answer = response.status === 204 ? {} : ((await response.json()) as { data?: T });
      this.failures = 0;
      if (!response.ok) throw new VaultAnswer(response.status);
      return (answer as { data?: T }).data as T;
    } catch (error) {
      if (error instanceof VaultAnswer) throw error;
      this.failures += 1;
      if (this.failures >= FAILURES) this.closedUntil = now + OPEN_MS;
      throw keyProblems.unavailable({});
    }
  }
}

/** A refusal (a revoked token, a sealed vault) is for the caller the same as silence: no key, try again later. */
const closed = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw error instanceof VaultAnswer ? keyProblems.unavailable({}) : error;
  });

/** The vault answered and refused. Its words are not repeated: they may quote what was sent. */
class VaultAnswer extends Error {
  constructor(readonly status: number) {
    super(`the vault answered ${status}`);
  }
}
