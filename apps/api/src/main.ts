/** Door 1: HTTP, with the worker beside it. */
import 'reflect-metadata';
import { startService } from './service.js';
import { readConfig } from './platform/config.js';
import { tellCrashesWithoutWords } from './platform/crash.js';
import { log } from './platform/log.js';

tellCrashesWithoutWords('api');
try {
  const service = await startService(readConfig());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void service.stop().then(() => process.exit(0));
    });
  }
} catch (error) {
  log.fatal({ kind: (error as Error).constructor.name }, 'the service did not start');
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
