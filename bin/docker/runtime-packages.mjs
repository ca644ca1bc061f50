/**
 * Reduces node_modules to what the server needs at run time (used by the Dockerfile, in a folder of its own).
 *
 * `npm ci --omit=dev` keeps Prisma's command line and the TypeScript compiler, because the Prisma client names them as
 * optional peers, and the built-in Postgres and the schema engine, which only a clone on somebody's machine uses.
 * A production image holds neither of them.
 */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { neededAtRunTime } from '../lib/package-lock.mjs';

const folder = process.argv[2] ?? '.';
const { dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
const { packages } = JSON.parse(readFileSync(path.join(folder, 'node_modules/.package-lock.json'), 'utf8'));

const needed = neededAtRunTime(packages, dependencies);
for (const at of Object.keys(packages)) {
  const holdsNeeded = [...needed].some((other) => other === at || other.startsWith(`${at}/`));
  if (!holdsNeeded) rmSync(path.join(folder, at), { recursive: true, force: true });
}
for (const scope of readdirSync(path.join(folder, 'node_modules')).filter((name) => name.startsWith('@'))) {
  const dir = path.join(folder, 'node_modules', scope);
  if (readdirSync(dir).length === 0) rmSync(dir, { recursive: true });
}
console.log(`${needed.size} packages kept of ${Object.keys(packages).length}`);
