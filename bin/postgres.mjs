/**
 * The built-in Postgres: a real server below `var/`, shared by every command that runs in this folder at the same
 * time. Whoever needs it first starts it, later ones join, the last one stops it; if everybody was killed it simply
 * goes on, and the next command takes it over. `<dataDir>.json` (mode 0600) remembers port, passwords and users.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { placeFor } from './lib/postgres-place.mjs';
import {
  ensureDataFolder,
  findServer,
  freePort,
  isRunning,
  resetPassword,
  startServer,
  stopServer,
  versionOf,
} from './lib/postgres-server.mjs';
import { withLock } from './lib/lock.mjs';
import { isAlive, self } from './lib/process.mjs';
import { Plain, giveToOwner, makeVar, say, sleep } from './lib/project.mjs';

const database = 'amparo';
const pauses = [200, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000];

/**
 * @param {{ dataDir: string, logFile: string, port?: number, settings?: Record<string, string|number>, disposable?: boolean }} options
 *   `disposable`: data that cannot be started is thrown away (tests only).
 * @returns {Promise<{ url: string, adminUrl: string, port: number, alone: boolean, stop(): Promise<void>, onExit(cb: (event: { restarting: boolean, moved?: boolean }) => void): void }>}
 *   `url`: the application's own database and login, which is no superuser; `adminUrl`: the superuser. Both can change
 *   when the server had to move to another port (`moved`).
 */
export async function startPostgres({ dataDir: wanted, logFile, port, settings: overrides = {}, disposable = false }) {
  makeVar();
  const stateFile = `${wanted}.json`;
  const waiting = (by) => say(`Waiting for process ${by?.pid}, which is starting or stopping Postgres`);
  const locked = (work) => withLock(`${wanted}.lock`, work, { waiting });
  const listeners = [];
  let server;
  let stopping = false;

  /** Joins the running server or starts one. Call it under the lock. */
  async function ensureRunning(place, state) {
    const running = findServer(place.dataDir);
    if (running) {
      if (await settled(running, state.password)) return { ...running, joined: true };
      say(`Stopping a Postgres (process ${running.pid}) that was left over and does not know our password`);
      await stopServer(running);
    }
    if (state.password === undefined) {
      state.password = newPassword();
      if (versionOf(place.dataDir) !== undefined) await resetPassword(place, state.password);
    }
    write(stateFile, state); // before initdb, so that no data folder exists whose password we forgot
    await ensureDataFolder(place, state.password);
    for (let tries = 0; ; tries++) {
      const at = await choosePort(port, tries < 2 ? state.port : undefined);
      try {
        return await startServer({ place, port: at, overrides, logFile, answers: (on) => answers(on, state.password) });
      } catch (error) {
        if (error.passwordRefused && tries === 0) await resetPassword(place, state.password);
        else if (!error.portTaken || port !== undefined || tries === 3) throw error;
      }
    }
  }

  async function join() {
    const place = placeFor(wanted);
    const state = read(stateFile);
    const others = (state.users ?? []).filter((user) => isAlive(user) && user.pid !== process.pid);
    try {
      server = await ensureRunning(place, state);
    } catch (error) {
      if (!disposable || others.length > 0 || findServer(place.dataDir)) throw error;
      say(`Starting again with empty test data, because the last could not be used: ${error.message.split('\n')[0]}`);
      rmSync(place.dataDir, { recursive: true, force: true });
      server = await ensureRunning(place, state);
    }
    state.appPassword ??= newPassword();
    Object.assign(state, { port: server.port, pid: server.pid, dataDir: place.dataDir, users: [...others, self()] });
    await ensureDatabase(server.port, state);
    write(stateFile, state);
    return { state, alone: others.length === 0 };
  }

  /** A database that dies is started again on the same port, so that the API's connection pool finds it by itself. */
  async function watch() {
    for (let failures = 0, since = Date.now(); !stopping;) {
      await sleepUnref(500);
      if (stopping || isRunning(server)) continue;
      if (Date.now() - since > 60_000) failures = 0;
      const restarting = failures < pauses.length;
      say(restarting ? 'Postgres ended unexpectedly: starting it again' : 'Postgres does not stay up: giving up');
      listeners.forEach((listener) => listener({ restarting }));
      if (!restarting) return;
      await sleepUnref(pauses[failures++]);
      since = Date.now();
      try {
        await locked(async () => {
          if (stopping) return;
          const before = server.port;
          await join();
          if (server.port !== before) listeners.forEach((listener) => listener({ restarting: true, moved: true }));
          say(`Postgres runs again (process ${server.pid}, port ${server.port})`);
        });
      } catch (error) {
        say(error.message);
      }
    }
  }

  const { state, alone } = await locked(join);
  watch();
  const address = (user, password, name) => `postgresql://${user}:${password}@127.0.0.1:${server.port}/${name}`;
  return {
    get url() {
      return address(database, state.appPassword, database);
    },
    get adminUrl() {
      return address('postgres', state.password, 'postgres');
    },
    get port() {
      return server.port;
    },
    alone,
    onExit: (listener) => listeners.push(listener),
    async stop() {
      if (stopping) return;
      stopping = true;
      await locked(async () => {
        const now = read(stateFile);
        now.users = (now.users ?? []).filter((user) => isAlive(user) && user.pid !== process.pid);
        if (now.users.length === 0) {
          const running = findServer(now.dataDir);
          if (running) await stopServer(running);
          delete now.pid;
        }
        write(stateFile, now);
      });
    },
  };
}

