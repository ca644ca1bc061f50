/**
 * Restores a backup. Everything is read and held against itself before anything is written; the database is filled in one
 * transaction, read again and compared; only then it counts. It needs no running service and no installation on this
 * machine: two recovery keys are enough.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  BackupRefusal,
  differences,
  PartTally,
  type ArtefactOpening,
  type Closing,
  type Difference,
  type Erasure,
  type PartEnd,
} from '#lib/backup';
import { connectionFrom, Load } from '#lib/database';
import { ArtefactReader } from './artefact-reader.js';
import { keyOf, type Openers } from './artefact-keys.js';
import { SECRET_PART, TABLES_BESIDE, WRAPPING_PART } from './copied-parts.js';

export interface RestoreRequest {
  /** Files on this machine. */
  readonly data: string;
  readonly keys: string;
  readonly openers: Openers;
  /** Newer artefacts of keys: cases that were erased since are erased again. */
  readonly later: readonly string[];
  readonly databaseUrl: string;
  readonly root: string;
  readonly overLivingData: boolean;
  /** Where the two key files go; null leaves them in the backup (a drill). */
  readonly keyFiles: { readonly secretFile: string; readonly keyFile: string; readonly replace: boolean } | null;
  readonly log: (line: string) => void;
}

export interface Restored {
  readonly backup: string;
  readonly at: string;
  readonly tables: number;
  readonly rows: number;
  readonly erasedAgain: number;
  readonly replaced: boolean;
  readonly trail: Closing['trail'];
  readonly parts: readonly PartEnd[];
  readonly sequences: Closing['sequences'];
  /** Where the key files are now, and what happened to them, in words. */
  readonly keyFiles: KeyFiles;
  readonly bytes: number;
}

export interface KeyFiles {
  readonly secretFile: string | null;
  readonly keyFile: string | null;
  readonly says: readonly string[];
}

interface Opened {
  readonly reader: ArtefactReader;
  readonly key: Buffer;
  readonly opening: ArtefactOpening;
  readonly closing: Closing;
}

/** Restores; refuses with a sentence, and has then changed nothing. */
export async function restore(request: RestoreRequest): Promise<Restored> {
  const data = await opened(request.data, 'data', request);
  const keys = await opened(request.keys, 'keys', request);
  const together = data.opening.backup === keys.opening.backup;
  if (!together && keys.opening.at < data.opening.at)
    throw new BackupRefusal('The keys are older than the data: what was recorded in between could not be opened.');
  await refuseForeignSchema(data.opening, request.root);
  const erasures = await erasuresSince(data.opening, keys.opening, request);

  const load = await Load.begin({
    connection: connectionFrom(request.databaseUrl),
    migrationsDir: join(request.root, 'prisma/migrations'),
    migrations: new Set(data.opening.migrations.map(({ name }) => name)),
    tablesBeside: TABLES_BESIDE,
    overLivingData: request.overLivingData,
    log: request.log,
  });
  try {
    const files = new Map<string, Buffer>();
    for (const artefact of [data, keys]) await fill(load, artefact, files, request.log);
    await load.setSequences(data.closing.sequences);
    request.log('comparing what is in the database with what the backup says');
    const found = await compared(load, [...data.closing.parts, ...keys.closing.parts]);
    if (found.length > 0)
      throw new BackupRefusal(
        `What is in the database is not what is in the backup: ${said(found)}. Nothing was kept.`,
      );
    if (!together) await load.dropKeysOfNobody();
    const known = new Map([...erasures, ...(await load.erasuresAside())].map((erasure) => [erasure.caseId, erasure]));
    const erasedAgain = await load.eraseAgain([...known.values()]);
    await load.endSessions();
    const keyFiles = request.keyFiles
      ? await putKeyFiles(files, request.keyFiles, data.opening.backup)
      : { secretFile: null, keyFile: null, says: [] };
    await load.commit();
    const parts = [...data.closing.parts, ...keys.closing.parts];
    const tables = parts.filter(({ kind }) => kind === 'table');
    return {
      ...{ backup: data.opening.backup, at: data.opening.at, tables: tables.length, erasedAgain, keyFiles, parts },
      ...{ replaced: load.replaces, trail: data.closing.trail, bytes: data.reader.bytes + keys.reader.bytes },
      sequences: data.closing.sequences,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    };
  } catch (error) {
    await load.abandon();
    throw error;
  }
}

/** Opens an artefact and reads all of it once, so that a damaged one is refused before anything was touched. */
async function opened(file: string, kind: 'data' | 'keys', { openers, log }: RestoreRequest): Promise<Opened> {
  return named(file, async () => {
    const reader = await ArtefactReader.open(file);
    if (reader.head.kind !== kind)
      throw new BackupRefusal(
        kind === 'data' ? 'This is the keys of a backup, not its data.' : 'This is the data of a backup, not its keys.',
      );
    const key = await keyOf(reader.head, openers);
    log(`reading and checking ${file}`);
    return { reader, key, ...(await reader.verify(key)) };
  });
}

