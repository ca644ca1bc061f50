import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import { Answer } from '../platform/answer.js';
import type { Page } from '../platform/cursor.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { ApiPage } from '../platform/openapi-types.js';
import { PageQuery } from '../platform/paging.js';
import { Id } from '../platform/validation/fields.js';
import { requiredVersion } from '../platform/versions.js';
import {
  AmendOfficeBody,
  AmendUserBody,
  CreateOfficeBody,
  CreateUserBody,
  EndedView,
  OfficeView,
  UserView,
} from './accounts.dto.js';
import { AccountsService } from './accounts.service.js';

class UserParams {
  @Id()
  userId!: string;
}
class OfficeParams {
  @Id()
  officeId!: string;
}

@ApiTags('People and offices')
@Controller('v1')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get('users')
  @Permit('user:manage')
  @ApiOperation({ operationId: 'listUsers', summary: 'People of the organisation' })
  @ApiPage(UserView)
  listUsers(@Caller() caller: CallerType, @Query() query: PageQuery): Promise<Page<UserView>> {
    return this.accounts.listUsers(caller, query);
  }

  @Post('users')
  @Permit('user:manage')
  @StepUp()
  @ApiOperation({ operationId: 'createUser', summary: 'Create a person’s account' })
  @ApiCreatedResponse({ type: UserView })
  createUser(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Body() body: CreateUserBody,
  ): Promise<Answer<UserView>> {
    return this.accounts.createUser(caller, retry, body);
  }

  @Get('users/:userId')
  @Permit('user:manage')
  @ApiOperation({ operationId: 'readUser', summary: 'One account' })
  @ApiOkResponse({ type: UserView })
  user(@Caller() caller: CallerType, @Param() { userId }: UserParams): Promise<Answer<UserView>> {
    return this.accounts.user(caller, userId);
  }

  @Patch('users/:userId')
  @Permit('user:manage')
  @StepUp()
  @ApiOperation({ operationId: 'amendUser', summary: 'Change roles, office or name; disable an account' })
  @ApiOkResponse({ type: UserView })
  amendUser(
    @Caller() caller: CallerType,
    @Param() { userId }: UserParams,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: AmendUserBody,
  ): Promise<Answer<UserView>> {
    return this.accounts.amendUser(caller, userId, requiredVersion(ifMatch), body);
  }

  @Delete('users/:userId/sessions')
  @Permit('user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endUserSessions', summary: 'Sign somebody out everywhere' })
  @ApiNoContentResponse()
  endSessions(@Caller() caller: CallerType, @Param() { userId }: UserParams): Promise<void> {
    return this.accounts.endSessions(caller, userId);
  }

  @Get('offices')
  @Permit('user:manage')
  @ApiOperation({ operationId: 'listOffices', summary: 'Offices of the organisation' })
  @ApiPage(OfficeView)
  listOffices(@Caller() caller: CallerType, @Query() query: PageQuery): Promise<Page<OfficeView>> {
    return this.accounts.listOffices(caller, query);
  }

  @Post('offices')
  @Permit('user:manage')
  @StepUp()
  @ApiOperation({ operationId: 'createOffice', summary: 'Open an office' })
  @ApiCreatedResponse({ type: OfficeView })
  createOffice(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Body() body: CreateOfficeBody,
  ): Promise<Answer<OfficeView>> {
    return this.accounts.createOffice(caller, retry, body);
  }

  @Get('offices/:officeId')
  @Permit('user:manage')
  @ApiOperation({ operationId: 'readOffice', summary: 'One office' })
  @ApiOkResponse({ type: OfficeView })
  office(@Caller() caller: CallerType, @Param() { officeId }: OfficeParams): Promise<Answer<OfficeView>> {
    return this.accounts.office(caller, officeId);
  }

  @Post('offices/:officeId/revocation')
  @Permit('user:manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'revokeOffice',
    summary: 'Close an office and end every session and token of its people, at once',
  })
  @ApiOkResponse({ type: EndedView })
  revokeOffice(@Caller() caller: CallerType, @Param() { officeId }: OfficeParams): Promise<EndedView> {
    return this.accounts.revokeOffice(caller, officeId);
  }

  @Post('revocation')
  @Permit('user:manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'revokeEverybody',
    summary: 'End every session and token of everybody in the organisation, at once; one’s own too',
  })
  @ApiOkResponse({ type: EndedView })
  revokeEverybody(@Caller() caller: CallerType): Promise<EndedView> {
    return this.accounts.revokeEverybody(caller);
  }

  @Patch('offices/:officeId')
  @Permit('user:manage')
  @StepUp()
  @ApiOperation({ operationId: 'amendOffice', summary: 'Rename or close an office' })
  @ApiOkResponse({ type: OfficeView })
  amendOffice(
    @Caller() caller: CallerType,
    @Param() { officeId }: OfficeParams,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: AmendOfficeBody,
  ): Promise<Answer<OfficeView>> {
    return this.accounts.amendOffice(caller, officeId, requiredVersion(ifMatch), body);
  }
}
