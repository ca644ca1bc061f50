import { Module } from '@nestjs/common';
import { RegisterModule } from '../disclosures/register.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { ReadingModule } from '../reading/reading.module.js';
import { RecordModule } from '../record/record.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { ActsRepository } from './acts.repository.js';
import { ActsService } from './acts.service.js';
import { EventsController } from './events.controller.js';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';
import { LapsedConsentsService } from './lapsed-consents.service.js';
import { SupportController } from './support.controller.js';
import { SupportRepository } from './support.repository.js';
import { SupportService } from './support.service.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineRepository } from './timeline.repository.js';
import { TimelineService } from './timeline.service.js';

@Module({
  imports: [JobsModule, ReadingModule, RecordModule, ReferenceModule, RegisterModule],
  controllers: [TimelineController, EventsController, SupportController],
  providers: [
    ActsService,
    ActsRepository,
    EventsService,
    EventsRepository,
    LapsedConsentsService,
    SupportService,
    SupportRepository,
    TimelineService,
    TimelineRepository,
  ],
  exports: [TimelineService],
})
export class CustodyModule {}
