/** The installation's keys as stored: wrapped, one row a purpose. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type Tx } from '#lib/database';
import type { PassphraseRecord, PassphraseRecords } from './passphrase.provider.js';

const lockKeys = sqlFile(import.meta.url, './sql/lock-keys.sql');

export interface StoredKey {
  readonly purpose: string;
  readonly wrappedBy: string;
  readonly blob: Uint8Array;
}

@Injectable()
export class InstallationKeysRepository implements PassphraseRecords {
  /** The first passphrase of an installation, until the keys that it wraps are written. */
  private first: PassphraseRecord | null = null;

  constructor(private readonly database: Database) {}

  all(): Promise<StoredKey[]> {
    return this.database.prisma.installationKey.findMany({
      select: { purpose: true, wrappedBy: true, blob: true },
      orderBy: { purpose: 'asc' },
    });
  }

  /** Names of every wrapping key that something stored needs. */
  async needed(): Promise<string[]> {
    const [installation, organisations] = await Promise.all([
      this.database.prisma.installationKey.findMany({ distinct: ['wrappedBy'], select: { wrappedBy: true } }),
      this.database.prisma.organisationKey.findMany({ distinct: ['wrappedBy'], select: { wrappedBy: true } }),
    ]);
    return [...new Set([...installation, ...organisations].map((row) => row.wrappedBy))].sort();
  }

  /** Two processes that start together make keys one after the other. */
  async lock(tx: Tx): Promise<void> {
    await tx.sql(lockKeys, {});
  }

  async purposesIn(tx: Tx): Promise<string[]> {
    return (await tx.prisma.installationKey.findMany({ select: { purpose: true } })).map((row) => row.purpose);
  }

  async insert(tx: Tx, keys: readonly StoredKey[]): Promise<void> {
    await tx.prisma.installationKey.createMany({
      data: keys.map((key) => ({ ...key, blob: new Uint8Array(key.blob) })),
    });
    if (this.first !== null) await this.insertPassphrase(tx, this.first);
  }

  async replace(tx: Tx, { purpose, wrappedBy, blob }: StoredKey): Promise<void> {
    await tx.prisma.installationKey.updateMany({
      where: { purpose },
      data: { wrappedBy, blob: new Uint8Array(blob) },
    });
  }

  async countByWrapping(): Promise<Record<string, number>> {
    const groups = await this.database.prisma.installationKey.groupBy({ by: ['wrappedBy'], _count: true });
    return Object.fromEntries(groups.map((group) => [group.wrappedBy, group._count]));
  }

  async read(): Promise<PassphraseRecord[]> {
    return this.database.prisma.passphraseKey.findMany({ orderBy: { createdAt: 'asc' }, omit: { createdAt: true } });
  }

  /**
   * Keeps what a passphrase is recognised by. The first one comes before there is a key to sign an audit entry with, so
   * it is written together with the first keys: both are there, or neither.
   */
  async add(record: PassphraseRecord): Promise<void> {
    if ((await this.all()).length === 0) this.first = record;
    else await this.database.write(null, (tx) => this.insertPassphrase(tx, record));
  }

  private async insertPassphrase(tx: Tx, record: PassphraseRecord): Promise<void> {
    const data = [{ ...record, salt: new Uint8Array(record.salt), verifier: new Uint8Array(record.verifier) }];
    await tx.prisma.passphraseKey.createMany({ data, skipDuplicates: true });
    await tx.audit('keys.passphrase-set', { details: { key: record.name } });
  }
}
