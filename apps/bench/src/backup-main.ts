/**
 * `npm run bench -- --backup [--rows N,N]`: what a backup and its restore cost in time, size and memory, at two sizes,
 * beside reading the same tables by COPY and throwing them away. Runs the operator's own commands, whose start is part of
 * their time and stands beside it.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newRecipient } from '#lib/backup';
import { Snapshot } from '#lib/database';
import { environment } from './environment.js';
import type { District } from './intake-form.js';
import { importInvented } from './importing.js';
import { rounded } from './page.js';
import { Place } from './place.js';
import { memoryOf, SECRET_FILE, startService } from './service.js';
import { hire } from './staff.js';

const FOLDER = 'var/bench/backups';
const POLL_MS = 20;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const MIB = 1024 * 1024;

const { values } = parseArgs({
  options: { backup: { type: 'boolean' }, rows: { type: 'string', default: '2000,10000' } },
});
const sizes = values.rows.split(',').map(Number);
const [data, keys] = [newRecipient(), newRecipient()];
const place = new Place(environment.databaseUrl);

interface Run {
  readonly seconds: number;
  readonly mostMiB: number;
}

/** Runs an operator command and watches its memory. */
async function operate(words: readonly string[]): Promise<Run> {
  const began = performance.now();
  const child = spawn(process.execPath, ['dist/apps/api/src/admin.js', ...words], {
    env: {
      ...environment.all,
      ...{ DATABASE_URL: place.url, SECRET_FILE, LOG_LEVEL: 'warn', BACKUP_DIR: FOLDER },
      ...{ BACKUP_RECIPIENT: data.recipient, BACKUP_KEYS_RECIPIENT: keys.recipient },
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let [said, mostMiB] = ['', 0];
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const watch = setInterval(() => (mostMiB = Math.max(mostMiB, memoryOf(child.pid ?? 0)?.most || 0)), POLL_MS);
  const code = await new Promise<number>((done) => child.once('exit', (exit) => done(exit ?? 1)));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${words.join(' ')} failed: ${said.slice(-2_000)}`);
  return { seconds: (performance.now() - began) / 1000, mostMiB };
}

/** Reads every table as a backup does, and throws it away. */
async function copyOut(): Promise<{ readonly seconds: number; readonly bytes: number }> {
  const began = performance.now();
  const snapshot = await Snapshot.open(place.url, new Set());
  let bytes = 0;
  for (const table of snapshot.tables) for await (const piece of snapshot.rows(table)) bytes += piece.length;
  await snapshot.close();
  return { seconds: (performance.now() - began) / 1000, bytes };
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
await place.empty();
const districts: District[] = [];
const out = [
  '| cases | tables as text, MiB | COPY alone, s | start of a command, s | backup, s | its MiB, data + keys | MiB of memory | restore and comparison, s | MiB of memory |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];
let token = '';
for (const [index, rows] of sizes.entries()) {
  const service = await startService(place.url);
  if (token === '') {
    token = (await hire(place)).caseworker.token;
    districts.push(
      ...(await place.rows<District & Record<string, unknown>>(`
        SELECT d.code, t.code AS department FROM area d JOIN area m ON m.code = d.parent JOIN area t ON t.code = m.parent WHERE d.country = 'SV' AND d.level = 3 ORDER BY d.code`)),
    );
  }
  const before = sizes[index - 1] ?? 0;
  say(`Recording ${rows - before} cases through the service …`);
  await importInvented(service, token, 2022 + index, `backup-${rows}`, rows - before, districts);
  await service.stop();
  await place.settle();
  const [counted] = await place.rows<{ n: number }>('SELECT count(*)::int AS n FROM case_file');
  const copied = await copyOut();
  say('Making a backup, and restoring it over what is there …');
  const start = (await operate(['backup', 'list'])).seconds;
  const made = await operate(['backup']);
  const [dataBytes, keysBytes] = ['data', 'keys'].map((kind) =>
    Math.max(
      ...readdirSync(FOLDER)
        .filter((name) => name.endsWith(kind))
        .map((name) => statSync(`${FOLDER}/${name}`).size),
    ),
  );
  const restored = await operate(['restore', '--from', FOLDER, '--over-living-data']);
  // Sessions were ended by the restore; the caseworker of the next round is let in again.
  await place.rows(`UPDATE session_family SET ended_at = NULL, ended_for = NULL WHERE ended_for = 'restored'`);
  out.push(
    `| ${counted?.n} | ${rounded(copied.bytes / MIB)} | ${rounded(copied.seconds)} | ${rounded(start)} | ${rounded(made.seconds)} | ` +
      `${rounded((dataBytes ?? 0) / MIB)} + ${rounded((keysBytes ?? 0) / MIB)} | ${made.mostMiB} | ${rounded(restored.seconds)} | ${restored.mostMiB} |`,
  );
}
rmSync(FOLDER, { recursive: true, force: true });
writeFileSync('var/bench/backup.md', `${out.join('\n')}\n`);
process.stdout.write(`${out.join('\n')}\n`);
