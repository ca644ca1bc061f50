/**
 * The nine findings of security/design.md §3.3, each by its number, as the service works: through Prisma and its own
 * doors, behind the wall. What they mean table by table stands in wall.db.spec.ts.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '#lib/problem';
import { trailKeysFrom, TrailWriter } from '#lib/trail';
import { walledDatabase, type Somebody, type Walled } from '../../cases/walled.js';
import { Database, DEFAULT_DATABASE_OPTIONS, type Actor, type DatabaseOptions, type Tx } from '../database.js';
import { SqlFile } from '../sql-file.js';
import { addressFor, loginsFrom, type Duty } from './duties.js';
import { logInSeparately, type Named } from './serving.js';

const sql = (text: string): SqlFile => new SqlFile('spec.sql', text);
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

let wall: Walled;
let database: Database;
const opened: Database[] = [];
const address = (duty: Duty): string => addressFor(wall.database.url, wall.logins[duty]);

/** The service's doors, behind the wall. */
function open(more: Partial<DatabaseOptions> = {}): Database {
  const made = new Database({ ...DEFAULT_DATABASE_OPTIONS, connections: 4, url: wall.database.url, ...more });
  made.use({
    ...{ serve: address('serve'), work: address('work'), statistics: address('statistics') },
    ...{ audit: address('audit'), backup: address('backup'), separate: true },
  });
  const keys = trailKeysFrom(Buffer.alloc(32, 1));
  made.signWith(
    new TrailWriter(
      () => keys,
      () => new Date(),
    ),
  );
  opened.push(made);
  return made;
}

beforeAll(async () => {
  wall = await walledDatabase();
  database = open();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await wall.stop();
});

const house = (): string => String(wall.rows.own['organisation']?.['id']);
const actor = (who: Somebody): Actor => ({
  ...{ userId: wall.users[who], organisationId: house(), requestId: 'request-1' },
  tokenHash: wall.tokens[who],
});
/** An act of somebody, as the service does it. */
const act = <T>(who: Somebody, work: (tx: Tx) => Promise<T>): Promise<T> =>
  database.write(actor(who), async (tx) => {
    await tx.audit('spec.finding');
    return work(tx);
  });

