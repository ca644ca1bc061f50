/**
 * Somebody with every right in the database, and without the keys, against the trail: what they do is found, and the
 * entry is named. Each attack is plain SQL with the triggers off.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '#lib/database';
import { aCase } from '#lib/testing';
import { noteSigner, signedCheckpoint } from '#lib/trail';
import { SealService } from '../../src/audit/seal.service.js';
import { VerificationService } from '../../src/audit/verification.service.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

const TABLES = ['audit_entry', 'audit_salt', 'audit_leaf', 'audit_node', 'audit_checkpoint'];
/** Seals of so many entries each. */
const SEALS = 6;
const EACH = 4;

let api: ServiceUnderTest;
let outside: string;
/** The leaves in order, as they were before anybody touched them. */
let leaves: { position: number; id: string; at: string }[];

const sql = <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  api.database.sql<Row>(text, values);

beforeAll(async () => {
  api = await aService({ worker: false });
  outside = mkdtempSync(join(tmpdir(), 'amparo-outside-'));
  const seals = api.app.get(SealService);
  await aCase().named('Ana', 'Ejemplo').recordedBy(api.as('caseworker'));
  await seals.seal();
  for (let seal = 0; seal < SEALS; seal++) {
    for (let entry = 0; entry < EACH; entry++)
      await api.app.get(Database).write(null, (tx) => tx.audit('facts.rebuilt', { details: { people: entry } }));
    await seals.seal();
  }
  for (const table of TABLES) await sql(`alter table ${table} disable trigger user`);
  // Every entry has been seen, also those whose transaction had not ended when the last seal looked.
  await sql(
    `update audit_checkpoint set seen = (select (n || ':' || n || ':')::pg_snapshot from (select max(xid::text::bigint) + 1 as n from audit_entry) e)`,
  );
  for (const table of TABLES) {
    await sql(`create table kept_${table} as select * from ${table}`);
  }
  leaves = await sql(
    `select l.position::int as position, l.entry_id as id, e.at::text as at from audit_leaf l join audit_entry e on e.id = l.entry_id order by 1`,
  );
  const notes = await sql<{ note: string }>('select note from audit_checkpoint order by size');
  writeFileSync(join(outside, 'all.checkpoints'), notes.map(({ note }) => note).join('\n'));
});
afterAll(async () => {
  rmSync(outside, { recursive: true, force: true });
  await api.stop();
});
afterEach(async () => {
  for (const table of TABLES) await sql(`truncate ${table}`);
  for (const table of TABLES) await sql(`insert into ${table} select * from kept_${table}`);
});

interface Found {
  kind: string;
  entryId: string | null;
  from: number | null;
  to: number | null;
  says: string;
}
const verify = async (path: string = outside): Promise<Found[]> =>
  (await api.app.get(VerificationService).verify(path)).found.map(({ at: _at, ...found }) => found);
const place = (position: number): { position: number; id: string; at: string } => {
  const found = leaves[position];
  if (!found) throw new Error(`no leaf ${position}`);
  return found;
};
const last = (): number => leaves.length - 1;

it('finds nothing in a trail that nobody touched, and reads all of it', async () => {
  const result = await api.app.get(VerificationService).verify(outside);
  expect(result).toMatchObject({
    entries: leaves.length,
    checkpoints: SEALS + 1,
    outside: SEALS + 1,
    findings: 0,
    pending: 0,
  });
  expect(leaves.length).toBeGreaterThan(SEALS * EACH);
});

it.each([
  ['id', `gen_random_uuid()`],
  ['at', `at + interval '1 microsecond'`],
  ['organisation_id', 'gen_random_uuid()'],
  ['actor_id', 'gen_random_uuid()'],
  ['session_id', 'gen_random_uuid()'],
  ['request_id', `'another'`],
  ['action', `'case.read'`],
  ['case_id', 'gen_random_uuid()'],
  ['subject_id', 'gen_random_uuid()'],
  ['sealed', `'\\x00'::bytea`],
  ['mac', `sha256('guessed')`],
])('names the entry whose %s was changed', async (column, value) => {
  const { id, position } = place(7);
  await sql(`update audit_entry set ${column} = ${value} where id = $1`, [id]);
  const found = await verify();
  if (column !== 'id') expect(found).toMatchObject([{ kind: 'edited', entryId: id, from: position }]);
  // Under another id it is gone from its place, and stands outside the tree without the MAC of that id.
  else
    expect(found.map(({ kind, entryId }) => [kind, entryId === id])).toEqual([
      ['removed', true],
      ['forged', false],
    ]);
});

