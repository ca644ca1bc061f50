/** The list of features; it reads as a table of contents. */
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { SignInSweepModule } from './access/sign-in-sweep.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { TrailWatchModule } from './audit/trail-watch.module.js';
import { BackupsModule } from './backups/backups.module.js';
import { CasesModule } from './cases/cases.module.js';
import { CustodyModule } from './custody/custody.module.js';
import { DisclosuresModule } from './disclosures/disclosures.module.js';
import { DuplicatesModule } from './duplicates/duplicates.module.js';
import { DuressModule } from './duress/duress.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { HealthModule } from './health/health.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { KeysModule } from './keys/keys.module.js';
import { NamesModule } from './names/names.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { AnswerInterceptor } from './platform/answer.js';
import type { Clock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import { PlatformModule } from './platform/platform.module.js';
import { ProblemFilter } from './platform/problem.filter.js';
import { bodyPipe } from './platform/validation/body.pipe.js';
import { ReadingModule } from './reading/reading.module.js';
import { ProtectionModule } from './protection/protection.module.js';
import { ReferenceModule } from './reference/reference.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { RetentionModule } from './retention/retention.module.js';

@Module({
  imports: [
    DiscoveryModule,
    KeysModule,
    AccessModule,
    SignInSweepModule,
    AccountsModule,
    ReferenceModule,
    NamesModule,
    CasesModule,
    CustodyModule,
    DuplicatesModule,
    DuressModule,
    ImportsModule,
    FiguresModule,
    ReportsModule,
    AuditModule,
    TrailWatchModule,
    NoticesModule,
    ReadingModule,
    DisclosuresModule,
    RetentionModule,
    HealthModule,
    BackupsModule,
    ProtectionModule,
  ],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    { provide: APP_PIPE, useValue: bodyPipe },
  ],
})
export class AppModule {
  static with(config: Readonly<Config>, clock?: Clock): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config, clock)] };
  }
}
