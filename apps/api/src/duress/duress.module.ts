import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';
import { DuressController } from './duress.controller.js';
import { DuressService } from './duress.service.js';
import { StandInsRepository } from './stand-ins.repository.js';

@Module({
  imports: [AccessModule],
  controllers: [DuressController],
  providers: [AlertsRepository, AlertsService, DuressService, StandInsRepository],
  exports: [AlertsService],
})
export class DuressModule {}
