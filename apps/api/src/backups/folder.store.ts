/** A folder: on another disk, a mounted share, a stick. */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupStore } from './backup-store.js';

export class FolderStore implements BackupStore {
  constructor(readonly where: string) {}

  async workFolder(): Promise<string> {
    await mkdir(this.where, { recursive: true, mode: 0o700 });
    return this.where;
  }

  async names(): Promise<string[]> {
    return readdir(this.where).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  async put(name: string, file: string): Promise<void> {
    await rename(file, join(this.where, name));
    // A name is on the disk only when its folder is.
    const folder = await open(this.where, 'r');
    await folder.sync().finally(() => folder.close());
  }

  async fetch(name: string): Promise<{ file: string; forget: () => Promise<void> }> {
    return { file: join(this.where, name), forget: async () => undefined };
  }

  async bytesOf(name: string): Promise<number> {
    return (await stat(join(this.where, name))).size;
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.where, name), { force: true });
  }
}
