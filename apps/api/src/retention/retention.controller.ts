/** How long a closed case is kept, what holds it, who decides about erasing it, and which dangers must be looked at again. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { PageQuery } from '../platform/paging.js';
import { CaseParams } from '../record/case.dto.js';
import { RecordedView } from '../record/recorded.view.js';
import { ErasureProposalsService } from './erasure-proposals.service.js';
import { ErasureRequestsService } from './erasure-requests.service.js';
import { HoldsService } from './holds.service.js';
import {
  DecideErasureBody,
  EraseCaseBody,
  ErasureDecisionView,
  ErasureRequestView,
  ErasureView,
  HoldParams,
  HoldView,
  PlaceHoldBody,
  ProposalParams,
  ProposalsQuery,
  ProposalView,
  ReleaseHoldBody,
  RequestParams,
  RequestsQuery,
  RetentionView,
  ReviewRiskBody,
  ReviewView,
  SetRetentionBody,
  WithdrawErasureBody,
} from './retention.dto.js';
import { ReviewsService } from './reviews.service.js';

@ApiTags('Retention')
@Controller('v1')
export class RetentionController {
  constructor(
    private readonly holds: HoldsService,
    private readonly proposals: ErasureProposalsService,
    private readonly requests: ErasureRequestsService,
    private readonly reviews: ReviewsService,
  ) {}

  @Get('cases/:caseId/retention')
  @Permit('retention:manage')
  @ApiOperation({ operationId: 'readRetention', summary: 'How long the case is kept, and what holds it' })
  @ApiOkResponse({ type: RetentionView })
  retention(@Caller() caller: CallerType, @Param() { caseId }: CaseParams): Promise<RetentionView> {
    return this.holds.read(caller, caseId);
  }

  @Post('cases/:caseId/retention')
  @Permit('retention:manage')
  @ApiOperation({ operationId: 'setRetention', summary: 'Say how long the case is kept after it was closed' })
  @ApiCreatedResponse({ type: RetentionView })
  setRetention(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: SetRetentionBody,
  ): Promise<Answer<RetentionView>> {
    return this.holds.setClass(caller, retry, caseId, body);
  }

  @Post('cases/:caseId/holds')
  @Permit('retention:manage')
  @ApiOperation({ operationId: 'placeHold', summary: 'Hold the case: nothing of it is erased' })
  @ApiCreatedResponse({ type: HoldView })
  placeHold(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: PlaceHoldBody,
  ): Promise<Answer<HoldView>> {
    return this.holds.place(caller, retry, caseId, body);
  }

  @Post('cases/:caseId/holds/:holdId/release')
  @Permit('retention:manage')
  @StepUp()
  @ApiOperation({
    operationId: 'releaseHold',
    summary: 'Ask for the release of a hold; a second person who asks the same releases it',
  })
  @ApiCreatedResponse({ type: HoldView })
  releaseHold(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId, holdId }: HoldParams,
    @Body() body: ReleaseHoldBody,
  ): Promise<Answer<HoldView>> {
    return this.holds.release(caller, retry, caseId, holdId, body);
  }

  @Get('erasure-proposals')
  @Permit('retention:manage')
  @ApiOperation({ operationId: 'listErasureProposals', summary: 'Closed cases whose time is over, longest due first' })
  @ApiPage(ProposalView)
  listProposals(@Caller() caller: CallerType, @Query() query: ProposalsQuery): Promise<Page<ProposalView>> {
    return this.proposals.list(caller, query);
  }

  @Post('erasure-proposals/:proposalId/decision')
  @Permit('retention:manage')
  @StepUp()
  @ApiOperation({ operationId: 'decideErasure', summary: 'Ask that the case is erased, or keep it' })
  @ApiCreatedResponse({ type: ErasureDecisionView })
  decide(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { proposalId }: ProposalParams,
    @Body() body: DecideErasureBody,
  ): Promise<Answer<ErasureDecisionView>> {
    return this.proposals.decide(caller, retry, proposalId, body);
  }

  @Post('cases/:caseId/erasure-requests')
  @Permit('case:erase')
  @StepUp()
  @ApiOperation({
    operationId: 'askErasure',
    summary: 'Ask that the keys of a person are destroyed; another coordinator confirms it within 14 days',
  })
  @ApiCreatedResponse({ type: ErasureRequestView })
  askErasure(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: EraseCaseBody,
  ): Promise<Answer<ErasureRequestView>> {
    return this.requests.ask(caller, retry, caseId, body);
  }

  @Get('erasure-requests')
  @Permit('case:erase')
  @ApiOperation({ operationId: 'listErasureRequests', summary: 'Requests for erasure, which ends first' })
  @ApiPage(ErasureRequestView)
  listRequests(@Caller() caller: CallerType, @Query() query: RequestsQuery): Promise<Page<ErasureRequestView>> {
    return this.requests.list(caller, query);
  }

  @Post('erasure-requests/:requestId/confirmation')
  @Permit('case:erase')
  @StepUp()
  @ApiOperation({
    operationId: 'confirmErasure',
    summary:
      'Destroy the keys of a person, as somebody else asked: names and testimony are gone for ever, figures stay as they are',
  })
  @ApiCreatedResponse({ type: ErasureView })
  confirmErasure(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { requestId }: RequestParams,
    @Body() body: EraseCaseBody,
  ): Promise<Answer<ErasureView>> {
    return this.requests.confirm(caller, retry, requestId, body);
  }

  @Post('erasure-requests/:requestId/withdrawal')
  @Permit('case:erase')
  @ApiOperation({ operationId: 'withdrawErasure', summary: 'Take a request for erasure back, whoever made it' })
  @ApiCreatedResponse({ type: ErasureRequestView })
  withdrawErasure(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { requestId }: RequestParams,
    @Body() body: WithdrawErasureBody,
  ): Promise<Answer<ErasureRequestView>> {
    return this.requests.withdraw(caller, retry, requestId, body);
  }

  @Post('cases/:caseId/reviews')
  @Permit('case:amend')
  @ApiOperation({ operationId: 'reviewRisk', summary: 'Judge the danger, and say when somebody looks again' })
  @ApiCreatedResponse({ type: RecordedView })
  review(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: ReviewRiskBody,
  ): Promise<Answer<RecordedView>> {
    return this.reviews.record(caller, retry, caseId, body);
  }

  @Get('reviews')
  @Permit('case:read')
  @ApiOperation({ operationId: 'listOverdueReviews', summary: 'Cases whose danger was to be looked at again by now' })
  @ApiPage(ReviewView)
  overdue(@Caller() caller: CallerType, @Query() query: PageQuery): Promise<Page<ReviewView>> {
    return this.reviews.overdue(caller, query);
  }
}
