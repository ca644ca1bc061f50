/**
 * `node bin/sbom.mjs [--out FILE]`: everything that is inside, as CycloneDX JSON, in var/sbom.cdx.json. Works without a
 * network. `scope` says whether a package is in the image (`required`) or only builds, checks and tests it (`excluded`).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { command } from './lib/command.mjs';
import { neededAtRunTime } from './lib/package-lock.mjs';
import { inRoot, inVar, makeVar, say } from './lib/project.mjs';

/** What two packages say in their readme or licence file only. */
const SAID_ELSEWHERE = { pause: 'MIT', 'seq-queue': 'MIT' };

const nameOf = (at) => at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** npm lists by name and version; the same package in two places is one component. */
function placesByComponent(packages) {
  const places = new Map();
  for (const [at, { version }] of Object.entries(packages)) {
    if (at === '') continue;
    const key = `${nameOf(at)}@${version}`;
    places.set(key, [...(places.get(key) ?? []), at]);
  }
  return places;
}

/** The licence as the installed package states it, in the present form or in the one of before 2015. */
function licenceOf(name, at) {
  const file = inRoot(at, 'package.json');
  if (!existsSync(file)) return undefined;
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'));
  return license ?? licenses?.map(({ type }) => type).join(' OR ') ?? SAID_ELSEWHERE[name];
}

function listed() {
  const cli = process.env.npm_execpath;
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const [program, all] = cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
  return JSON.parse(execFileSync(program, all, { cwd: inRoot(), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
}

await command(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  const { dependencies, name } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const inImage = neededAtRunTime(packages, dependencies);
  const places = placesByComponent(packages);
  const bill = listed();
  bill.metadata.component.name = name;
  for (const component of bill.components) {
    const at = places.get(component['bom-ref'].replace(/\|.*/, '')) ?? [];
    component.scope = at.some((place) => inImage.has(place)) ? 'required' : 'excluded';
    if (component.licenses?.length) continue;
    const licence = at.map((place) => licenceOf(component.name, place)).find((found) => found !== undefined);
    if (licence !== undefined) component.licenses = [{ expression: licence }];
  }
  const file = values.out ?? inVar('sbom.cdx.json');
  makeVar();
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  const required = bill.components.filter(({ scope }) => scope === 'required').length;
  say(`${bill.components.length} packages, ${required} of them in the image: ${values.out ?? 'var/sbom.cdx.json'}`);
});
