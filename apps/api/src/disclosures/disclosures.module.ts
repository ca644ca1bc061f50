import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { CustodyModule } from '../custody/custody.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { DisclosuresController } from './disclosures.controller.js';
import { DisclosuresService } from './disclosures.service.js';
import { RegisterModule } from './register.module.js';

@Module({
  imports: [CasesModule, CustodyModule, NoticesModule, ReferenceModule, RegisterModule],
  controllers: [DisclosuresController],
  providers: [DisclosuresService],
})
export class DisclosuresModule {}
