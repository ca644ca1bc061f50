import { Module } from '@nestjs/common';
import { FiguresModule } from '../figures/figures.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { ReportsController } from './reports.controller.js';
import { ReportsRepository } from './reports.repository.js';
import { ReportsService } from './reports.service.js';

@Module({
  imports: [FiguresModule, JobsModule, ReferenceModule],
  controllers: [ReportsController],
  providers: [ReportsService, ReportsRepository],
  exports: [ReportsService],
})
export class ReportsModule {}
