import { Module } from '@nestjs/common';
import { ReferenceModule } from '../reference/reference.module.js';
import { FiguresController } from './figures.controller.js';
import { FiguresRepository } from './figures.repository.js';
import { FiguresService } from './figures.service.js';

@Module({
  imports: [ReferenceModule],
  controllers: [FiguresController],
  providers: [FiguresService, FiguresRepository],
  exports: [FiguresService],
})
export class FiguresModule {}
