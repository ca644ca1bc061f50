/** The server that tests and checks use: its data may be lost, so it need not wait for the disk. */
import { startPostgres, withAdmin } from '../postgres.mjs';
import { inVar } from './project.mjs';

export async function startTestPostgres() {
  const server = await startPostgres({
    dataDir: inVar('test-postgres'),
    logFile: inVar('log', 'test-postgres.log'),
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: 200 },
    disposable: true,
  });
  if (server.alone) await withAdmin(server.adminUrl, dropLeftovers);
  return server;
}

/** Databases of tests that were interrupted. */
async function dropLeftovers(client) {
  const { rows } = await client.query(
    `select datname from pg_database where datname not in ('postgres', 'amparo') and not datistemplate`,
  );
  for (const { datname } of rows)
    await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
}
