import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { BreakGlassRepository } from './break-glass.repository.js';
import { BreakGlassService } from './break-glass.service.js';
import { ReadersRepository } from './readers.repository.js';
import { ReadersService } from './readers.service.js';
import { ReadingBudgetRepository } from './reading-budget.repository.js';
import { ReadingBudgetService } from './reading-budget.service.js';
import { ReadingController } from './reading.controller.js';

@Module({
  imports: [AuditModule, NoticesModule, ReferenceModule],
  controllers: [ReadingController],
  providers: [
    BreakGlassService,
    BreakGlassRepository,
    ReadersService,
    ReadersRepository,
    ReadingBudgetService,
    ReadingBudgetRepository,
  ],
  exports: [ReadingBudgetService],
})
export class ReadingModule {}
