/** The sealer at work: several at once, one that dies, an older server; and what goes outside: checkpoints, receipts. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Database } from '#lib/database';
import { aCase, problem } from '#lib/testing';
import { checkReceipt, openCheckpoint, readKey, type Receipt } from '#lib/trail';
import { auditCheckpoint, auditCheckReceipt, auditReceipt, auditVerify } from '../../src/audit/audit.commands.js';
import { readCheckpoints } from '../../src/audit/checkpoint-files.js';
import { ReceiptsService } from '../../src/audit/receipts.service.js';
import { SealRepository, type Seal } from '../../src/audit/seal.repository.js';
import { SealService } from '../../src/audit/seal.service.js';
import { TrailKeysService } from '../../src/audit/trail-keys.service.js';
import { VerificationService } from '../../src/audit/verification.service.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'amparo-outside-'));
  api = await aService({ worker: false });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const seals = (): SealService => api.app.get(SealService);
const act = (): Promise<unknown> => api.app.get(Database).write(null, (tx) => tx.audit('facts.rebuilt'));
const unsealed = async (): Promise<number> => {
  const [row] = await api.database.sql<{ n: number }>(
    'select count(*)::int as n from audit_entry e where not exists (select from audit_leaf l where l.entry_id = e.id)',
  );
  return row?.n ?? -1;
};
const findings = async (path = '/dev/null'): Promise<readonly string[]> =>
  (await api.app.get(VerificationService).verify(path)).found.map((found) => `${found.kind}: ${found.says}`);

it('seals each entry once, however many seal at the same time', async () => {
  const acts = Array.from({ length: 40 }, act);
  const sealing = Array.from({ length: 12 }, async () => {
    await new Promise((next) => setTimeout(next, Math.random() * 40));
    return seals().seal();
  });
  await Promise.all([...acts, ...sealing]);
  await seals().seal();
  expect(await unsealed()).toBe(0);
  expect(await findings()).toEqual([]);
});

it('seals what was committed while an older transaction is still running, and that one when it ends', async () => {
  const client = new pg.Client({ connectionString: api.database.url });
  await client.connect();
  await client.query('begin');
  // Takes its place in the order of transactions now, and commits its entry after later ones were sealed.
  await client.query('create table older_transaction ()');
  await act();
  expect(await seals().seal()).toBeGreaterThan(0);
  expect(await unsealed()).toBe(0);
  await act();
  expect(await seals().seal()).toBe(1);
  const [copied] = await api.database.sql<{ id: string }>(`select id from audit_entry order by at desc limit 1`);
  await client.query(
    `insert into audit_entry (id, at, action, mac) select gen_random_uuid(), at, action, mac from audit_entry where id = $1`,
    [copied?.id],
  );
  await client.query('commit');
  await client.end();
  expect(await seals().seal()).toBe(1);
  expect(await unsealed()).toBe(0);
  expect(await findings()).toEqual([expect.stringMatching(/^forged/)]);
  for (const table of ['audit_entry', 'audit_leaf', 'audit_checkpoint', 'audit_node'])
    await api.database.sql(
      `alter table ${table} disable trigger user; truncate ${table}; alter table ${table} enable trigger user`,
    );
});

it('does not look again at what it has seen, however long another transaction goes on', async () => {
  await seals().seal();
  const client = new pg.Client({ connectionString: api.database.url });
  await client.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  for (let n = 0; n < 3; n++) await act();
  expect(await seals().seal()).toBe(3);
  const repository = api.app.get(SealRepository);
  // Without their leaves what has been seen would be found again, if it were looked at.
  await api.database.sql(
    `alter table audit_leaf disable trigger user; delete from audit_leaf where position >= (select max(size) - 3 from audit_checkpoint); alter table audit_leaf enable trigger user`,
  );
  expect(await repository.unsealed(100, (await repository.last())!.seen)).toEqual([]);
  expect(await repository.unsealed(100, '1:1:')).toHaveLength(3);
  await client.query('rollback');
  await client.end();
  for (const table of ['audit_entry', 'audit_leaf', 'audit_checkpoint', 'audit_node'])
    await api.database.sql(
      `alter table ${table} disable trigger user; truncate ${table}; alter table ${table} enable trigger user`,
    );
});

it('goes on where one was killed: between its steps nothing is half done', async () => {
  for (let n = 0; n < 5; n++) await act();
  const repository = api.app.get(SealRepository);
  const original = repository.append.bind(repository);
  // Killed after it computed everything and before it wrote.
  repository.append = (): Promise<boolean> => Promise.reject(new Error('killed'));
  await expect(seals().seal()).rejects.toThrow('killed');
  expect(await unsealed()).toBe(5);
  // Killed after it wrote and before it heard so: the next one finds it done.
  repository.append = async (seal: Seal): Promise<boolean> => {
    await original(seal);
    throw new Error('killed');
  };
  await expect(seals().seal()).rejects.toThrow('killed');
  repository.append = original;
  expect(await unsealed()).toBe(0);
  await act();
  expect(await seals().seal()).toBe(1);
  expect(await findings()).toEqual([]);
});

it('writes a seal whole or not at all', async () => {
  await act();
  const waiting = await unsealed();
  await api.database.sql(`alter table audit_checkpoint add constraint spec_full check (size < 0) not valid`);
  await expect(seals().seal()).rejects.toThrow();
  await api.database.sql('alter table audit_checkpoint drop constraint spec_full');
  expect(await unsealed()).toBe(waiting);
  await seals().seal();
  expect(await findings()).toEqual([]);
});

it('looks at everything once after a restore onto another server, where transactions are counted anew', async () => {
  await seals().seal();
  // As a dump from a much older server would leave it: it has seen far more transactions than this server has had.
  await api.database.sql(
    `alter table audit_checkpoint disable trigger user; update audit_checkpoint set seen = '900000000000:900000000000:', server = 1; alter table audit_checkpoint enable trigger user`,
  );
  await act();
  expect(await seals().seal()).toBe(1);
  await act();
  expect(await seals().seal()).toBe(1);
  expect(await findings()).toEqual([]);
});

it('keeps proofs short and verification whole over more entries than one kept subtree', async () => {
  await api.app.get(Database).write(null, async (tx) => {
    for (let n = 0; n < 700; n++) await tx.audit('facts.rebuilt');
  });
  await seals().seal();
  const [nodes] = await api.database.sql<{ n: number }>('select count(*)::int as n from audit_node where level = 8');
  expect(nodes?.n).toBeGreaterThanOrEqual(2);
  const entries = await api.database.sql<{ id: string }>(
    'select entry_id as id from audit_leaf where position % 97 = 0',
  );
  const key = [...readCheckpointsKey()].join('');
  for (const { id } of entries) {
    const receipt = await api.app.get(ReceiptsService).receiptAtConsole(id);
    expect(checkReceipt(JSON.stringify(receipt), key).faults).toEqual([]);
    expect(receipt.proof.length).toBeLessThan(12);
  }
  expect(await findings()).toEqual([]);
});

const readCheckpointsKey = (): string => {
  const { name, id, publicKey } = api.app.get(TrailKeysService).signer();
  return `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(1), publicKey]).toString('base64')}`;
};

describe('a receipt', () => {
  let receipt: Receipt;
  const check = (changed: unknown, trusted?: string): readonly string[] =>
    checkReceipt(JSON.stringify(changed), trusted).faults;

  it('is given to an auditor of the organisation, on the record, and to nobody else', async () => {
    await aCase().recordedBy(api.as('caseworker'));
    const { body } = await api.as('auditor').get('/v1/audit?action=case.recorded&limit=1').expect(200);
    const path = `/v1/audit/${body.items[0].id}/receipt`;
    await api.as('auditor').get(path).expect(problem(503, 'audit.not-sealed-yet'));
    await seals().seal();
    receipt = (await api.as('auditor').get(path).expect(200)).body;
    expect(receipt.entry).toMatchObject({ id: body.items[0].id, action: 'case.recorded' });
    await api.as('stranger auditor').get(path).expect(problem(404, 'audit.entry-not-found'));
    await api.as('coordinator').get(path).expect(403);
    const given = await api.as('auditor').get('/v1/audit?action=audit.receipt-given&limit=1').expect(200);
    expect(given.body.items[0]).toMatchObject({ subjectId: body.items[0].id });
  });

  it('holds by itself, and under the key that the organisation gave', () => {
    expect(check(receipt)).toEqual([]);
    expect(check(receipt, readCheckpointsKey())).toEqual([]);
    expect(check(receipt, receipt.key.replace('amparo', 'ampara'))).toEqual([
      'It was signed with another key than yours.',
    ]);
  });

  it('does not hold when anything in it was changed', () => {
    const { entry } = receipt;
    for (const name of Object.keys(entry) as (keyof typeof entry)[]) {
      const value = entry[name];
      const other = value === null ? 'x' : name === 'mac' ? Buffer.alloc(32).toString('base64') : `${value}x`;
      expect([name, check({ ...receipt, entry: { ...entry, [name]: other } }).length]).toEqual([name, 1]);
    }
    expect(check({ ...receipt, position: receipt.position - 1 })).toHaveLength(1);
    expect(check({ ...receipt, proof: receipt.proof.slice(1) })).toHaveLength(1);
    expect(check({ ...receipt, checkpoint: receipt.checkpoint.replace(/\n\d+\n/, '\n9999\n') })).toHaveLength(1);
    expect(check({ ...receipt, proof: 'none' })).toEqual(['This is not a receipt of an audit entry.']);
    for (const nothing of [null, [], 'x', {}, { format: receipt.format }])
      expect(check(nothing)).toEqual(['This is not a receipt of an audit entry.']);
  });

  it('shows a checkpoint that somebody kept as the beginning of the trail of now, and no other', async () => {
    const before = await api.app.get(ReceiptsService).checkpoint();
    for (let n = 0; n < 9; n++) await act();
    await seals().seal();
    const later = await api.app.get(ReceiptsService).receiptAtConsole(receipt.entry.id, before);
    expect(check(later)).toEqual([]);
    const wrong = { ...later, earlier: { checkpoint: before, proof: later.earlier?.proof.slice(1) ?? [] } };
    expect(check(wrong)).toEqual([expect.stringContaining('the history was changed')]);
  });

  it('is not given out when the stored tree no longer leads to the checkpoint', async () => {
    await api.database.sql(
      `alter table audit_leaf disable trigger user; update audit_leaf set digest = sha256('x') where position = ${receipt.position ^ 1}`,
    );
    await api.as('auditor').get(`/v1/audit/${receipt.entry.id}/receipt`).expect(problem(409, 'audit.proof-broken'));
  });
});

describe('a checkpoint outside', () => {
  /** A service with a worker, which ends as one does: with a seal and a checkpoint. */
  async function onceWith(auditCheckpointDir: string): Promise<{ note: string; key: string }> {
    const other = await aService({ worker: true, auditCheckpointDir });
    await aCase().recordedBy(other.as('caseworker'));
    const signer = other.app.get(TrailKeysService).signer();
    const key = `${signer.name}+${signer.id.toString('hex')}+${Buffer.concat([Buffer.of(1), signer.publicKey]).toString('base64')}`;
    const sealed = other.app.get(SealRepository);
    await other.app.close();
    const last = await sealed.last();
    await other.app.get(Database).close();
    await other.database.drop();
    return { note: last?.note ?? '', key };
  }

  it('is written when the service stops, with the key beside it, and is the last one', async () => {
    const { note, key } = await onceWith(join(folder, 'plain'));
    expect(readFileSync(join(folder, 'plain', 'audit-key.txt'), 'utf8').trim()).toBe(key);
    const found = await readCheckpoints(join(folder, 'plain'));
    expect(found.at(-1)?.note).toBe(note);
    const trusted = readKey(key);
    expect(trusted && openCheckpoint(note, trusted)?.size).toBeGreaterThan(0);
  });

  it('is a letter where the folder is a Maildir', async () => {
    const maildir = join(folder, 'mail');
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
    const { note } = await onceWith(maildir);
    expect(readdirSync(join(maildir, 'tmp'))).toEqual([]);
    const letters = readdirSync(join(maildir, 'new')).sort();
    const last = readFileSync(join(maildir, 'new', letters.at(-1) ?? ''), 'utf8');
    expect(last).toMatch(
      /^Date: \w{3}, \d{2} \w{3} \d{4} [\d:]{8} \+0000\nSubject: Audit checkpoint of amparo-audit\//,
    );
    expect((await readCheckpoints(maildir)).map((one) => one.note)).toContain(note);
  });
});

