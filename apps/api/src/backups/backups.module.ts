/** Backups: operator commands and a chore, no routes. Restoring needs no application, so it is no provider. */
import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { BackupSchedule } from './backup-schedule.js';
import { BackupsRepository } from './backups.repository.js';
import { BackupsService } from './backups.service.js';
import { DrillService } from './drill.service.js';
import { SealedNamesService } from './sealed-names.service.js';

@Module({
  imports: [JobsModule],
  providers: [BackupSchedule, BackupsRepository, BackupsService, DrillService, SealedNamesService],
  exports: [BackupSchedule, BackupsRepository, BackupsService, DrillService, SealedNamesService],
})
export class BackupsModule {}
