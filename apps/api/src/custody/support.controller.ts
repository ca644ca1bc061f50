/** What a case rests on beside its events: sources, consent, notes, verification. */
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { CaseParams } from '../record/case.dto.js';
import { RecordedView } from '../record/recorded.view.js';
import { RecordSourceBody } from '../record/source.dto.js';
import { RecordConsentBody, RecordNoteBody, RecordVerificationBody } from './support.dto.js';
import { SupportService } from './support.service.js';

type Recorded = Promise<Answer<RecordedView>>;

@ApiTags('What happened')
@Controller('v1/cases/:caseId')
export class SupportController {
  constructor(private readonly support: SupportService) {}

  @Post('sources')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordSource', summary: 'Record a source' })
  @ApiCreatedResponse({ type: RecordedView })
  source(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordSourceBody,
  ): Recorded {
    return this.support.recordSource(caller, retry, caseId, body);
  }

  @Post('consents')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordConsent', summary: 'Record consent, refusal or withdrawal for one use' })
  @ApiCreatedResponse({ type: RecordedView })
  consent(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordConsentBody,
  ): Recorded {
    return this.support.recordConsent(caller, retry, caseId, body);
  }

  @Post('notes')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordNote', summary: 'Write a note' })
  @ApiCreatedResponse({ type: RecordedView })
  note(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordNoteBody,
  ): Recorded {
    return this.support.recordNote(caller, retry, caseId, { ...body, privileged: false });
  }

  @Post('privileged-notes')
  @Permit('privileged:read')
  @ApiOperation({ operationId: 'recordPrivilegedNote', summary: 'Write a note that only assigned lawyers read' })
  @ApiCreatedResponse({ type: RecordedView })
  privilegedNote(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordNoteBody,
  ): Recorded {
    return this.support.recordNote(caller, retry, caseId, { ...body, privileged: true });
  }

  @Post('verifications')
  @Permit('case:verify')
  @ApiOperation({
    operationId: 'recordVerification',
    summary: 'Grade how well the case is supported; never one’s own record',
  })
  @ApiCreatedResponse({ type: RecordedView })
  verification(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordVerificationBody,
  ): Recorded {
    return this.support.recordVerification(caller, retry, caseId, body);
  }
}
