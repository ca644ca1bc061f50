/** Starting our own compiled programs (dist/apps/...). */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { onClose } from './command.mjs';
import { startOf, terminate } from './process.mjs';
import { Plain, inRoot, root } from './project.mjs';

const guard = pathToFileURL(inRoot('bin/lib/leave-with-parent.mjs')).href;

/** @param {string} entry for instance 'apps/api/src/main' */
export function startProgram(
  entry,
  { args = [], env = {}, stdio = ['inherit', 'inherit', 'inherit'], detached = false } = {},
) {
  const file = inRoot('dist', `${entry}.js`);
  if (!existsSync(file)) throw new Plain(`${file} is missing: is there a ${entry}.ts?`);
  return spawn(process.execPath, ['--enable-source-maps', '--import', guard, file, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: [...stdio, 'ipc'],
    detached,
  });
}

/** Runs a program in the foreground and resolves with its exit code. */
export function runProgram(entry, options) {
  const child = startProgram(entry, options);
  const who = { pid: child.pid, start: startOf(child.pid) };
  onClose(() => terminate(who, 10_000));
  return exitOf(child).then(({ code }) => code);
}

export function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code: code ?? 1, signal, how: signal ?? `code ${code}` }));
  });
}
