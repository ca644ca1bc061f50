/**
 * Makes, lists and prunes backups. A backup is two artefacts: the data, and apart from it the keys that open what is
 * sealed in the data. It counts when both are there under their names, and they get their names when they are whole.
 */
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BackupRefusal,
  backupsAmong,
  contextOf,
  readRecipient,
  stemOf,
  toPrune,
  wrapFor,
  type ArtefactKind,
  type ArtefactOpening,
  type Closing,
  type PartEnd,
  type Recipient,
  type StoredBackup,
  type Wrap,
} from '#lib/backup';
import type { Snapshot } from '#lib/database';
import { WrappingService } from '../keys/wrapping.service.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import type { Unwrapping } from './artefact-keys.js';
import { ArtefactWriter } from './artefact-writer.js';
import type { BackupStore } from './backup-store.js';
import { BackupsRepository } from './backups.repository.js';
import { KEY_TABLES, SECRET_PART, WRAPPING_PART } from './copied-parts.js';

/** A half-written artefact as old as this is nobody's any more. */
const LEFT_OVER_MS = 3_600_000;
const HALF_WRITTEN = '.part';

export interface MadeBackup {
  readonly stem: string;
  readonly where: string;
  readonly tables: number;
  readonly rows: number;
  readonly dataBytes: number;
  readonly keysBytes: number;
  readonly milliseconds: number;
}

interface Recipients {
  readonly data: Recipient;
  readonly keys: Recipient;
}

