/** What every feature needs, given once: configuration, clock, database, cursors, retries. */
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Database, DEFAULT_DATABASE_OPTIONS } from '#lib/database';
import { Clock, SystemClock } from './clock.js';
import { readKeys, type Config, type Keys } from './config.js';
import { Cursors } from './cursor.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { Idempotency } from './idempotency.js';
import { CONFIG, KEYS } from './provided.js';

@Global()
@Module({})
export class PlatformModule {
  static with(config: Readonly<Config>, clock: Clock = new SystemClock()): DynamicModule {
    const derived = readKeys(config.secretFile);
    // Where nothing is stored of names there is no key to store it with.
    const keys: Keys = config.nameIndex === 'blind' ? derived : { ...derived, match: null };
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: KEYS, useValue: keys },
        { provide: Clock, useValue: clock },
        { provide: Cursors, useFactory: (given: Keys) => new Cursors(given.cursor), inject: [KEYS] },
        {
          provide: Database,
          useFactory: () =>
            new Database({
              ...DEFAULT_DATABASE_OPTIONS,
              url: config.databaseUrl,
              connections: config.databaseConnections,
              workConnections: Math.max(3, Math.ceil(config.databaseConnections / 2)),
            }),
        },
        Idempotency,
        IdempotencyRepository,
      ],
      exports: [CONFIG, KEYS, Clock, Cursors, Database, Idempotency],
    };
  }
}
