/**
 * Replacing the keys that wrap others. The wrapping key: a new one is taken into use and the few rows that the old one
 * wraps are wrapped anew, in one transaction. Organisation keys: a new version, to which data keys move as cases are
 * sealed anew; a version that wraps nothing any more is dropped. Repeating either after a kill finishes what was begun.
 */
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { CaseKeysRepository } from './case-keys.repository.js';
import { InstallationKeysRepository } from './installation-keys.repository.js';
import type { KeyHealth, KeyProvider, WrappedKey } from './key-provider.js';
import { contextOfOrganisation, OrganisationKeys } from './organisation-keys.js';
import { contextOfPurpose } from './purpose-keys.js';
import { KEY_PROVIDER } from './provided.js';

export interface KeyStatus extends KeyHealth {
  readonly provider: string;
  /** How many keys each wrapping key wraps. */
  readonly installation: Readonly<Record<string, number>>;
  readonly organisations: Readonly<Record<string, number>>;
  readonly cases: Readonly<Record<string, number>>;
}

@Injectable()
export class KeyRotationService {
  constructor(
    @Inject(KEY_PROVIDER) private readonly provider: KeyProvider,
    private readonly database: Database,
    private readonly installation: InstallationKeysRepository,
    private readonly cases: CaseKeysRepository,
    private readonly organisations: OrganisationKeys,
  ) {}

  async status(): Promise<KeyStatus> {
    return {
      provider: this.provider.kind,
      ...(await this.provider.health()),
      installation: await this.installation.countByWrapping(),
      organisations: await this.cases.countOrganisationsByWrapping(),
      cases: await this.cases.countCasesByWrapping(),
    };
  }

  /** Takes a new wrapping key into use, unless an earlier rotation stopped halfway; then that one is finished. */
  async rotateWrapping(): Promise<{ readonly name: string; readonly rewrapped: number }> {
    const needed = await this.installation.needed();
    const current = this.provider.current();
    // One that was killed before it wrapped anything has left a key that wraps nothing yet; it does not need another.
    const made = needed.length > 0 && !needed.includes(current);
    const halfway = made || (needed.length > 1 && needed.includes(current));
    const name = halfway ? this.provider.current() : await this.provider.rotate();
    return { name, rewrapped: await this.rewrap(name) };
  }

  /** A new version of every organisation's key: data keys that are made from now on are wrapped by it. */
  async renewOrganisationKeys(): Promise<void> {
    for (const { organisationId, version } of await this.cases.newestOrganisationKeys())
      await this.organisations.add(organisationId, version + 1);
    this.organisations.forget();
  }

  /** Drops versions of organisation keys that wrap no data key any more; answers how many. */
  async retireOrganisationKeys(): Promise<number> {
    const retired = await this.database.write(null, async (tx) => {
      const count = await this.cases.deleteIdleOrganisationKeys(tx);
      await tx.audit('keys.organisation-keys-retired', { details: { keys: count } });
      return count;
    });
    this.organisations.forget();
    return retired;
  }

  private async rewrap(name: string): Promise<number> {
    const [purposes, organisations] = [await this.installation.all(), await this.cases.allOrganisationKeys()];
    // Unwrapped and wrapped before the transaction, because a vault on another machine may be slow.
    const again = async (wrapped: WrappedKey, context: string): Promise<WrappedKey> => {
      const key = await this.provider.unwrap(wrapped, context);
      return this.provider.wrap(key, context);
    };
    const old = purposes.filter((row) => row.wrappedBy !== name);
    const oldOrganisations = organisations.filter((row) => row.wrappedBy !== name);
    const newPurposes = await Promise.all(
      old.map(async (row) => ({ ...row, ...(await again(row, contextOfPurpose(row.purpose))) })),
    );
    const newOrganisations = await Promise.all(
      oldOrganisations.map(async (row) => ({
        ...row,
        ...(await again(row, contextOfOrganisation(row.organisationId, row.version))),
      })),
    );
    await this.database.write(null, async (tx) => {
      await this.installation.lock(tx);
      for (const row of newPurposes) await this.installation.replace(tx, row);
      for (const row of newOrganisations) await this.cases.replaceOrganisationKey(tx, row);
      await tx.audit('keys.wrapping-rotated', {
        details: { key: name, rewrapped: newPurposes.length + newOrganisations.length },
      });
    });
    return newPurposes.length + newOrganisations.length;
  }
}
