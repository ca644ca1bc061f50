/** What `npm start` and `npm run demo` share: one database, one API, one of them per folder. */
import { startApi } from './api.mjs';
import { onClose } from './command.mjs';
import { openDatabase } from './database.mjs';
import { holder, tryLock } from './lock.mjs';
import { freePort } from './postgres-server.mjs';
import { terminate } from './process.mjs';
import { Plain, inVar, makeVar, say } from './project.mjs';
import { prepare } from '../prepare.mjs';

/** → `{ baseUrl, databaseUrl(), ended }`; `ended` resolves with the exit code when the API stopped by itself. */
export async function serve({ name, fresh = false, quiet = false, env = {} }) {
  const lock = await beTheOnly(name);
  await prepare({ log: name });
  const database = await openDatabase({ fresh });
  const host = process.env.HOST || '127.0.0.1';
  const port = await choosePort(host);
  const baseUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host}:${port}`;
  lock.describe({ baseUrl });
  const api = await startApi({
    env: () => ({
      NODE_ENV: 'production',
      ...env,
      ...given(),
      DATABASE_URL: database.url(),
      PORT: String(port),
      HOST: host,
    }),
    baseUrl,
    quiet,
    onStart: (process) => lock.describe({ api: process }),
  });
  database.onMove(() => {
    say('Postgres has moved to another port: starting the API again');
    api.restart();
  });
  return { baseUrl, databaseUrl: database.url, ended: api.ended };
}

/** What the caller set wins over our defaults. */
const given = () => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

/** One server per folder: two would share the database and the build. */
export async function beTheOnly(name) {
  makeVar();
  const file = inVar('serve.lock');
  const lock = tryLock(file, { name });
  if (!lock) {
    const { pid, baseUrl, name: other } = holder(file) ?? {};
    const where = baseUrl ? `at ${baseUrl}` : 'and is still starting';
    throw new Plain(
      `Amparo already runs in this folder (npm run ${other}, process ${pid}) ${where}. Stop that first: Ctrl-C there, or kill ${pid}.`,
    );
  }
  onClose(lock.release);
  // An API whose command was killed ends by itself; one that hangs would still hold the port.
  if (lock.before?.api) await terminate(lock.before.api, 5_000);
  return lock;
}

async function choosePort(host) {
  const wanted = process.env.PORT;
  if (wanted) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Plain(`PORT is ${wanted}, which is no port number.`);
    const found = await freePort(port, host);
    if (found === undefined) throw new Plain(`Port ${port} is taken (or may not be used): choose another PORT.`);
    return found;
  }
  for (let port = 3000; port < 3100; port++) {
    if ((await freePort(port, host)) === undefined) continue;
    if (port !== 3000) say(`Port 3000 is taken: using ${port}`);
    return port;
  }
  throw new Plain('Ports 3000 to 3099 are all taken: set PORT.');
}
