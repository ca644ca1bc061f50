import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { OfficesRepository } from './offices.repository.js';
import { OperatorService } from './operator.service.js';
import { UsersRepository } from './users.repository.js';

@Module({
  imports: [AccessModule],
  controllers: [AccountsController],
  providers: [AccountsService, OfficesRepository, OperatorService, UsersRepository],
  exports: [AccountsService, OperatorService],
})
export class AccountsModule {}
