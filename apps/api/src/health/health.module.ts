import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthRepository } from './health.repository.js';
import { SecurityTxtController } from './security-txt.controller.js';

@Module({ controllers: [HealthController, SecurityTxtController], providers: [HealthRepository] })
export class HealthModule {}
