import { Module } from '@nestjs/common';
import { DuplicatesModule } from '../duplicates/duplicates.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { NamesModule } from '../names/names.module.js';
import { RecordModule } from '../record/record.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { ImportContentRepository } from './import-content.repository.js';
import { ImportWorkService } from './import-work.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { Mappings } from './mappings.js';
import { UploadsService } from './uploads.service.js';

@Module({
  imports: [DuplicatesModule, JobsModule, NamesModule, RecordModule, ReferenceModule],
  controllers: [ImportsController],
  providers: [ImportsService, ImportsRepository, ImportContentRepository, ImportWorkService, UploadsService, Mappings],
})
export class ImportsModule {}
