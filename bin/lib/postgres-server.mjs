/**
 * One Postgres server process: creating its data folder, starting, finding and stopping it. Who uses it, and for how
 * long, is bin/postgres.mjs.
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  chownSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { commandLine, end, isAlive, run, signal, startOf, workingFolder } from './process.mjs';
import { Plain, openLog, say, sleep } from './project.mjs';

/** Of this machine's memory, in megabytes. */
const memory = (share, least, most) =>
  `${Math.round(Math.min(most, Math.max(least, (os.totalmem() / 2 ** 20) * share)))}MB`;

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: 60,
  // Half of what a server of its own would take: the service lives beside it.
  shared_buffers: memory(1 / 8, 128, 1024),
  effective_cache_size: memory(1 / 2, 512, 65_536),
  work_mem: '16MB',
  // After each checkpoint every page is written whole once: with a million cases that is most of what recording writes.
  // A gigabyte is read again in some seconds after a crash.
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1,
  jit: 'off',
  max_logical_replication_workers: 0,
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Error texts, their details and the statements behind them quote what was being stored: none of it may reach the log.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_statement: 'none',
  log_checkpoints: 'off',
};

/** No PG* variable of the caller may steer our server, and its messages must be ones we can read. */
const environment = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' };

// ── the data folder ─────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Creates the data folder if there is none. initdb works in a folder beside it that is renamed when everything is
 * there, so a half-made data folder cannot exist under the real name.
 */
export async function ensureDataFolder({ dataDir, programs, as }, password) {
  const version = versionOf(dataDir);
  const ours = await majorOf(programs);
  if (version === ours) return;
  if (version !== undefined) {
    throw new Plain(
      `${dataDir} holds data of Postgres ${version}, but this version of Amparo brings Postgres ${ours}.\n` +
        `Nothing was changed. Move the data with pg_dump from the old version, or set DATABASE_URL to a server that can read it.`,
    );
  }
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Plain(
      `${dataDir} is not empty and not a Postgres data folder. Nothing was changed: look at it and move it away.`,
    );
  }
  const parent = path.dirname(dataDir);
  const drafts = existsSync(parent)
    ? readdirSync(parent).filter((name) => name.startsWith(`${path.basename(dataDir)}.new-`))
    : [];
  for (const draft of drafts) rmSync(path.join(parent, draft), { recursive: true, force: true });
  const staging = `${dataDir}.new-${process.pid}`;
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(staging, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const file of [staging, passwordFile]) if (as.uid) chownSync(file, as.uid, as.gid);

  await initialise(programs, as, path.join(staging, 'data'), passwordFile);
  rmSync(dataDir, { recursive: true, force: true }); // empty, as seen above
  renameSync(path.join(staging, 'data'), dataDir);
  rmSync(staging, { recursive: true, force: true });
}

/**
 * Order and upper/lower case come from Postgres' own C.UTF-8, which no update of the operating system changes under
 * our indexes. The system's locale only classifies letters for extensions such as pg_trgm; not every system has one.
 */
async function initialise(programs, as, dataDir, passwordFile) {
  const order = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  let output;
  for (const letters of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    rmSync(dataDir, { recursive: true, force: true });
    const args = [`--pgdata=${dataDir}`, '--data-checksums', ...order, `--lc-ctype=${letters}`, ...access];
    const result = await start(programs, as, 'initdb', args);
    if (result.code === 0) return;
    output = result.output;
    if (!/locale/.test(output)) break;
  }
  throw new Plain(`Postgres could not create its data folder:\n${output.trim()}`);
}

/** Sets a new password without knowing the old one, which only the owner of the data folder can do. */
export async function resetPassword({ dataDir, programs, as }, password) {
  const flags = ['--single', '-D', dataDir, '-c', 'log_min_messages=fatal', 'postgres'];
  const { code, output } = await start(programs, as, 'postgres', flags, `ALTER ROLE postgres PASSWORD '${password}'\n`);
  if (code !== 0) throw new Plain(`Postgres could not be given a new password:\n${output.trim()}`);
}

