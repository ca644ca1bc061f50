/** Reading as an act: a case broken open, who has looked at one, how much somebody may read. */
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { CaseParams } from '../record/case.dto.js';
import { BreakGlassService } from './break-glass.service.js';
import { ReadersService } from './readers.service.js';
import { ReadingBudgetService } from './reading-budget.service.js';
import {
  AllowanceBody,
  AllowanceView,
  BreakGlassBody,
  BreakGlassView,
  CaseReferenceParams,
  GlassParams,
  OpenGlassView,
  ReaderParams,
  ReadersQuery,
  ReaderView,
  SomebodysGlassView,
} from './reading.dto.js';

@ApiTags('Reading')
@Controller('v1')
export class ReadingController {
  constructor(
    private readonly breakGlass: BreakGlassService,
    private readonly budget: ReadingBudgetService,
    private readonly readers: ReadersService,
  ) {}

  @Post('cases/:caseId/break-glass')
  @Permit('case:break-glass')
  @StepUp()
  @ApiOperation({
    operationId: 'breakGlass',
    summary: 'Open a case of the organisation that one may not see, for some hours; a coordinator is told',
  })
  @ApiCreatedResponse({ type: BreakGlassView })
  open(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseReferenceParams,
    @Body() body: BreakGlassBody,
  ): Promise<Answer<BreakGlassView>> {
    return this.breakGlass.open(caller, retry, caseId, body);
  }

  @Get('me/break-glass')
  @Permit('case:break-glass')
  @ApiOperation({ operationId: 'listOwnBrokenGlass', summary: 'Cases that one has open by broken glass right now' })
  @ApiPage(OpenGlassView)
  async mine(@Caller() caller: CallerType): Promise<{ items: OpenGlassView[]; next: null }> {
    return { items: await this.breakGlass.mine(caller), next: null };
  }

  @Get('break-glass')
  @Permit('reading:review')
  @ApiOperation({
    operationId: 'listBrokenGlass',
    summary: 'Cases that stand open by broken glass right now: to whom, why and until when',
  })
  @ApiPage(SomebodysGlassView)
  async all(@Caller() caller: CallerType): Promise<{ items: SomebodysGlassView[]; next: null }> {
    return { items: await this.breakGlass.all(caller), next: null };
  }

  @Delete('break-glass/:glassId')
  @Permit('reading:review')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'shutBrokenGlass',
    summary: 'Shut a case that stands open to somebody, before its time',
  })
  @ApiNoContentResponse()
  shut(@Caller() caller: CallerType, @Param() { glassId }: GlassParams): Promise<void> {
    return this.breakGlass.shut(caller, glassId);
  }

  @Get('cases/:caseId/readers')
  @Permit('reading:review')
  @ApiOperation({ operationId: 'listReaders', summary: 'Who has looked at this case, when, at what and why' })
  @ApiPage(ReaderView)
  listReaders(
    @Caller() caller: CallerType,
    @Param() { caseId }: CaseParams,
    @Query() query: ReadersQuery,
  ): Promise<Page<ReaderView>> {
    return this.readers.list(caller, caseId, query);
  }

  @Post('users/:userId/reading-allowance')
  @Permit('reading:review')
  @StepUp()
  @ApiOperation({ operationId: 'raiseReadingAllowance', summary: 'Let somebody read more today; never oneself' })
  @ApiCreatedResponse({ type: AllowanceView })
  allow(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { userId }: ReaderParams,
    @Body() body: AllowanceBody,
  ): Promise<Answer<AllowanceView>> {
    return this.budget.allow(caller, retry, userId, body);
  }
}
