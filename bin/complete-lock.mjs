/**
 * `node bin/complete-lock.mjs`, after changing dependencies where the registry is a mirror.
 *
 * Packages with native parts name one package for each platform. A mirror that carries only some of them makes
 * `npm install` leave the others out of package-lock.json, and then `npm ci` refuses that file everywhere. This writes
 * the missing names back with the version their parent asks for. They have no checksum, because nobody here has seen
 * them; npm fetches such a package only on its own platform.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { findPackage } from './lib/package-lock.mjs';
import { inRoot, say } from './lib/project.mjs';

const file = inRoot('package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages } = lock;

const systems = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 's390x', 'loong64', 'riscv64'];

function entry(name, version, { dev }) {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  if (os.length !== 1 || cpu.length !== 1) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined;
  return { version, cpu, ...(dev && { dev }), ...(libc && { libc }), optional: true, os };
}

for (const [parent, about] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(about.optionalDependencies ?? {})) {
    if (findPackage(packages, parent, name) || !/^\d/.test(version)) continue;
    const missing = entry(name, version, about);
    if (!missing) say(`Do not know for which platform ${name} is: add it to package-lock.json by hand`);
    else {
      packages[`node_modules/${name}`] = missing;
      say(`added ${name} ${version}`);
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
