import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { NamesModule } from '../names/names.module.js';
import { RecordModule } from '../record/record.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { DuplicatesController } from './duplicates.controller.js';
import { DuplicatesRepository } from './duplicates.repository.js';
import { DuplicatesService } from './duplicates.service.js';
import { MatchingRepository } from './matching.repository.js';
import { MatchingService } from './matching.service.js';
import { MergesRepository } from './merges.repository.js';
import { MergesService } from './merges.service.js';

@Module({
  imports: [JobsModule, NamesModule, RecordModule, ReferenceModule],
  controllers: [DuplicatesController],
  providers: [
    DuplicatesService,
    DuplicatesRepository,
    MergesService,
    MergesRepository,
    MatchingService,
    MatchingRepository,
  ],
  exports: [MatchingService],
})
export class DuplicatesModule {}
