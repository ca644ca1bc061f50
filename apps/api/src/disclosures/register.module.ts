import { Module } from '@nestjs/common';
import { NoticesModule } from '../notices/notices.module.js';
import { RecordModule } from '../record/record.module.js';
import { RegisterRepository } from './register.repository.js';
import { RegisterService } from './register.service.js';

@Module({
  imports: [NoticesModule, RecordModule],
  providers: [RegisterService, RegisterRepository],
  exports: [RegisterService, RegisterRepository],
})
export class RegisterModule {}