it('names an entry whose every column was changed to nothing', async () => {
  const { id } = place(3);
  await sql(
    `update audit_entry set organisation_id = null, actor_id = null, session_id = null, request_id = null, case_id = null, subject_id = null, sealed = null where id = $1`,
    [id],
  );
  expect(await verify()).toMatchObject([{ kind: 'edited', entryId: id }]);
});

it.each([
  ['first', () => 0],
  ['middle', () => Math.floor(leaves.length / 2)],
  ['last', last],
])('names the %s entry when it is deleted', async (_which, at) => {
  const { id, position } = place(at());
  await sql('delete from audit_entry where id = $1', [id]);
  expect(await verify()).toMatchObject([{ kind: 'removed', entryId: id, from: position }]);
});

it.each([
  ['first', () => 0],
  ['middle', () => Math.floor(leaves.length / 2)],
])('names the place of the %s entry when it is deleted together with its leaf', async (_which, at) => {
  const { id, position } = place(at());
  await sql('delete from audit_leaf where entry_id = $1', [id]);
  await sql('delete from audit_entry where id = $1', [id]);
  expect(await verify()).toMatchObject([{ kind: 'removed', from: position, to: position }]);
});

it('names the last entry as cut off when it is deleted together with its leaf', async () => {
  const { id, position } = place(last());
  await sql('delete from audit_leaf where entry_id = $1', [id]);
  await sql('delete from audit_entry where id = $1', [id]);
  expect(await verify('/dev/null')).toMatchObject([{ kind: 'truncated', from: position, to: position }]);
});

it('names a deleted entry when the places behind it were closed up', async () => {
  const { id, position } = place(10);
  await sql('delete from audit_leaf where entry_id = $1', [id]);
  await sql('delete from audit_entry where id = $1', [id]);
  await sql('update audit_leaf set position = position + 1000 where position > $1', [position]);
  await sql('update audit_leaf set position = position - 1001 where position > 1000');
  const found = await verify('/dev/null');
  expect(found[0]).toMatchObject({ kind: 'altered' });
  // The first segment that does not fit is the one it stood in.
  expect([found[0]!.from! <= position, found[0]!.to! >= position]).toEqual([true, true]);
  expect(found.at(-1)).toMatchObject({ kind: 'truncated', from: last(), to: last() });
});

it('names a forged entry, whether or not it was given a leaf', async () => {
  const forged = 'f0000000-0000-4000-8000-00000000000f';
  await sql(
    `insert into audit_entry (id, at, action, mac, xid) select $1, at, action, mac, xid from audit_entry where id = $2`,
    [forged, place(5).id],
  );
  expect(await verify()).toMatchObject([{ kind: 'forged', entryId: forged }]);
  await sql('insert into audit_leaf values ($1, $2, $3)', [leaves.length, forged, Buffer.alloc(32, 1)]);
  expect((await verify()).map(({ kind, entryId }) => [kind, entryId])).toEqual([
    ['edited', forged],
    ['checkpoint', forged],
  ]);
});

it('names a forged entry that the sealer sealed in good faith', async () => {
  const forged = 'f0000000-0000-4000-8000-00000000000f';
  await sql(`insert into audit_entry (id, at, action, mac) values ($1, now(), 'case.read', sha256('guessed'))`, [
    forged,
  ]);
  expect(await api.app.get(SealService).seal()).toBe(1);
  expect(await verify()).toMatchObject([{ kind: 'forged', entryId: forged, from: leaves.length }]);
});

it('names an entry that was put back without a leaf after it had been sealed away', async () => {
  const { id, position } = place(9);
  await sql('delete from audit_leaf where entry_id = $1', [id]);
  expect(await verify()).toMatchObject([
    { kind: 'removed', from: position },
    { kind: 'inserted', entryId: id },
  ]);
});

