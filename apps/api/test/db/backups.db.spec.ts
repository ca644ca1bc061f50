/**
 * Backups of an installation with cases: what comes back, onto a machine that has nothing but two recovery keys; what is
 * refused before anything was touched; what a restore that dies leaves behind.
 */
import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newRecipient } from '#lib/backup';
import { connectionFrom, Database, loginsFrom, migrate, Snapshot, type Duty } from '#lib/database';
import { aCase, onServer } from '#lib/testing';
import {
  drillBackup,
  listBackups,
  makeBackup,
  pruneBackups,
  restoreBackup,
  type Ground,
} from '../../src/backups/backups.commands.js';
import { BackupSchedule } from '../../src/backups/backup-schedule.js';
import { BackupsRepository } from '../../src/backups/backups.repository.js';
import { BackupsService } from '../../src/backups/backups.service.js';
import { Worker } from '../../src/jobs/worker.js';
import { readKeys, type Config } from '../../src/platform/config.js';
import { CONFIG } from '../../src/platform/provided.js';
import { createApp, logIn, migrateDatabase } from '../../src/service.js';
import { aService, ROOT, type ServiceUnderTest } from '../api/service-under-test.js';
import { KEY, s3Server, type S3Server } from '../backups/s3-server.js';

const [forData, forKeys, stranger] = [newRecipient(), newRecipient(), newRecipient()];
// A restore makes a whole schema and starts the application; the first spec of a run makes what all begin from.
jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'amparo-backups-'));
const inFolder = (...parts: string[]): string => join(folder, ...parts);
const written = (name: string, text: string): string => {
  writeFileSync(inFolder(name), text);
  return inFolder(name);
};
const bothKeys = `${written('data.key', forData.recoveryKey)},${written('keys.key', forKeys.recoveryKey)}`;

const ground: Ground = {
  start: async (config) => {
    const app = await createApp({ ...config, worker: false, logLevel: 'silent' });
    await logIn(app, config);
    await app.init();
    return app;
  },
  migrate: migrateDatabase,
};

const databases: string[] = [];

/** The address of a database without anything in it. */
async function emptyDatabase(): Promise<string> {
  const name = `restored_${randomBytes(6).toString('hex')}`;
  await asking(onServer('postgres'), `create database ${name}`);
  databases.push(name);
  return onServer(name);
}

async function asking(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, options: '-c app.duty=work' });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const tablesIn = (url: string): Promise<Record<string, unknown>[]> =>
  asking(
    url,
    `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information_schema)' order by 1`,
  );

/** Another machine: no secret, no key, nobody's database. */
let machines = 0;
const anotherMachine = async (): Promise<Readonly<Config>> => {
  const place = inFolder(`machine-${++machines}`);
  return Object.freeze({
    ...api.app.get<Config>(CONFIG),
    databaseUrl: await emptyDatabase(),
    secretFile: join(place, 'secret.key'),
    keyFile: join(place, 'wrapping.key'),
  });
};

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

let api: ServiceUnderTest;
let store: S3Server;
let home: Readonly<Config>;
let caseId: string;
/** The first backup's two artefacts. */
let data: string;
let keys: string;

beforeAll(async () => {
  store = await s3Server();
  api = await aService({
    ...{ s3Endpoint: store.endpoint, s3Region: KEY.region, s3KeyId: KEY.keyId, s3Secret: KEY.secret },
    backupDir: inFolder('store'),
    backupRecipient: forData.recipient,
    backupKeysRecipient: forKeys.recipient,
  });
  home = api.app.get<Config>(CONFIG);
  const file = await aCase().named('Ximena', 'Ejemplo').arrestedOn('2022-05-03').recordedBy(api.as('caseworker'));
  caseId = file.id;
  await aCase().named('Tadeo', 'Muestra').arrestedOn('2022-06').recordedBy(api.as('caseworker'));
  await makeBackup(api.app, {});
  [data, keys] = ['data', 'keys'].map((kind) =>
    inFolder('store', readdirSync(inFolder('store')).find((name) => name.endsWith(kind)) ?? ''),
  ) as [string, string];
});

