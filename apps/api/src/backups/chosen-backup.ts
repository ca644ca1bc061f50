/** Which artefacts somebody means by `--from`, as files on this machine. */
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { BackupRefusal, backupsAmong, readName, type StoredBackup } from '#lib/backup';
import type { Config } from '../platform/config.js';
import type { BackupStore } from './backup-store.js';
import { storeAt } from './stores.js';

export interface ChosenBackup {
  readonly stem: string;
  readonly where: string;
  readonly data: string;
  readonly keys: string;
  /** Whether the keys are of a later backup, because those of this one were pruned. */
  readonly keysOfLater: boolean;
  /** Keys of the newest backup, when that is another one. */
  readonly later: readonly string[];
  readonly forget: () => Promise<void>;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Where `--from` looks, and for which backup; null for the newest. */
async function placeOf(from: string): Promise<{ readonly where: string; readonly name: string | null }> {
  if (from.startsWith('s3://')) {
    const last = from.slice(from.lastIndexOf('/') + 1);
    return last.startsWith('amparo-')
      ? { where: from.slice(0, -last.length - 1), name: last }
      : { where: from, name: null };
  }
  const path = resolve(from);
  return (await isFolder(path)) ? { where: path, name: null } : { where: dirname(path), name: basename(path) };
}

/**
 * Finds a backup and brings its artefacts here.
 * @param from a folder or store (its newest backup), or one artefact in it
 * @param keys another artefact of keys than the one beside it
 */
export async function chosenBackup(
  from: string,
  keys: string | undefined,
  config: Readonly<Config>,
): Promise<ChosenBackup> {
  const { where, name } = await placeOf(from);
  const store = storeAt(where, config);
  const all = backupsAmong(await store.names());
  const backup = name === null ? all.find((one) => one.data !== null && one.keys !== null) : byName(all, name);
  if (!backup) throw new BackupRefusal(`There is no whole backup in ${where}.`);
  if (backup.data === null) throw new BackupRefusal(`${backup.stem}: the keys are there, and the data are not.`);
  const laterKeys = all.filter((one) => one.keys !== null && one.at > backup.at);
  const keysName = backup.keys ?? laterKeys[0]?.keys ?? null;
  if (keys === undefined && keysName === null)
    throw new BackupRefusal(`${backup.stem}: its keys are not there, nor later ones. Name them with --keys FILE.`);
  const fetched: Awaited<ReturnType<BackupStore['fetch']>>[] = [];
  const fetch = async (artefact: string): Promise<string> => {
    const one = await store.fetch(artefact);
    fetched.push(one);
    return one.file;
  };
  return {
    ...{ stem: backup.stem, where },
    data: await fetch(backup.data),
    keys: keys === undefined ? await fetch(keysName as string) : resolve(keys),
    keysOfLater: keys === undefined && backup.keys === null,
    later: laterKeys[0]?.keys ? [await fetch(laterKeys[0].keys)] : [],
    forget: async () => {
      for (const one of fetched) await one.forget();
    },
  };
}

function byName(all: readonly StoredBackup[], name: string): StoredBackup | undefined {
  const named = readName(name) ?? readName(`${name}.data`);
  if (named) return all.find(({ stem }) => stem === named.stem) ?? { ...named, data: null, keys: null };
  // Somebody renamed it: it is taken for what it says it is.
  return undefined;
}
