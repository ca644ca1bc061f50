import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { PageQuery } from '../platform/paging.js';
import { Id } from '../platform/validation/fields.js';
import { DocumentParams, PrepareReportBody, ReportView } from './reports.dto.js';
import { ReportsService } from './reports.service.js';

class ReportParams {
  @Id()
  reportId!: string;
}

@ApiTags('Reports')
@Controller('v1')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Post('reports')
  @Permit('report:prepare')
  @ApiOperation({
    operationId: 'prepareReport',
    summary: 'Prepare a report from exact figures, for internal use; the work goes on as a job',
  })
  @ApiAcceptedResponse({ type: ReportView })
  prepare(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Body() body: PrepareReportBody,
  ): Promise<Answer<ReportView>> {
    return this.reports.prepare(caller, retry, body);
  }

  @Get('reports')
  @Permit('report:read')
  @ApiOperation({ operationId: 'listReports', summary: 'Reports one may read, latest first' })
  @ApiPage(ReportView)
  list(@Caller() caller: CallerType, @Query() query: PageQuery): Promise<Page<ReportView>> {
    return this.reports.list(caller, query);
  }

  @Get('reports/:reportId')
  @Permit('report:read')
  @ApiOperation({ operationId: 'readReport', summary: 'One report and how far it is' })
  @ApiOkResponse({ type: ReportView })
  read(@Caller() caller: CallerType, @Param() { reportId }: ReportParams): Promise<ReportView> {
    return this.reports.read(caller, reportId);
  }

  @Get('reports/:reportId/:document')
  @Permit('report:read')
  @StepUp()
  @ApiOperation({ operationId: 'downloadReport', summary: 'The document as HTML, Markdown or JSON' })
  @ApiOkResponse({
    content: {
      'text/html': { schema: { type: 'string' } },
      'text/markdown': { schema: { type: 'string' } },
      'application/json': { schema: { type: 'object' } },
    },
  })
  document(@Caller() caller: CallerType, @Param() { reportId, document }: DocumentParams): Promise<Answer<string>> {
    return this.reports.document(caller, reportId, document);
  }
}