afterAll(async () => {
  await api.stop();
  await store.stop();
  for (const name of databases) await asking(onServer('postgres'), `drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('is two files that only their owner reads, and neither holds a name or the wrapping key', () => {
    expect(readdirSync(inFolder('store')).map((name) => name.split('.')[1])).toEqual(['data', 'keys']);
    const wrapping = readFileSync(home.keyFile, 'utf8').trim().split(' ').at(-1) ?? '';
    expect(wrapping).toHaveLength(43);
    for (const file of [data, keys]) {
      expect(statSync(file).mode & 0o077).toBe(0);
      const bytes = readFileSync(file);
      for (const secret of ['Ximena', 'Ejemplo', wrapping, 'case_file'])
        expect([secret, bytes.includes(Buffer.from(secret))]).toEqual([secret, false]);
    }
  });

  it('is not made for nobody, nor for one recovery key that opens both halves', async () => {
    const { app, stop } = await withRecipients('', '');
    expect(await refusal(makeBackup(app, { to: inFolder('none') }))).toMatch(/new-recipient/);
    await stop();
    const same = await withRecipients(forData.recipient, forData.recipient);
    expect(await refusal(makeBackup(same.app, { to: inFolder('none') }))).toMatch(/are the same/);
    await same.stop();
    expect(existsSync(inFolder('none'))).toBe(false);
  });

  it('is listed, and on the trail', async () => {
    expect(await listBackups(api.app, {})).toMatch(/^amparo-\d{8}T\d{6}Z-[0-9a-f]{8} {2}\d+\.\d MB {2}keys$/);
    const entries = await api.database.sql(`select action from audit_entry where action = 'backup.made'`);
    expect(entries).toHaveLength(1);
  });
});

describe('the login that copies', () => {
  it('is the one for backups, which reads everything and can write no table, no sequence and no schema', async () => {
    const snapshot = await api.app.get(BackupsRepository).snapshot();
    try {
      const [copying] = await asking(
        home.databaseUrl,
        `select a.usename as login, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb as special
         from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
         where a.datname = current_database() and a.application_name = 'amparo backup'`,
      );
      expect(copying).toEqual({ login: expect.stringMatching(/^amparo_backup_/), special: false });
      const rights = await asking(
        home.databaseUrl,
        `select name, kind from (
           select c.oid::regclass::text as name, unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as kind, c.oid
           from pg_class c where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace) t
         where has_table_privilege('${String(copying?.['login'])}', t.oid, kind)
         union all
         select c.oid::regclass::text, 'sequence' from pg_class c
         where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace
           and (has_sequence_privilege('${String(copying?.['login'])}', c.oid, 'update') or has_sequence_privilege('${String(copying?.['login'])}', c.oid, 'usage'))
         union all
         select nspname, 'schema' from pg_namespace
         where nspname in ('public', 'app') and has_schema_privilege('${String(copying?.['login'])}', oid, 'create')`,
      );
      expect(rights).toEqual([]);
    } finally {
      await snapshot.close();
    }
  });

  it('is the owner’s where there are no logins of their own, and the copy is as whole', async () => {
    const { app, stop } = await withRecipients(forData.recipient, forKeys.recipient);
    try {
      const counted = async (of: typeof app): Promise<unknown> => {
        const snapshot = await of.get(BackupsRepository).snapshot();
        const counts = await snapshot.counts().finally(() => snapshot.close());
        // The trail goes on meanwhile, and so does the search for duplicates of what was just recorded.
        return counts.filter(({ name }) => !/^(audit_|match_pending$|duplicate_candidate$)/.test(name));
      };
      expect(app.get(Database).copying.asOwner).toBe(true);
      expect(await counted(app)).toEqual(await counted(api.app));
    } finally {
      await stop();
    }
  });

  it('is refused when it may not see every row, rather than copying a part', async () => {
    await expect(Snapshot.open(addressOf('serve'), new Set())).rejects.toThrow(
      /shown only a part of the rows of .*case_file/,
    );
  });
});

/** The living database under one of the installation's logins. */
function addressOf(duty: Duty): string {
  const address = new URL(home.databaseUrl);
  const login = loginsFrom(readKeys(home.secretFile).database)[duty];
  [address.username, address.password] = [login.user, login.password];
  return address.href;
}

/** The living database under other settings. */
async function withRecipients(backupRecipient: string, backupKeysRecipient: string) {
  const app = await createApp({ ...home, backupRecipient, backupKeysRecipient, worker: false, logLevel: 'silent' });
  await app.init();
  return {
    app,
    stop: async () => {
      await app.close();
      await app.get(Database).close();
    },
  };
}

describe('a restore onto another machine', () => {
  it('brings every table back, byte for byte, and the service serves from it, with two recovery keys alone', async () => {
    const machine = await anotherMachine();
    const said = await restoreBackup(machine, { from: data, 'recovery-key': bothKeys }, ground);
    expect(said).toMatch(/was restored: \d+ rows of \d+ tables, each compared with the backup/);
    expect(said).toMatch(/Its keys are open/);
    for (const table of [
      'case_file',
      'person',
      'person_identity',
      'arrest',
      'fact_arrest',
      'term',
      'case_key',
      'app_user',
    ]) {
      const all = `select to_jsonb(t) - 'last_used_at' as row from ${table} t order by 1`;
      expect(await asking(machine.databaseUrl, all)).toEqual(await asking(home.databaseUrl, all));
    }
    expect(readFileSync(machine.keyFile, 'utf8')).toBe(readFileSync(home.keyFile, 'utf8'));
    expect(statSync(machine.keyFile).mode & 0o777).toBe(0o400);

    // A number that was given out is not given out again.
    const next = `select last_value::text as at, is_called from fact_change`;
    expect(await asking(machine.databaseUrl, next)).toEqual(await asking(home.databaseUrl, next));
    // Foreign keys and triggers are there again.
    const guards = `select conname as name from pg_constraint where contype = 'f' union all select tgname from pg_trigger where not tgisinternal and tgenabled = 'O' order by 1`;
    expect(await asking(machine.databaseUrl, guards)).toEqual(await asking(home.databaseUrl, guards));
    expect(await asking(machine.databaseUrl, `select to_regclass('restore_under_way') as mark`)).toEqual([
      { mark: null },
    ]);
    // What was served before is served, to those who sign in again.
    const sessions = `select count(*)::int as n from session_family where ended_at is null`;
    expect(await asking(machine.databaseUrl, sessions)).toEqual([{ n: 0 }]);
    const trail = `select action from audit_entry where action = 'backup.restored'`;
    expect(await asking(machine.databaseUrl, trail)).toHaveLength(1);
  });

  it('takes the newest whole backup of a folder', async () => {
    const machine = await anotherMachine();
    const said = await restoreBackup(machine, { from: inFolder('store'), 'recovery-key': bothKeys }, ground);
    expect(said).toContain(data.slice(inFolder('store').length + 1, -5));
  });

  it('works on that database and not on the living one, to which the logins that were named by hand lead', async () => {
    const byHand = Object.freeze({
      ...{ ...home, databaseServeUrl: addressOf('serve'), databaseWorkUrl: addressOf('work') },
      ...{ databaseStatisticsUrl: addressOf('statistics'), databaseAuditUrl: addressOf('audit') },
    });
    const restored = `select count(*)::int as n from audit_entry where action = 'backup.restored'`;
    const before = await asking(home.databaseUrl, restored);
    const into = await emptyDatabase();
    await restoreBackup(byHand, { from: data, into }, ground);
    expect(await asking(into, restored)).toEqual([{ n: 1 }]);
    expect(await asking(home.databaseUrl, restored)).toEqual(before);
  });

  it('replaces key files that are others, and keeps those beside', async () => {
    const machine = await anotherMachine();
    await restoreBackup(machine, { from: data, 'recovery-key': bothKeys }, ground);
    const again = Object.freeze({ ...machine, databaseUrl: await emptyDatabase() });
    rmSync(machine.secretFile);
    writeFileSync(machine.secretFile, 'another secret of thirty-two letters or more');
    const said = await restoreBackup(again, { from: data, 'recovery-key': bothKeys }, ground);
    expect(said).toMatch(/secret\.key was another one; it is now .*\.before-[0-9a-f]{8}/);
    expect(readFileSync(machine.secretFile, 'utf8')).toBe(readFileSync(home.secretFile, 'utf8'));
  });
});

describe('a restore is refused, and nothing is changed,', () => {
  const CASES: readonly (readonly [string, (file: string) => Record<string, string>, RegExp])[] = [
    ['when there is no recovery key and no installation', () => ({ from: data }), /No recovery key was given/],
    [
      'with the recovery key of somebody else',
      () => ({ from: data, 'recovery-key': written('stranger.key', stranger.recoveryKey) }),
      /can be opened with the recovery key of [0-9a-f]{8}.*The recovery keys given are of [0-9a-f]{8}/,
    ],
    [
      'with the recovery key of the keys only',
      () => ({ from: data, 'recovery-key': inFolder('keys.key') }),
      /The data of this backup can be opened with the recovery key of/,
    ],
    [
      'with the recovery key of the data only',
      () => ({ from: data, 'recovery-key': inFolder('data.key') }),
      /The keys of this backup can be opened with the recovery key of/,
    ],
    ['when it ends early', (file) => ({ from: changed(file, (all) => all.subarray(0, all.length - 100)) }), /cut off/],
    [
      'when a byte of it was changed',
      (file) => ({ from: changed(file, (all) => flipped(all, all.length - 200)) }),
      /damaged/,
    ],
    ['when a byte of its head was changed', (file) => ({ from: changed(file, (all) => flipped(all, 40)) }), /./],
    [
      'when something was added to it',
      (file) => ({ from: changed(file, (all) => Buffer.concat([all, Buffer.alloc(70_000)])) }),
      /damaged|added/,
    ],
    [
      'when it is something else',
      (file) => ({ from: changed(file, () => Buffer.from('PGDMP and so on, a dump of something')) }),
      /no backup of Amparo/,
    ],
    ['when it is empty', (file) => ({ from: changed(file, () => Buffer.alloc(0)) }), /no backup of Amparo/],
    [
      'when the data are given as keys',
      () => ({ from: data, keys: data }),
      /This is the data of a backup, not its keys/,
    ],
    ['when it is not there', () => ({ from: `${data}x` }), /There is no whole backup/],
  ];

  /** A copy of the data in a folder of its own, with its keys, changed. */
  function changed(place: string, how: (all: Buffer) => Buffer): string {
    const [name = '', keysName = ''] = [data, keys].map((file) => file.slice(inFolder('store').length + 1));
    copyFileSync(keys, join(place, keysName));
    writeFileSync(join(place, name), how(readFileSync(data)));
    return join(place, name);
  }

  it.each(CASES)('%s', async (_when, optionsIn, says) => {
    const machine = await anotherMachine();
    const place = mkdtempSync(inFolder('tampered-'));
    const options = { 'recovery-key': bothKeys, ...optionsIn(place) };
    if (says.source.startsWith('No recovery')) options['recovery-key'] = '';
    const said = await refusal(restoreBackup(machine, options, ground));
    expect(said).toMatch(says);
    expect(said).not.toBe('nothing was refused');
    expect(await tablesIn(machine.databaseUrl)).toEqual([]);
    expect([machine.secretFile, machine.keyFile].filter(existsSync)).toEqual([]);
  });

  it('over living data, unless that is said', async () => {
    const machine = await anotherMachine();
    await restoreBackup(machine, { from: data, 'recovery-key': bothKeys }, ground);
    await asking(machine.databaseUrl, `update organisation set name = 'Somebody else'`);
    const options = { from: data, 'recovery-key': bothKeys };
    expect(await refusal(restoreBackup(machine, options, ground))).toMatch(
      /not empty: \d+ tables with 2 cases and \d+ accounts.*--over-living-data/,
    );
    const named = `select count(*)::int as n from organisation where name = 'Somebody else'`;
    expect((await asking(machine.databaseUrl, named))[0]?.['n']).toBeGreaterThan(0);
    const said = await restoreBackup(machine, { ...options, 'over-living-data': true }, ground);
    expect(said).toMatch(/What stood there before is gone/);
    expect(await asking(machine.databaseUrl, named)).toEqual([{ n: 0 }]);
    expect((await tablesIn(machine.databaseUrl)).filter(({ name }) => String(name).startsWith('before_'))).toEqual([]);
  });
});

describe('a restore that dies', () => {
  /** Ends the connection of the restore when it says it compares: all rows are in, and nothing was committed. */
  async function dying(machine: Readonly<Config>, options: Record<string, string | boolean>): Promise<string> {
    const { write } = process.stderr;
    let killed: Promise<unknown> = Promise.resolve();
    process.stderr.write = ((text: string) => {
      if (text.startsWith('comparing'))
        killed = asking(
          onServer('postgres'),
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'amparo restore' and datname = '${new URL(machine.databaseUrl).pathname.slice(1)}'`,
        );
      return true;
    }) as typeof write;
    try {
      return await refusal(restoreBackup(machine, options, ground));
    } finally {
      process.stderr.write = write;
      await killed;
    }
  }

  it('leaves an empty database as one that the next restore knows, and nothing serves from', async () => {
    const machine = await anotherMachine();
    const options = { from: data, 'recovery-key': bothKeys };
    expect(await dying(machine, options)).not.toBe('nothing was refused');
    const connection = connectionFrom(machine.databaseUrl);
    expect(await refusal(migrate({ connection, migrationsDir: join(ROOT, 'prisma/migrations') }))).toMatch(
      /was begun and not finished/,
    );
    expect(await asking(machine.databaseUrl, 'select count(*)::int as n from case_file')).toEqual([{ n: 0 }]);
    expect(await restoreBackup(machine, options, ground)).toMatch(/was restored/);
    expect(await asking(machine.databaseUrl, 'select count(*)::int as n from case_file')).toEqual([{ n: 2 }]);
  });

  it('over living data leaves them aside, until one succeeds', async () => {
    const machine = await anotherMachine();
    const options = { from: data, 'recovery-key': bothKeys, 'over-living-data': true };
    await restoreBackup(machine, options, ground);
    await dying(machine, options);
    expect(await asking(machine.databaseUrl, 'select count(*)::int as n from before_restore_public.case_file')).toEqual(
      [{ n: 2 }],
    );
    expect(await restoreBackup(machine, { from: data, 'recovery-key': bothKeys }, ground)).toMatch(/was restored/);
    expect((await tablesIn(machine.databaseUrl)).filter(({ name }) => String(name).startsWith('before_'))).toEqual([]);
  });
});