/** The code and the kind of the problem with which something was refused; 404 is what `not-found` becomes. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return 'nothing was refused';
  return error instanceof Problem ? `${error.kind} ${error.code}` : `not a problem: ${String(error)}`;
}
const NOT_FOUND = 'not-found record.not-found';
const foreign = (table: string, column = 'id'): string => String(wall.rows.foreign[table]?.[column]);

it('finding 1: nobody lets themselves into a case; the membership table is the root of trust', async () => {
  const before = await wall.database.sql('select count(*)::int as n from assignment');
  for (const caseId of [wall.caseIds.beside, wall.caseIds.foreign])
    for (const who of ['caseworker', 'lawyer'] as const) {
      const row = { caseId, id: randomUUID(), userId: wall.users[who], recordedBy: wall.users[who] };
      const into = (tx: Tx) => tx.prisma.assignment.create({ data: { ...row, recordedAt: new Date() } });
      expect(await refusal(act(who, into))).toBe(NOT_FOUND);
    }
  expect(await wall.database.sql('select count(*)::int as n from assignment')).toEqual(before);
});

it('finding 2: a case that is recorded is visible to whoever records it, in the statement that writes it', async () => {
  const row = { ...wall.rows.own['case_file'], id: randomUUID(), number: 'CDD-NEW0-0001' };
  const values = { row: JSON.stringify({ ...row, recorded_by: wall.users.caseworker }) };
  const insert = sql(
    `-- @param {Jsonb} $1:row  the case
     INSERT INTO case_file SELECT r.* FROM jsonb_populate_record(NULL::case_file, $1::jsonb) r RETURNING id`,
  );
  const recorded = await database.write(
    actor('caseworker'),
    async (tx) => {
      await tx.audit('spec.finding');
      return tx.sql<{ id: string }>(insert, values);
    },
    { rollback: true },
  );
  expect(recorded).toEqual([{ id: row.id }]);
});

it('finding 3: a connection that was used has an empty setting, and that is nobody, not an error of types', async () => {
  const one = open({ connections: 1 });
  const session = { tokenHash: wall.tokens.coordinator };
  expect(await one.statement(session, sql('SELECT count(*)::int AS n FROM case_file'), {})).toEqual([{ n: 2 }]);
  const client = wall.as.serve;
  await client.query('begin');
  await client.query('call app.enter($1)', [wall.tokens.coordinator]);
  await client.query('commit');
  const { rows } = await client.query(`select current_setting('app.caller', true) as caller`);
  expect(rows).toEqual([{ caller: '' }]);
  await expect(client.query('select from case_file')).rejects.toMatchObject({ code: '42501' });
});

it('finding 4: what must be unique tells nothing of another organisation, and references hold forty random bits', async () => {
  const externalId = foreign('external_id', 'external_id');
  const take = (tx: Tx) =>
    tx.prisma.externalId.create({ data: { organisationId: house(), externalId, caseId: wall.caseIds.own } });
  expect(await act('caseworker', async (tx) => (await take(tx)).caseId)).toBe(wall.caseIds.own);
  await wall.database.sql('delete from external_id where organisation_id = $1 and external_id = $2', [
    house(),
    externalId,
  ]);
  const [{ form = '' } = {}] = await wall.database.sql<{ form: string }>(
    `select pg_get_constraintdef(oid) as form from pg_constraint where conname = 'case_number_form'`,
  );
  // Eight letters of an alphabet of thirty-two.
  expect(form.match(/\[0-9A-HJKMNP-TV-Z\]\{4\}/g)).toHaveLength(2);
});

describe('finding 5: of a foreign row nothing can be told and nothing is changed', () => {
  const offices = () => wall.database.sql('select u.id, u.office_id from app_user u order by 1');

  it('by `connect`: it is not found', async () => {
    const before = await offices();
    const into = (tx: Tx) =>
      tx.prisma.appUser.update({
        where: { id: wall.users.caseworker },
        data: { office: { connect: { id: foreign('office') } } },
      });
    expect(await refusal(act('administrator', into))).toBe(NOT_FOUND);
    const made = (tx: Tx) =>
      tx.prisma.appUser.create({
        data: {
          ...{ id: randomUUID(), email: 'nueva@example.org', displayName: 'Nueva', roles: [], passwordHash: 'x' },
          organisation: { connect: { id: house() } },
          office: { connect: { id: foreign('office') } },
        },
      });
    expect(await refusal(act('administrator', made))).toBe(NOT_FOUND);
    expect(await offices()).toEqual(before);
  });

  it('by `update` and `delete`: it is not found', async () => {
    const before = await wall.database.sql('select to_jsonb(c) as row from case_file c order by 1');
    const where = { id: wall.caseIds.foreign };
    for (const who of ['caseworker', 'coordinator'] as const)
      expect(
        await refusal(act(who, (tx) => tx.prisma.caseFile.update({ where, data: { monitoring: 'CLOSED' } }))),
      ).toBe(NOT_FOUND);
    expect(
      await refusal(act('administrator', (tx) => tx.prisma.office.delete({ where: { id: foreign('office') } }))),
    ).toBe(NOT_FOUND);
    expect(await wall.database.sql('select to_jsonb(c) as row from case_file c order by 1')).toEqual(before);
  });

  it('by `updateMany` and `deleteMany`: none was meant', async () => {
    const before = await wall.database.sql('select to_jsonb(c) as row from case_file c order by 1');
    const keys = await wall.database.sql('select count(*)::int as n from match_key');
    const caseId = wall.caseIds.foreign;
    const counted = await act('coordinator', async (tx) => [
      (await tx.prisma.caseFile.updateMany({ where: { id: caseId }, data: { monitoring: 'CLOSED' } })).count,
      (await tx.prisma.matchKey.deleteMany({ where: { caseId } })).count,
    ]);
    expect(counted).toEqual([0, 0]);
    expect(await wall.database.sql('select to_jsonb(c) as row from case_file c order by 1')).toEqual(before);
    expect(await wall.database.sql('select count(*)::int as n from match_key')).toEqual(keys);
  });
});

it('finding 6: when the time of a statement is over the server stops it, under each login', async () => {
  const impatient = open({ statementTimeoutMs: 200, questionTimeoutMs: 200 });
  const slow = sql(`SELECT 'the statement of finding 6' AS name, pg_sleep(30)`);
  const session = { tokenHash: wall.tokens.coordinator };
  for (const attempt of [
    () => impatient.statement(session, slow, {}),
    () => impatient.statement(null, slow, {}),
    () => impatient.ask(session, slow, {}),
    () => impatient.trailWork(slow, {}),
  ])
    expect(await refusal(attempt())).toBe('unavailable service.too-slow');
  const running = `select from pg_stat_activity where state = 'active' and query like '%the statement of finding 6%' and pid <> pg_backend_pid()`;
  // Whoever asked has heard a moment before the server says so of itself; left alone the statements would run for half a minute.
  let left = await wall.database.sql(running);
  for (let tries = 0; tries < 100 && left.length > 0; tries += 1) {
    await new Promise((next) => setTimeout(next, 50));
    left = await wall.database.sql(running);
  }
  expect(left).toEqual([]);
});

describe('finding 7: an act and the outer client', () => {
  const INSIDE = 'not a problem: Error: inside an act its own transaction is asked';

  it('of the same pool do not meet: it is refused at once, by every door, and nothing is kept', async () => {
    const one = open({ connections: 1, workConnections: 2 });
    const session = { tokenHash: wall.tokens.caseworker };
    const count = sql('SELECT count(*)::int AS n FROM case_file');
    const doors: readonly (() => Promise<unknown>)[] = [
      () => one.statement(session, count, {}),
      () => one.read(session, (prisma) => prisma.caseFile.count()),
      () => one.write(actor('caseworker'), (tx) => tx.audit('spec.inner')),
    ];
    for (const door of doors) {
      const outer = one.write(actor('caseworker'), async (tx) => {
        await tx.audit('spec.outer');
        await door();
      });
      expect(await refusal(outer)).toBe(INSIDE);
    }
    expect(await wall.database.sql(`select from audit_entry where action in ('spec.outer', 'spec.inner')`)).toEqual([]);
    // And the one connection is free again.
    expect(await one.statement(session, count, {})).toEqual([{ n: 1 }]);
  });

  it('of the service’s own pool do not wait for each other, however many act at once', async () => {
    const busy = open({ connections: 3, workConnections: 2 });
    const acts = Array.from({ length: 12 }, () =>
      busy.write(actor('caseworker'), async (tx) => {
        await tx.audit('spec.busy');
        return [await busy.prisma.vocabulary.count(), await busy.statement(null, sql('SELECT 1 AS one'), {})];
      }),
    );
    expect(new Set((await Promise.all(acts)).map((done) => JSON.stringify(done))).size).toBe(1);
  });
});

it('finding 8: transactions are begun in one place, in the interactive form', () => {
  const sources = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('generated'))
      .map((name) => `${folder}/${name}`),
  );
  expect(sources.length).toBeGreaterThan(300);
  const beginning = sources.filter((name) => /\$transaction\b/.test(readFileSync(`${ROOT}${name}`, 'utf8')));
  expect(beginning).toEqual(['libs/database/src/database.ts']);
  expect(readFileSync(`${ROOT}libs/database/src/database.ts`, 'utf8')).not.toMatch(/\$transaction\(\s*\[/);
});

describe('finding 9: a login that no policy binds serves nobody:', () => {
  const role = `spec_${randomUUID().slice(0, 8)}`;
  const asRole = (): string => addressFor(wall.database.url, { user: role, password: 'x' });
  const refused = (named: Named): Promise<string> =>
    logInSeparately(wall.database.url, wall.logins, named).then(
      () => 'nothing was refused',
      (error: Error) => `${error.constructor.name}: ${error.message}`,
    );
  const four = (more: Named): Named => ({
    ...{ serve: address('serve'), work: address('work'), statistics: address('statistics'), audit: address('audit') },
    ...more,
  });
  const withRole = async <T>(attributes: string, work: () => Promise<T>): Promise<T> => {
    await wall.database.sql(`create role ${role} login password 'x' ${attributes}`);
    return work().finally(async () => {
      await wall.database.sql(`drop owned by ${role}`);
      await wall.database.sql(`drop role ${role}`);
    });
  };
  const TOO_STRONG =
    /^RefusedLogin: The login for (serve|work|statistics|audit|backup) owns the tables, is a superuser/;

  it('a superuser, for each duty', async () => {
    for (const duty of ['serve', 'work', 'statistics', 'audit', 'backup'] as const)
      expect(await refused(four({ [duty]: wall.database.url }))).toMatch(TOO_STRONG);
  });

  it('one with BYPASSRLS', async () => {
    await withRole('bypassrls in role amparo_serve', async () =>
      expect(await refused(four({ serve: asRole() }))).toMatch(TOO_STRONG),
    );
  });

  it('the owner of a table, and whoever may become them', async () => {
    const owner = `${role}_owner`;
    await wall.database.sql(`create role ${owner}`);
    await wall.database.sql(`alter table note owner to ${owner}`);
    try {
      await withRole(`in role amparo_serve, ${owner}`, async () =>
        expect(await refused(four({ serve: asRole() }))).toMatch(TOO_STRONG),
      );
    } finally {
      await wall.database.sql('alter table note owner to current_user');
      await wall.database.sql(`drop role ${owner}`);
    }
  });

  it('one without the role of its duty, one that cannot sign in, and a set that is not whole', async () => {
    await withRole('', async () =>
      expect(await refused(four({ serve: asRole() }))).toMatch(/is not a member of the role amparo_serve\.$/),
    );
    expect(await refused(four({ audit: asRole() }))).toBe(
      'RefusedLogin: The login for audit cannot sign in to the database.',
    );
    const strangers = loginsFrom(Buffer.alloc(32, 3));
    await expect(logInSeparately(wall.database.url, strangers, { serve: address('serve') })).rejects.toThrow(
      /there is none for work\. Name all four\.$/,
    );
  });

  it('and those of the installation are taken, or the owner’s where there are none', async () => {
    expect(await logInSeparately(wall.database.url, wall.logins, {})).toMatchObject({
      separate: true,
      backup: address('backup'),
    });
    const { url } = wall.database;
    expect(await logInSeparately(url, loginsFrom(Buffer.alloc(32, 3)), {})).toMatchObject({
      ...{ separate: false, serve: url, backup: url },
    });
  });

  it('and without one for backups the owner’s copies, and nothing else is the owner’s', async () => {
    const found = await logInSeparately(wall.database.url, wall.logins, four({}));
    expect(found).toMatchObject({ separate: true, serve: address('serve'), backup: wall.database.url });
  });
});