async function start(programs, as, program, args, input) {
  try {
    return await run(path.join(programs, 'bin', program), args, {
      ...as,
      cwd: '/',
      env: environment,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      onSpawn: (child) => input !== undefined && child.stdin.end(input),
    });
  } catch (error) {
    throw cannotRun(program, error);
  }
}

function cannotRun(program, error) {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  const why = musl ? 'it needs glibc, which this system does not have' : error.message;
  return new Plain(
    `The built-in Postgres (${program}) cannot run here: ${why}. Set DATABASE_URL to use another server.`,
  );
}

export function versionOf(dataDir) {
  try {
    return readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function majorOf(programs) {
  const { output } = await start(programs, {}, 'postgres', ['--version']);
  return /(\d+)\./.exec(output)?.[1];
}

// ── the process ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The server now running on this data folder, as its own pid file tells: `{ pid, start, port }` or undefined. */
export function findServer(dataDir) {
  const [pid, , , port] = pidFile(dataDir);
  const who = { pid, start: startOf(pid), port };
  return who.start !== undefined && worksIn(pid, dataDir) ? who : undefined;
}

function pidFile(dataDir) {
  try {
    return readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n').map(Number);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** After a crash the number in the pid file may by now belong to anybody. */
function worksIn(pid, dataDir) {
  const folder = workingFolder(pid);
  return folder === undefined ? commandLine(pid).includes(dataDir) : folder === dataDir;
}

/**
 * Clears what a killed server left: its orphaned workers, which hold the shared memory, and its pid file, whose
 * number may have been given to another process. Where the system does not show folders, Postgres checks by itself.
 */
async function clearRemains(dataDir) {
  if (pidFile(dataDir).length === 0 || !existsSync('/proc/self/cwd')) return;
  const workers = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), start: startOf(Number(pid)) }))
    .filter(({ pid }) => workingFolder(pid) === dataDir);
  for (const worker of workers) signal(worker.pid, 'SIGQUIT');
  for (const worker of workers)
    await end(worker, [
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ]);
  rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
}

/**
 * Starts the server and waits until `answers(port)` is true. It gets a process group of its own, because Ctrl-C goes
 * to the whole group and would stop the database before the API has finished its last writes.
 */
export async function startServer({ place, port, overrides, logFile, answers }) {
  const { dataDir, programs, as } = place;
  await clearRemains(dataDir);
  const flags = Object.entries({ ...settings, ...overrides, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = openLog(logFile);
  const { size } = statSync(logFile);
  const child = spawn(path.join(programs, 'bin/postgres'), ['-D', dataDir, ...flags], {
    ...as,
    cwd: '/',
    env: environment,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure;
  child.once('error', (error) => (failure = cannotRun('postgres', error)));
  child.once('exit', () => (failure ??= new Plain(`Postgres did not start:\n${tail(logFile, size)}`)));
  child.unref();

  const server = { pid: child.pid, start: startOf(child.pid), port };
  try {
    for (let tries = 0; !(await answers(port)); tries++) {
      if (failure) throw Object.assign(failure, { portTaken: /Address already in use/.test(failure.message) });
      if (tries === 100) say('Postgres is still starting (after a crash it first repairs what was being written)');
      await sleep(100);
    }
  } catch (error) {
    await stopServer(server);
    throw error;
  }
  return server;
}

const tail = (file, from) => readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-8).join('\n');

/** Fast shutdown; immediate when that takes too long, because the next start repairs and a hanging stop helps nobody. */
export async function stopServer(server) {
  const stopped = await end(server, [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ]);
  if (!stopped) throw new Plain(`Postgres (process ${server.pid}) does not stop: end it by hand.`);
}

export const isRunning = isAlive;

export function freePort(wanted = 0, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(wanted, host, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