describe('the drill', () => {
  it('passes on the newest backup, with the keys of the installation, and leaves a proof', async () => {
    const said = await drillBackup(home, { scratch: await emptyDatabase() }, ground);
    expect(said).toMatch(/^The drill passed/);
    const proof = JSON.parse(readFileSync(/The proof: (.*)$/m.exec(said)?.[1] ?? '', 'utf8')) as {
      passed: boolean;
      counts: Record<string, number>;
      differences: unknown[];
    };
    expect(proof).toMatchObject({ passed: true, differences: [] });
    expect(proof.counts).toMatchObject({ case_file: 2, case_key: expect.any(Number) });
    const trail = await api.database.sql(`select action from audit_entry where action = 'backup.drilled'`);
    expect(trail).toHaveLength(1);
  });

  it('opens names, and fails when the keys beside them do not', async () => {
    const said = await drillBackup(home, { scratch: await emptyDatabase() }, ground);
    expect(said).toContain('sealed: 2 of 2 names were opened');
    const app = await createApp({ ...home, worker: false, logLevel: 'silent' });
    await app.init();
    await api.database.sql(`update case_key set blob = sha256(blob) || sha256(blob) where case_id = $1`, [caseId]);
    const place = mkdtempSync(inFolder('wrong-keys-'));
    await makeBackup(app, { to: place });
    const failed = await refusal(drillBackup(home, { from: place, scratch: await emptyDatabase() }, ground));
    expect(failed).toMatch(/The keys that were restored do not open what is sealed: 1 of 2/);
    await app.close();
    await app.get(Database).close();
  });

  it('fails when the newest backup is damaged, and says so on the trail', async () => {
    const place = mkdtempSync(inFolder('rotten-'));
    for (const file of [data, keys]) copyFileSync(file, join(place, file.slice(inFolder('store').length + 1)));
    const file = join(place, data.slice(inFolder('store').length + 1));
    writeFileSync(file, flipped(readFileSync(file), 5_000));
    const said = await refusal(drillBackup(home, { from: place, scratch: await emptyDatabase() }, ground));
    expect(said).toMatch(/^The drill failed/);
    expect(said).toMatch(/damaged/);
  });

  it('does not touch the living database', async () => {
    expect(await refusal(drillBackup(home, { scratch: home.databaseUrl }, ground))).toMatch(/living database/);
  });
});

