import { Module } from '@nestjs/common';
import { LegalHoldsService } from './legal-holds.service.js';
import { RetentionRepository } from './retention.repository.js';

@Module({ providers: [LegalHoldsService, RetentionRepository], exports: [LegalHoldsService, RetentionRepository] })
export class LegalHoldsModule {}
