/**
 * `npm test [-- jest arguments]`: all tests on a Postgres of their own, the runner's closing lines last. Tests get
 * TEST_DATABASE_URL, a login that may create databases; a DATABASE_URL of the caller's is kept from them.
 */
import { spawn } from 'node:child_process';
import { command, onClose } from './lib/command.mjs';
import { filesBelow } from './lib/fingerprint.mjs';
import { exitOf } from './lib/program.mjs';
import { startOf, terminate } from './lib/process.mjs';
import { inRoot, root } from './lib/project.mjs';
import { startTestPostgres } from './lib/test-postgres.mjs';
import { prepare } from './prepare.mjs';

const args = process.argv.slice(2);

await command(async () => {
  await prepare({ log: 'test', build: needsBuild() });
  const env = { ...process.env };
  delete env.DATABASE_URL;
  if (!env.TEST_DATABASE_URL) {
    const server = await startTestPostgres();
    onClose(server.stop);
    env.TEST_DATABASE_URL = server.adminUrl;
  }
  // That modules in Jest are an experiment is known; every worker would say it again.
  env.NODE_OPTIONS = [env.NODE_OPTIONS, '--disable-warning=ExperimentalWarning'].filter(Boolean).join(' ');
  const workers = args.some((arg) => /^(-w|-i|--maxWorkers|--runInBand)/.test(arg)) ? [] : ['--maxWorkers=2'];
  const jest = spawn(
    process.execPath,
    ['--experimental-vm-modules', inRoot('node_modules/jest/bin/jest.js'), ...workers, ...args],
    {
      cwd: root,
      env,
      stdio: 'inherit',
    },
  );
  const who = { pid: jest.pid, start: startOf(jest.pid) };
  onClose(() => terminate(who, 5_000));
  return (await exitOf(jest)).code;
});

/** Specs named *.dist.spec.ts start the built program; all others run on the sources. */
function needsBuild() {
  const specs = filesBelow(['apps', 'libs'], (file) => file.endsWith('.dist.spec.ts'));
  const paths = args.filter((arg) => !arg.startsWith('-'));
  return specs.some((spec) => paths.length === 0 || paths.some((part) => spec.includes(part)));
}
