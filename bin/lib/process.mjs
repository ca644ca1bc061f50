/** Other processes: who is alive, and is it still the one we meant? */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { sleep } from './project.mjs';

const hasProc = existsSync('/proc/self/stat');

/** When a process began, or undefined when it is gone. With the pid it names a process even after pids were reused. */
export function startOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (hasProc) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  return ps('lstart=', pid);
}

export const self = () => ({ pid: process.pid, start: startOf(process.pid) });
export const isAlive = (who) => who?.pid !== undefined && who.start !== undefined && startOf(who.pid) === who.start;

export function commandLine(pid) {
  if (!hasProc) return ps('command=', pid) ?? '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The folder a process works in; undefined where the system does not tell. */
export function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function ps(column, pid) {
  const { stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
}

/** False when the process was already gone. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

export async function gone(who, ms) {
  const until = Date.now() + ms;
  while (isAlive(who)) {
    if (Date.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/** Asks with each signal in turn, waiting the given time after each; true when the process has ended. */
export async function end(who, ladder) {
  for (const [name, ms] of ladder) {
    if (!isAlive(who)) return true;
    signal(who.pid, name);
    if (await gone(who, ms)) return true;
  }
  return !isAlive(who);
}

/** Asks a program of ours to end, and makes it. */
export const terminate = (who, patience = 10_000) =>
  end(who, [
    ['SIGTERM', patience],
    ['SIGKILL', 5_000],
  ]);

/** Runs a program to its end. Resolves with `{ code, signal, output }`; rejects only when it cannot be started. */
export function run(program, args, { output, onSpawn, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = options.stdio ?? ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, args, { ...options, stdio });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        chunks.push(chunk);
        output?.(chunk);
      });
    }
    child.on('error', reject);
    child.on('close', (code, signalName) =>
      resolve({ code: code ?? 128 + 1, signal: signalName, output: Buffer.concat(chunks).toString('utf8') }),
    );
    onSpawn?.(child);
  });
}
