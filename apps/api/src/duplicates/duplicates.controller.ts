import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { PageQuery } from '../platform/paging.js';
import { Id } from '../platform/validation/fields.js';
import { DismissBody, DismissedView, DuplicatesQuery, DuplicateView, MergeBody, MergeView } from './duplicates.dto.js';
import { DuplicatesService } from './duplicates.service.js';
import { MergesService } from './merges.service.js';

class DuplicateParams {
  @Id()
  duplicateId!: string;
}
class MergeParams {
  @Id()
  mergeId!: string;
}

@ApiTags('Duplicates')
@Controller('v1')
export class DuplicatesController {
  constructor(
    private readonly duplicates: DuplicatesService,
    private readonly merges: MergesService,
  ) {}

  @Get('duplicates')
  @Permit('merge:make')
  @ApiOperation({
    operationId: 'listDuplicates',
    summary: 'Files that may be about one person, with score and reasons',
  })
  @ApiPage(DuplicateView)
  list(@Caller() caller: CallerType, @Query() query: DuplicatesQuery): Promise<Page<DuplicateView>> {
    return this.duplicates.list(caller, query);
  }

  @Post('duplicates/:duplicateId/dismissal')
  @Permit('merge:make')
  @ApiOperation({ operationId: 'dismissDuplicate', summary: 'Say that two files are of different people' })
  @ApiCreatedResponse({ type: DismissedView })
  dismiss(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { duplicateId }: DuplicateParams,
    @Body() body: DismissBody,
  ): Promise<Answer<DismissedView>> {
    return this.duplicates.dismiss(caller, retry, duplicateId, body);
  }

  @Get('merges')
  @Permit('merge:make')
  @ApiOperation({ operationId: 'listMerges', summary: 'Merges, latest first' })
  @ApiPage(MergeView)
  listMerges(@Caller() caller: CallerType, @Query() query: PageQuery): Promise<Page<MergeView>> {
    return this.merges.list(caller, query);
  }

  @Post('merges')
  @Permit('merge:make')
  @ApiOperation({ operationId: 'merge', summary: 'Join two files on one person' })
  @ApiCreatedResponse({ type: MergeView })
  merge(@Caller() caller: CallerType, @Retryable() retry: Retry, @Body() body: MergeBody): Promise<Answer<MergeView>> {
    return this.merges.merge(caller, retry, body);
  }

  @Delete('merges/:mergeId')
  @Permit('merge:make')
  @HttpCode(204)
  @ApiOperation({ operationId: 'unmerge', summary: 'Part two files again, exactly as they were' })
  @ApiNoContentResponse()
  unmerge(@Caller() caller: CallerType, @Param() { mergeId }: MergeParams): Promise<void> {
    return this.merges.unmerge(caller, mergeId);
  }
}
