import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { Clock } from '../platform/clock.js';
import type { Keys } from '../platform/config.js';
import { KEYS } from '../platform/provided.js';
import { RecordModule } from '../record/record.module.js';
import { Catalogue } from '../reference/catalogue.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { BlindNameIndex } from './blind-name-index.service.js';
import { MemoryNameIndex } from './memory-name-index.service.js';
import { NameIndex } from './name-index.service.js';
import { NameNews } from './name-news.js';
import { NamesRepository } from './names.repository.js';
import { OneIndex } from './one-index.service.js';
import { StoredKeysService } from './stored-keys.service.js';

/** How people are found by name, and files that may be of one person; it has no routes of its own. */
@Module({
  imports: [JobsModule, RecordModule, ReferenceModule],
  providers: [
    NameNews,
    NamesRepository,
    OneIndex,
    StoredKeysService,
    {
      provide: NameIndex,
      useFactory: (
        keys: Keys,
        clock: Clock,
        names: NamesRepository,
        catalogue: Catalogue,
        news: NameNews,
      ): NameIndex =>
        keys.match === null
          ? new MemoryNameIndex(clock, names, catalogue, news)
          : new BlindNameIndex(names, keys.match),
      inject: [KEYS, Clock, NamesRepository, Catalogue, NameNews],
    },
  ],
  exports: [NameIndex],
})
export class NamesModule {}
