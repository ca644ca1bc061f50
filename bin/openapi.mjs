/** `node bin/openapi.mjs [--check]`: writes the OpenAPI document, or says whether the written one is still right. */
import { command } from './lib/command.mjs';
import { runProgram } from './lib/program.mjs';
import { prepare } from './prepare.mjs';

await command(async () => {
  await prepare({ log: 'openapi' });
  return runProgram('apps/api/src/openapi', { args: process.argv.slice(2) });
});
