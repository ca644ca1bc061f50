import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { Id } from '../platform/validation/fields.js';
import { AcknowledgedView, NoticesQuery, NoticeView } from './notices.dto.js';
import { NoticesService } from './notices.service.js';

class NoticeParams {
  @Id()
  noticeId!: string;
}

@ApiTags('Reading')
@Controller('v1/notices')
export class NoticesController {
  constructor(private readonly notices: NoticesService) {}

  @Get()
  @Permit('notice:read')
  @ApiOperation({ operationId: 'listNotices', summary: 'What a second person must be told, latest first' })
  @ApiPage(NoticeView)
  list(@Caller() caller: CallerType, @Query() query: NoticesQuery): Promise<Page<NoticeView>> {
    return this.notices.list(caller, query);
  }

  @Post(':noticeId/acknowledgement')
  @Permit('reading:review')
  @ApiOperation({ operationId: 'acknowledgeNotice', summary: 'Take note of what somebody else did' })
  @ApiCreatedResponse({ type: AcknowledgedView })
  acknowledge(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { noticeId }: NoticeParams,
  ): Promise<Answer<AcknowledgedView>> {
    return this.notices.acknowledge(caller, retry, noticeId);
  }
}
