/** What the server refuses, provoked for real through both doors, and what a client is told: a code, and no value. */
import { randomUUID } from 'node:crypto';
import { Problem } from '#lib/problem';
import { callerOf, insertCast, type TestDatabase } from '#lib/testing';
import { trailKeysFrom, TrailWriter } from '#lib/trail';
import pg from 'pg';
import { migratedDatabase } from '../cases/migrated.js';
import { Database, DEFAULT_DATABASE_OPTIONS, type Tx } from './database.js';
import { databaseProblem, isContention } from './postgres-problems.js';
import { SqlFile } from './sql-file.js';

const sql = (text: string): SqlFile => new SqlFile('spec.sql', text);

let scratch: TestDatabase;
let database: Database;
beforeAll(async () => {
  scratch = await migratedDatabase();
  const client = new pg.Client({ connectionString: scratch.url });
  await client.connect();
  await insertCast(client).finally(() => client.end());
  database = new Database({ ...DEFAULT_DATABASE_OPTIONS, connections: 3, questionConnections: 1, url: scratch.url });
  database.signWith(
    new TrailWriter(
      () => trailKeysFrom(Buffer.alloc(32, 1)),
      () => new Date(),
    ),
  );
});
afterAll(async () => {
  await database.close();
  await scratch.drop();
});

async function refused(attempt: Promise<unknown>): Promise<Problem> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Problem) return error;
  throw new Error(`not refused with a problem: ${String(error)}`);
}
/** The codes under which a statement is refused by itself and inside an act. */
async function codes(text: string): Promise<readonly string[]> {
  const alone = await refused(database.statement(null, sql(text), {}));
  const inAct = await refused(database.write(null, (tx) => tx.sql(sql(text), {})));
  return [...new Set([alone.code, inAct.code])];
}

describe('a state of Postgres', () => {
  it.each([
    ['23502', 'record.breaks-rule', 'refused'],
    ['23503', 'record.not-found', 'not-found'],
    ['23505', 'record.already-exists', 'conflict'],
    ['23514', 'record.breaks-rule', 'refused'],
    ['23P01', 'record.already-exists', 'conflict'],
    ['22021', 'text.not-storable', 'invalid'],
    ['22P05', 'text.not-storable', 'invalid'],
    ['22003', 'record.breaks-rule', 'refused'],
    ['22007', 'record.breaks-rule', 'refused'],
    ['22008', 'record.breaks-rule', 'refused'],
    ['22P02', 'record.breaks-rule', 'refused'],
    ['40001', 'service.contention', 'unavailable'],
    ['40P01', 'service.contention', 'unavailable'],
    ['55P03', 'service.contention', 'unavailable'],
    ['57014', 'service.too-slow', 'unavailable'],
    ['25P03', 'service.too-slow', 'unavailable'],
    ['53100', 'service.storage-full', 'storage-full'],
    ['53200', 'service.unavailable', 'unavailable'],
    ['53300', 'service.unavailable', 'unavailable'],
    ['57P01', 'service.unavailable', 'unavailable'],
    ['57P02', 'service.unavailable', 'unavailable'],
    ['57P03', 'service.unavailable', 'unavailable'],
    ['08006', 'service.unavailable', 'unavailable'],
    ['42501', 'record.not-found', 'not-found'],
  ])('%s is told as %s (%s), by both doors', async (state, code, kind) => {
    const raise = sql(
      `DO $$ BEGIN RAISE EXCEPTION 'secret of Amina' USING ERRCODE = '${state}', DETAIL = 'Amina'; END $$`,
    );
    const problems = [
      await refused(database.statement(null, raise, {})),
      await refused(database.ask(callerOf('coordinator'), raise, {})),
      await refused(database.write(null, (tx) => tx.sql(raise, {}))),
    ];
    for (const problem of problems) {
      expect([problem.code, problem.kind]).toEqual([code, kind]);
      expect(`${JSON.stringify(problem)} ${problem.message} ${problem.detail} ${problem.stack}`).not.toContain('Amina');
      expect(problem.cause).toBeUndefined();
    }
  });

  it('that nobody expects is no problem of the caller: it is passed on, to be logged and answered without words', async () => {
    const error: unknown = await database
      .statement(null, sql('SELECT nothing FROM nowhere'), {})
      .catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(Problem);
    expect(databaseProblem(error)).toBeNull();
  });
});