describe('an erased case', () => {
  /** As erasure leaves a person with two files: no keys, and a receipt for the one of which it was asked. */
  const erase = (url: string): Promise<unknown> =>
    asking(
      url,
      `with keys as (delete from case_key), files as (update case_file set erased_at = now())
       insert into erasure (case_id, id, organisation_id, keys, digest, mac, erased_at, erased_by)
       select id, gen_random_uuid(), organisation_id, 2, sha256('a'), sha256('b'), now(), recorded_by from case_file where id = '${caseId}'`,
    );
  const keysOf = (url: string): Promise<unknown[]> => asking(url, 'select * from case_key');
  const proofs = (url: string): Promise<unknown[]> => asking(url, 'select * from erasure');

  it('stays erased when an older backup comes back over the database that knows of it', async () => {
    const machine = await anotherMachine();
    const options = { from: data, 'recovery-key': bothKeys, 'over-living-data': true };
    await restoreBackup(machine, options, ground);
    expect(await keysOf(machine.databaseUrl)).not.toEqual([]);
    await erase(machine.databaseUrl);
    const before = await proofs(machine.databaseUrl);
    expect(await restoreBackup(machine, options, ground)).toMatch(/2 cases that were erased since were erased again/);
    expect(await keysOf(machine.databaseUrl)).toEqual([]);
    expect(await proofs(machine.databaseUrl)).toEqual(before);
    const marked = 'select count(*)::int as n from case_file where erased_at is not null';
    expect(await asking(machine.databaseUrl, marked)).toEqual([{ n: 2 }]);
  });

  it('stays erased when an older backup comes back beside a newer one that knows of it, with its own keys and with those', async () => {
    const [machine, elsewhere, third] = [await anotherMachine(), await anotherMachine(), await anotherMachine()];
    const options = { 'recovery-key': bothKeys };
    await restoreBackup(machine, { from: data, ...options }, ground);
    await erase(machine.databaseUrl);
    const place = mkdtempSync(inFolder('erased-'));
    const app = await createApp({ ...machine, worker: false, logLevel: 'silent' });
    await app.init();
    await makeBackup(app, { to: place });
    await app.close();
    await app.get(Database).close();
    const [oldData, oldKeys] = [data, keys].map((file) => join(place, file.slice(inFolder('store').length + 1)));
    copyFileSync(data, oldData ?? '');
    copyFileSync(keys, oldKeys ?? '');
    await restoreBackup(elsewhere, { from: oldData, ...options }, ground);
    expect(await keysOf(elsewhere.databaseUrl)).toEqual([]);
    expect(await proofs(elsewhere.databaseUrl)).toHaveLength(1);
    // The keys of the old backup were pruned in their time.
    rmSync(oldKeys ?? '');
    await restoreBackup(third, { from: oldData, ...options }, ground);
    expect(await keysOf(third.databaseUrl)).toEqual([]);
  });
});

