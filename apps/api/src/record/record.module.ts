import { Module } from '@nestjs/common';
import { ReferenceModule } from '../reference/reference.module.js';
import { CasePartsService } from './case-parts.js';
import { CaseSealing } from './case-sealing.js';
import { FactsRepository } from './facts.repository.js';
import { FactsService } from './facts.service.js';
import { ResealRepository } from './reseal.repository.js';
import { ResealService } from './reseal.service.js';

/** What cases, custody, duplicates and imports stand on; it has no routes of its own. */
@Module({
  imports: [ReferenceModule],
  providers: [FactsService, FactsRepository, CaseSealing, CasePartsService, ResealService, ResealRepository],
  exports: [FactsService, CaseSealing, CasePartsService, ResealService],
})
export class RecordModule {}