@Injectable()
export class BackupsService {
  constructor(
    private readonly stored: BackupsRepository,
    private readonly wrapping: WrappingService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Copies everything as it stands at this moment into two artefacts of a store. */
  async make(store: BackupStore): Promise<MadeBackup> {
    const recipients = this.recipients();
    const at = this.clock.now();
    const backup = randomUUID();
    const stem = stemOf(at, backup);
    const folder = await store.workFolder();
    await this.clearLeftOvers(folder);
    const snapshot = await this.stored.snapshot();
    try {
      if (!(await snapshot.isAlone())) throw new BackupRefusal('Another backup of this database is being made.');
      const opening = {
        ...{ backup, at: at.toISOString(), server: snapshot.server },
        ...{ migrations: await snapshot.migrations(), erasures: await snapshot.erasures() },
      };
      const write = (kind: ArtefactKind): Promise<Closing> =>
        this.write(snapshot, { ...opening, kind }, recipients[kind], join(folder, `${stem}.${kind}${HALF_WRITTEN}`));
      const [keys, data] = [await write('keys'), await write('data')];
      const [keysBytes, dataBytes] = await Promise.all(
        (['keys', 'data'] as const).map(
          async (kind) => (await stat(join(folder, `${stem}.${kind}${HALF_WRITTEN}`))).size,
        ),
      );
      // The data last: with them the backup is whole.
      for (const kind of ['keys', 'data'] as const)
        await store.put(`${stem}.${kind}`, join(folder, `${stem}.${kind}${HALF_WRITTEN}`));
      const made: MadeBackup = {
        ...{ stem, where: store.where, ...sizeOf([...keys.parts, ...data.parts]) },
        ...{ dataBytes: dataBytes ?? 0, keysBytes: keysBytes ?? 0 },
        milliseconds: this.clock.now().getTime() - at.getTime(),
      };
      const { where: _where, ...details } = made;
      await this.stored.made({ ...details });
      return made;
    } finally {
      await snapshot.close();
    }
  }

  /** The backups of a store, newest first, halves among them. */
  async list(store: BackupStore): Promise<StoredBackup[]> {
    return backupsAmong(await store.names());
  }

  /** Removes what the retention no longer keeps; answers the names. */
  async prune(store: BackupStore): Promise<string[]> {
    const [daily = 0, weekly = 0, monthly = 0] = this.config.backupKeep.split(',').map(Number);
    const retention = { daily, weekly, monthly, keysDays: this.config.backupKeysDays };
    const names = toPrune(await this.list(store), retention, this.clock.now());
    if (names.length === 0) return [];
    // Said before it is done: what is gone must be on the trail, and pruning again does no harm.
    await this.stored.pruned({ artefacts: names });
    for (const name of names) await store.remove(name);
    return names;
  }

  /** The keys of artefacts that this installation made. */
  unwrapping(): Unwrapping {
    return async (kind, { name, blob }, context) => {
      const wrapped = { wrappedBy: name, blob: Buffer.from(blob, 'base64') };
      return kind === 'data'
        ? this.wrapping.unwrap('backup', wrapped, context)
        : this.wrapping.unwrapByProvider(wrapped, context);
    };
  }

  private recipients(): Recipients {
    const { backupRecipient, backupKeysRecipient } = this.config;
    if (backupRecipient === '' || backupKeysRecipient === '')
      throw new BackupRefusal(
        'Nobody could open this backup without this machine. Make two recipients with `admin backup new-recipient`, give ' +
          'their recovery keys to two people elsewhere, and set BACKUP_RECIPIENT and BACKUP_KEYS_RECIPIENT.',
      );
    const recipients = { data: readRecipient(backupRecipient), keys: readRecipient(backupKeysRecipient) };
    if (recipients.data.name === recipients.keys.name)
      throw new BackupRefusal(
        'BACKUP_RECIPIENT and BACKUP_KEYS_RECIPIENT are the same: one recovery key would open data and keys. Make a second recipient.',
      );
    return recipients;
  }

  private async write(
    snapshot: Snapshot,
    opening: ArtefactOpening,
    recipient: Recipient,
    file: string,
  ): Promise<Closing> {
    const { kind, backup, at } = opening;
    const key = randomBytes(32);
    const context = contextOf({ kind, backup });
    // The installation opens the keys by its provider: the purpose keys are themselves in that artefact.
    const own =
      kind === 'data' ? this.wrapping.wrap('backup', key, context) : await this.wrapping.wrapByProvider(key, context);
    const wraps: Wrap[] = [
      { by: 'installation', name: own.wrappedBy, blob: Buffer.from(own.blob).toString('base64') },
      { by: 'recipient', name: recipient.name, blob: wrapFor(recipient, key, context).toString('base64') },
    ];
    const writer = await ArtefactWriter.create(file, { kind, backup, at, wraps }, key);
    try {
      await writer.opening(opening);
      for (const table of snapshot.tables.filter(({ name }) => KEY_TABLES.has(name) === (kind === 'keys')))
        await writer.part({ kind: 'table', name: table.name, columns: table.columns }, snapshot.rows(table));
      if (kind === 'keys') await this.writeFiles(writer);
      return await writer.close(
        kind === 'data'
          ? { sequences: await snapshot.sequences(), trail: await snapshot.trail() }
          : { sequences: [], trail: null },
      );
    } catch (error) {
      await writer.abandon();
      await rm(file, { force: true });
      throw error;
    }
  }

  /** Without these files the service does not start on another machine. A passphrase or a vault is kept elsewhere anyway. */
  private async writeFiles(writer: ArtefactWriter): Promise<void> {
    const { keyProvider, keyFile, secretFile } = this.config;
    await writer.part({ kind: 'file', name: SECRET_PART }, createReadStream(secretFile));
    if (keyProvider === 'file') await writer.part({ kind: 'file', name: WRAPPING_PART }, createReadStream(keyFile));
  }

  /** What a backup that was killed left behind. */
  private async clearLeftOvers(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
      if (!name.startsWith('amparo-') || !name.endsWith(HALF_WRITTEN)) continue;
      const file = join(folder, name);
      const { mtimeMs } = await stat(file);
      if (this.clock.now().getTime() - mtimeMs > LEFT_OVER_MS) await rm(file, { force: true });
    }
  }
}

const sizeOf = (parts: readonly PartEnd[]): { tables: number; rows: number } => ({
  tables: parts.filter(({ kind }) => kind === 'table').length,
  rows: parts.reduce((sum, { rows }) => sum + rows, 0),
});