describe('pruning', () => {
  it('takes away what the retention no longer keeps, and says so on the trail', async () => {
    const place = mkdtempSync(inFolder('old-'));
    for (const file of [data, keys]) copyFileSync(file, join(place, file.slice(inFolder('store').length + 1)));
    for (const kind of ['data', 'keys']) writeFileSync(join(place, `amparo-20200101T030000Z-0000000a.${kind}`), 'old');
    for (const kind of ['data', 'keys'])
      writeFileSync(join(place, `amparo-20200101T020000Z-0000000b.${kind}`), 'older');
    writeFileSync(join(place, 'notes.txt'), 'not ours');
    const said = await pruneBackups(api.app, { to: place });
    expect(said).toContain('amparo-20200101T020000Z-0000000b.data');
    expect(readdirSync(place)).toEqual(
      [data, keys]
        .map((file) => file.slice(inFolder('store').length + 1))
        .concat('amparo-20200101T030000Z-0000000a.data', 'notes.txt')
        .sort(),
    );
    const trail = await api.database.sql(`select action from audit_entry where action = 'backup.pruned'`);
    expect(trail).toHaveLength(1);
  });
});

describe('a store elsewhere', () => {
  it('takes a backup, lists it and gives it back onto another machine, and sees no name', async () => {
    await makeBackup(api.app, { to: 's3://house/of the living' });
    expect([...store.objects.keys()].map((name) => name.replace(/amparo-.*\./, ''))).toEqual([
      'house/of the living/keys',
      'house/of the living/data',
    ]);
    expect(await listBackups(api.app, { to: 's3://house/of the living' })).toMatch(/MB {2}keys$/);
    for (const bytes of store.objects.values()) expect(bytes.includes(Buffer.from('Ximena'))).toBe(false);
    const machine = await anotherMachine();
    const said = await restoreBackup(machine, { from: 's3://house/of the living', 'recovery-key': bothKeys }, ground);
    expect(said).toMatch(/Its keys are open/);
    expect(await asking(machine.databaseUrl, 'select count(*)::int as n from case_file')).toEqual([{ n: 2 }]);
  });
});

describe('the schedule', () => {
  it('makes a backup when the newest is older than it may be, once', async () => {
    const place = inFolder('scheduled');
    const made = (): number => (existsSync(place) ? readdirSync(place) : []).length / 2;
    const schedule = (): BackupSchedule =>
      new BackupSchedule(
        api.app.get(Worker),
        api.app.get(BackupsService),
        api.clock,
        Object.freeze({ ...home, backupDir: place, backupEveryHours: 24 }),
      );
    const one = schedule();
    await one.look();
    expect(made()).toBe(1);
    await one.look();
    // Another process, or the same after a restart.
    await schedule().look();
    api.clock.forward({ hours: 23 });
    await one.look();
    await schedule().look();
    expect(made()).toBe(1);
    api.clock.forward({ hours: 2 });
    await one.look();
    expect(made()).toBe(2);
  });
});

function flipped(all: Buffer, at: number): Buffer {
  const bytes = Buffer.from(all);
  bytes[at] = (bytes[at] as number) ^ 1;
  return bytes;
}
