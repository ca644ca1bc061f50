/**
 * `npm run bench -- --audit [--entries N] [--seconds N]`: what the audit trail costs. Concurrent updates without an entry,
 * with one, with the seal behind them, and with the chain that everybody proposes first; then verification of many entries.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { parseArgs } from 'node:util';
import { connectionFrom, migrate } from '#lib/database';
import { BenchSealer, columnsOf, verify, writer } from './audit-store.js';
import { environment } from './environment.js';
import { overSql, type Turn } from './load.js';
import { Place } from './place.js';

const WORKERS = 20;
const CASES = 1_000;
const PIECE = 2_000;
/** Entries between two checkpoints when many are sealed: a busy installation makes some twenty a second. */
const A_SECOND = 20;

const ROW =
  'INSERT INTO audit_entry (id, at, organisation_id, actor_id, session_id, request_id, action, case_id, subject_id, sealed, mac)';
const TYPES = 'uuid,timestamptz,uuid,uuid,uuid,text,text,uuid,uuid,bytea,bytea'.split(',');
const VALUES = TYPES.map((type, at) => `$${at + 2}::${type}`).join(', ');

const UPDATE = 'UPDATE bench_case SET version = version + 1 WHERE id = $1';
const EVENT = 'INSERT INTO bench_event (id, case_no, at, recorded_by) VALUES ($1, $2, $3, $4)';
const ALONE = `WITH salted AS (INSERT INTO audit_salt (entry_id, case_id, salt) VALUES ($1::uuid, $8::uuid, $12::bytea)) ${ROW} VALUES (${TYPES.map((type, at) => `$${at + 1}::${type}`).join(', ')})`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const draft = (caseId: string): Parameters<ReturnType<typeof writer>['entry']>[0] => ({
  ...{ id: randomUUID(), organisationId: randomUUID(), actorId: randomUUID(), sessionId: randomUUID() },
  ...{ requestId: randomUUID(), action: 'contact.recorded', caseId, subjectId: randomUUID() },
  ...{ reason: null, details: { kind: 'contact' } },
});

type Variant = 'act' | 'actSealed' | 'actChained' | 'none' | 'row' | 'seal' | 'chain';

/** Beside which variant without an entry each stands. */
const BESIDE: Readonly<Record<Variant, Variant>> = {
  ...{ act: 'act', actSealed: 'act', actChained: 'act' },
  ...{ none: 'none', row: 'none', seal: 'none', chain: 'none' },
};

/** A turn with the processor time of one operation, here and in the server: the only figure that a busy machine leaves alone. */
interface Cost extends Turn {
  readonly cpu: number;
}

/** Ticks of a hundredth of a second that the server's processes have used; 0 where there is no /proc. */
function serverTicks(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended, or this is no Linux.
    }
  }
  return ticks;
}

async function costOf(pool: pg.Pool, seconds: number, work: () => Promise<unknown>): Promise<Cost> {
  // Warms connections and plans; then everybody who serves this database is known.
  await overSql(WORKERS, 0.5, work);
  const found = await pool.query('SELECT pid FROM pg_stat_activity WHERE datname = current_database()');
  const pids = found.rows.map((row: { pid: number }) => row.pid);
  const [ours, theirs] = [process.cpuUsage(), serverTicks(pids)];
  const turn = await overSql(WORKERS, seconds, work);
  const used = process.cpuUsage(ours);
  const cpu = used.user + used.system + (serverTicks(pids) - theirs) * 10_000;
  return { ...turn, cpu: cpu / (turn.perSecond * seconds) };
}

