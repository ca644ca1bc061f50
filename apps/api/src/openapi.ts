/** Door 4: writes the OpenAPI document, or says whether the committed copy still is the application's. No database needed. */
import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readConfig } from './platform/config.js';
import { createApp, documentOf } from './service.js';

const FILE = resolve('apps/api/test/golden/openapi.json');

// Nothing connects until it is used, so an address that leads nowhere is enough to build the application.
const config = readConfig({
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  SECRET_FILE: 'var/openapi.key',
  LOG_LEVEL: 'silent',
  WORKER: 'false',
});
const app = await createApp(config);
const text = `${JSON.stringify(documentOf(app, config), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const same = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
  if (!same)
    process.stderr.write(
      'apps/api/test/golden/openapi.json is not what the application says. Run: node bin/openapi.mjs, and read the difference.\n',
    );
  process.exit(same ? 0 : 1);
}
mkdirSync(dirname(FILE), { recursive: true });
writeFileSync(FILE, text);
process.stdout.write(`wrote ${FILE}\n`);
process.exit(0);