const newPassword = () => randomBytes(24).toString('hex');
const sleepUnref = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'EACCES') throw new Plain(`${file} belongs to another user: run this command as that user.`);
    return {}; // missing or cut off: a new password is set
  }
}

function write(file, state) {
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  giveToOwner(`${file}.new`);
  renameSync(`${file}.new`, file);
}

async function choosePort(required, remembered) {
  if (required === undefined) return (remembered && (await freePort(remembered))) ?? (await freePort());
  if (await freePort(required)) return required;
  throw new Plain(`Port ${required}, wanted for Postgres, is taken.`);
}

// ── talking to the server ───────────────────────────────────────────────────────────────────────────────────────

/** pg is loaded late, because this file is imported before `npm ci` may have run. */
async function asAdmin(port, password, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
    ssl: false,
  });
  client.on('error', () => undefined); // a server that dies under us is noticed by the watch
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function answers(port, password) {
  try {
    await asAdmin(port, password, (client) => client.query('select 1'));
    return true;
  } catch (error) {
    if (error.code === '28P01')
      throw Object.assign(new Plain('Postgres refuses our password.'), { passwordRefused: true });
    return false;
  }
}

/** True when a found server answers us. One that is starting or repairing gets time; one that refuses us does not. */
async function settled(running, password) {
  if (password === undefined) return false;
  for (let tries = 0; tries < 600 && isRunning(running); tries++) {
    try {
      if (await answers(running.port, password)) return true;
    } catch {
      return false;
    }
    await sleep(100);
  }
  return false;
}

/** The application's login owns its database and may create roles for it, but is bound by row-level security. */
async function ensureDatabase(port, { password, appPassword }) {
  await asAdmin(port, password, async (client) => {
    const has = async (sql) => (await client.query(sql)).rowCount > 0;
    if (!(await has(`select 1 from pg_roles where rolname = '${database}'`))) {
      await client.query(`create role ${database} login createrole`);
      await client.query(`alter role ${database} set createrole_self_grant = 'set, inherit'`);
    }
    await client.query(`alter role ${database} password '${appPassword}'`);
    if (!(await has(`select 1 from pg_database where datname = '${database}'`))) {
      await client.query(`create database ${database} owner ${database}`);
    }
  });
}

/** Runs `work(client)` as superuser on a server started by `startPostgres`. */
export async function withAdmin(adminUrl, work) {
  const { port, password } = new URL(adminUrl);
  return asAdmin(Number(port), password, work);
}

/** Drops and creates the application's database (`npm run demo -- --fresh`). */
export async function recreateDatabase(adminUrl) {
  await withAdmin(adminUrl, async (client) => {
    await client.query(`drop database if exists ${database} with (force)`);
    await client.query(`create database ${database} owner ${database}`);
  });
}
