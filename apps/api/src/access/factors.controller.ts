import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Id } from '../platform/validation/fields.js';
import { Caller, Permit, StepUp, WhileEnrolling } from './decorators.js';
import {
  AddedPasskeyView,
  AddPasskeyBody,
  ChangePasswordBody,
  FactorsView,
  RecoveryCodesView,
  TotpCodeBody,
  TotpEnrolmentView,
} from './factors.dto.js';
import { FactorsService } from './factors.service.js';
import { PasskeyQuestionView } from './sessions.dto.js';

class PasskeyParams {
  @Id()
  passkeyId!: string;
}

@ApiTags('Signing in')
@Controller('v1/me')
export class FactorsController {
  constructor(private readonly factors: FactorsService) {}

  @Get('factors')
  @Permit('self:read')
  @WhileEnrolling()
  @ApiOperation({ operationId: 'listFactors', summary: 'One’s own second factors' })
  @ApiOkResponse({ type: FactorsView })
  list(@Caller() caller: CallerType): Promise<FactorsView> {
    return this.factors.list(caller);
  }

  @Post('factors/totp')
  @Permit('self:read')
  @WhileEnrolling()
  @StepUp()
  @ApiOperation({ operationId: 'offerTotp', summary: 'A new secret for an authenticator app' })
  @ApiCreatedResponse({ type: TotpEnrolmentView })
  enrolTotp(@Caller() caller: CallerType): Promise<TotpEnrolmentView> {
    return this.factors.enrolTotp(caller);
  }

  @Post('factors/totp/confirmation')
  @Permit('self:read')
  @WhileEnrolling()
  @StepUp()
  @ApiOperation({ operationId: 'confirmTotp', summary: 'The first code of the app; from now on it is asked for' })
  @ApiCreatedResponse({ type: RecoveryCodesView })
  confirmTotp(@Caller() caller: CallerType, @Body() body: TotpCodeBody): Promise<RecoveryCodesView> {
    return this.factors.confirmTotp(caller, body.code);
  }

  @Delete('factors/totp')
  @Permit('self:read')
  @StepUp()
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeTotp', summary: 'Remove the authenticator app' })
  @ApiNoContentResponse()
  removeTotp(@Caller() caller: CallerType): Promise<void> {
    return this.factors.removeTotp(caller);
  }

  @Post('factors/passkey-options')
  @Permit('self:read')
  @WhileEnrolling()
  @StepUp()
  @ApiOperation({ operationId: 'offerPasskey', summary: 'What a browser signs in order to make a passkey' })
  @ApiCreatedResponse({ type: PasskeyQuestionView })
  offerPasskey(@Caller() caller: CallerType): Promise<PasskeyQuestionView> {
    return this.factors.offerPasskey(caller);
  }

  @Post('factors/passkeys')
  @Permit('self:read')
  @WhileEnrolling()
  @StepUp()
  @ApiOperation({ operationId: 'addPasskey', summary: 'Add a passkey' })
  @ApiCreatedResponse({ type: AddedPasskeyView })
  addPasskey(@Caller() caller: CallerType, @Body() body: AddPasskeyBody): Promise<AddedPasskeyView> {
    return this.factors.addPasskey(caller, body);
  }

  @Delete('factors/passkeys/:passkeyId')
  @Permit('self:read')
  @StepUp()
  @HttpCode(204)
  @ApiOperation({ operationId: 'removePasskey', summary: 'Remove a passkey' })
  @ApiNoContentResponse()
  removePasskey(@Caller() caller: CallerType, @Param() { passkeyId }: PasskeyParams): Promise<void> {
    return this.factors.removePasskey(caller, passkeyId);
  }

  @Post('factors/recovery-codes')
  @Permit('self:read')
  @StepUp()
  @ApiOperation({ operationId: 'newRecoveryCodes', summary: 'Ten new recovery codes; the earlier ones stop working' })
  @ApiCreatedResponse({ type: RecoveryCodesView })
  newCodes(@Caller() caller: CallerType): Promise<RecoveryCodesView> {
    return this.factors.newCodes(caller);
  }

  @Put('password')
  @Permit('self:read')
  @WhileEnrolling()
  @StepUp()
  @HttpCode(204)
  @ApiOperation({ operationId: 'changePassword', summary: 'Change one’s own password; other sessions end' })
  @ApiNoContentResponse()
  changePassword(@Caller() caller: CallerType, @Body() body: ChangePasswordBody): Promise<void> {
    return this.factors.changePassword(caller, body.present, body.next);
  }
}
