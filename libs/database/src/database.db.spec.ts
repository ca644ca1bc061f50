/** The doors to the data: what each lets through, how long it waits, and that an act is whole or nothing. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Problem } from '#lib/problem';
import { canonicalEntry, hasItsMac, openContent, sha256, trailKeysFrom, TrailWriter } from '#lib/trail';
import { callerOf, insertCast, onServer, type TestDatabase } from '#lib/testing';
import { migratedDatabase } from '../cases/migrated.js';
import { Database, DEFAULT_DATABASE_OPTIONS, type Actor, type DatabaseOptions, type Tx } from './database.js';
import { SqlFile } from './sql-file.js';

const sql = (text: string): SqlFile => new SqlFile('spec.sql', text);
const KEYS = trailKeysFrom(Buffer.alloc(32, 1));
const SOMEBODY = callerOf('coordinator');
const ACTOR: Actor = { userId: randomUUID(), organisationId: randomUUID(), requestId: 'request-1' };

let scratch: TestDatabase;
let database: Database;
const opened: Database[] = [];
function open(more: Partial<DatabaseOptions> = {}): Database {
  const made = new Database({
    ...DEFAULT_DATABASE_OPTIONS,
    connections: 4,
    questionConnections: 2,
    url: scratch.url,
    ...more,
  });
  made.signWith(
    new TrailWriter(
      () => KEYS,
      () => new Date(),
    ),
  );
  opened.push(made);
  return made;
}

beforeAll(async () => {
  scratch = await migratedDatabase();
  const client = new pg.Client({ connectionString: scratch.url });
  await client.connect();
  await insertCast(client).finally(() => client.end());
  database = open();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await scratch.drop();
});

/** Leaves a mark that a test can look for. */
const mark = (name: string) => (tx: Tx) =>
  tx.prisma.vocabulary.create({ data: { code: name, en: name, es: name, multi: false } });
const marks = async (name: string): Promise<number> => {
  const rows = await scratch.sql<{ n: number }>('select count(*)::int as n from vocabulary where code = $1', [name]);
  return rows[0]?.n ?? 0;
};
const audited = async (action: string): Promise<readonly Record<string, unknown>[]> =>
  scratch.sql('select * from audit_entry where action = $1', [action]);

