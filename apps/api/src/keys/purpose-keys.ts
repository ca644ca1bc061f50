/**
 * The installation's own keys, by purpose. They are random, stored wrapped, made at the first start, and unwrapped into
 * memory before the service takes its first request: a start without the right wrapping key ends there.
 */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database } from '#lib/database';
import { KEY_BYTES } from '#lib/sealing';
import { log } from '../platform/log.js';
import { InstallationKeysRepository, type StoredKey } from './installation-keys.repository.js';
import type { KeyProvider } from './key-provider.js';
import { KEY_PROVIDER } from './provided.js';
import { PURPOSE_NAMES, type Purpose } from './purposes.js';

/** Context under which an installation key is wrapped: the key of one purpose does not unwrap as another's. */
export const contextOfPurpose = (purpose: string): string => `installation|${purpose}`;

class MadeByAnother extends Error {}

@Injectable()
export class PurposeKeys implements OnModuleInit {
  private readonly keys = new Map<string, Buffer>();
  private opening: Promise<void> | undefined;

  constructor(
    @Inject(KEY_PROVIDER) private readonly provider: KeyProvider,
    private readonly stored: InstallationKeysRepository,
    private readonly database: Database,
  ) {}

  /** Opens the wrapping keys, makes what is missing, unwraps all. Fails with a sentence that says which key is needed. */
  onModuleInit(): Promise<void> {
    this.opening ??= this.open();
    return this.opening;
  }

  private async open(): Promise<void> {
    await this.provider.open(await this.stored.needed());
    await this.unwrap();
    const missing = PURPOSE_NAMES.filter((purpose) => !this.keys.has(purpose));
    if (missing.length > 0) {
      await this.make(missing);
      await this.unwrap();
    }
    const { current, seizure } = await this.provider.health();
    log.info({ provider: this.provider.kind, key: current, seizure }, 'keys are open');
  }

  /** The 32 bytes for a purpose. Not before the service has started: ask where the key is used, not in a constructor. */
  get(purpose: Purpose): Buffer {
    const key = this.keys.get(purpose);
    if (!key) throw new Error(`the key for ${purpose} was asked for before the keys were opened`);
    return key;
  }

  private async unwrap(): Promise<void> {
    for (const { purpose, ...wrapped } of await this.stored.all())
      this.keys.set(purpose, await this.provider.unwrap(wrapped, contextOfPurpose(purpose)));
  }

  private async make(purposes: readonly Purpose[]): Promise<void> {
    const made: StoredKey[] = [];
    for (const purpose of purposes) {
      const key = randomBytes(KEY_BYTES);
      // In place before the row is written, because the audit entry of this very act is already authenticated with one.
      this.keys.set(purpose, key);
      made.push({ purpose, ...(await this.provider.wrap(key, contextOfPurpose(purpose))) });
    }
    try {
      await this.database.write(null, async (tx) => {
        await this.stored.lock(tx);
        const there = await this.stored.purposesIn(tx);
        if (there.some((purpose) => purposes.includes(purpose as Purpose))) throw new MadeByAnother();
        await this.stored.insert(tx, made);
        await tx.audit('keys.created', { details: { purposes, wrappedBy: this.provider.current() } });
      });
    } catch (error) {
      if (!(error instanceof MadeByAnother)) throw error;
      return this.again(purposes);
    }
  }

  /** Another process made some of them meanwhile: its keys count, and what is then still missing is made. */
  private async again(purposes: readonly Purpose[]): Promise<void> {
    for (const purpose of purposes) this.keys.delete(purpose);
    await this.unwrap();
    const missing = purposes.filter((purpose) => !this.keys.has(purpose));
    if (missing.length > 0) await this.make(missing);
  }
}
