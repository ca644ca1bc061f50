import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit } from '../access/decorators.js';
import type { Page } from '../platform/cursor.js';
import { ApiPage } from '../platform/openapi-types.js';
import { AuditEntryParams, AuditEntryView, AuditQuery, AuditReceiptView, AuditVerificationView } from './audit.dto.js';
import { AuditService } from './audit.service.js';
import { ReceiptsService } from './receipts.service.js';
import { VerificationService } from './verification.service.js';

@ApiTags('Audit trail')
@Controller('v1')
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly receipts: ReceiptsService,
    private readonly verifications: VerificationService,
  ) {}

  @Get('audit')
  @Permit('audit:read')
  @ApiOperation({ operationId: 'listAudit', summary: 'The audit trail of the organisation, newest first' })
  @ApiPage(AuditEntryView)
  list(@Caller() caller: CallerType, @Query() query: AuditQuery): Promise<Page<AuditEntryView>> {
    return this.audit.list(caller, query);
  }

  @Get('audit/verification')
  @Permit('audit:read')
  @ApiOperation({ operationId: 'lastAuditVerification', summary: 'What the last verification of the trail found' })
  @ApiOkResponse({ type: AuditVerificationView })
  verification(): Promise<AuditVerificationView> {
    return this.verifications.last();
  }

  @Get('audit/checkpoint')
  @Permit('audit:read')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ operationId: 'auditCheckpoint', summary: 'The last signed checkpoint, to be kept elsewhere' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  checkpoint(): Promise<string> {
    return this.receipts.checkpoint();
  }

  @Get('audit/:entryId/receipt')
  @Permit('audit:read')
  @ApiOperation({
    operationId: 'auditReceipt',
    summary: 'Proof that an entry is in the trail, to be checked by anybody',
  })
  @ApiOkResponse({ type: AuditReceiptView })
  receipt(@Caller() caller: CallerType, @Param() { entryId }: AuditEntryParams): Promise<AuditReceiptView> {
    return this.receipts.receipt(caller, entryId);
  }
}