it('names both entries whose contents were swapped', async () => {
  const [a, b] = [place(6), place(14)];
  await sql(
    `update audit_entry e set at = o.at, action = o.action, sealed = o.sealed, mac = o.mac from audit_entry o where (e.id = $1 and o.id = $2) or (e.id = $2 and o.id = $1)`,
    [a.id, b.id],
  );
  expect((await verify()).map(({ kind, entryId }) => [kind, entryId])).toEqual([
    ['edited', a.id],
    ['edited', b.id],
  ]);
});

const exchange = async (a: number, b: number): Promise<void> => {
  await sql('update audit_leaf set position = position + 1000 where position in ($1, $2)', [a, b]);
  await sql('update audit_leaf set position = $1::int + $2::int + 1000 - position where position > 999', [a, b]);
};

it('names the entries that changed places within a second', async () => {
  const start = leaves.length - EACH;
  await exchange(start, start + 2);
  expect((await verify()).map(({ kind, entryId }) => [kind, entryId])).toEqual([
    ['moved', place(start + 2).id],
    ['moved', place(start).id],
  ]);
});

it('names the seconds between which entries changed places', async () => {
  const [a, b] = [leaves.length - 3 * EACH, leaves.length - EACH];
  await exchange(a, b);
  expect(await verify()).toMatchObject([
    { kind: 'altered', from: a, to: a + EACH - 1 },
    { kind: 'altered', from: b, to: b + EACH - 1 },
  ]);
});

it('names entries whose leaves were given to one another', async () => {
  const [a, b] = [place(8), place(9)];
  await sql(`update audit_leaf set entry_id = gen_random_uuid() where position = 8`);
  await sql(`update audit_leaf set entry_id = $1 where position = 9`, [a.id]);
  await sql(`update audit_leaf set entry_id = $1 where position = 8`, [b.id]);
  expect((await verify()).map(({ kind, entryId }) => [kind, entryId])).toEqual([
    ['moved', b.id],
    ['moved', a.id],
  ]);
});

it('tells a leaf that was changed from an entry that was changed', async () => {
  await sql(`update audit_leaf set digest = sha256('other') where position = 11`);
  expect(await verify()).toMatchObject([{ kind: 'leaf', entryId: place(11).id }]);
});

it('names a whole second that was deleted, checkpoint and all', async () => {
  const [from, to] = [leaves.length - 2 * EACH, leaves.length - EACH - 1];
  const gone = leaves.slice(from, to + 1).map(({ id }) => id);
  await sql('delete from audit_entry where id = any ($1::uuid[])', [gone]);
  await sql('delete from audit_leaf where entry_id = any ($1::uuid[])', [gone]);
  await sql('delete from audit_checkpoint where size = $1', [to + 1]);
  expect(await verify('/dev/null')).toMatchObject([{ kind: 'removed', from, to }]);
});

it('goes on behind a damaged second, and finds the next one', async () => {
  await sql(`update audit_leaf set digest = sha256('other') where position in (8, 20)`);
  await sql('delete from audit_entry where id = $1', [place(13).id]);
  expect((await verify()).map(({ kind, entryId }) => [kind, entryId])).toEqual(
    expect.arrayContaining([
      ['leaf', place(8).id],
      ['removed', place(13).id],
      ['leaf', place(20).id],
    ]),
  );
});

it('names a checkpoint that was forged or edited', async () => {
  const forger = noteSigner(Buffer.alloc(32, 9));
  const [row] = await sql<{ size: string; note: string }>(
    'select size, note from audit_checkpoint order by size limit 1 offset 2',
  );
  const size = Number(row?.size);
  const forged = signedCheckpoint(forger, size, Buffer.alloc(32, 4), new Date());
  await sql('update audit_checkpoint set note = $1 where size = $2', [forged, size]);
  expect(await verify('/dev/null')).toMatchObject([{ kind: 'checkpoint', from: size - 1 }]);
  const edited = (row?.note ?? '').replace(/\ntime 2/, '\ntime 1');
  await sql('update audit_checkpoint set note = $1 where size = $2', [edited, size]);
  expect(await verify('/dev/null')).toMatchObject([{ kind: 'checkpoint', from: size - 1 }]);
});

it('names a checkpoint outside that this installation did not sign', async () => {
  const file = join(outside, '..', 'forged-checkpoint.txt');
  writeFileSync(file, signedCheckpoint(noteSigner(Buffer.alloc(32, 9)), 4, Buffer.alloc(32, 4), new Date()));
  try {
    expect(await verify(file)).toMatchObject([{ kind: 'outside' }]);
  } finally {
    rmSync(file);
  }
});

