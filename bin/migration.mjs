/**
 * `node bin/migration.mjs new <name> [--empty]`: writes the next migration: the SQL from the schema at the last one
 *   (prisma/migrations/schema.snapshot.prisma) to the schema now. Read it, and say why in its first line.
 * `node bin/migration.mjs check`: proves on two empty databases that migrations and schema agree.
 * `node bin/migration.mjs snapshot`: check, then remember the schema as it is (after a migration written by hand).
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { command, onClose } from './lib/command.mjs';
import { Plain, inRoot, say } from './lib/project.mjs';
import { fromSource } from './lib/from-source.mjs';
import { startTestPostgres } from './lib/test-postgres.mjs';
import { prepare } from './prepare.mjs';

const migrationsDir = inRoot('prisma/migrations');
const snapshotFile = inRoot('prisma/migrations/schema.snapshot.prisma');
const lockFile = inRoot('prisma/migrations/migration_lock.toml');
const placeholder = '-- Why: (say it here, in a sentence)';

await command(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { empty: { type: 'boolean' } } });
  const [what, name] = positionals;
  await prepare({ log: 'migration', client: false, build: false });
  const tools = await fromSource('libs/database/src', ['schema-engine', 'catalog', 'migrate', 'migration-check']);
  if (what === 'new' && positionals.length === 2 && /^[a-z][a-z0-9_-]*$/.test(name ?? ''))
    return write(tools, name, values.empty);
  if (what === 'check') return check(tools);
  if (what === 'snapshot') return check(tools, { thenRemember: true });
  throw new Plain('Usage: node bin/migration.mjs new <name-in-lower-case> [--empty] | check | snapshot');
});

async function write({ schemaSql, readSchema }, name, empty) {
  const sql = await schemaSql(snapshot(), await readSchema(inRoot('prisma/schema')));
  if (sql === '' && !empty)
    throw new Plain('The schema has not changed since the last migration. For one written by hand: --empty');
  const folder = `${nextStamp()}_${name}`;
  mkdirSync(inRoot('prisma/migrations', folder));
  writeFileSync(inRoot('prisma/migrations', folder, 'migration.sql'), `${placeholder}\n\n${sql && `${sql}\n`}`);
  writeSnapshot(await readSchema(inRoot('prisma/schema')));
  if (!existsSync(lockFile)) writeFileSync(lockFile, 'provider = "postgresql"\n');
  say(`Wrote prisma/migrations/${folder}/migration.sql`);
}

async function check({ schemaSql, readSchema, checkMigrations }, { thenRemember = false } = {}) {
  const { adminUrl, stop } = await startTestPostgres();
  onClose(stop);
  const { differences, beyond } = await checkMigrations({ adminUrl, prismaDir: inRoot('prisma') });
  if (thenRemember && differences.length === 0) writeSnapshot(await readSchema(inRoot('prisma/schema')));
  if (!existsSync(snapshotFile)) {
    differences.push('schema.snapshot.prisma is missing: node bin/migration.mjs snapshot');
  } else if ((await schemaSql(snapshot(), await readSchema(inRoot('prisma/schema')))) !== '') {
    differences.push(
      'schema.snapshot.prisma is not the schema now: node bin/migration.mjs new <name> (or snapshot, when the migration is there)',
    );
  }
  for (const folder of folders()) {
    const [first] = readFileSync(inRoot('prisma/migrations', folder, 'migration.sql'), 'utf8').split('\n');
    if (!first.startsWith('-- ') || first === placeholder)
      differences.push(`${folder} does not say in its first line why it exists`);
  }
  console.log(`Only in migrations, because the schema cannot say it (${beyond.length}):`);
  console.log(beyond.map((entry) => `  ${entry}\n`).join(''));
  if (differences.length === 0) console.log('Migrations and schema agree.');
  else console.log(`Migrations and schema disagree:\n${differences.map((line) => `  ${line}`).join('\n')}`);
  return differences.length === 0 ? 0 : 1;
}

function folders() {
  if (!existsSync(migrationsDir)) return [];
  const entries = readdirSync(migrationsDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function snapshot() {
  if (existsSync(snapshotFile)) return [{ path: 'schema.prisma', content: readFileSync(snapshotFile, 'utf8') }];
  if (folders().length === 0) return 'empty';
  throw new Plain(
    'schema.snapshot.prisma is missing: restore it, or make it from a schema that agrees: node bin/migration.mjs snapshot',
  );
}

function writeSnapshot(files) {
  const header = '// The schema at the last migration, written by bin/migration.mjs. Not edited by hand.\n\n';
  writeFileSync(snapshotFile, header + files.map(({ content }) => content.trim()).join('\n\n') + '\n');
}

/** Now, to the second in UTC as Prisma writes it, but always after the last one, whatever the clock says. */
function nextStamp() {
  const stamp = (date) => date.toISOString().replace(/\D/g, '').slice(0, 14);
  const last = folders().at(-1)?.split('_')[0] ?? '';
  const now = stamp(new Date());
  return now > last ? now : String(BigInt(last.padEnd(14, '0')) + 1n);
}
