/** Which store a setting or an option names. */
import { dirname, join, resolve } from 'node:path';
import { BackupRefusal } from '#lib/backup';
import { SystemClock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import type { BackupStore } from './backup-store.js';
import { FolderStore } from './folder.store.js';
import { PART_BYTES, S3Store } from './s3.store.js';

/** A folder, or `s3://bucket/prefix` at the address of `S3_ENDPOINT`. */
export function storeAt(where: string, config: Readonly<Config>): BackupStore {
  if (!where.includes('://')) return new FolderStore(resolve(where));
  const [, bucket, prefix] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?))?\/?$/.exec(where) ?? [];
  if (bucket === undefined) throw new BackupRefusal(`${where} is neither a folder nor s3://bucket/prefix.`);
  const { s3Endpoint, s3KeyId, s3Secret, s3Region } = config;
  if (s3Endpoint === '' || s3KeyId === '' || s3Secret === '')
    throw new BackupRefusal(`For ${where} set S3_ENDPOINT, S3_KEY_ID and S3_SECRET.`);
  const key = { keyId: s3KeyId, secret: s3Secret, region: s3Region, service: 's3' };
  // A store refuses requests whose moment is not its own, so they are signed with the machine's.
  return new S3Store(
    {
      ...{ endpoint: s3Endpoint, bucket, prefix: prefix ?? '', key, partBytes: PART_BYTES },
      folder: join(dirname(config.secretFile), 'backups-under-way'),
    },
    new SystemClock(),
  );
}