async function measureWrites(place: Place, seconds: number, rounds: number): Promise<Record<Variant, Cost>> {
  await place.rows(
    'CREATE TABLE bench_case (id int PRIMARY KEY, version int NOT NULL, note text) WITH (fillfactor = 70)',
  );
  await place.rows(`INSERT INTO bench_case SELECT n, 1, repeat('x', 200) FROM generate_series(1, ${CASES}) n`);
  await place.rows(
    'CREATE TABLE bench_event (id uuid PRIMARY KEY, case_no int NOT NULL, at timestamptz NOT NULL, recorded_by uuid NOT NULL)',
  );
  await place.rows('CREATE INDEX ON bench_event (case_no, at)');
  await place.rows('CREATE TABLE bench_chain (head bytea NOT NULL)');
  await place.rows(`INSERT INTO bench_chain VALUES (sha256('head'))`);
  const pool = place.pool(WORKERS);
  const trail = writer();
  const any = (): number => 1 + Math.floor(Math.random() * CASES);
  const salted =
    ', salted AS (INSERT INTO audit_salt (entry_id, case_id, salt) VALUES ($2::uuid, $9::uuid, $13::bytea))';
  const audited = `WITH changed AS (UPDATE bench_case SET version = version + 1 WHERE id = $1)${salted} ${ROW} VALUES (${VALUES})`;
  const chained = `WITH changed AS (UPDATE bench_case SET version = version + 1 WHERE id = $1), head AS (UPDATE bench_chain SET head = sha256(head || $12::bytea))${salted} ${ROW} VALUES (${VALUES})`;
  const update = (): Promise<unknown> => pool.query({ name: 'none', text: UPDATE, values: [any()] });
  const withEntry = (name: string, text: string) => (): Promise<unknown> => {
    const entry = trail.entry(draft(randomUUID()));
    return pool.query({ name, text, values: [any(), ...columnsOf(entry), entry.salt] });
  };
  /** An act in the shape that `write()` gives it: lock the file, write the event, count up, tell the trail, commit. */
  const act =
    (entry: boolean, chain = false) =>
    async (): Promise<unknown> => {
      const client = await pool.connect();
      const id = any();
      try {
        await client.query('BEGIN');
        await client.query({
          name: 'lock',
          text: 'SELECT version FROM bench_case WHERE id = $1 FOR UPDATE',
          values: [id],
        });
        await client.query({ name: 'event', text: EVENT, values: [randomUUID(), id, new Date(), randomUUID()] });
        await client.query({ name: 'none', text: UPDATE, values: [id] });
        if (chain) await client.query(`UPDATE bench_chain SET head = sha256(head || 'x'::bytea)`);
        if (entry) {
          const made = trail.entry(draft(randomUUID()));
          await client.query({ name: 'entry', text: ALONE, values: [...columnsOf(made), made.salt] });
        }
        return await client.query('COMMIT');
      } finally {
        client.release();
      }
    };
  const work: Record<Variant, () => Promise<unknown>> = {
    act: act(false),
    actSealed: act(true),
    actChained: act(true, true),
    none: update,
    row: withEntry('row', audited),
    seal: withEntry('row', audited),
    chain: withEntry('chain', chained),
  };
  const sealer = new BenchSealer(pool);
  const turns = Object.fromEntries(Object.keys(work).map((name) => [name, []])) as unknown as Record<Variant, Cost[]>;
  for (let round = 0; round < rounds; round++)
    for (const variant of Object.keys(work) as Variant[]) {
      // What other variants left behind is sealed before, so that nobody pays for it.
      const isSealed = variant === 'seal' || variant === 'actSealed';
      if (isSealed) while ((await sealer.seal(5_000)) > 0);
      const timer = isSealed ? setInterval(() => void whole(sealer), 1_000) : undefined;
      turns[variant].push(await costOf(pool, seconds, work[variant]));
      clearInterval(timer);
      await sealing;
    }
  await pool.end();
  const median = (list: Cost[]): Cost => [...list].sort((a, b) => a.cpu - b.cpu)[list.length >> 1] as Cost;
  return Object.fromEntries(Object.entries(turns).map(([name, list]) => [name, median(list)])) as Record<Variant, Cost>;
}

