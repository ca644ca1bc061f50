import { Module } from '@nestjs/common';
import { CatalogueService } from './catalogue.service.js';
import { Catalogue } from './catalogue.js';
import { PackLoader } from './pack-loader.js';
import { PacksRepository } from './packs.repository.js';
import { ReferenceController } from './reference.controller.js';
import { ReferenceRepository } from './reference.repository.js';
import { ReferenceService } from './reference.service.js';

@Module({
  controllers: [ReferenceController],
  providers: [Catalogue, CatalogueService, PackLoader, PacksRepository, ReferenceService, ReferenceRepository],
  exports: [Catalogue, PackLoader, ReferenceService],
})
export class ReferenceModule {}
