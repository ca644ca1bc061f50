/** Makes a backup when the newest one is older than BACKUP_EVERY_HOURS, and lets old ones go. */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BackupRefusal } from '#lib/backup';
import { Worker } from '../jobs/worker.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { log } from '../platform/log.js';
import { CONFIG } from '../platform/provided.js';
import { BackupsService } from './backups.service.js';
import { storeAt } from './stores.js';

const HOUR_MS = 3_600_000;
/** After a failure, and while another process makes one. */
const AGAIN_MS = 600_000;

@Injectable()
export class BackupSchedule implements OnModuleInit {
  private lookAt = 0;
  private underWay: Promise<void> | null = null;

  constructor(
    private readonly worker: Worker,
    private readonly backups: BackupsService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    if (this.config.backupEveryHours === 0) return;
    // Not awaited by the worker: imports and reports go on while a long backup is made.
    this.worker.chore(async () => {
      this.underWay ??= this.look().finally(() => (this.underWay = null));
    });
  }

  /** Makes a backup if one is due. Doing it twice makes one, because the second sees the first. */
  async look(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.lookAt) return;
    this.lookAt = now + AGAIN_MS;
    try {
      const store = storeAt(this.config.backupDir, this.config);
      const newest = (await this.backups.list(store)).find(({ data, keys }) => data !== null && keys !== null);
      const due = newest ? newest.at.getTime() + this.config.backupEveryHours * HOUR_MS : now;
      if (now >= due) {
        const { rows, dataBytes, milliseconds } = await this.backups.make(store);
        log.info({ rows, bytes: dataBytes, ms: milliseconds }, 'a backup was made');
        await this.backups.prune(store);
      }
      this.lookAt = Math.max(now >= due ? now + this.config.backupEveryHours * HOUR_MS : due, this.lookAt);
    } catch (error) {
      const { name, code } = error as Error & { readonly code?: string };
      log.error(
        { kind: name, code: code ?? null, says: error instanceof BackupRefusal ? error.message : undefined },
        'no backup could be made',
      );
    }
  }
}
