/** The operator's commands about backups. Those that restore run without the application and put it together afterwards. */
import type { INestApplicationContext } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { BackupRefusal, newRecipient, readRecoveryKeys, type RecoveryKey } from '#lib/backup';
import { Database, LivingData } from '#lib/database';
import { VerificationService } from '../audit/verification.service.js';
import type { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import type { Openers } from './artefact-keys.js';
import { BackupsRepository } from './backups.repository.js';
import { BackupsService } from './backups.service.js';
import { chosenBackup } from './chosen-backup.js';
import { drill } from './drill.js';
import { DrillService } from './drill.service.js';
import { restore } from './restore.js';
import { SealedNamesService } from './sealed-names.service.js';
import { storeAt } from './stores.js';

type Options = Readonly<Record<string, string | boolean | undefined>>;
type App = Pick<INestApplicationContext, 'get' | 'close'>;

/** What a command needs of the application, which knows this feature and is not known by it. */
export interface Ground {
  /** Puts the application together, with its keys open. */
  readonly start: (config: Readonly<Config>) => Promise<App>;
  /** Applies what a newer program has and the backup had not. */
  readonly migrate: (config: Readonly<Config>) => Promise<void>;
}

async function stop(app: App): Promise<void> {
  await app.close();
  await app.get(Database).close();
}

const text = (options: Options, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** `backup [--to …]` */
export async function makeBackup(app: App, options: Options): Promise<string> {
  const config = app.get<Config>(CONFIG);
  const made = await app.get(BackupsService).make(storeAt(text(options, 'to') ?? config.backupDir, config));
  return (
    `${made.stem} in ${made.where}: ${made.rows} rows of ${made.tables} tables in ${seconds(made.milliseconds)}\n` +
    `  ${made.stem}.data  ${megabytes(made.dataBytes)}\n  ${made.stem}.keys  ${megabytes(made.keysBytes)}  (keep it apart from the data)`
  );
}

/** `backup list [--to …]` */
export async function listBackups(app: App, options: Options): Promise<string> {
  const config = app.get<Config>(CONFIG);
  const store = storeAt(text(options, 'to') ?? config.backupDir, config);
  const backups = await app.get(BackupsService).list(store);
  const lines = await Promise.all(
    backups.map(async ({ stem, data, keys }) => {
      const size = data === null ? 'no data' : megabytes(await store.bytesOf(data));
      return `${stem}  ${size}  ${keys === null ? 'keys are gone (restored with those of a later backup)' : 'keys'}`;
    }),
  );
  return lines.length > 0 ? lines.join('\n') : `There is no backup in ${store.where}.`;
}

/** `backup prune [--to …]` */
export async function pruneBackups(app: App, options: Options): Promise<string> {
  const config = app.get<Config>(CONFIG);
  const gone = await app.get(BackupsService).prune(storeAt(text(options, 'to') ?? config.backupDir, config));
  return gone.length > 0 ? `Removed: ${gone.join(', ')}.` : 'Nothing is old enough to be removed.';
}

/** `backup new-recipient` */
export function makeRecipient(): string {
  const { recipient, recoveryKey } = newRecipient();
  return (
    `The recipient, for BACKUP_RECIPIENT or BACKUP_KEYS_RECIPIENT:\n\n    ${recipient}\n\n` +
    `The recovery key that opens what is sealed for it. It is not kept here and is not shown again. Write it down, keep it\n` +
    `far from this machine, and the one of the other recipient with somebody else:\n\n    ${recoveryKey}\n`
  );
}

/** `restore --from …` */
export async function restoreBackup(config: Readonly<Config>, options: Options, ground: Ground): Promise<string> {
  const from = text(options, 'from');
  if (from === undefined) throw new BackupRefusal('--from is needed: a backup, or the folder with backups');
  const into = text(options, 'into');
  const databaseUrl = into ?? config.databaseUrl;
  const openers = await openersFor(config, options, ground);
  const chosen = await chosenBackup(from, text(options, 'keys'), config);
  if (chosen.keysOfLater) say(`${chosen.stem}: its own keys are gone; those of a later backup are used`);
  try {
    const restored = await restore({
      ...{ data: chosen.data, keys: chosen.keys, later: chosen.later, openers, databaseUrl, root: config.root },
      overLivingData: options['over-living-data'] === true,
      keyFiles: {
        ...{ secretFile: config.secretFile, keyFile: config.keyFile },
        replace: databaseUrl === config.databaseUrl,
      },
      log: say,
    });
    const restoredConfig = Object.freeze({
      ...on(config, databaseUrl),
      secretFile: restored.keyFiles.secretFile ?? config.secretFile,
      keyFile: restored.keyFiles.keyFile ?? config.keyFile,
    });
    const done =
      `${chosen.stem} of ${restored.at} was restored: ${restored.rows} rows of ${restored.tables} tables, each compared with the backup.` +
      `${restored.replaced ? ' What stood there before is gone.' : ''}\n` +
      `${restored.erasedAgain > 0 ? `${restored.erasedAgain} cases that were erased since were erased again.\n` : ''}` +
      'Every session was ended: people sign in again.' +
      restored.keyFiles.says.map((line) => `\n${line}`).join('');
    try {
      await ground.migrate(restoredConfig);
      const app = await ground.start(restoredConfig);
      const { backup, at, rows, tables, erasedAgain } = restored;
      await app.get(BackupsRepository).restored({ backup, madeAt: at, rows, tables, erasedAgain });
      await stop(app);
    } catch (error) {
      throw new BackupRefusal(`${done}\nBut the service does not start on it yet: ${(error as Error).message}`);
    }
    return `${done}\nIts keys are open; the service can start.`;
  } catch (error) {
    if (!(error instanceof LivingData)) throw error;
    throw new BackupRefusal(
      `This database is not empty: ${error.message}. Nothing was changed. To replace all of it, say --over-living-data.`,
    );
  } finally {
    await chosen.forget();
  }
}

/** `drill --scratch …`; fails when anything differs. */
export async function drillBackup(config: Readonly<Config>, options: Options, ground: Ground): Promise<string> {
  const scratchUrl = text(options, 'scratch');
  if (scratchUrl === undefined)
    throw new BackupRefusal('--scratch is needed: the address of a database that may be emptied.');
  if (scratchUrl === config.databaseUrl) throw new BackupRefusal('--scratch names the living database.');
  const app = await ground.start(config);
  try {
    const openers: Openers = {
      recoveryKeys: await recoveryKeys(options),
      installation: app.get(BackupsService).unwrapping(),
    };
    const chosen = await chosenBackup(text(options, 'from') ?? config.backupDir, text(options, 'keys'), config);
    const service = app.get(DrillService);
    try {
      const proof = await drill(service, {
        ...{ chosen, openers, scratchUrl, root: config.root, log: say },
        check: (url) => checkRestored(Object.freeze({ ...on(config, url), auditCheckpointDir: '' }), ground),
      });
      const file = await service.keep(proof);
      const says =
        `${proof.backup} of ${proof.madeAt}: ${proof.rows} rows of ${proof.tables} tables, ${megabytes(proof.bytes)}, ` +
        `restored in ${proof.restoreSeconds.toFixed(1)} s, checked in ${proof.totalSeconds.toFixed(1)} s\n` +
        Object.entries(proof.checks)
          .map(([name, what]) => `  ${name}: ${what}\n`)
          .join('') +
        proof.differences
          .map(({ part, what, expected, found }) => `  ${part}: ${what}: ${expected} expected, ${found} found\n`)
          .join('') +
        `The proof: ${file}`;
      if (!proof.passed) throw new BackupRefusal(`The drill failed.\n${says}`);
      return `The drill passed.\n${says}`;
    } finally {
      await chosen.forget();
    }
  } finally {
    await stop(app);
  }
}

/** The same settings on another database: logins that somebody made by hand and named lead to the one they were named for. */
function on(config: Readonly<Config>, databaseUrl: string): Readonly<Config> {
  if (databaseUrl === config.databaseUrl) return config;
  return {
    ...{ ...config, databaseUrl, databaseServeUrl: '', databaseWorkUrl: '' },
    ...{ databaseStatisticsUrl: '', databaseAuditUrl: '', databaseBackupUrl: '' },
  };
}

/** Puts the application together on what was restored, which opens the keys, and has it verify the trail. */
async function checkRestored(config: Readonly<Config>, ground: Ground): Promise<Readonly<Record<string, string>>> {
  await ground.migrate(config);
  const app = await ground.start(config);
  try {
    // Checkpoints kept outside may be newer than the backup, and would rightly miss what came after it.
    const { entries, checkpoints, findings, pending } = await app.get(VerificationService).verify();
    const trail = `${entries} sealed entries and ${checkpoints} checkpoints, ${pending} not yet sealed, ${findings} findings`;
    if (findings > 0) throw new BackupRefusal(`The audit trail that was restored is not whole: ${trail}.`);
    const { tried, opened } = await app.get(SealedNamesService).tryThem();
    const sealed = `${opened} of ${tried} names were opened`;
    if (opened < tried) throw new BackupRefusal(`The keys that were restored do not open what is sealed: ${sealed}.`);
    return { keys: 'opened', sealed, trail };
  } finally {
    await stop(app);
  }
}

async function recoveryKeys(options: Options): Promise<RecoveryKey[]> {
  const files = (text(options, 'recovery-key') ?? '').split(',').filter((file) => file !== '');
  const texts = await Promise.all(
    files.map((file) =>
      readFile(file, 'utf8').catch(() => {
        throw new BackupRefusal(`The recovery key ${file} cannot be read.`);
      }),
    ),
  );
  return texts.flatMap(readRecoveryKeys);
}

/** Recovery keys, or else the installation on this machine. */
async function openersFor(config: Readonly<Config>, options: Options, ground: Ground): Promise<Openers> {
  const keys = await recoveryKeys(options);
  // A machine without a secret has no installation, and asking for one would make it.
  if (keys.length > 0 || !existsSync(config.secretFile)) return { recoveryKeys: keys, installation: null };
  try {
    const app = await ground.start(config);
    // The connections end; the keys stay in memory.
    const installation = app.get(BackupsService).unwrapping();
    await stop(app);
    return { recoveryKeys: [], installation };
  } catch {
    return { recoveryKeys: [], installation: null };
  }
}