let sealing: Promise<unknown> = Promise.resolve();
/** One turn of the sealer at a time. */
function whole(sealer: BenchSealer): void {
  sealing = sealing.then(async () => {
    while ((await sealer.seal(5_000)) >= 5_000);
  });
}

/** Fills the trail as if years had gone by: entries in pieces, a checkpoint for each second. */
async function fill(place: Place, entries: number): Promise<void> {
  const pool = place.pool(4);
  const trail = writer();
  await pool.query('ALTER TABLE audit_entry DISABLE TRIGGER USER');
  for (const table of ['audit_entry', 'audit_salt', 'audit_leaf', 'audit_node', 'audit_checkpoint']) {
    await pool.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await pool.query(`TRUNCATE ${table}`);
  }
  const [row] = (await pool.query('SELECT system_identifier::text AS server FROM pg_control_system()')).rows as {
    server: string;
  }[];
  const sealer = new BenchSealer(pool);
  const arrays = TYPES.map((type, at) => `$${at + 1}::${type}[]`).join(', ');
  for (let done = 0; done < entries; done += PIECE) {
    const piece = Array.from({ length: PIECE }, () => trail.entry(draft(randomUUID())));
    const columns = TYPES.map((_, column) => piece.map((entry) => columnsOf(entry)[column]));
    await pool.query(`${ROW} SELECT * FROM unnest(${arrays})`, columns);
    for (let at = 0; at < PIECE; at += A_SECOND)
      await sealer.append(piece.slice(at, at + A_SECOND), '1:1:', row?.server ?? '0');
    if (done % 100_000 === 0) say(`  ${done} entries`);
  }
  await pool.query('VACUUM ANALYZE audit_entry');
  await pool.query('VACUUM ANALYZE audit_leaf');
  await pool.end();
}

const { values } = parseArgs({
  options: {
    audit: { type: 'boolean' },
    entries: { type: 'string', default: '2000000' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
  },
});
const place = new Place(environment.databaseUrl);
await place.empty();
await migrate({ connection: connectionFrom(place.url), migrationsDir: join(process.cwd(), 'prisma/migrations') });
const turns = await measureWrites(place, Number(values.seconds), Number(values.rounds));
const says: Record<Variant, string> = {
  act: 'an act: lock, event, count up, commit',
  actSealed: '+ audit row, and the seal behind it',
  actChained: '+ audit row and a global hash chain',
  none: 'one bare update, nothing else',
  row: '+ audit row with MAC, sealed content and salt',
  seal: '+ the same with the seal behind it',
  chain: '+ the same with a global hash chain',
};
const out = [
  `| ${WORKERS} writers | a second | ÷ unaudited | processor time, µs | unaudited ÷ it | p50 ms | p99 ms |`,
  '| --- | --- | --- | --- | --- | --- | --- |',
];
for (const [name, turn] of Object.entries(turns) as [Variant, Cost][]) {
  const ratio = (turn.perSecond / turns[BESIDE[name]].perSecond).toFixed(2);
  out.push(
    `| ${says[name]} | ${Math.round(turn.perSecond)} | ${ratio} | ${Math.round(turn.cpu)} | ${(turns[BESIDE[name]].cpu / turn.cpu).toFixed(2)} | ${turn.p50.toFixed(1)} | ${turn.p99.toFixed(1)} |`,
  );
}
process.stdout.write(`${out.join('\n')}\n\n`);
const entries = Number(values.entries);
if (entries > 0) {
  await fill(place, entries);
  const pool = place.pool(2);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const { findings, checkpoints, entries: read } = await verify(pool);
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const each = ((used.user + used.system) / read).toFixed(1);
  const peak = process.memoryUsage.rss() / 2 ** 20;
  process.stdout.write(
    `Verification of ${read} entries and ${checkpoints} checkpoints: ${seconds.toFixed(1)} s, ${Math.round(read / seconds)} a second, ${each} µs of processor time an entry here, ${findings.count} findings, ${Math.round(peak)} MB.\n`,
  );
  await pool.end();
}
