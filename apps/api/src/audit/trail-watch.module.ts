/** The nightly verification stands on jobs and alerts, which stand on the trail themselves. */
import { Module } from '@nestjs/common';
import { DuressModule } from '../duress/duress.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { AuditModule } from './audit.module.js';
import { TrailWatch } from './trail-watch.service.js';

@Module({ imports: [AuditModule, DuressModule, JobsModule], providers: [TrailWatch], exports: [TrailWatch] })
export class TrailWatchModule {}
