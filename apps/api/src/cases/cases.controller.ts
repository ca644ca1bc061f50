import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, ProvenByStatement, StepUp } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { Id } from '../platform/validation/fields.js';
import { requiredVersion } from '../platform/versions.js';
import { CaseParams, OpenCaseBody } from '../record/case.dto.js';
import { RecordedView } from '../record/recorded.view.js';
import { AmendmentsService } from './amendments.service.js';
import { AssignBody, AssigneeView } from './assignments.dto.js';
import { AssignmentsService } from './assignments.service.js';
import { CaseItemView, CaseView, CreatedCaseView } from './case.view.js';
import { AmendCaseBody, ListCasesQuery } from './cases.dto.js';
import { CasesService } from './cases.service.js';

class AssignmentParams extends CaseParams {
  @Id()
  assignmentId!: string;
}

@ApiTags('Cases')
@Controller('v1')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly amendments: AmendmentsService,
    private readonly assignments: AssignmentsService,
  ) {}

  @Post('cases')
  @Permit('case:record')
  @ProvenByStatement()
  @ApiOperation({
    operationId: 'openCase',
    summary: 'Record a case: a person, an arrest, who tells it and what they consent to',
  })
  @ApiCreatedResponse({ type: CreatedCaseView })
  open(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Body() body: OpenCaseBody,
  ): Promise<Answer<CreatedCaseView>> {
    return this.cases.open(caller, retry, body);
  }

  @Get('cases')
  @Permit('case:read')
  @ProvenByStatement()
  @ApiOperation({ operationId: 'listCases', summary: 'Cases one may see, latest arrest first' })
  @ApiPage(CaseItemView)
  list(@Caller() caller: CallerType, @Query() query: ListCasesQuery): Promise<Page<CaseItemView>> {
    return this.cases.list(caller, query);
  }

  @Get('cases/:caseId')
  @Permit('case:read')
  @ProvenByStatement()
  @StepUp('to-unmask')
  @ApiOperation({ operationId: 'readCase', summary: 'One case' })
  @ApiOkResponse({ type: CaseView })
  read(@Caller() caller: CallerType, @Param() { caseId }: CaseParams): Promise<Answer<Buffer>> {
    return this.cases.read(caller, caseId);
  }

  @Patch('cases/:caseId')
  @Permit('case:amend')
  @ApiOperation({
    operationId: 'amendCase',
    summary: 'Correct master data by JSON merge patch; earlier values stay in the record',
  })
  @ApiOkResponse({ type: CaseView })
  amend(
    @Caller() caller: CallerType,
    @Param() { caseId }: CaseParams,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: AmendCaseBody,
  ): Promise<Answer<Buffer>> {
    return this.amendments.amend(caller, caseId, requiredVersion(ifMatch), body);
  }

  @Get('assignees')
  @Permit('assignment:make')
  @ApiOperation({ operationId: 'listAssignees', summary: 'People who can be assigned to cases' })
  @ApiPage(AssigneeView)
  async assignees(@Caller() caller: CallerType): Promise<{ items: AssigneeView[]; next: null }> {
    return { items: await this.assignments.assignees(caller), next: null };
  }

  @Post('cases/:caseId/assignments')
  @Permit('assignment:make')
  @StepUp()
  @ApiOperation({ operationId: 'assign', summary: 'Assign somebody to a case' })
  @ApiCreatedResponse({ type: RecordedView })
  assign(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: AssignBody,
  ): Promise<Answer<RecordedView>> {
    return this.assignments.assign(caller, retry, caseId, body);
  }

  @Delete('cases/:caseId/assignments/:assignmentId')
  @Permit('assignment:make')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endAssignment', summary: 'End an assignment' })
  @ApiNoContentResponse()
  endAssignment(
    @Caller() caller: CallerType,
    @Param() { caseId, assignmentId }: AssignmentParams,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.assignments.end(caller, caseId, assignmentId, requiredVersion(ifMatch));
  }
}
