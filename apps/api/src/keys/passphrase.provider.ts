/**
 * A wrapping key made from a passphrase that somebody gives at every start: a seized machine that was switched off is
 * useless. Salt and verifier are stored; the key is in memory only.
 */
import { hashRaw, type Algorithm } from '@node-rs/argon2';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { KEY_BYTES, unwrapLocally, wrapLocally } from '#lib/sealing';
import { KeyRefusal, type KeyHealth, type KeyProvider, type WrappedKey } from './key-provider.js';

/** What is stored of a passphrase: how its key is made, and how to see that it is the right one. */
export interface PassphraseRecord {
  readonly name: string;
  readonly salt: Uint8Array;
  readonly memoryKib: number;
  readonly passes: number;
  readonly verifier: Uint8Array;
}

/** Where those records are kept. */
export interface PassphraseRecords {
  read(): Promise<readonly PassphraseRecord[]>;
  add(record: PassphraseRecord): Promise<void>;
}

/** Somebody or something that knows the passphrase. */
export interface PassphraseSource {
  /** @param accept tries a passphrase; the source may ask again after false */
  ask(accept: (passphrase: string) => Promise<boolean>): Promise<void>;
  /** The passphrase that comes next, for a rotation. */
  next(): Promise<string>;
}

/** Memory and passes of Argon2id; about a second on a small machine, once a start. */
export interface Effort {
  readonly memoryKib: number;
  readonly passes: number;
}

export const EFFORT: Effort = { memoryKib: 262_144, passes: 4 };

/** Six words from a list of 7,776 are about 30 letters; shorter ones can be guessed by whoever has the disk. */
export const SHORTEST_PASSPHRASE = 20;

export class PassphraseProvider implements KeyProvider {
  readonly kind = 'passphrase';
  private readonly keys = new Map<string, Buffer>();
  private inUse = '';

  constructor(
    private readonly records: PassphraseRecords,
    private readonly source: PassphraseSource,
    private readonly effort: Effort = EFFORT,
  ) {}

  async open(needed: readonly string[]): Promise<void> {
    const records = await this.records.read();
    const unknown = needed.filter((name) => !records.some((record) => record.name === name));
    if (unknown.length > 0)
      throw new KeyRefusal(
        `This database needs the wrapping key ${unknown.join(', ')}, which was not made from a passphrase here. ` +
          'Set KEY_PROVIDER to the provider it names.',
      );
    if (records.length === 0) {
      await this.source.ask(async (passphrase) => {
        this.take(await this.first(passphrase));
        return true;
      });
      return;
    }
    // After an interrupted change of passphrase both are needed; ordinarily it is the newest alone.
    const wanted = new Set(needed.length > 0 ? needed : [records.at(-1)?.name]);
    const locked = records.filter((record) => wanted.has(record.name));
    await this.source.ask(async (passphrase) => {
      for (const record of locked.filter(({ name }) => !this.keys.has(name))) {
        const key = await keyOf(passphrase, record);
        if (timingSafeEqual(verifierOf(key), record.verifier)) this.take({ name: record.name, key });
      }
      return locked.every(({ name }) => this.keys.has(name));
    });
    const still = locked.filter(({ name }) => !this.keys.has(name)).map(({ name }) => name);
    if (still.length > 0)
      throw new KeyRefusal(
        `The passphrase does not open the wrapping key ${still.join(', ')} that this database needs.`,
      );
    this.inUse = locked.at(-1)?.name ?? this.inUse;
  }

  current(): string {
    if (this.inUse === '') throw new Error('no passphrase was given yet');
    return this.inUse;
  }

  async wrap(key: Uint8Array, context: string): Promise<WrappedKey> {
    const wrappedBy = this.current();
    return { wrappedBy, blob: wrapLocally(this.key(wrappedBy), wrappedBy, key, context) };
  }

  async unwrap({ wrappedBy, blob }: WrappedKey, context: string): Promise<Buffer> {
    const key = unwrapLocally(this.key(wrappedBy), wrappedBy, blob, context);
    if (!key) throw new KeyRefusal(`A key wrapped by ${wrappedBy} (${context}) is damaged or was moved.`);
    return key;
  }

  async rotate(): Promise<string> {
    this.take(await this.first(await this.source.next()));
    return this.inUse;
  }

  async health(): Promise<KeyHealth> {
    return {
      ok: this.inUse !== '',
      current: this.inUse,
      seizure:
        'The wrapping key is in memory only: a machine that was switched off opens nothing without the passphrase.',
    };
  }

  private key(name: string): Buffer {
    const key = this.keys.get(name);
    if (!key) throw new KeyRefusal(`The wrapping key ${name} is needed; its passphrase was not given.`);
    return key;
  }

  private take({ name, key }: { readonly name: string; readonly key: Buffer }): void {
    this.keys.set(name, key);
    this.inUse = name;
  }

  private async first(passphrase: string): Promise<{ name: string; key: Buffer }> {
    if (passphrase.length < SHORTEST_PASSPHRASE)
      throw new KeyRefusal(
        `The passphrase is too short: at least ${SHORTEST_PASSPHRASE} characters, six random words.`,
      );
    const salt = randomBytes(16);
    const name = `passphrase:${randomBytes(4).toString('hex')}`;
    const key = await keyOf(passphrase, { salt, ...this.effort });
    await this.records.add({ name, salt, ...this.effort, verifier: verifierOf(key) });
    return { name, key };
  }
}

function keyOf(passphrase: string, { salt, memoryKib, passes }: Effort & { salt: Uint8Array }): Promise<Buffer> {
  return hashRaw(passphrase.normalize('NFKC'), {
    algorithm: 2 satisfies Algorithm as Algorithm,
    salt,
    memoryCost: memoryKib,
    timeCost: passes,
    parallelism: 1,
    outputLen: KEY_BYTES,
  });
}

const verifierOf = (key: Uint8Array): Buffer => createHmac('sha256', key).update('amparo passphrase verifier').digest();
