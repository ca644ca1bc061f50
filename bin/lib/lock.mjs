/**
 * Lock files between processes. A lock names its holder (pid and start time), so one left by a killed process is
 * recognised and taken over. The file appears with its content in one step (link), never empty.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, self } from './process.mjs';
import { sleep } from './project.mjs';

/** Takes the lock or returns undefined when somebody alive holds it. */
export function tryLock(file, about = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = { ...self(), ...about };
  const before = read(file);
  if (!link(file, mine)) {
    if (holder(file) || !clearStale(file) || !link(file, mine)) return undefined;
  }
  return {
    /** What a holder that was killed had written, for instance which processes it left behind. */
    before,
    /** Adds facts that whoever finds the lock should see. */
    describe(more) {
      Object.assign(mine, more);
      const draft = `${file}.${process.pid}.draft`;
      writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
      renameSync(draft, file);
    },
    release() {
      if (read(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

export async function withLock(file, work, { waiting } = {}) {
  let lock;
  for (let tries = 0; !(lock = tryLock(file)); tries++) {
    if (tries === 5) waiting?.(holder(file));
    await sleep(200);
  }
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}

/** What the living holder wrote, or undefined. */
export function holder(file) {
  const found = read(file);
  return isAlive(found) ? found : undefined;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function link(file, content) {
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Two who find the same dead holder must not both remove the file, or one would remove the other's new lock. */
function clearStale(file) {
  const breaking = `${file}.breaking`;
  if (!link(breaking, self())) {
    if (!isAlive(read(breaking)) && olderThan(breaking, 10_000)) rmSync(breaking, { force: true });
    return false;
  }
  try {
    if (holder(file)) return false;
    rmSync(file, { force: true });
    return true;
  } finally {
    rmSync(breaking, { force: true });
  }
}

function olderThan(file, ms) {
  try {
    return Date.now() - statSync(file).mtimeMs > ms;
  } catch {
    return false;
  }
}
