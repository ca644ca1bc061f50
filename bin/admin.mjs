/** `npm run admin -- <command>`: operator commands (apps/api/src/admin.ts), also while the server runs. */
import { command, onClose } from './lib/command.mjs';
import { openDatabase } from './lib/database.mjs';
import { runProgram } from './lib/program.mjs';
import { inVar } from './lib/project.mjs';
import { recreateDatabase, startPostgres } from './postgres.mjs';
import { prepare } from './prepare.mjs';

await command(async () => {
  const args = process.argv.slice(2);
  await prepare({ log: 'admin' });
  const onlyHelp = args.length === 0 || args.includes('--help');
  // A receipt is checked by people who have no database, and a recipient is best made on another machine.
  const offline = ['audit check-receipt', 'backup new-recipient'].includes(args.slice(0, 2).join(' '));
  // An order to end sessions is given even where no database can be had.
  const without = (error) => {
    if (args[0] !== 'sessions') throw error;
    return { url: () => 'postgres://nobody@127.0.0.1:9/none' };
  };
  const database = onlyHelp || offline ? undefined : await openDatabase().catch(without);
  const env = database ? { DATABASE_URL: database.url() } : {};
  if (!onlyHelp && args[0] === 'drill' && !args.some((arg) => arg.startsWith('--scratch')))
    args.push(`--scratch=${await scratchDatabase()}`);
  return runProgram('apps/api/src/admin', { args, env });
});

/** A second server for what a drill restores; nothing of it is left when the command ends. */
async function scratchDatabase() {
  const server = await startPostgres({
    dataDir: inVar('drill-postgres'),
    logFile: inVar('log', 'drill-postgres.log'),
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
    disposable: true,
  });
  onClose(server.stop);
  await recreateDatabase(server.adminUrl);
  onClose(() => recreateDatabase(server.adminUrl));
  return server.url;
}
