import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { CheckpointFiles } from './checkpoint-files.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { ReceiptsService } from './receipts.service.js';
import { RefusalsInterceptor } from './refusals.interceptor.js';
import { SealRepository } from './seal.repository.js';
import { SealService } from './seal.service.js';
import { TrailContentRepository } from './trail-content.repository.js';
import { TrailContentService } from './trail-content.service.js';
import { TrailKeysService } from './trail-keys.service.js';
import { VerificationRepository } from './verification.repository.js';
import { VerificationService } from './verification.service.js';

@Module({
  controllers: [AuditController],
  providers: [
    AuditService,
    AuditRepository,
    CheckpointFiles,
    ReceiptsService,
    ReceiptsRepository,
    SealService,
    SealRepository,
    TrailContentService,
    TrailContentRepository,
    TrailKeysService,
    VerificationService,
    VerificationRepository,
    { provide: APP_INTERCEPTOR, useClass: RefusalsInterceptor },
  ],
  exports: [AuditService, SealService, TrailContentService, VerificationService],
})
export class AuditModule {}
