import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { ErasureProposalsService } from './erasure-proposals.service.js';
import { ErasureRequestsRepository } from './erasure-requests.repository.js';
import { ErasureRequestsService } from './erasure-requests.service.js';
import { HoldsService } from './holds.service.js';
import { LegalHoldsModule } from './legal-holds.module.js';
import { ProposalsRepository } from './proposals.repository.js';
import { RetentionController } from './retention.controller.js';
import { ReviewsRepository } from './reviews.repository.js';
import { ReviewsService } from './reviews.service.js';

@Module({
  imports: [CasesModule, JobsModule, LegalHoldsModule, NoticesModule, ReferenceModule],
  controllers: [RetentionController],
  providers: [
    ErasureProposalsService,
    ErasureRequestsRepository,
    ErasureRequestsService,
    HoldsService,
    ProposalsRepository,
    ReviewsRepository,
    ReviewsService,
  ],
})
export class RetentionModule {}