describe('a rule of the record', () => {
  it.each([
    [
      'a country without a name',
      `INSERT INTO country (code, en, zone, locale, settings, loaded_at, digest) VALUES ('XX', 'X', 'UTC', 'en', '{}', now(), '')`,
      'record.breaks-rule',
    ],
    [
      'a list twice',
      `INSERT INTO vocabulary (code, en, es, multi) VALUES ('DUPLICATE', '', '', false), ('DUPLICATE', '', '', false)`,
      'record.already-exists',
    ],
    [
      'a term of no list',
      `INSERT INTO term (vocabulary, code, en, es, position) VALUES ('NO_LIST', 'X', '', '', 1)`,
      'record.not-found',
    ],
    [
      'a merge of a file with itself',
      `INSERT INTO merge (id, organisation_id, keep_id, absorb_id, reason, merged_at, merged_by) SELECT i, i, i, i, '', now(), i FROM gen_random_uuid() i`,
      'record.breaks-rule',
    ],
    ['a number beyond its column', `SELECT 99999::smallint`, 'record.breaks-rule'],
    ['a day that no calendar has', `SELECT '2022-02-30'::date`, 'record.breaks-rule'],
    ['a text that is no date', `SELECT 'yesterday-ish'::date`, 'record.breaks-rule'],
    ['a text that is no id', `SELECT 'x'::uuid`, 'record.breaks-rule'],
    ['a text with a zero byte', `SELECT convert_from('\\x610062', 'UTF8')`, 'text.not-storable'],
    ['a zero byte in JSON', `SELECT '{"a": "\\u0000"}'::jsonb ->> 'a'`, 'text.not-storable'],
  ])('%s is refused alike by both doors', async (_what, text, code) => {
    expect(await codes(text)).toEqual([code]);
  });

  it('that has words of its own is told in them, whichever way the row came', async () => {
    const [organisationId, officeId, userId, caseId, otherId] = Array.from({ length: 5 }, () => randomUUID());
    await scratch.sql(
      `insert into organisation (id, name, acronym, country) values ('${organisationId}', 'O', 'OOO', 'SV')`,
    );
    await scratch.sql(
      `insert into office (id, organisation_id, name, country) values ('${officeId}', '${organisationId}', 'Central', 'SV')`,
    );
    const user = `insert into app_user (id, organisation_id, email, display_name, roles, password_hash) values`;
    await scratch.sql(`${user} ('${userId}', '${organisationId}', 'ana@example.org', 'Ana', '{auditor}', '')`);
    for (const id of [caseId, otherId]) {
      await scratch.sql(
        `insert into case_file (id, organisation_id, office_id, country, number, recorded_at, recorded_by) values ('${id}', '${organisationId}', '${officeId}', 'SV', '${id}', now(), '${userId}')`,
      );
    }
    await scratch.sql(`insert into external_id values ('${organisationId}', 'E-1', '${caseId}')`);
    const merge = `insert into merge (id, organisation_id, keep_id, absorb_id, reason, merged_at, merged_by) values (gen_random_uuid(), '${organisationId}', '${caseId}', '${otherId}', 'v1:AA', now(), '${userId}')`;
    const assignment = `insert into assignment (case_id, id, user_id, recorded_at, recorded_by) values ('${caseId}', gen_random_uuid(), '${userId}', now(), '${userId}')`;
    await scratch.sql(merge);
    await scratch.sql(assignment);
    const attempts: readonly (readonly [string, string, (tx: Tx) => Promise<unknown>])[] = [
      [
        'user.email-taken',
        `${user} (gen_random_uuid(), '${organisationId}', 'ana@example.org', 'B', '{auditor}', '')`,
        ({ prisma }) =>
          prisma.appUser.create({
            data: {
              id: randomUUID(),
              organisationId: String(organisationId),
              email: 'ana@example.org',
              displayName: 'B',
              roles: ['auditor'],
              passwordHash: '',
            },
          }),
      ],
      [
        'office.name-taken',
        `insert into office (id, organisation_id, name, country) values (gen_random_uuid(), '${organisationId}', 'Central', 'SV')`,
        ({ prisma }) =>
          prisma.office.create({
            data: { id: randomUUID(), organisationId: String(organisationId), name: 'Central', country: 'SV' },
          }),
      ],
      [
        'case.external-id-taken',
        `insert into external_id values ('${organisationId}', 'E-1', '${otherId}')`,
        ({ prisma }) =>
          prisma.externalId.create({
            data: { organisationId: String(organisationId), externalId: 'E-1', caseId: String(otherId) },
          }),
      ],
      [
        'merge.already-merged',
        merge,
        ({ prisma }) =>
          prisma.merge.create({
            data: {
              id: randomUUID(),
              organisationId: String(organisationId),
              keepId: String(caseId),
              absorbId: String(otherId),
              reason: 'v1:AA',
              mergedAt: new Date(),
              mergedBy: String(userId),
            },
          }),
      ],
      [
        'assignment.already-assigned',
        assignment,
        ({ prisma }) =>
          prisma.assignment.create({
            data: {
              caseId: String(caseId),
              id: randomUUID(),
              userId: String(userId),
              recordedAt: new Date(),
              recordedBy: String(userId),
            },
          }),
      ],
    ];
    for (const [code, text, act] of attempts) {
      expect(await codes(text)).toEqual([code]);
      expect([code, (await refused(database.write(null, act))).code]).toEqual([code, code]);
    }
  });
});

describe('two that met', () => {
  it('are known from everything else, so that only they are repeated', async () => {
    const raised = async (state: string): Promise<unknown> =>
      scratch
        .sql(`do $$ begin raise exception 'x' using errcode = '${state}'; end $$`)
        .catch((error: unknown) => error);
    const answers = await Promise.all(['40001', '40P01', '55P03', '57014', '23505'].map(raised));
    expect(answers.map(isContention)).toEqual([true, true, false, false, false]);
    for (const nothing of [null, undefined, 'text', 7, new Error('40001'), { code: 40001 }])
      expect(isContention(nothing)).toBe(false);
  });

  it('at a lock wait their turn, and no longer than they are told to', async () => {
    await scratch.sql(`insert into vocabulary (code, en, es, multi) values ('LOCKED', '', '', false)`);
    const waiting = database.write(null, async (tx) => {
      await tx.sql(sql(`SELECT code FROM vocabulary WHERE code = 'LOCKED' FOR UPDATE`), {});
      const second = database.write(null, async (other) => {
        await other.sql(sql(`SELECT set_config('lock_timeout', '100', true)`), {});
        await other.sql(sql(`SELECT code FROM vocabulary WHERE code = 'LOCKED' FOR UPDATE`), {});
      });
      throw await refused(second);
    });
    expect((await refused(waiting)).code).toBe('service.contention');
  });
});
