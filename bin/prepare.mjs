/**
 * Everything that must exist before a command can run: packages, the Prisma client, the compiled program. Each step
 * looks first whether its result still fits its sources, so a second run costs a fraction of a second. Needs Node,
 * npm and nothing else, because it runs on a fresh clone.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { onClose } from './lib/command.mjs';
import { filesBelow, fingerprint, readStamp } from './lib/fingerprint.mjs';
import { withLock } from './lib/lock.mjs';
import { run, startOf, terminate } from './lib/process.mjs';
import { Plain, inRoot, inVar, makeVar, root, say, withLog } from './lib/project.mjs';

const stamps = {
  install: inRoot('node_modules/.amparo-lock'),
  generate: inRoot('libs/database/src/generated/.stamp'),
  build: inRoot('dist/.stamp'),
};
const generated = 'libs/database/src/generated';
const assets = /\.(sql|ya?ml|csv|json|html|css|svg|wasm)$/;

/**
 * @param {{ log: string, client?: boolean, build?: boolean }} options `log`: name of the file in var/log that takes the
 *   full output; `client` and `build`: whether the Prisma client and dist/ are needed.
 */
export async function prepare({ log, client = true, build = true }) {
  makeVar();
  const logFile = inVar('log', `${log}.log`);
  await withLock(
    inVar('prepare.lock'),
    async (lock) => {
      // If the last one was killed, its npm or compiler may still be writing where ours is about to.
      if (lock.before?.child) await terminate(lock.before.child, 5_000);
      const step = stepper(logFile, ({ pid }) => {
        const child = { pid, start: startOf(pid) };
        lock.describe({ child });
        onClose(() => terminate(child));
      });
      await install(step);
      if (client) await generate(step);
      if (build) await compile(step);
    },
    { waiting: (by) => say(`Waiting for process ${by?.pid ?? '?'}, which is preparing the same folder`) },
  );
}

// ── packages ────────────────────────────────────────────────────────────────────────────────────────────────────

async function install(step) {
  const now = fingerprint(['package-lock.json'], process.platform, process.arch);
  if (readStamp(stamps.install) === now) return;
  if (!alreadyInstalled()) {
    rmSync(stamps.install, { force: true });
    // Development packages hold the compiler, so they are needed even where NODE_ENV is production.
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=warn'];
    await step('installing packages', () => npm(args));
  }
  writeFileSync(stamps.install, now);
}

/** Somebody may have run `npm ci` by hand: npm's own list of what it installed then agrees with the lock file. */
function alreadyInstalled() {
  const list = inRoot('node_modules/.package-lock.json');
  if (!existsSync(list)) return false;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(list, 'utf8')).packages;
  return Object.entries(wanted).every(([at, { version, optional }]) => {
    if (at === '') return true;
    return present[at] ? present[at].version === version && existsSync(inRoot(at)) : optional === true;
  });
}

/** The npm that runs us, else the one on the path. */
function npm(args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
}

// ── Prisma client ───────────────────────────────────────────────────────────────────────────────────────────────

async function generate(step) {
  const schema = filesBelow(['prisma/schema'], (file) => file.endsWith('.prisma'));
  if (schema.length === 0) return;
  const { version } = JSON.parse(readFileSync(inRoot('node_modules/prisma/package.json'), 'utf8'));
  const now = fingerprint([...schema, 'prisma.config.ts'], version);
  if (readStamp(stamps.generate) === now) return;
  rmSync(inRoot(generated), { recursive: true, force: true });
  await step('generating the Prisma client', () => [
    process.execPath,
    [inRoot('node_modules/prisma/build/index.js'), 'generate'],
    // Generating needs no schema engine, but Prisma would download one unless it is told where one is.
    { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  ]);
  writeFileSync(stamps.generate, now);
}

// ── program ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const isBuilt = (file) =>
  /^(apps|libs|prisma)\//.test(file) && !/(\.spec\.ts$|^apps\/[^/]+\/test\/|^libs\/testing\/)/.test(file);

async function compile(step) {
  const sources = filesBelow(['apps', 'libs', 'prisma'], isBuilt).filter((file) => !file.startsWith(`${generated}/`));
  if (!sources.some((file) => file.endsWith('.ts'))) return;
  const now = fingerprint(
    [...sources, 'tsconfig.json', 'tsconfig.build.json', 'package.json'],
    readStamp(stamps.generate) ?? '',
  );
  if (readStamp(stamps.build) === now) return;
  rmSync(stamps.build, { force: true });
  await step('building', () => [
    process.execPath,
    [
      ...[
        inRoot('node_modules/typescript/bin/tsc'),
        '--project',
        inRoot('tsconfig.build.json'),
        '--noEmitOnError',
        '--pretty',
        'false',
      ],
      ...['--incremental', '--tsBuildInfoFile', inRoot('dist/.tsbuildinfo')],
    ],
  ]);
  copyAssets(sources);
  removeLeftovers();
  writeFileSync(stamps.build, now);
}

/** tsc copies none of the files that are read at run time. */
export function copyAssets(sources = filesBelow(['apps', 'libs', 'prisma'], isBuilt)) {
  for (const file of sources.filter((name) => assets.test(name))) {
    const to = inRoot('dist', file);
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(inRoot(file), to);
  }
}

/** An incremental build leaves the results of sources that are gone. */
function removeLeftovers() {
  for (const file of filesBelow(['dist/apps', 'dist/libs', 'dist/prisma'])) {
    const source = file.replace(/^dist\//, '').replace(/\.js(\.map)?$/, '');
    const known = [`${source}.ts`, source].some((name) => existsSync(inRoot(name)) && isBuilt(name));
    if (known) continue;
    rmSync(inRoot(file));
    for (let dir = path.dirname(inRoot(file)); readdirSync(dir).length === 0; dir = path.dirname(dir)) rmdirSync(dir);
  }
}

/** A step is one line on the console, everything else in the log; on failure the end of the output. */
function stepper(logFile, onSpawn) {
  return async (name, what) => {
    const [program, args, more] = what();
    const began = Date.now();
    if (process.stderr.isTTY) process.stderr.write(`${name} …\r`); // installing takes a minute or two
    const { code, output } = await withLog(logFile, (log) => {
      writeSync(log, `── ${new Date().toISOString()} ${name}\n`);
      const env = { ...process.env, ...more };
      return run(program, args, { cwd: root, env, onSpawn, output: (chunk) => writeSync(log, chunk) });
    });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    if (code === 0) return say(`${name}: ${seconds} s`);
    throw new Plain(
      `${name}: failed after ${seconds} s\n${lastLines(output)}\nAll of it is in ${path.relative(root, logFile)}`,
    );
  };
}

const lastLines = (text) => text.trim().split('\n').slice(-30).join('\n');
