import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import { ApiPage } from '../platform/openapi-types.js';
import { CaseParams } from '../record/case.dto.js';
import { TimelineService } from './timeline.service.js';
import { TimelineEntryView } from './timeline.view.js';

@ApiTags('What happened')
@Controller('v1/cases/:caseId')
export class TimelineController {
  constructor(private readonly timeline: TimelineService) {}

  @Get('timeline')
  @Permit('case:read')
  @StepUp('to-unmask')
  @ApiOperation({
    operationId: 'readTimeline',
    summary: 'Every event in order, with source, precision and corrections',
  })
  @ApiPage(TimelineEntryView)
  async readTimeline(
    @Caller() caller: CallerType,
    @Param() { caseId }: CaseParams,
  ): Promise<{ items: TimelineEntryView[]; next: null }> {
    return { items: await this.timeline.read(caller, caseId), next: null };
  }
}
