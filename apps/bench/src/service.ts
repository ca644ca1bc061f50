/** The real service as a process of its own, as `npm start` runs it, and the bare server beside it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { environment } from './environment.js';

export interface Server {
  readonly baseUrl: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The secret of the benchmark's own installation. */
export const SECRET_FILE = 'var/bench/secret.key';

const LOGS = 'var/log';
const START_MS = 120_000;
const STOP_MS = 20_000;
const running = new Set<ChildProcess>();

// However the run ends, its servers end with it.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function answers(address: string): Promise<boolean> {
  return fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

/** Starts a compiled program and waits until its health address answers. Its output goes to `var/log`. */
async function start(
  name: string,
  entry: string,
  env: Readonly<Record<string, string>>,
  health: string,
): Promise<Server> {
  mkdirSync(LOGS, { recursive: true });
  const logFile = join(LOGS, `bench-${name}.log`);
  const log = openSync(logFile, 'w', 0o600);
  const port = await freePort();
  const child = spawn(process.execPath, ['--enable-source-maps', ...environment.nodeFlags, entry], {
    env: { ...environment.all, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  running.add(child);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  void ended.then(() => running.delete(child));
  const baseUrl = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + START_MS; !(await answers(`${baseUrl}${health}`)); await pause(100)) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`${name} did not start:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    if (await Promise.race([ended.then(() => false), pause(STOP_MS).then(() => true)])) child.kill('SIGKILL');
    await ended;
  };
  return { baseUrl, pid: child.pid!, stop };
}

/** The service with all its duties. Only the rate limits are set wide, as a load test on a private machine does. */
export function startService(databaseUrl: string, more: Readonly<Record<string, string>> = {}): Promise<Server> {
  const env = {
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
    RATE_LIMITS: 'wide',
    SECOND_FACTOR: 'optional',
    STEP_UP_MINUTES: '720',
    // Few people read for many here, all at once.
    READING_BUDGET: '0',
    SECRET_FILE,
    ACCESS_TOKEN_MINUTES: '120',
    ...more,
  };
  return start('service', 'dist/apps/api/src/main.js', env, '/health/ready');
}

/** What a team would write with Fastify and `pg` and nothing else. */
export function startBare(databaseUrl: string): Promise<Server> {
  return start('bare', 'dist/apps/bench/src/bare-server.js', { DATABASE_URL: databaseUrl }, '/health');
}

/** Runs one operator command of the service to its end. */
export async function operate(databaseUrl: string, words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['dist/apps/api/src/admin.js', ...words], {
    env: { ...environment.all, DATABASE_URL: databaseUrl, SECRET_FILE, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise<number>((done) => child.once('exit', (exit) => done(exit ?? 1)));
  running.delete(child);
  if (code !== 0) throw new Error(`${words.join(' ')} failed: ${said.slice(-2_000)}`);
}

/** Memory of a process in MiB, as Linux tells: now, and the most it ever was. Null where the system does not say. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
    return { now: Math.round(kib('VmRSS') / 1024), most: Math.round(kib('VmHWM') / 1024) };
  } catch {
    return null;
  }
}

/** Lets the most memory be counted from now on, where the system can do that. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then the peak includes the start of the process.
  }
}
