/** What leaves the house with a case file: for a purpose, by consent, on record. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { PURPOSES } from '#lib/consent';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { CaseParams } from '../record/case.dto.js';
import { DecidedView, DisclosureParams, DisclosureView, ExportCaseBody, PurposeView } from './disclosures.dto.js';
import { DisclosuresService } from './disclosures.service.js';

@ApiTags('Consent')
@Controller('v1')
export class DisclosuresController {
  constructor(private readonly disclosures: DisclosuresService) {}

  @Get('purposes')
  @Permit('case:export')
  @ApiOperation({ operationId: 'listPurposes', summary: 'The ways out, and the consent that each needs' })
  @ApiPage(PurposeView)
  purposes(): { items: PurposeView[]; next: null } {
    const items = PURPOSES.map(({ code, en, es, needs, namesBy }) => ({ code, en, es, needs, namesBy }));
    return { items, next: null };
  }

  @Post('cases/:caseId/export')
  @Permit('case:export')
  @StepUp()
  @ApiOperation({
    operationId: 'exportCase',
    summary: 'Decide that a case file leaves for a purpose; refused with the consents that are missing',
  })
  @ApiCreatedResponse({ type: DecidedView })
  decide(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: ExportCaseBody,
  ): Promise<Answer<DecidedView>> {
    return this.disclosures.decide(caller, retry, caseId, body);
  }

  @Get('cases/:caseId/disclosures')
  @Permit('case:export')
  @ApiOperation({ operationId: 'listDisclosures', summary: 'What has left of this case, latest first' })
  @ApiPage(DisclosureView)
  async list(
    @Caller() caller: CallerType,
    @Param() { caseId }: CaseParams,
  ): Promise<{ items: DisclosureView[]; next: null }> {
    return { items: await this.disclosures.list(caller, caseId), next: null };
  }

  @Get('cases/:caseId/disclosures/:disclosureId/file')
  @Permit('case:export')
  @StepUp()
  @ApiOperation({ operationId: 'takeDisclosure', summary: 'The file that leaves; consent is looked at again' })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  take(@Caller() caller: CallerType, @Param() { caseId, disclosureId }: DisclosureParams): Promise<Answer<string>> {
    return this.disclosures.take(caller, caseId, disclosureId);
  }
}
