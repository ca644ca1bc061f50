/** A hash over files, to know whether something was made from what is there now. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './project.mjs';

/** Every file below the given paths (relative to the project) that `wanted` accepts, in a fixed order. */
export function filesBelow(paths, wanted = () => true) {
  return paths.flatMap((start) => {
    const full = inRoot(start);
    if (!existsSync(full)) return [];
    if (!statSync(full).isDirectory()) return [start];
    return readdirSync(full, { withFileTypes: true })
      .filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const file = path.posix.join(start, entry.name);
        return entry.isDirectory() ? filesBelow([file], wanted) : wanted(file) ? [file] : [];
      });
  });
}

export function fingerprint(files, ...more) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  return hash.update(more.join('\0')).digest('hex');
}

export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
