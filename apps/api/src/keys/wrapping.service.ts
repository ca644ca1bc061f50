/** Wraps keys that other features make for something they seal, under a key of this installation. */
import { Inject, Injectable } from '@nestjs/common';
import { nameOfKey, unwrapLocally, wrapLocally } from '#lib/sealing';
import type { KeyProvider, WrappedKey } from './key-provider.js';

import { KEY_PROVIDER } from './provided.js';
import { PurposeKeys } from './purpose-keys.js';
import type { Purpose } from './purposes.js';

@Injectable()
export class WrappingService {
  constructor(
    @Inject(KEY_PROVIDER) private readonly provider: KeyProvider,
    private readonly keys: PurposeKeys,
  ) {}

  /** Wraps under the installation's key for a purpose. */
  wrap(purpose: Purpose, key: Uint8Array, context: string): WrappedKey {
    const wrappedBy = this.nameOf(purpose);
    return { wrappedBy, blob: wrapLocally(this.keys.get(purpose), wrappedBy, key, context) };
  }

  /** The key again; null when it was wrapped by another installation or for something else. */
  unwrap(purpose: Purpose, { wrappedBy, blob }: WrappedKey, context: string): Buffer | null {
    if (wrappedBy !== this.nameOf(purpose)) return null;
    return unwrapLocally(this.keys.get(purpose), wrappedBy, blob, context);
  }

  /** Wraps by the key provider itself: for what must open before any key of the database is there. */
  wrapByProvider(key: Uint8Array, context: string): Promise<WrappedKey> {
    return this.provider.wrap(key, context);
  }

  /** The key again; null when the provider does not have the wrapping key or it does not fit. */
  async unwrapByProvider(wrapped: WrappedKey, context: string): Promise<Buffer | null> {
    return this.provider.unwrap(wrapped, context).catch(() => null);
  }

  private nameOf(purpose: Purpose): string {
    return `${purpose}:${nameOfKey(this.keys.get(purpose))}`;
  }
}
