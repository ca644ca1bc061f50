/** Data keys of cases: made with the case, unwrapped for a reading, kept for a few minutes. */
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Tx } from '#lib/database';
import { KEY_BYTES, unwrapLocally, wrapLocally, type DataKey } from '#lib/sealing';
import { Clock } from '../platform/clock.js';
import { CaseKeysRepository, type CaseKeyRow } from './case-keys.repository.js';
import { KeyCache } from './key-cache.js';
import { KeyRing, type KeyClass } from './key-ring.js';
import { OrganisationKeys } from './organisation-keys.js';

const WRAPPED_BY = /^organisation:(\d+)$/;
const wrappedByOf = (version: number): string => `organisation:${version}`;

/** Context under which a data key is wrapped: it unwraps as the key of this case, class and version only. */
const contextOf = (caseId: string, keyClass: string, version: number): string =>
  `case|${caseId}|${keyClass}|${version}`;

@Injectable()
export class CaseKeys {
  private readonly cache: KeyCache;

  constructor(
    private readonly organisations: OrganisationKeys,
    private readonly stored: CaseKeysRepository,
    clock: Clock,
  ) {
    this.cache = new KeyCache(() => clock.now().getTime());
  }

  /** A new data key with the row in which it is stored. */
  async make(
    organisationId: string,
    caseId: string,
    keyClass: KeyClass,
    version = 1,
  ): Promise<{ readonly row: CaseKeyRow; readonly key: DataKey }> {
    const key = { version, bytes: randomBytes(KEY_BYTES) };
    return { row: await this.wrap(organisationId, caseId, keyClass, key), key };
  }

  /** The row of a data key, wrapped by the organisation's newest key. */
  async wrap(organisationId: string, caseId: string, keyClass: string, key: DataKey): Promise<CaseKeyRow> {
    const wrapping = await this.organisations.current(organisationId);
    const wrappedBy = wrappedByOf(wrapping.version);
    const blob = wrapLocally(wrapping.bytes, wrappedBy, key.bytes, contextOf(caseId, keyClass, key.version));
    return {
      case_id: caseId,
      class: keyClass,
      version: key.version,
      wrapped_by: wrappedBy,
      blob: `\\x${blob.toString('hex')}`,
    };
  }

  /** Keys of some cases of one organisation from their rows. A key that does not unwrap is left out, as if destroyed. */
  async ring(organisationId: string, rows: readonly CaseKeyRow[]): Promise<KeyRing> {
    const ring = new KeyRing();
    for (const row of rows) {
      const name = `${row.case_id}|${row.class}|${row.version}|${row.blob}`;
      const cached = this.cache.get(name);
      const bytes = cached ?? (await this.unwrap(organisationId, row));
      if (!bytes) continue;
      // A copy, because the cache overwrites its own when it lets go of it.
      ring.add(row.case_id, row.class, { version: row.version, bytes: Buffer.from(bytes) });
      if (!cached) this.cache.set(name, bytes);
    }
    return ring;
  }

  /** The keys of some cases inside an act. */
  async ringIn(tx: Tx, organisationId: string, caseIds: readonly string[]): Promise<KeyRing> {
    return this.ring(organisationId, await this.stored.keysOf(tx, caseIds));
  }

  /** Makes the keys that a case does not have yet, inside an act that has locked the case. */
  async complete(
    tx: Tx,
    organisationId: string,
    caseId: string,
    classes: readonly KeyClass[],
    ring: KeyRing,
  ): Promise<void> {
    const missing = classes.filter((keyClass) => !ring.latest(caseId, keyClass));
    const made = [];
    for (const keyClass of missing) made.push(await this.make(organisationId, caseId, keyClass));
    if (made.length > 0)
      await this.stored.insert(
        tx,
        made.map(({ row }) => row),
      );
    for (const { row, key } of made) ring.add(caseId, row.class, key);
  }

  /** New versions of the keys of some cases, made and stored inside an act that has locked the cases. */
  async renew(
    tx: Tx,
    organisationId: string,
    caseIds: readonly string[],
    classes: readonly KeyClass[],
    stored: readonly CaseKeyRow[],
  ): Promise<KeyRing> {
    const ring = new KeyRing();
    const rows: CaseKeyRow[] = [];
    for (const caseId of caseIds)
      for (const keyClass of classes) {
        const last = stored
          .filter((row) => row.case_id === caseId && row.class === keyClass)
          .reduce((most, { version }) => Math.max(most, version), 0);
        const { row, key } = await this.make(organisationId, caseId, keyClass, last + 1);
        rows.push(row);
        ring.add(caseId, keyClass, key);
      }
    await this.stored.insert(tx, rows);
    return ring;
  }

  /** Forgets versions that nothing is sealed with any more. */
  async retire(tx: Tx, rows: readonly CaseKeyRow[]): Promise<void> {
    await this.stored.delete(tx, rows);
  }

  /** Forgets every unwrapped key at once. */
  forget(): void {
    this.cache.clear();
    this.organisations.forget();
  }

  private async unwrap(organisationId: string, row: CaseKeyRow): Promise<Buffer | null> {
    const version = Number(WRAPPED_BY.exec(row.wrapped_by)?.[1] ?? 0);
    const wrapping = await this.organisations.version(organisationId, version);
    if (!wrapping) return null;
    const context = contextOf(row.case_id, row.class, row.version);
    return unwrapLocally(wrapping.bytes, row.wrapped_by, Buffer.from(row.blob.slice(2), 'hex'), context);
  }
}
