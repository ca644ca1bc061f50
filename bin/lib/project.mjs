/** Where things are, and how the commands speak. No dependencies: this runs before `npm ci`. */
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const inRoot = (...parts) => path.join(root, ...parts);
export const inVar = (...parts) => path.join(root, 'var', ...parts);

/** A failure we understand: its message is all the user needs, so no stack is printed. */
export class Plain extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Standard error, so that standard output belongs to the command itself (`npm run bench > table.md`). */
export const say = (line) => process.stderr.write(`${line}\n`);

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** `var` is searchable but not listable, because Postgres may run as another user and must reach its folder. */
export function makeVar() {
  if (!existsSync(inVar())) {
    mkdirSync(inVar(), { recursive: true });
    chmodSync(inVar(), 0o711);
  }
  mkdirSync(inVar('log'), { recursive: true, mode: 0o700 });
}

const largestLog = 5 * 1024 * 1024;

/** Opens a log for appending, readable by its owner only; the one before is kept as `.1`. */
export function openLog(file) {
  makeVar();
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > largestLog) renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a', 0o600);
  giveToOwner(file);
  return descriptor;
}

/** What root writes into somebody's folder (`sudo npm start`) must not lock that person out afterwards. */
export function giveToOwner(file) {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(root);
  if (uid !== 0) chownSync(file, uid, gid);
}

export async function withLog(file, use) {
  const descriptor = openLog(file);
  try {
    return await use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
