/**
 * Checkpoints outside: appended to one file a day in the folder that AUDIT_CHECKPOINT_DIR names, with the public key
 * beside them. The folder should belong to somebody else: a mounted disk of another machine, a synchronised folder, a
 * working copy that is pushed abroad. A Maildir (with `new`, `cur` and `tmp`) gets each checkpoint as a letter instead,
 * for a mail program to send.
 */
import { Inject, Injectable } from '@nestjs/common';
import { appendFile, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkpointsIn, writtenKey, type OutsideCheckpoint } from '#lib/trail';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { TrailKeysService } from './trail-keys.service.js';

const KEY_FILE = 'audit-key.txt';
const CHECKPOINTS = '.checkpoints';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

@Injectable()
export class CheckpointFiles {
  private letters = 0;

  constructor(
    private readonly keys: TrailKeysService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes a checkpoint outside; nothing happens where no folder is named. */
  async put(note: string, now: Date): Promise<void> {
    const folder = this.config.auditCheckpointDir;
    if (folder === '') return;
    await mkdir(folder, { recursive: true });
    if (await isMaildir(folder)) return this.post(folder, note, now);
    const keyFile = join(folder, KEY_FILE);
    if (!(await exists(keyFile))) await writeFile(keyFile, `${writtenKey(this.keys.signer())}\n`);
    await appendFile(join(folder, `${now.toISOString().slice(0, 10)}${CHECKPOINTS}`), `${note}\n`);
  }

  /** A checkpoint as a letter, for `put` and for whoever sends it by hand. */
  letter(note: string, now: Date): string {
    const { name } = this.keys.signer();
    const headers = [
      `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
      `Subject: Audit checkpoint of ${name}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
    ];
    return `${headers.join('\n')}\n\n${note}`;
  }

  /** Written beside and moved in, as Maildir asks: nobody reads half a letter. */
  private async post(folder: string, note: string, now: Date): Promise<void> {
    const name = `${Math.floor(now.getTime() / 1000)}.P${process.pid}Q${++this.letters}.amparo`;
    await writeFile(join(folder, 'tmp', name), this.letter(note, now));
    await rename(join(folder, 'tmp', name), join(folder, 'new', name));
  }
}

async function isMaildir(folder: string): Promise<boolean> {
  const parts = await Promise.all(['new', 'cur', 'tmp'].map((part) => exists(join(folder, part))));
  return parts.every(Boolean);
}

/** Every checkpoint in a file, or in all files of a folder; letters count. */
export async function readCheckpoints(path: string): Promise<OutsideCheckpoint[]> {
  if (!(await stat(path)).isDirectory()) {
    const text = await readFile(path, 'utf8');
    return checkpointsIn(text).map((note) => ({ from: basename(path), note }));
  }
  const folders = (await isMaildir(path)) ? [join(path, 'new'), join(path, 'cur')] : [path];
  const found: OutsideCheckpoint[] = [];
  for (const folder of folders)
    for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (entry.isFile()) found.push(...(await readCheckpoints(join(folder, entry.name))));
  return found;
}
