import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller as CallerType } from '#lib/access';
import { Id } from '../platform/validation/fields.js';
import { ApiPage } from '../platform/openapi-types.js';
import { Caller, Permit, Public, WhileEnrolling } from './decorators.js';
import { deviceCookie, deviceIn } from './device.js';
import { deviceNameOf, originOf } from './request-origin.js';
import {
  DeviceView,
  MeView,
  PasskeyAnswerBody,
  PasskeyQuestionView,
  RefreshBody,
  SecondFactorBody,
  SessionView,
  SetUpBody,
  SignInBody,
  StepUpBody,
} from './sessions.dto.js';
import { SessionsService } from './sessions.service.js';
import { SignInService, type SignedIn } from './sign-in.service.js';
import { StepUpService } from './step-up.service.js';
import { SetUpService } from './set-up.service.js';
import { SignInGuard } from './sign-in.strategy.js';

/** A browser that signs out keeps nothing of this site: no cache, no storage (threat model T5). */
const FORGET_US = ['clear-site-data', '"*"'] as const;

class SessionParams {
  @Id()
  sessionId!: string;
}

@ApiTags('Signing in')
@Controller('v1')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly setUp: SetUpService,
    private readonly signingIn: SignInService,
    private readonly stepUp: StepUpService,
  ) {}

  @Post('sessions')
  @Public('Whoever signs in has no token yet.')
  @UseGuards(SignInGuard)
  @ApiOperation({ operationId: 'signIn', summary: 'Sign in' })
  @ApiBody({ type: SignInBody })
  @ApiCreatedResponse({ type: SessionView })
  signIn(
    @Req() request: FastifyRequest & { user: SignedIn; body: SignInBody },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.begin(request.user, request, reply, request.body.deviceName);
  }

  @Post('sessions/second-factor')
  @Public('The challenge that followed on the right password is the proof.')
  @ApiOperation({
    operationId: 'answerSecondFactor',
    summary: 'Answer the challenge with a code, a passkey or a recovery code',
  })
  @ApiCreatedResponse({ type: SessionView })
  async secondFactor(
    @Body() body: SecondFactorBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const { challenge, deviceName, ...given } = body;
    const user = await this.signingIn.withSecondFactor(challenge, given, originOf(request));
    return this.begin(user, request, reply, deviceName);
  }

  @Post('sessions/passkey-options')
  @Public('Whoever signs in with a passkey has no token yet.')
  @ApiOperation({ operationId: 'askForPasskey', summary: 'What a browser signs in order to sign in with a passkey' })
  @ApiCreatedResponse({ type: PasskeyQuestionView })
  passkeyOptions(@Req() request: FastifyRequest): Promise<PasskeyQuestionView> {
    return this.signingIn.passkeyQuestion(originOf(request));
  }

  @Post('sessions/passkey')
  @Public('The passkey is the proof.')
  @ApiOperation({ operationId: 'signInWithPasskey', summary: 'Sign in with a passkey and nothing else' })
  @ApiCreatedResponse({ type: SessionView })
  async signInWithPasskey(
    @Body() body: PasskeyAnswerBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const user = await this.signingIn.withPasskey(body.challenge, body.passkey, originOf(request));
    return this.begin(user, request, reply, body.deviceName);
  }

  @Post('sessions/step-up')
  @Permit('self:read')
  @WhileEnrolling()
  @HttpCode(204)
  @ApiOperation({ operationId: 'stepUp', summary: 'Prove again who one is, for acts that need a fresh proof' })
  @ApiNoContentResponse()
  async prove(@Caller() caller: CallerType, @Body() body: StepUpBody, @Req() request: FastifyRequest): Promise<void> {
    await this.stepUp.prove(caller, body, request.ip, deviceIn(request.headers.cookie));
  }

  @Post('sessions/refresh')
  @Public('The refresh token is the proof.')
  @ApiOperation({ operationId: 'refreshSession', summary: 'Exchange a refresh token, once, for new tokens' })
  @ApiCreatedResponse({ type: SessionView })
  refresh(@Body() body: RefreshBody, @Req() request: FastifyRequest): Promise<SessionView> {
    return this.sessions.refresh(body.refreshToken, request.id);
  }

  @Post('setup')
  @Public('The one-time code from the console is the proof; it works once, before there is any user.')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'setUp',
    summary: 'Create the organisation and its first administrator with the one-time code',
  })
  @ApiCreatedResponse({ type: SessionView })
  async createFirst(@Body() body: SetUpBody, @Req() request: FastifyRequest): Promise<SessionView> {
    return this.sessions.start(await this.setUp.createFirst(body, request.id), request.id);
  }

  @Get('sessions')
  @Permit('self:read')
  @WhileEnrolling()
  @ApiOperation({ operationId: 'listSessions', summary: 'One’s own sessions' })
  @ApiPage(DeviceView)
  async list(@Caller() caller: CallerType): Promise<{ items: DeviceView[]; next: null }> {
    return { items: await this.sessions.list(caller), next: null };
  }

  @Delete('sessions/current')
  @Permit('self:read')
  @WhileEnrolling()
  @HttpCode(204)
  @Header(...FORGET_US)
  @ApiOperation({ operationId: 'signOut', summary: 'Sign out here' })
  @ApiNoContentResponse()
  async signOut(@Caller() caller: CallerType): Promise<void> {
    await this.sessions.end(caller, caller.sessionId);
  }

  @Delete('sessions/:sessionId')
  @Permit('self:read')
  @WhileEnrolling()
  @HttpCode(204)
  @ApiOperation({ operationId: 'endSession', summary: 'End one of one’s own sessions' })
  @ApiNoContentResponse()
  async end(@Caller() caller: CallerType, @Param() { sessionId }: SessionParams): Promise<void> {
    await this.sessions.end(caller, sessionId);
  }

  @Delete('sessions')
  @Permit('self:read')
  @WhileEnrolling()
  @HttpCode(204)
  @Header(...FORGET_US)
  @ApiOperation({ operationId: 'signOutEverywhere', summary: 'Sign out everywhere' })
  @ApiNoContentResponse()
  async signOutEverywhere(@Caller() caller: CallerType): Promise<void> {
    await this.sessions.endAll(caller, caller.userId, 'signed out everywhere');
  }

  @Get('me')
  @Permit('self:read')
  @WhileEnrolling()
  @ApiOperation({ operationId: 'me', summary: 'Who one is signed in as' })
  @ApiOkResponse({ type: MeView })
  me(@Caller() caller: CallerType): Promise<MeView> {
    return this.sessions.me(caller);
  }

  /** A session for whoever has proven who they are, and the cookie by which this device is known next time. */
  private begin(
    user: SignedIn,
    request: FastifyRequest,
    reply: FastifyReply,
    deviceName: string | undefined,
  ): Promise<SessionView> {
    if (user.deviceToken !== undefined) void reply.header('set-cookie', deviceCookie(user.deviceToken));
    return this.sessions.start(user, request.id, deviceNameOf(request, deviceName));
  }
}
