import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { RecordModule } from '../record/record.module.js';
import { KeyCareService } from './key-care.service.js';

/** Care for keys: their state, their replacement, and their destruction with a person's file. */
@Module({ imports: [JobsModule, RecordModule], providers: [KeyCareService], exports: [KeyCareService] })
export class ProtectionModule {}
