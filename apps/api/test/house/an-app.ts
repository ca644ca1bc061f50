/** The application as it runs, without a database: enough to ask which routes it has and what they declare. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '#lib/database';
import { readConfig, type Config } from '../../src/platform/config.js';
import { createApp } from '../../src/service.js';
import { ROOT } from './source-tree.js';

export interface AnApp {
  readonly app: NestFastifyApplication;
  readonly config: Readonly<Config>;
  readonly stop: () => Promise<void>;
}

/** Puts the application together. Nothing connects until it is used, so an address that leads nowhere will do. */
export async function anApp(): Promise<AnApp> {
  const folder = mkdtempSync(join(tmpdir(), 'amparo-house-'));
  const config = readConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    AMPARO_ROOT: ROOT,
    SECRET_FILE: join(folder, 'secret.key'),
    LOG_LEVEL: 'silent',
    WORKER: 'false',
  });
  const app = await createApp(config);
  return {
    app,
    config,
    async stop() {
      await app.close();
      await app.get(Database).close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
