/** The database a command works with: the one in DATABASE_URL, else the built-in one. */
import { recreateDatabase, startPostgres } from '../postgres.mjs';
import { onClose } from './command.mjs';
import { Plain, inVar } from './project.mjs';

/**
 * → `{ url(), onMove(cb) }`; the address is a function because a restarted server may have another port.
 * `own`: never the one in DATABASE_URL (a benchmark fills its database).
 */
export async function openDatabase({ name = 'postgres', own = false, fresh = false } = {}) {
  const given = own ? undefined : process.env.DATABASE_URL;
  if (given) {
    if (fresh) await emptyDatabase(given);
    return { url: () => given, onMove: () => undefined };
  }
  const server = await startPostgres({ dataDir: inVar(name), logFile: inVar('log', `${name}.log`) });
  onClose(server.stop);
  server.onExit(({ restarting }) => {
    // Reaches the frame in command.mjs, which closes everything and ends with an error.
    if (!restarting)
      queueMicrotask(() => {
        throw new Plain(`Postgres does not stay up. Its log: var/log/${name}.log`);
      });
  });
  if (fresh) await recreateDatabase(server.adminUrl);
  return { url: () => server.url, onMove: (cb) => server.onExit(({ moved }) => moved && cb()) };
}

const here = new Set(['', 'localhost', '127.0.0.1', '[::1]']);

/**
 * Empties a database that somebody gave us, schema by schema, because its owner may not be allowed to create
 * databases. Only on this machine: a forgotten DATABASE_URL must not empty the server of an organisation.
 */
async function emptyDatabase(url) {
  const { hostname, pathname } = new URL(url);
  if (!here.has(hostname)) {
    throw new Plain(
      `--fresh empties a database without asking, so it does not do that to one on another machine (${hostname}${pathname}).`,
    );
  }
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error) => {
    throw new Plain(`DATABASE_URL cannot be reached: ${error.message || error.code}`);
  });
  try {
    await client.query('begin');
    const schemas = `select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
    for (const { nspname } of (await client.query(schemas)).rows) {
      await client.query(`drop schema ${client.escapeIdentifier(nspname)} cascade`);
    }
    await client.query('create schema public');
    await client.query('commit');
  } catch (error) {
    throw new Plain(`The database in DATABASE_URL cannot be emptied: ${error.message}`);
  } finally {
    await client.end();
  }
}
