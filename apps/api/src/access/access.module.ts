import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { BearerStrategy } from './bearer.strategy.js';
import { Challenges } from './challenges.js';
import { ChallengesRepository } from './challenges.repository.js';
import { CommonPasswords } from './common-passwords.service.js';
import { DenyList } from './deny-list.service.js';
import { DenyOrders } from './deny-orders.service.js';
import { FactorProof } from './factor-proof.js';
import { FactorsController } from './factors.controller.js';
import { FactorsRepository } from './factors.repository.js';
import { FactorsService } from './factors.service.js';
import { OidcController } from './oidc.controller.js';
import { OidcRepository } from './oidc.repository.js';
import { OidcService } from './oidc.service.js';
import { OwnPasswordService } from './own-password.service.js';
import { PasskeysService } from './passkeys.service.js';
import { PasswordsRepository } from './passwords.repository.js';
import { PasswordsService } from './passwords.service.js';
import { ProofInterceptor } from './proof.interceptor.js';
import { RememberedCallers } from './remembered-callers.js';
import { RevocationService } from './revocation.service.js';
import { ServiceTokensController } from './service-tokens.controller.js';
import { ServiceTokensRepository } from './service-tokens.repository.js';
import { ServiceTokensService } from './service-tokens.service.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SetUpRepository } from './set-up.repository.js';
import { SetUpService } from './set-up.service.js';
import { SignInService } from './sign-in.service.js';
import { SignInStrategy } from './sign-in.strategy.js';
import { StepUpService } from './step-up.service.js';
import { SignInThrottle } from './throttle.js';
import { ThrottleRepository } from './throttle.repository.js';
import { TokenUseInterceptor } from './token-use.interceptor.js';
import { TotpService } from './totp.service.js';

@Module({
  imports: [PassportModule.register({ session: false })],
  controllers: [SessionsController, FactorsController, OidcController, ServiceTokensController],
  providers: [
    BearerStrategy,
    SignInStrategy,
    SessionsService,
    SessionsRepository,
    SetUpService,
    SetUpRepository,
    SignInService,
    StepUpService,
    FactorsService,
    FactorsRepository,
    FactorProof,
    Challenges,
    ChallengesRepository,
    CommonPasswords,
    DenyList,
    DenyOrders,
    OidcRepository,
    OidcService,
    OwnPasswordService,
    RevocationService,
    ServiceTokensService,
    ServiceTokensRepository,
    PasskeysService,
    PasswordsService,
    PasswordsRepository,
    TotpService,
    SignInThrottle,
    ThrottleRepository,
    RememberedCallers,
    AccessGuard,
    { provide: APP_GUARD, useExisting: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: ProofInterceptor },
    { provide: APP_INTERCEPTOR, useClass: TokenUseInterceptor },
  ],
  exports: [SessionsService, SetUpService, PasswordsService, CommonPasswords, OwnPasswordService, RevocationService],
})
export class AccessModule {}
