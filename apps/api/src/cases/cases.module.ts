import { Module } from '@nestjs/common';
import { NamesModule } from '../names/names.module.js';
import { ReadingModule } from '../reading/reading.module.js';
import { RecordModule } from '../record/record.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { LegalHoldsModule } from '../retention/legal-holds.module.js';
import { AmendmentsRepository } from './amendments.repository.js';
import { AmendmentsService } from './amendments.service.js';
import { AssignmentsRepository } from './assignments.repository.js';
import { AssignmentsService } from './assignments.service.js';
import { CasesController } from './cases.controller.js';
import { CaseReadingsRepository } from './case-readings.repository.js';
import { CasesRepository } from './cases.repository.js';
import { CasesService } from './cases.service.js';
import { ErasureRepository } from './erasure.repository.js';
import { ErasureService } from './erasure.service.js';
import { PeopleController } from './people.controller.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';

@Module({
  imports: [LegalHoldsModule, NamesModule, ReadingModule, RecordModule, ReferenceModule],
  controllers: [CasesController, PeopleController],
  providers: [
    CasesService,
    CaseReadingsRepository,
    CasesRepository,
    AmendmentsService,
    AmendmentsRepository,
    AssignmentsService,
    AssignmentsRepository,
    PeopleService,
    PeopleRepository,
    ErasureService,
    ErasureRepository,
  ],
  exports: [CasesService, ErasureService],
})
export class CasesModule {}
