import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Answer } from '../platform/answer.js';
import { ApiPage } from '../platform/openapi-types.js';
import { Id } from '../platform/validation/fields.js';
import { Caller, Permit, StepUp } from './decorators.js';
import { CreatedServiceTokenView, CreateServiceTokenBody, ServiceTokenView } from './service-tokens.dto.js';
import { ServiceTokensService } from './service-tokens.service.js';

class TokenParams {
  @Id()
  tokenId!: string;
}

@ApiTags('Signing in')
@Controller('v1/service-tokens')
export class ServiceTokensController {
  constructor(private readonly tokens: ServiceTokensService) {}

  @Post()
  @Permit('self:read')
  @StepUp()
  @ApiOperation({ operationId: 'createServiceToken', summary: 'A token for a program, shown once' })
  @ApiCreatedResponse({ type: CreatedServiceTokenView })
  create(@Caller() caller: CallerType, @Body() body: CreateServiceTokenBody): Promise<Answer<CreatedServiceTokenView>> {
    return this.tokens.create(caller, body);
  }

  @Get()
  @Permit('self:read')
  @ApiOperation({
    operationId: 'listServiceTokens',
    summary: 'Tokens that work: one’s own, or, for an administrator, all',
  })
  @ApiPage(ServiceTokenView)
  async list(@Caller() caller: CallerType): Promise<{ items: ServiceTokenView[]; next: null }> {
    return { items: await this.tokens.list(caller), next: null };
  }

  @Delete(':tokenId')
  @Permit('self:read')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeServiceToken', summary: 'Revoke a token, at once' })
  @ApiNoContentResponse()
  revoke(@Caller() caller: CallerType, @Param() { tokenId }: TokenParams): Promise<void> {
    return this.tokens.revoke(caller, tokenId);
  }
}