describe('at the console', () => {
  it('verification says that the trail is as it was signed, or names what is not, and ends with 1 then', async () => {
    const other = await aService({ worker: false });
    await aCase().recordedBy(other.as('caseworker'));
    await other.app.get(SealService).seal();
    const clean = await auditVerify(other.app, { checkpoint: '/dev/null' });
    expect([clean.code, clean.says]).toEqual([0, expect.stringMatching(/The trail is as it was signed\.$/)]);
    expect((await other.as('auditor').get('/v1/audit/verification').expect(200)).body).toMatchObject({ intact: true });
    await other.database.sql('alter table audit_entry disable trigger user');
    await other.database.sql(`update audit_entry set actor_id = gen_random_uuid() where action = 'case.recorded'`);
    const found = await auditVerify(other.app, { checkpoint: '/dev/null' });
    expect(found.code).toBe(1);
    expect(found.says).toMatch(/1 finding:\n {2}edited {5}Entry [0-9a-f-]{36} was changed after it was sealed\./);
    const { body } = await other.as('auditor').get('/v1/audit/verification').expect(200);
    expect(body).toMatchObject({ intact: false, findings: 1, found: [{ kind: 'edited', from: expect.any(Number) }] });
    await other.stop();
  });

  it('a checkpoint is printed, as a letter if wished, and a receipt is checked from its file alone', async () => {
    const other = await aService({ worker: false });
    await aCase().recordedBy(other.as('caseworker'));
    await other.app.get(SealService).seal();
    const { says: note } = await auditCheckpoint(other.app, {});
    expect((await auditCheckpoint(other.app, { letter: 'true' })).says).toMatch(/^Date: .+\nSubject: /);
    const [entry] = await other.database.sql<{ id: string }>('select entry_id as id from audit_leaf limit 1');
    const kept = join(folder, 'kept.txt');
    writeFileSync(kept, note);
    const { says } = await auditReceipt(other.app, [entry?.id ?? ''], { checkpoint: kept });
    await expect(auditReceipt(other.app, ['7'], {})).rejects.toThrow('Name the entry by its id');
    await other.stop();
    const file = join(folder, 'receipt.json');
    writeFileSync(file, says);
    const key = (JSON.parse(says) as Receipt).key;
    expect(await auditCheckReceipt([file], { key })).toEqual({
      code: 0,
      says: expect.stringMatching(/^The receipt holds: .+[^]+is signed with your key\.$/),
    });
    writeFileSync(file, says.replace(/"action": "[^"]+"/, '"action": "case.read"'));
    expect(await auditCheckReceipt([file], {})).toEqual({
      code: 1,
      says: expect.stringContaining('The receipt does not hold.'),
    });
  });
});
