import { Body, Controller, Delete, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller as CallerType } from '#lib/access';
import { check } from '../platform/validation/fields.js';
import { Caller, Permit, Public, StepUp } from './decorators.js';
import { deviceCookie } from './device.js';
import { ChallengeText, DeviceName } from './factor-fields.js';
import { OidcService } from './oidc.service.js';
import { deviceNameOf, originOf } from './request-origin.js';
import { SessionView } from './sessions.dto.js';
import { SessionsService } from './sessions.service.js';

class OidcCodeBody {
  @ChallengeText({ description: 'The challenge of the question; the provider gives it back as `state`.' })
  challenge!: string;

  @check('code.malformed', 'This must be text.', (value) => typeof value === 'string' && value.length <= 2_000)
  @ApiProperty({ type: 'string', maxLength: 2_000, description: 'The code that the provider sent.' })
  code!: string;
}

class OidcSignInBody extends OidcCodeBody {
  @DeviceName()
  deviceName?: string;
}

class OidcQuestionView {
  @ApiProperty({ type: 'string', description: 'Comes back with the code, once, within five minutes.' })
  challenge!: string;

  @ApiProperty({ type: 'string', description: 'Where to send the browser.' })
  url!: string;
}

@ApiTags('Signing in')
@Controller('v1')
export class OidcController {
  constructor(
    private readonly oidc: OidcService,
    private readonly sessions: SessionsService,
  ) {}

  @Post('sessions/oidc-options')
  @Public('Whoever signs in through a provider has no token yet.')
  @ApiOperation({ operationId: 'askProvider', summary: 'Where to sign in at the OpenID Connect provider' })
  @ApiCreatedResponse({ type: OidcQuestionView })
  begin(): Promise<OidcQuestionView> {
    return this.oidc.begin();
  }

  @Post('sessions/oidc')
  @Public('The provider’s code is the proof.')
  @ApiOperation({ operationId: 'signInThroughProvider', summary: 'Sign in with the provider’s code' })
  @ApiCreatedResponse({ type: SessionView })
  async signIn(
    @Body() body: OidcSignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const user = await this.oidc.withCode(body.challenge, body.code, originOf(request));
    if (user.deviceToken !== undefined) void reply.header('set-cookie', deviceCookie(user.deviceToken));
    return this.sessions.start(user, request.id, deviceNameOf(request, body.deviceName));
  }

  @Put('me/oidc-identity')
  @Permit('self:read')
  @StepUp()
  @HttpCode(204)
  @ApiOperation({ operationId: 'linkProvider', summary: 'Link one’s account to an identity at the provider' })
  @ApiNoContentResponse()
  link(@Caller() caller: CallerType, @Body() body: OidcCodeBody): Promise<void> {
    return this.oidc.link(caller, body.challenge, body.code);
  }

  @Delete('me/oidc-identity')
  @Permit('self:read')
  @StepUp()
  @HttpCode(204)
  @ApiOperation({ operationId: 'unlinkProvider', summary: 'Take the links to the provider away' })
  @ApiNoContentResponse()
  unlink(@Caller() caller: CallerType): Promise<void> {
    return this.oidc.unlink(caller);
  }
}