it('sees an older database only against a checkpoint outside, and then says what is missing', async () => {
  const size = leaves.length - 2 * EACH;
  await sql('delete from audit_entry e using audit_leaf l where l.entry_id = e.id and l.position >= $1', [size]);
  await sql('delete from audit_leaf where position >= $1', [size]);
  await sql('delete from audit_checkpoint where size > $1', [size]);
  expect(await verify('/dev/null')).toEqual([]);
  const found = await verify();
  expect(found).toMatchObject([
    { kind: 'truncated', from: size, to: leaves.length - EACH - 1 },
    { kind: 'truncated', from: size, to: last() },
  ]);
  expect(found[1]!.says).toContain(`covers ${leaves.length} entries; the trail has ${size}`);
});

it('sees a trail that was emptied and begun anew, even though this very service signed the new one', async () => {
  for (const table of TABLES) await sql(`truncate ${table}`);
  for (let entry = 0; entry < leaves.length + 3; entry++)
    await api.app.get(Database).write(null, (tx) => tx.audit('facts.rebuilt', { details: { people: entry } }));
  await api.app.get(SealService).seal();
  expect(await verify('/dev/null')).toEqual([]);
  const found = await verify();
  expect(found).toHaveLength(SEALS + 1);
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['forked']));
});

it('says up to where a history that was changed still agrees with the checkpoints outside', async () => {
  const size = leaves.length - 2 * EACH;
  await sql('delete from audit_entry e using audit_leaf l where l.entry_id = e.id and l.position >= $1', [size]);
  await sql('delete from audit_leaf where position >= $1', [size]);
  await sql('delete from audit_checkpoint where size > $1', [size]);
  for (let entry = 0; entry < 3 * EACH; entry++)
    await api.app.get(Database).write(null, (tx) => tx.audit('facts.rebuilt'));
  await api.app.get(SealService).seal();
  const found = await verify();
  expect(found.map(({ kind }) => kind)).toEqual(['forked', 'forked']);
  expect(found[0]).toMatchObject({ from: size });
  expect(found[0]!.says).toContain(`They agree up to entry ${size}.`);
});

it('names a right edge that was changed, though nothing rests on it any more', async () => {
  await sql(`update audit_checkpoint set frontier = sha256('other') || substr(frontier, 33) where size = $1`, [
    leaves.length - EACH,
  ]);
  expect(await verify()).toMatchObject([{ kind: 'checkpoint', from: leaves.length - EACH - 1 }]);
});

it('will not sign on top of an edge of the tree that it did not sign', async () => {
  await sql(`update audit_checkpoint set frontier = sha256('other') || substr(frontier, 33) where size = $1`, [
    leaves.length,
  ]);
  await api.app.get(Database).write(null, (tx) => tx.audit('facts.rebuilt'));
  await expect(api.app.get(SealService).seal()).rejects.toThrow('not one that this installation signed');
  expect(readFileSync(join(outside, 'all.checkpoints'), 'utf8')).toContain(`\n${leaves.length}\n`);
});

describe('the digests kept over whole subtrees, from which receipts are made,', () => {
  /** Enough entries for a subtree that is kept; `afterEach` takes them away again. */
  const grow = async (): Promise<void> => {
    await api.app.get(Database).write(null, async (tx) => {
      for (let entry = 0; entry < 300; entry++) await tx.audit('facts.rebuilt');
    });
    await api.app.get(SealService).seal();
  };

  it.each([
    ['changed', `update audit_node set digest = sha256('other')`],
    ['removed', 'delete from audit_node'],
  ])('are named when one was %s', async (_how, attack) => {
    await grow();
    expect(await verify()).toEqual([]);
    await sql(attack);
    expect(await verify()).toMatchObject([{ kind: 'node', from: 0, to: 255 }]);
  });

  it('are named when one was put where there are no entries yet, which would keep the next seals from being written', async () => {
    await sql(`insert into audit_node (level, position, digest) values (8, 0, sha256('other'))`);
    expect(await verify()).toMatchObject([{ kind: 'node', from: leaves.length }]);
  });
});
