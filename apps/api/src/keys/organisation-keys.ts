/**
 * The key under which an organisation's data keys are wrapped. It is wrapped by the provider itself, asked once and then
 * kept for a few minutes: a vault on another machine is not asked for every case, and can still take everything away.
 */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database } from '#lib/database';
import { KEY_BYTES, type DataKey } from '#lib/sealing';
import { Clock } from '../platform/clock.js';
import { CaseKeysRepository } from './case-keys.repository.js';
import { KeyCache } from './key-cache.js';
import type { KeyProvider } from './key-provider.js';
import { KEY_PROVIDER } from './provided.js';
import { PurposeKeys } from './purpose-keys.js';

/** Context under which an organisation's key is wrapped. */
export const contextOfOrganisation = (organisationId: string, version: number): string =>
  `organisation|${organisationId}|${version}`;

class MadeByAnother extends Error {}

@Injectable()
export class OrganisationKeys implements OnModuleInit {
  private readonly cache: KeyCache;
  private readonly latest = new Map<string, number>();

  constructor(
    @Inject(KEY_PROVIDER) private readonly provider: KeyProvider,
    private readonly stored: CaseKeysRepository,
    private readonly database: Database,
    private readonly purposeKeys: PurposeKeys,
    clock: Clock,
  ) {
    this.cache = new KeyCache(() => clock.now().getTime());
  }

  /** Every organisation has a key before the first case needs it. */
  async onModuleInit(): Promise<void> {
    await this.purposeKeys.onModuleInit();
    for (const organisationId of await this.stored.organisationsWithoutKey()) await this.add(organisationId, 1);
  }

  /** The newest key of an organisation, to wrap with. */
  async current(organisationId: string): Promise<DataKey> {
    const version = this.latest.get(organisationId);
    const cached = version === undefined ? undefined : this.cache.get(`${organisationId}|${version}`);
    // Copies throughout, because the cache overwrites its own when it lets go of them.
    if (version !== undefined && cached) return { version, bytes: Buffer.from(cached) };
    return this.load(organisationId);
  }

  /** One version of an organisation's key, to unwrap with; undefined when there is none. */
  async version(organisationId: string, version: number): Promise<DataKey | undefined> {
    const cached = this.cache.get(`${organisationId}|${version}`);
    if (cached) return { version, bytes: Buffer.from(cached) };
    await this.load(organisationId);
    const bytes = this.cache.get(`${organisationId}|${version}`);
    return bytes && { version, bytes: Buffer.from(bytes) };
  }

  /** Adds a version; another process may be quicker, and then its key is the one. */
  async add(organisationId: string, version: number): Promise<void> {
    const wrapped = await this.provider.wrap(randomBytes(KEY_BYTES), contextOfOrganisation(organisationId, version));
    try {
      await this.database.write(null, async (tx) => {
        const first = await this.stored.insertOrganisationKey(tx, { organisationId, version, ...wrapped });
        if (!first) throw new MadeByAnother();
        await tx.audit('keys.organisation-key-made', {
          subjectId: organisationId,
          details: { version, wrappedBy: wrapped.wrappedBy },
        });
      });
    } catch (error) {
      if (!(error instanceof MadeByAnother)) throw error;
    }
    this.latest.delete(organisationId);
  }

  /** Forgets every unwrapped key, so that the next use asks the provider again. */
  forget(): void {
    this.cache.clear();
    this.latest.clear();
  }

  private async load(organisationId: string): Promise<DataKey> {
    let rows = await this.stored.organisationKeys(organisationId);
    if (rows.length === 0) {
      await this.add(organisationId, 1);
      rows = await this.stored.organisationKeys(organisationId);
    }
    let last: DataKey | undefined;
    for (const { version, ...wrapped } of rows) {
      const bytes = await this.provider.unwrap(wrapped, contextOfOrganisation(organisationId, version));
      this.cache.set(`${organisationId}|${version}`, bytes);
      last = { version, bytes: Buffer.from(bytes) };
    }
    if (!last) throw new Error('an organisation has no key');
    this.latest.set(organisationId, last.version);
    return last;
  }
}
