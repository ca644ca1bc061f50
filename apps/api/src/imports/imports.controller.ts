import { Controller, Get, Headers, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
  ApiExtraModels,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit } from '../access/decorators.js';
import { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { attachment } from '../platform/file-name.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { PageQuery } from '../platform/paging.js';
import { Id } from '../platform/validation/fields.js';
import { ImportErrorsQuery, ImportErrorView, ImportQuery, ImportView, MappingView } from './imports.dto.js';
import { ImportsService } from './imports.service.js';
import { UploadsService } from './uploads.service.js';

class ImportParams {
  @Id()
  importId!: string;
}

@ApiTags('Imports')
@Controller('v1')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly uploads: UploadsService,
  ) {}

  @Get('mappings')
  @Permit('import:run')
  @ApiOperation({ operationId: 'listMappings', summary: 'Mapping profiles: which forms can be imported' })
  @ApiPage(MappingView)
  mappings(): { items: MappingView[]; next: null } {
    return { items: this.imports.mappingViews(), next: null };
  }

  @Post('imports')
  @Permit('import:run')
  @ApiOperation({ operationId: 'startImport', summary: 'Import a form’s export; the work goes on as a job' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ApiAcceptedResponse({ type: ImportView })
  start(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<Answer<ImportView>> {
    return this.uploads.start(caller, retry, query, request);
  }

  @Get('imports')
  @Permit('import:run')
  @ApiOperation({ operationId: 'listImports', summary: 'Imports, latest first' })
  @ApiPage(ImportView)
  list(@Caller() caller: CallerType, @Query() query: PageQuery): Promise<Page<ImportView>> {
    return this.imports.list(caller, query);
  }

  @Get('imports/:importId')
  @Permit('import:run')
  @ApiOperation({
    operationId: 'readImport',
    summary: 'One import; with `Accept: text/event-stream` its progress as events',
  })
  @ApiExtraModels(ImportView)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ImportView) } },
      'text/event-stream': { schema: { type: 'string' } },
    },
  })
  async read(
    @Caller() caller: CallerType,
    @Param() { importId }: ImportParams,
    @Headers('accept') accept: string | undefined,
  ): Promise<ImportView | Answer<Readable>> {
    if (accept?.includes('text/event-stream'))
      return new Answer(await this.imports.follow(caller, importId), {
        contentType: 'text/event-stream; charset=utf-8',
      });
    return this.imports.read(caller, importId);
  }

  @Get('imports/:importId/errors')
  @Permit('import:run')
  @ApiOperation({ operationId: 'listImportErrors', summary: 'What was refused: row, column, code and message' })
  @ApiPage(ImportErrorView, ['text/csv'])
  async errors(
    @Caller() caller: CallerType,
    @Param() { importId }: ImportParams,
    @Query() query: ImportErrorsQuery,
    @Headers('accept') accept: string | undefined,
  ): Promise<Page<ImportErrorView> | Answer<Readable>> {
    if (query.format === 'csv' || (query.format === undefined && accept?.startsWith('text/csv'))) {
      return new Answer(await this.imports.errorsCsv(caller, importId, query.language ?? 'en'), {
        contentType: 'text/csv; charset=utf-8',
        disposition: attachment('import-errors.csv'),
      });
    }
    return this.imports.errors(caller, importId, query);
  }

  @Post('imports/:importId/cancellation')
  @Permit('import:run')
  @ApiOperation({ operationId: 'cancelImport', summary: 'Stop an import; whole batches that were recorded stay' })
  @ApiAcceptedResponse({ type: ImportView })
  cancel(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { importId }: ImportParams,
  ): Promise<Answer<ImportView>> {
    return this.imports.cancel(caller, retry, importId);
  }

  @Post('imports/:importId/resumption')
  @Permit('import:run')
  @ApiOperation({ operationId: 'resumeImport', summary: 'Go on with an import that was cancelled or failed' })
  @ApiAcceptedResponse({ type: ImportView })
  resume(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { importId }: ImportParams,
  ): Promise<Answer<ImportView>> {
    return this.imports.resume(caller, retry, importId);
  }
}
