/**
 * `npm run check`: everything that can be said about the source without its tests. The same list runs in CI.
 *   -- --only <step>   one step      -- --sizes   how long files and functions are, beside our models
 */
import { parseArgs } from 'node:util';
import { command } from './lib/command.mjs';
import { run } from './lib/process.mjs';
import { Plain, inRoot, root } from './lib/project.mjs';
import { prepare } from './prepare.mjs';

const tool = (file, ...args) => [inRoot('node_modules', file), ...args];
const ours = (file, ...args) => [inRoot('bin', file), ...args];

const steps = {
  format: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  lint: tool('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  types: tool('typescript/bin/tsc', '--noEmit', '--pretty', 'false', '--project', 'tsconfig.json'),
  boundaries: tool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'apps',
    'libs',
  ),
  house: ours('test.mjs', 'apps/api/test/house', '--verbose=false'),
  openapi: ours('openapi.mjs', '--check'),
  migrations: ours('migration.mjs', 'check'),
};

await command(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, sizes: { type: 'boolean' } } });
  await prepare({ log: 'check', build: false });
  if (values.sizes) return (await import('./lib/sizes.mjs')).printSizes();

  const chosen = values.only ?? Object.keys(steps);
  const unknown = chosen.filter((name) => !(name in steps));
  if (unknown.length > 0)
    throw new Plain(`There is no step ${unknown.join(', ')}. Steps: ${Object.keys(steps).join(', ')}`);

  const failed = [];
  for (const name of chosen) {
    const began = Date.now();
    const { code, output } = await run(process.execPath, steps[name], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    console.log(
      `${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(11)} ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
    if (code === 0) continue;
    failed.push(name);
    console.log(output.trim().replace(/^/gm, '        '));
  }
  console.log(
    failed.length === 0
      ? `All ${chosen.length} steps passed.`
      : `${failed.length} of ${chosen.length} steps failed: ${failed.join(', ')}`,
  );
  return failed.length === 0 ? 0 : 1;
});