/** Says of which file a refusal speaks. */
async function named<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BackupRefusal ? new BackupRefusal(`${file}: ${error.message}`) : error;
  }
}

/** The schema is made by our own migrations, so they must be the ones that the backup was made at. */
async function refuseForeignSchema({ migrations }: ArtefactOpening, root: string): Promise<void> {
  for (const { name, checksum } of migrations) {
    const text = await readFile(join(root, 'prisma/migrations', name, 'migration.sql'), 'utf8').catch(() => null);
    if (text === null)
      throw new BackupRefusal(`The backup was made by a newer version: this one does not know the migration ${name}.`);
    if (createHash('sha256').update(text).digest('hex') !== checksum)
      throw new BackupRefusal(`The backup was made by another version: its migration ${name} is not the one here.`);
  }
}

/** Every erasure that any artefact at hand knows of. One that cannot be opened is passed over, and said. */
async function erasuresSince(
  data: ArtefactOpening,
  keys: ArtefactOpening,
  { later, openers, log }: RestoreRequest,
): Promise<Erasure[]> {
  const all = [...data.erasures, ...keys.erasures];
  for (const file of later) {
    try {
      const reader = await ArtefactReader.open(file);
      all.push(...(await reader.opening(await keyOf(reader.head, openers))).erasures);
    } catch (error) {
      if (!(error instanceof BackupRefusal)) throw error;
      log(`${file} is newer and cannot be read; cases erased between the two backups may come back: ${error.message}`);
    }
  }
  return all;
}

/** Copies the tables of an artefact in, and keeps its files. */
async function fill(
  load: Load,
  { reader, key }: Opened,
  files: Map<string, Buffer>,
  log: (line: string) => void,
): Promise<void> {
  const pieces = reader.pieces(key);
  /** The bytes of the part that has begun; consumes its end. */
  let end: PartEnd | null = null;
  async function* part(): AsyncGenerator<Buffer> {
    for (;;) {
      const { value: piece, done } = await pieces.next();
      if (done === true) throw new BackupRefusal('It ended in the middle of a part.');
      if (piece.is === 'end') {
        end = piece.part;
        return;
      }
      if (piece.is === 'bytes') yield piece.bytes;
    }
  }
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    if (next.value.is !== 'begin') continue;
    const { kind, name, columns = [] } = next.value.part;
    if (kind === 'file') {
      const bytes: Buffer[] = [];
      for await (const piece of part()) bytes.push(Buffer.from(piece));
      files.set(name, Buffer.concat(bytes));
      continue;
    }
    const rows = await load.copy(name, columns, part());
    const wanted = (end as PartEnd | null)?.rows;
    if (rows !== wanted) throw new BackupRefusal(`${name}: ${rows} rows came in, and the backup has ${wanted}.`);
    if (rows >= 10_000) log(`${name}: ${rows} rows`);
  }
}

/** Reads every table again and says what differs from the backup. */
async function compared(load: Load, parts: readonly PartEnd[]): Promise<Difference[]> {
  const found: PartEnd[] = [];
  for (const name of load.tableNames()) {
    const tally = new PartTally({ kind: 'table', name });
    for await (const piece of load.rows(name)) tally.add(piece);
    found.push(tally.end());
  }
  return differences(parts, found);
}

const said = (found: readonly Difference[]): string =>
  found
    .slice(0, 5)
    .map(({ part, what, expected, found: there }) => `${part} (${what}: ${expected} expected, ${there} found)`)
    .join('; ');

/** Puts the secret and the wrapping keys where the service looks for them; never over others without keeping those. */
async function putKeyFiles(
  files: ReadonlyMap<string, Buffer>,
  { secretFile, keyFile, replace }: NonNullable<RestoreRequest['keyFiles']>,
  backup: string,
): Promise<KeyFiles> {
  const says: string[] = [];
  const mark = backup.slice(0, 8);
  const placed = async (part: string, wanted: string, mode: number): Promise<string | null> => {
    const bytes = files.get(part);
    if (!bytes) return null;
    const there = await readFile(wanted).catch(() => null);
    if (there?.equals(bytes) === true) return wanted;
    if (there && replace) {
      await rename(wanted, `${wanted}.before-${mark}`);
      says.push(`${wanted} was another one; it is now ${wanted}.before-${mark}`);
    }
    const file = there && !replace ? `${wanted}.from-${mark}` : wanted;
    await putFile(file, bytes, mode);
    says.push(`${file} came from the backup`);
    return file;
  };
  return {
    secretFile: await placed(SECRET_PART, secretFile, 0o600),
    keyFile: await placed(WRAPPING_PART, keyFile, 0o400),
    says,
  };
}

async function putFile(file: string, bytes: Buffer, mode: number): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}.new`;
  const handle = await open(aside, 'w', 0o600);
  await handle.writeFile(bytes);
  await handle.sync();
  await handle.close();
  await chmod(aside, mode);
  await rename(aside, file);
}
