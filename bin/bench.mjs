/**
 * `npm run bench [-- --help]`: ratios measured in one run, against a Postgres with the settings of production. It works
 * in a database of its own, `amparo_bench`, which is dropped when a run starts. Markdown goes to standard output.
 */
import { command, onClose } from './lib/command.mjs';
import { inVar } from './lib/project.mjs';
import { runProgram } from './lib/program.mjs';
import { startPostgres, withAdmin } from './postgres.mjs';
import { prepare } from './prepare.mjs';

const database = 'amparo_bench';

await command(async () => {
  await prepare({ log: 'bench' });
  // Never the one in DATABASE_URL: a benchmark throws its database away.
  const server = await startPostgres({
    dataDir: inVar('bench-postgres'),
    logFile: inVar('log', 'bench-postgres.log'),
  });
  onClose(server.stop);
  const url = new URL(server.url);
  await withAdmin(server.adminUrl, async (client) => {
    // It fills tables by COPY, which row-level security does not let through. The service works under its own logins.
    await client.query(`alter role ${url.username} bypassrls`);
    await client.query(`drop database if exists ${database} with (force)`);
    await client.query(`create database ${database} owner ${url.username}`);
  });
  url.pathname = `/${database}`;
  const given = (flag) => process.argv.includes(flag);
  const part = given('--audit') ? 'audit-main' : given('--backup') ? 'backup-main' : 'main';
  return runProgram(`apps/bench/src/${part}`, { args: process.argv.slice(2), env: { DATABASE_URL: url.href } });
});