/** The code of the problem with which something was refused. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) throw new Error('it was not refused');
  return error instanceof Problem ? error.code : `not a problem: ${String(error)}`;
}

describe('a connection', () => {
  const SETTINGS = sql(
    `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
       current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('TimeZone') AS zone,
       current_setting('jit') AS jit, current_setting('default_transaction_read_only') AS "readOnly"`,
  );

  it('waits so long for a statement, for a lock, and for whoever opened a transaction and fell silent', async () => {
    const settings = { statement: '4s', lock: '3s', idle: '10s', zone: 'UTC', jit: 'off', readOnly: 'off' };
    expect(await database.statement(null, SETTINGS, {})).toEqual([settings]);
    await database.write(
      null,
      async (tx) => {
        expect(await tx.sql(SETTINGS, {})).toEqual([settings]);
      },
      { rollback: true },
    );
  });

  it('for questions waits longer and only reads', async () => {
    expect(await database.ask(SOMEBODY, SETTINGS, {})).toMatchObject([
      { statement: '30s', lock: '3s', idle: '10s', readOnly: 'on' },
    ]);
    const change = sql(`INSERT INTO vocabulary (code, en, es, multi) VALUES ('ASKED', '', '', false)`);
    await expect(database.ask(SOMEBODY, change, {})).rejects.toThrow('read-only transaction');
    expect(await marks('ASKED')).toBe(0);
  });

  it('may be told to be more patient for one act, and is as before in the next', async () => {
    const one = open({ connections: 1 });
    const options = { rollback: true, statementTimeoutMs: 20_000, transactionTimeoutMs: 60_000 };
    const during = await one.write(null, (tx) => tx.sql<object>(SETTINGS, {}), options);
    expect(during).toMatchObject([{ statement: '20s', idle: '1min' }]);
    expect(await one.statement(null, SETTINGS, {})).toMatchObject([{ statement: '4s', idle: '10s' }]);
  });
});

describe('a statement for many', () => {
  const answers = (places: string) => sql(`SELECT place FROM unnest('{${places}}'::int[]) AS t(place)`);
  const two = [callerOf('caseworker'), callerOf('colleague')];
  const ask = (places: string) => database.statementForMany<{ place: number }>(two, answers(places), {}, () => true);

  it('hands each their own answer, in whatever order they come', async () => {
    expect(await ask('1,0')).toEqual([{ place: 0 }, { place: 1 }]);
  });

  it('answers nobody when one is answered twice, or not at all, or somebody who did not ask', async () => {
    for (const places of ['0,0', '1,1', '0', '0,1,1', '1,2'])
      await expect(ask(places)).rejects.toThrow('answer each of them once');
  });
});

describe('a statement', () => {
  it('that takes too long is stopped, and its connection is good for the next', async () => {
    const hasty = open({ statementTimeoutMs: 150, questionTimeoutMs: 150, connections: 1, questionConnections: 1 });
    const slow = sql('SELECT pg_sleep(30)');
    expect(await refusal(hasty.statement(null, slow, {}))).toBe('service.too-slow');
    expect(await refusal(hasty.ask(SOMEBODY, slow, {}))).toBe('service.too-slow');
    expect(await refusal(hasty.write(null, (tx) => tx.sql(slow, {})))).toBe('service.too-slow');
    expect(await hasty.statement(null, sql('SELECT 1 AS one'), {})).toEqual([{ one: 1 }]);
    expect(hasty.poolState()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });

  it('is prepared once on each connection, under a name of its text', async () => {
    const one = open({ connections: 1 });
    const file = sql('-- @param {Int} $1:n\nSELECT $1::int AS n\n  , true AS flagged   --? flag');
    for (const values of [{ n: 1 }, { n: 2 }, { n: 3, flag: true }, { n: 4 }]) await one.statement(null, file, values);
    const prepared = await one.statement<{ name: string; calls: number }>(
      null,
      sql(
        `SELECT name, (generic_plans + custom_plans)::int AS calls FROM pg_prepared_statements WHERE statement LIKE 'SELECT _1::int AS n%' ORDER BY 2`,
      ),
      {},
    );
    expect(prepared.map(({ calls }) => calls)).toEqual([1, 3]);
  });

  it('cannot be asked without a parameter that it needs', async () => {
    const file = sql('-- @param {Int} $1:n\nSELECT $1::int AS n');
    await expect(database.statement(null, file, {})).rejects.toThrow('spec.sql: parameter n is missing');
  });
});

describe('an act', () => {
  it('is committed with its audit row: who, in which session and request, why, on what', async () => {
    const [caseId, subjectId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
    const answer = await database.write({ ...ACTOR, sessionId, reason: 'asked by the family' }, async (tx) => {
      await mark('WHOLE')(tx);
      await tx.audit('spec.whole', { caseId, subjectId, details: { field: 'x' } });
      return 'done';
    });
    expect([answer, await marks('WHOLE')]).toEqual(['done', 1]);
    expect(await audited('spec.whole')).toEqual([
      {
        id: expect.any(String),
        at: expect.any(Date),
        organisation_id: ACTOR.organisationId,
        actor_id: ACTOR.userId,
        session_id: sessionId,
        request_id: 'request-1',
        action: 'spec.whole',
        case_id: caseId,
        subject_id: subjectId,
        sealed: expect.any(Buffer),
        mac: expect.any(Buffer),
        xid: expect.any(String),
      },
    ]);
    const entry = (await audited('spec.whole'))[0] as Record<string, Buffer> & { id: string };
    const [beside] = await scratch.sql<{ salt: Buffer; case_id: string; at: string }>(
      `select s.salt, s.case_id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from audit_salt s join audit_entry e on e.id = s.entry_id where e.id = $1`,
      [entry.id],
    );
    expect(beside?.case_id).toBe(caseId);
    const content = openContent(KEYS.content, entry.id, beside?.salt ?? null, entry['sealed'] as Buffer);
    expect(content).toEqual({ reason: 'asked by the family', details: { field: 'x' } });
    const facts = {
      ...{ id: entry.id, at: beside?.at ?? '', organisationId: ACTOR.organisationId, actorId: ACTOR.userId, sessionId },
      ...{ requestId: 'request-1', action: 'spec.whole', caseId, subjectId },
      contentDigest: sha256(entry['sealed'] as Buffer),
    };
    expect(hasItsMac(KEYS.mac, canonicalEntry(facts), entry['mac'] as Buffer)).toBe(true);
  });

  it('that audits nothing is not committed', async () => {
    await expect(database.write(ACTOR, mark('SILENT'))).rejects.toThrow('an act that audits nothing is not committed');
    expect(await marks('SILENT')).toBe(0);
  });

  it('whose audit row cannot be written is not committed', async () => {
    await scratch.sql(`alter table audit_entry add constraint spec_no_such_action check (action <> 'spec.unheard')`);
    const act = database.write(ACTOR, async (tx) => {
      await mark('UNHEARD')(tx);
      await tx.audit('spec.unheard');
    });
    expect(await refusal(act)).toBe('record.breaks-rule');
    expect([await marks('UNHEARD'), (await audited('spec.unheard')).length]).toEqual([0, 0]);
  });

  it('that fails leaves neither change nor audit row, and its own refusal is passed on as it is', async () => {
    const own = new Problem('spec.refused', 'refused', 'No.');
    const act = database.write(ACTOR, async (tx) => {
      await mark('FAILED')(tx);
      await tx.audit('spec.failed');
      throw own;
    });
    await expect(act).rejects.toBe(own);
    expect([await marks('FAILED'), (await audited('spec.failed')).length]).toEqual([0, 0]);
  });

  it('on trial does everything, answers, and leaves nothing', async () => {
    const act = async (tx: Tx): Promise<number> => {
      await mark('TRIED')(tx);
      await tx.audit('spec.tried');
      return tx.prisma.vocabulary.count({ where: { code: 'TRIED' } });
    };
    expect(await database.write(ACTOR, act, { rollback: true })).toBe(1);
    expect([await marks('TRIED'), (await audited('spec.tried')).length]).toEqual([0, 0]);
  });

  it('that outlives its time is given up, and nothing of it is kept', async () => {
    const act = database.write(
      ACTOR,
      async (tx) => {
        await mark('LATE')(tx);
        await tx.audit('spec.late');
        await new Promise((next) => setTimeout(next, 600));
        await tx.prisma.vocabulary.count();
      },
      { transactionTimeoutMs: 200 },
    );
    expect(await refusal(act)).toBe('service.unavailable');
    expect([await marks('LATE'), (await audited('spec.late')).length]).toEqual([0, 0]);
  });

  it('that fell silent holding a lock is ended by the server, so that nobody waits for it for ever', async () => {
    const silent = database.write(
      ACTOR,
      async (tx) => {
        await mark('SILENCE')(tx);
        await tx.sql(sql(`SELECT set_config('idle_in_transaction_session_timeout', '150', true)`), {});
        await new Promise((next) => setTimeout(next, 500));
        await tx.audit('spec.silence');
      },
      { transactionTimeoutMs: 5_000 },
    );
    expect(await refusal(silent)).toMatch(/^service\.(too-slow|unavailable)$/);
    expect(await marks('SILENCE')).toBe(0);
    expect(await database.statement(null, sql('SELECT 1 AS one'), {})).toEqual([{ one: 1 }]);
  });
});

describe('two acts that meet', () => {
  it('and wait for each other are both done, each once', async () => {
    await scratch.sql(
      `insert into vocabulary (code, en, es, multi) values ('LEFT', '0', '0', false), ('RIGHT', '0', '0', false)`,
    );
    let attempts = 0;
    let held = 0;
    let bothHold = (): void => undefined;
    const meeting = new Promise<void>((resolve) => (bothHold = resolve));
    const both = (first: string, second: string) => async (tx: Tx) => {
      attempts += 1;
      const add = (code: string) =>
        tx.sql(sql(`-- @param {Text} $1:code\nUPDATE vocabulary SET en = (en::int + 1)::text WHERE code = $1::text`), {
          code,
        });
      await add(first);
      // Each has taken its first; whoever asks for the second now waits for the other, and the other for it.
      if (++held === 2) bothHold();
      await meeting;
      await add(second);
      await tx.audit('spec.met');
    };
    await Promise.all([database.write(ACTOR, both('LEFT', 'RIGHT')), database.write(ACTOR, both('RIGHT', 'LEFT'))]);
    expect(await scratch.sql(`select code, en from vocabulary where code in ('LEFT', 'RIGHT') order by 1`)).toEqual([
      { code: 'LEFT', en: '2' },
      { code: 'RIGHT', en: '2' },
    ]);
    expect([attempts, (await audited('spec.met')).length]).toEqual([3, 2]);
  });

  it('are tried three times and then given up, without a trace of any attempt', async () => {
    let attempts = 0;
    const act = database.write(ACTOR, async (tx) => {
      attempts += 1;
      await mark('THRICE')(tx);
      await tx.audit('spec.thrice');
      await tx.sql(sql(`DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = 'serialization_failure'; END $$`), {});
    });
    expect(await refusal(act)).toBe('service.contention');
    expect([attempts, await marks('THRICE'), (await audited('spec.thrice')).length]).toEqual([3, 0, 0]);
  });

  it('do not repeat what was refused for another reason', async () => {
    let attempts = 0;
    const act = database.write(ACTOR, async (tx) => {
      attempts += 1;
      await mark('TWICE')(tx);
      await mark('TWICE')(tx);
    });
    expect([await refusal(act), attempts]).toEqual(['record.already-exists', 1]);
  });
});

describe('a database that is not there', () => {
  it('is unavailable, by every door, and says no more', async () => {
    const nowhere = new URL(onServer('nowhere'));
    nowhere.port = '1';
    const away = open({ url: nowhere.href });
    const one = sql('SELECT 1');
    for (const attempt of [
      away.statement(null, one, {}),
      away.ask(SOMEBODY, one, {}),
      away.write(null, (tx) => tx.audit('spec.away')),
    ]) {
      const error: unknown = await attempt.then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: 'service.unavailable', kind: 'unavailable', retryAfterSeconds: 2 });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/127\.0\.0\.1|nowhere|ECONN/);
    }
  });

  it('comes back: a connection that was cut is replaced, and what it was doing is nothing', async () => {
    const one = open({ connections: 1 });
    const act = one.write(ACTOR, async (tx) => {
      await mark('CUT')(tx);
      await tx.audit('spec.cut');
      const [{ pid } = { pid: 0 }] = await tx.sql<{ pid: number }>(sql('SELECT pg_backend_pid() AS pid'), {});
      await scratch.sql('select pg_terminate_backend($1)', [pid]);
      await tx.prisma.vocabulary.count();
    });
    expect(await refusal(act)).toBe('service.unavailable');
    expect(await marks('CUT')).toBe(0);
    expect(await one.statement(null, sql('SELECT 1 AS one'), {})).toEqual([{ one: 1 }]);
  });
});

describe('a role with few rights', () => {
  const role = `spec_${randomUUID().slice(0, 8)}`;
  const asRole = (): string => {
    const url = new URL(scratch.url);
    [url.username, url.password] = [role, 'x'];
    return url.href;
  };

  beforeAll(() => scratch.sql(`create role ${role} login password 'x' connection limit 1`));
  afterAll(() => scratch.sql(`drop role ${role}`));

  it('is told that there is nothing, not that there is something it may not see', async () => {
    const walled = open({ url: asRole(), connections: 1 });
    expect(await refusal(walled.statement(null, sql('SELECT id FROM case_file'), {}))).toBe('record.not-found');
    await walled.close();
  });

  it('is told to come again when all its connections are taken', async () => {
    const client = new pg.Client({ connectionString: asRole() });
    await client.connect();
    const crowded = open({ url: asRole(), connections: 1 });
    expect(await refusal(crowded.statement(null, sql('SELECT 1'), {}))).toBe('service.unavailable');
    await client.end();
    await crowded.close();
  });
});

describe('questions at one moment', () => {
  const COUNT = sql('-- How many.\nSELECT count(*)::int AS n FROM vocabulary');
  const STATE = sql('-- Which state.\nSELECT pg_current_snapshot()::text AS snapshot');

  it('are answered from the same data, whatever is recorded between them', async () => {
    const [now] = await database.ask<{ n: number }>(SOMEBODY, COUNT, {});
    const seen = await database.atOneMoment(SOMEBODY, async (moment) => {
      const first = [await moment.ask(COUNT, {}), await moment.ask(STATE, {})];
      await database.write(ACTOR, async (tx) => {
        await mark('meanwhile')(tx);
        await tx.audit('spec.meanwhile');
      });
      return [first, [await moment.ask(COUNT, {}), await moment.ask(STATE, {})]];
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]?.[0]).toEqual([now]);
    expect(await database.ask(SOMEBODY, COUNT, {})).toEqual([{ n: (now?.n ?? 0) + 1 }]);
  });

  it('change nothing', async () => {
    const change = sql("-- A change.\nDELETE FROM vocabulary WHERE code = 'none' RETURNING code");
    await expect(database.atOneMoment(SOMEBODY, (moment) => moment.ask(change, {}))).rejects.toThrow();
  });

  it('give their connection back, also when the work fails or the connection breaks', async () => {
    const narrow = open({ questionConnections: 1 });
    const END = sql('-- Ends the connection it is asked on.\nSELECT pg_terminate_backend(pg_backend_pid())');
    await expect(narrow.atOneMoment(SOMEBODY, () => Promise.reject(new Error('the work failed')))).rejects.toThrow(
      'work failed',
    );
    await expect(narrow.atOneMoment(SOMEBODY, (moment) => moment.ask(END, {}))).rejects.toThrow();
    const killed = narrow.atOneMoment(SOMEBODY, async (moment) => {
      const [{ pid } = { pid: 0 }] = await moment.ask<{ pid: number }>(
        sql('-- Who.\nSELECT pg_backend_pid() AS pid'),
        {},
      );
      await scratch.sql('select pg_terminate_backend($1::int)', [pid]);
      await new Promise((next) => setTimeout(next, 100));
      return moment.ask(COUNT, {});
    });
    await expect(killed).rejects.toThrow();
    expect(await narrow.ask(SOMEBODY, COUNT, {})).toHaveLength(1);
  });
});
