/**
 * The wall without the door: plain SQL, sent as each login of the database, as somebody would who got a statement of
 * their own into the service. The findings of security/design.md §3 stand here as tests.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { FILES, PEOPLE, walledDatabase, type File, type Somebody, type Walled } from '../../cases/walled.js';
import type { Duty } from './duties.js';

let wall: Walled;
beforeAll(async () => {
  wall = await walledDatabase();
});
afterAll(() => wall.stop());

/** The state and message with which an attempt was refused; how many rows it touched when it was not. */
async function attempt(client: pg.Client, text: string, values: readonly unknown[] = []): Promise<string> {
  await client.query('savepoint attempt');
  try {
    const { rowCount } = await client.query(text, [...values]);
    return `${rowCount ?? 0} rows`;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return `${error.code} ${error.message}`;
  } finally {
    await client.query('rollback to savepoint attempt').catch(() => undefined);
  }
}
const REFUSED = /^42501 /;
const NOTHING = /^(0 rows$|42501 )/;

/** How many rows of each case table a login sees of a file; null where it may not look at all. */
async function seen(duty: Duty, who: Somebody | null, file: File): Promise<Record<string, string>> {
  return wall.within(duty, who, async (client) => {
    const found: Record<string, string> = {};
    for (const table of ['case_file', ...wall.caseTables]) {
      const column = table === 'case_file' ? 'id' : 'case_id';
      found[table] = await attempt(client, `select from "${table}" where "${column}" = $1`, [wall.caseIds[file]]);
    }
    return found;
  });
}
const values = (found: Readonly<Record<string, string>>): readonly string[] => [...new Set(Object.values(found))];

describe('a session', () => {
  it('sees the cases of its reach, in every table that holds any, so that the rest of this file can fail', async () => {
    expect(wall.caseTables.length).toBeGreaterThan(35);
    const own = await seen('serve', 'caseworker', 'own');
    expect(Object.entries(own).filter(([, rows]) => rows !== '1 rows')).toEqual([]);
    const assigned = await seen('serve', 'lawyer', 'beside');
    expect(Object.entries(assigned).filter(([, rows]) => !/^[12] rows$/.test(rows))).toEqual([]);
    for (const file of ['own', 'beside'] as const) {
      expect(values(await seen('serve', 'coordinator', file)).every((rows) => /^[12] rows$/.test(rows))).toBe(true);
    }
  });

  it.each<[Somebody, readonly File[]]>([
    ['caseworker', ['beside', 'foreign']],
    ['lawyer', ['own', 'foreign']],
    ['coordinator', ['foreign']],
    ['researcher', FILES],
    ['administrator', FILES],
    ['auditor', FILES],
  ])('of a %s sees nothing of the others, in no table', async (who, files) => {
    for (const file of files) expect(values(await seen('serve', who, file))).toEqual(['0 rows']);
  });

  it('neither changes nor removes anything of a foreign case, and learns nothing by trying', async () => {
    await wall.within('serve', 'caseworker', async (client) => {
      for (const file of ['beside', 'foreign'] as const) {
        for (const table of ['case_file', ...wall.caseTables]) {
          const column = table === 'case_file' ? 'id' : 'case_id';
          const where = `where "${column}" = $1`;
          const tries = [
            await attempt(client, `update "${table}" set "${column}" = "${column}" ${where}`, [wall.caseIds[file]]),
            await attempt(client, `delete from "${table}" ${where}`, [wall.caseIds[file]]),
            await attempt(client, `select from "${table}" ${where} for update`, [wall.caseIds[file]]),
          ];
          expect([table, tries]).toEqual([table, tries.map(() => expect.stringMatching(NOTHING) as string)]);
        }
      }
    });
  });

  it('adds nothing to a foreign case, in no table', async () => {
    await wall.within('serve', 'coordinator', async (client) => {
      for (const table of wall.caseTables) {
        const row = { ...wall.rows.foreign[table] };
        const key = wall.shape.uniques.find(({ name }) => name === `${table}_pkey`)?.columns.at(-1) ?? '';
        const type = wall.shape.columns.find((column) => column.table === table && column.name === key)?.type;
        if (type === 'uuid' && key !== 'case_id') row[key] = randomUUID();
        const names = Object.keys(row)
          .map((name) => `"${name}"`)
          .join(', ');
        const tried = await attempt(
          client,
          `insert into "${table}" (${names}) select ${names} from jsonb_populate_record(null::"${table}", $1::jsonb)`,
          [JSON.stringify({ ...row, recorded_by: wall.users.coordinator })],
        );
        expect([table, tried]).toEqual([table, expect.stringMatching(REFUSED)]);
      }
    });
  });

  it('copies out its own cases only, and copies nothing in', async () => {
    const copied = await wall.within('serve', 'caseworker', async (client) => {
      const rows = await client.query<{ id: string }>('select id::text from (table case_file) c');
      expect(await attempt(client, 'copy case_file from stdin')).toMatch(
        /^0A000 COPY FROM not supported with row-level security/,
      );
      return rows.rows.map(({ id }) => id);
    });
    expect(copied).toEqual([wall.caseIds.own]);
    expect(await copyOut('caseworker', 'copy case_file (id) to stdout')).toEqual([wall.caseIds.own]);
    expect(await copyOut('researcher', 'copy case_file (id) to stdout')).toEqual([]);
  });

  it('tells nothing of a foreign row by a plan or by the text of an error', async () => {
    const secret = String(wall.rows.foreign['testimony']?.['text']);
    await wall.within('serve', 'coordinator', async (client) => {
      expect(await attempt(client, 'select text::int from testimony where case_id = $1', [wall.caseIds.foreign])).toBe(
        '0 rows',
      );
      // A function that says what it is shown is shown no row that the policy hides.
      const own = await attempt(client, 'select text::int from testimony');
      expect(own).toMatch(/^22P02 /);
      expect(own).not.toContain(secret);
      const plan = await client.query<Record<string, string>>(
        `explain (analyze, costs off) select from testimony where text = '${secret}'`,
      );
      expect(plan.rows.map((row) => Object.values(row)[0]).join('\n')).toMatch(/rows=0/);
      const duplicate = await attempt(client, 'insert into case_number (number, case_id) values ($1, $2)', [
        wall.rows.foreign['case_number']?.['number'],
        wall.caseIds.own,
      ]);
      expect(duplicate).not.toContain(wall.caseIds.foreign);
    });
  });

  it('reaches nothing more by any function that it may call', async () => {
    const { rows } = await wall.within('serve', 'caseworker', (client) =>
      client.query<{ name: string }>(
        `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname = 'app' and has_function_privilege(p.oid, 'execute') order by 1`,
      ),
    );
    expect(rows.map(({ name }) => name).join(' ')).toBe(
      'adds_to assigned beyond case_called enter enter_as erasure_agreed everywhere holds home in_house is_new is_owner me ' +
        'office office_no opens organisation organisation_no own_cases reach_person read_cases records sees',
    );
    await wall.within('serve', 'caseworker', async (client) => {
      const { rows: answers } = await client.query('select app.reach_person($1) as beyond, app.sees($1) as sees', [
        wall.caseIds.foreign,
      ]);
      expect(answers).toEqual([{ beyond: 0, sees: false }]);
      expect(await attempt(client, 'select from case_file where id = $1', [wall.caseIds.foreign])).toBe('0 rows');
    });
  });
});

/** What COPY gives out, line by line. */
async function copyOut(who: Somebody, command: string): Promise<readonly string[]> {
  return wall.within('serve', who, (client) => {
    const lines: string[] = [];
    const query = new pg.Query(command) as pg.Query & { handleCopyData(message: { chunk: Buffer }): void };
    query.handleCopyData = ({ chunk }) => void lines.push(chunk.toString('utf8').trim());
    return new Promise((resolve, reject) => {
      query.on('end', () => resolve(lines));
      query.on('error', reject);
      client.query(query);
    });
  });
}

describe('who one is', () => {
  it('is found out by the database: without a live session every case table is an error, not an empty list', async () => {
    await wall.within('serve', null, async (client) => {
      for (const table of ['case_file', ...wall.caseTables])
        expect([table, await attempt(client, `select from "${table}"`)]).toEqual([table, '42501 nobody has entered']);
    });
  });

  it('cannot be asserted by a setting, however it is spelt', async () => {
    await wall.within('serve', 'coordinator', async (client) => {
      const { rows } = await client.query<{ caller: string }>(`select current_setting('app.caller') as caller`);
      const sealed = rows[0]?.caller ?? '';
      for (const forged of [
        sealed.replace(wall.users.coordinator, wall.users.caseworker),
        sealed.replace(/coordinator/, 'coordinator,lawyer'),
        sealed.split('#')[0] ?? '',
        `${sealed}#`,
        'x',
      ]) {
        await client.query(`savepoint forged`);
        await client.query(`select set_config('app.caller', $1, true)`, [forged]);
        expect(await attempt(client, 'select from case_file')).toMatch(REFUSED);
        await client.query(`rollback to savepoint forged`);
      }
      expect(await attempt(client, `select app.seal('x')`)).toMatch(REFUSED);
      expect(await attempt(client, `select app.unsealed('app.caller')`)).toMatch(REFUSED);
      expect(await attempt(client, 'table wall_key')).toMatch(REFUSED);
    });
  });

  it('cannot be asserted in the middle of a statement, after a policy has asked once', async () => {
    await wall.within('serve', 'caseworker', async (client) => {
      const { rows } = await client.query<{ caller: string }>(`select current_setting('app.caller') as caller`);
      const forged = (rows[0]?.caller ?? '').replace('caseworker', 'coordinator');
      // For a case of another organisation a policy asks whose it is, and no more; then the setting is written; then comes
      // a case of the own organisation, for which it asks what the caller is.
      const tried = await attempt(
        client,
        `select c.id from generate_series(1, 2) g
           cross join lateral (select case when g = 2 then set_config('app.caller', $1, true) end as written offset 0) s
           cross join lateral (select c.id from case_file c where c.id = ($2::uuid[])[g] and s.written is distinct from 'x' offset 0) c`,
        [forged, [wall.caseIds.foreign, wall.caseIds.beside]],
      );
      expect(tried).toMatch(REFUSED);
    });
  });

  it('is who the service remembers, or nobody', async () => {
    const stamps = await wall.within('work', null, (client) =>
      client.query<{ hash: Buffer; stamp: string }>('select hash, app.stamp_of(s) as stamp from live_session s'),
    );
    const stampOf = (who: Somebody): string =>
      stamps.rows.find(({ hash }) => hash.equals(wall.tokens[who]))?.stamp ?? 'none';
    await wall.within('serve', null, async (client) => {
      const enter = (who: Somebody, stamp: string): Promise<string> =>
        attempt(client, 'call app.enter_as($1, $2)', [wall.tokens[who], stamp]);
      expect(await enter('caseworker', stampOf('coordinator'))).toBe('U0002 what is known of the caller has changed');
      expect(await attempt(client, 'call app.enter_as($1, $2)', [Buffer.alloc(32), stampOf('caseworker')])).toBe(
        'U0001 there is no such session',
      );
      expect(await enter('caseworker', stampOf('caseworker'))).toBe('0 rows');
    });
    const owner = new pg.Client({ connectionString: wall.database.url });
    await owner.connect();
    for (const change of [
      `update app_user set roles = roles || '{lawyer}' where id = $1`,
      'update app_user set factor_since = now() where id = $1',
      'update session_family set authenticated_at = now() where user_id = $1',
      'update app_user set office_id = null where id = $1',
    ]) {
      await owner.query('begin');
      await owner.query(change, [wall.users.caseworker]);
      expect(
        await attempt(owner, 'call app.enter_as($1, $2)', [wall.tokens.caseworker, stampOf('caseworker')]),
      ).toMatch(/^U0002 /);
      await owner.query('rollback');
    }
    await owner.end();
  });

  it('is sealed for one transaction: what was sealed in another is worth nothing', async () => {
    const sealed = await wall.within('serve', 'coordinator', async (client) => {
      const { rows } = await client.query<{ caller: string }>(`select current_setting('app.caller') as caller`);
      return rows[0]?.caller;
    });
    await wall.within('serve', 'researcher', async (client) => {
      await client.query(`select set_config('app.caller', $1, true)`, [sealed]);
      expect(await attempt(client, 'select from case_file')).toBe('42501 nobody has entered in this transaction');
    });
  });

  it('is forgotten with the transaction, also by a setting that was empty before', async () => {
    const client = wall.as.serve;
    await wall.within('serve', 'coordinator', () => Promise.resolve());
    await expect(client.query('select from case_file')).rejects.toMatchObject({
      code: '42501',
      message: 'nobody has entered',
    });
    await client.query('begin');
    await client.query('call app.enter($1)', [wall.tokens.coordinator]);
    await client.query('commit');
    await expect(client.query('select from case_file')).rejects.toMatchObject({
      code: '42501',
      message: 'nobody has entered',
    });
  });

  it('is nobody when the session has ended, the account is disabled, the office is closed or the token is made up', async () => {
    const family = 'select f.id from session_family f where f.user_id = $1';
    const endings = [
      `update session_family set ended_at = now() where id in (${family})`,
      `update access_token set expires_at = now() where family_id in (${family})`,
      `update app_user set disabled_at = now() where id = $1`,
      `update office set closed_at = now() where id = (select office_id from app_user where id = $1)`,
    ];
    const owner = new pg.Client({ connectionString: wall.database.url });
    await owner.connect();
    for (const ending of endings) {
      await owner.query('begin');
      await owner.query(ending, [wall.users.caseworker]);
      expect(await attempt(owner, 'call app.enter($1)', [wall.tokens.caseworker])).toBe(
        'U0001 there is no such session',
      );
      await owner.query('rollback');
    }
    await owner.end();
    await wall.within('serve', null, async (client) => {
      for (const token of [Buffer.alloc(32), Buffer.alloc(0), wall.tokens.caseworker.subarray(0, 31)])
        expect(await attempt(client, 'call app.enter($1)', [token])).toBe('U0001 there is no such session');
    });
  });
});

describe('the door for reading cases', () => {
  interface Met {
    readonly met: string;
    readonly sheet: string | null;
  }
  /** One reading; the door does not judge the seal of its entry, only whose it is. */
  const item = (who: Somebody, file: File, more: object = {}): object => ({
    id: randomUUID(),
    at: new Date().toISOString(),
    action: 'case.read',
    mac: `\\x${'00'.repeat(32)}`,
    token: `\\x${wall.tokens[who].toString('hex')}`,
    case_id: wall.caseIds[file],
    identity: true,
    today: '2026-11-27',
    ...more,
  });
  const read = async (client: pg.Client, items: readonly object[], limit: number | null = null): Promise<Met[]> => {
    const wanted = JSON.stringify(items.map((one, place) => ({ place, ...one })));
    const { rows } = await client.query<Met>('select met, sheet from app.read_cases($1, $2) order by place', [
      wanted,
      limit,
    ]);
    return rows;
  };
  const met = async (client: pg.Client, items: readonly object[], limit: number | null = null): Promise<string[]> =>
    (await read(client, items, limit)).map((one) => one.met);
  const REACH: Readonly<Record<string, readonly string[]>> = {
    caseworker: ['own'],
    lawyer: ['beside'],
    coordinator: ['own', 'beside'],
  };
  const everything = PEOPLE.flatMap((who) => FILES.map((file) => ({ who, file })));
  const expected = everything.map(({ who, file }) => (REACH[who]?.includes(file) ? 'read' : 'hidden'));

  it('opens just what the policies would show, to everybody in one statement as one by one', async () => {
    await wall.within('serve', null, async (client) => {
      const items = (): object[] => everything.map(({ who, file }) => item(who, file));
      expect(await met(client, items())).toEqual(expected);
      const alone: string[] = [];
      for (const one of items()) alone.push(...(await met(client, [one])));
      expect(alone).toEqual(expected);
    });
  });

  it('tells nothing of a case that is hidden, and whose case a sheet is', async () => {
    await wall.within('serve', null, async (client) => {
      const rows = await read(
        client,
        everything.map(({ who, file }) => item(who, file)),
      );
      for (const [index, { sheet }] of rows.entries()) {
        const told = sheet === null ? null : (JSON.parse(sheet) as { body: { id: string } }).body.id;
        expect(told).toBe(expected[index] === 'read' ? wall.caseIds[everything[index]!.file] : null);
      }
    });
  });

  it('looks at the token by itself, whoever has entered', async () => {
    await wall.within('serve', 'coordinator', async (client) => {
      const strange = `\\x${Buffer.alloc(32).toString('hex')}`;
      expect(
        await met(client, [
          item('lawyer', 'own'),
          item('caseworker', 'own', { token: strange }),
          item('caseworker', 'own', { token: null }),
          item('caseworker', 'own', { stamp: 'of somebody else' }),
          item('caseworker', 'own'),
        ]),
      ).toEqual(['hidden', 'ended', 'ended', 'changed', 'read']);
    });
  });

  it('opens nothing without an entry', async () => {
    for (const missing of ['id', 'at', 'mac', 'action'])
      await wall.within('serve', null, async (client) => {
        await expect(met(client, [item('caseworker', 'own', { [missing]: null })])).rejects.toMatchObject({
          code: '23502',
        });
      });
    await wall.within('serve', null, async (client) => {
      const id = randomUUID();
      await met(client, [item('caseworker', 'own', { id })]);
      // The same entry cannot stand for two readings.
      await expect(met(client, [item('caseworker', 'own', { id })])).rejects.toMatchObject({ code: '23505' });
    });
  });

  it('writes the entry for whoever holds the token, whatever the service says, and none for what is hidden', async () => {
    const [seen, unseen] = [randomUUID(), randomUUID()];
    await wall.within('serve', 'coordinator', async (client) => {
      await met(client, [
        item('caseworker', 'own', { id: seen, actor_id: wall.users.coordinator, organisation_id: randomUUID() }),
        item('caseworker', 'beside', { id: unseen }),
      ]);
      const { rows } = await client.query(
        'select id, actor_id, organisation_id, case_id from audit_entry where id = any($1)',
        [[seen, unseen]],
      );
      expect(rows).toEqual([
        {
          id: seen,
          actor_id: wall.users.caseworker,
          organisation_id: wall.rows.own['organisation']?.['id'],
          case_id: wall.caseIds.own,
        },
      ]);
    });
  });

  it('counts a reading of names, and closes when the readings of the day are used up', async () => {
    const day = { today: '2031-01-01' };
    const readings = async (client: pg.Client, ...items: object[]): Promise<(number | string)[]> =>
      (await read(client, items, 2)).map((one) =>
        one.sheet === null ? one.met : (JSON.parse(one.sheet) as { readings: number }).readings,
      );
    await wall.within('serve', null, async (client) => {
      const one = (more: object = {}): object => item('caseworker', 'own', { ...day, ...more });
      expect(await readings(client, one())).toEqual([1]);
      // Two are too many, one is not: whoever asks for two is told to ask one by one. Others are not held up.
      expect(await readings(client, one(), item('coordinator', 'own', day), one())).toEqual(['spent', 1, 'spent']);
      expect(await readings(client, one())).toEqual([2]);
      expect(await readings(client, one(), one({ identity: false }))).toEqual(['spent', null]);
    });
    await wall.within('serve', null, async (client) => {
      const three = [1, 2, 3].map(() => item('caseworker', 'own', day));
      expect(await readings(client, ...three)).toEqual(['spent', 'spent', 'spent']);
      expect(await readings(client, ...three.slice(1))).toEqual([1, 2]);
    });
  });
});

describe('letting somebody in', () => {
  const assign = (client: pg.Client, file: File, user: string, by: string): Promise<string> =>
    attempt(
      client,
      'insert into assignment (case_id, id, user_id, recorded_at, recorded_by) values ($1, gen_random_uuid(), $2, now(), $3)',
      [wall.caseIds[file], user, by],
    );

  it('is the coordinator’s: nobody assigns themselves to a case, not even to one they see', async () => {
    for (const who of ['caseworker', 'lawyer', 'researcher', 'administrator', 'auditor'] as const) {
      await wall.within('serve', who, async (client) => {
        for (const file of FILES) expect(await assign(client, file, wall.users[who], wall.users[who])).toMatch(REFUSED);
      });
    }
    await wall.within('serve', 'coordinator', async (client) => {
      expect(await assign(client, 'own', wall.users.lawyer, wall.users.coordinator)).toBe('1 rows');
      expect(await assign(client, 'foreign', wall.users.lawyer, wall.users.coordinator)).toMatch(REFUSED);
      // Nor in somebody else's name.
      expect(await assign(client, 'own', wall.users.lawyer, wall.users.caseworker)).toMatch(REFUSED);
    });
  });

  it('is not done by giving oneself a role, a session or another office', async () => {
    for (const who of PEOPLE.filter((one) => one !== 'administrator')) {
      await wall.within('serve', who, async (client) => {
        const own = [wall.users[who]];
        expect(await attempt(client, `update app_user set roles = '{coordinator}' where id = $1`, own)).toBe('0 rows');
        expect(await attempt(client, `update app_user set office_id = null where id = $1`, own)).toBe('0 rows');
        expect(await attempt(client, 'select from access_token')).toMatch(REFUSED);
        expect(
          await attempt(client, 'insert into session_family (id, user_id) values (gen_random_uuid(), $1)', own),
        ).toMatch(REFUSED);
        expect(
          await attempt(
            client,
            `insert into access_token (hash, family_id, expires_at) select '\\x01', id, '2099-01-01' from session_family`,
          ),
        ).toMatch(REFUSED);
        expect(await attempt(client, 'select from live_session')).toMatch(REFUSED);
      });
    }
  });

  it('is the administrator’s for accounts of their organisation, and of no other', async () => {
    await wall.within('serve', 'administrator', async (client) => {
      expect(
        await attempt(client, `update app_user set display_name = 'x' where id = $1`, [wall.users.caseworker]),
      ).toBe('1 rows');
      expect(
        await attempt(client, `update app_user set display_name = 'x' where id = $1`, [
          wall.rows.foreign['app_user']?.['id'],
        ]),
      ).toBe('0 rows');
    });
  });
});

describe('the keys of a person', () => {
  interface Wish {
    readonly by: string;
    readonly state?: string;
    readonly days?: number;
    readonly house?: unknown;
  }
  const house = (file: File = 'own'): unknown => wall.rows[file]['organisation']?.['id'];
  const INSERT = `insert into erasure_request (id, organisation_id, case_id, files, asked_at, asked_by, expires_at, state)
    values (gen_random_uuid(), $1, $2, array[$2]::uuid[], now() + $4 * interval '1 day' - interval '14 days', $3, now() + $4 * interval '1 day', $5)`;
  const asked = ({ by, state = 'OPEN', days = 1, house: whose = house() }: Wish): unknown[] => [
    whose,
    wall.caseIds.own,
    by,
    days,
    state,
  ];
  const destroy = async (who: Somebody): Promise<string> =>
    wall.within('serve', who, async (client) => {
      const keys = await attempt(client, 'delete from case_key where case_id = $1', [wall.caseIds.own]);
      const salts = await attempt(client, 'delete from audit_salt where case_id = $1', [wall.caseIds.own]);
      return `${keys.replace(REFUSED, 'refused ')}, ${salts.replace(REFUSED, 'refused ')}`;
    });
  /** What destroying them comes to when such a request stands. */
  async function destroyedBeside(wish: Wish, who: Somebody = 'coordinator'): Promise<string> {
    await wall.database.sql(INSERT, asked(wish));
    return destroy(who).finally(() => wall.database.sql('delete from erasure_request where cardinality(files) > 0'));
  }

  it('are destroyed by a coordinator when another one has asked for it, and by nobody alone', async () => {
    const another = randomUUID();
    await wall.database.sql(
      `with e as (insert into audit_entry (id, at, organisation_id, action, case_id, mac)
         values (gen_random_uuid(), now(), $1, 'spec.line', $2, sha256('')) returning id)
       insert into audit_salt (entry_id, case_id, salt) select e.id, $2, sha256('') from e`,
      [house(), wall.caseIds.own],
    );
    expect(await destroy('coordinator')).toBe('0 rows, 0 rows');
    expect(await destroyedBeside({ by: another })).toBe('1 rows, 1 rows');
    expect(await destroyedBeside({ by: wall.users.coordinator })).toBe('0 rows, 0 rows');
    expect(await destroyedBeside({ by: another, days: -1 })).toBe('0 rows, 0 rows');
    for (const state of ['WITHDRAWN', 'EXPIRED'])
      expect(await destroyedBeside({ by: another, state })).toBe('0 rows, 0 rows');
    expect(await destroyedBeside({ by: another, house: house('foreign') })).toBe('0 rows, 0 rows');
    for (const who of ['caseworker', 'lawyer', 'administrator'] as const)
      expect(await destroyedBeside({ by: another }, who)).toBe('0 rows, 0 rows');
  });

  it('are asked for in one’s own name, and what was asked is never anybody else’s', async () => {
    await wall.within('serve', 'coordinator', async (client) => {
      expect(await attempt(client, INSERT, asked({ by: wall.users.caseworker }))).toMatch(REFUSED);
      expect(await attempt(client, INSERT, asked({ by: wall.users.coordinator, days: 30 }))).toBe('1 rows');
      await client.query(INSERT, asked({ by: wall.users.coordinator }));
      expect(await attempt(client, 'delete from case_key where case_id = $1', [wall.caseIds.own])).toBe('0 rows');
      for (const change of ['asked_by = gen_random_uuid()', `expires_at = now() + interval '1 year'`])
        expect(await attempt(client, `update erasure_request set ${change}`)).toMatch(REFUSED);
      expect(
        await attempt(client, `update erasure_request set state = 'CONFIRMED', decided_by = $1 where files[1] = $2`, [
          wall.users.coordinator,
          wall.caseIds.own,
        ]),
      ).toMatch(/^23514 .*erasure_request_two_people/);
      const withdraw = `update erasure_request set state = 'WITHDRAWN', decided_by = $1 where files[1] = $2`;
      const values = [wall.users.coordinator, wall.caseIds.own];
      await client.query(withdraw, values);
      expect(
        await attempt(client, `update erasure_request set state = 'OPEN' where files[1] = $1`, values.slice(1)),
      ).toBe('0 rows');
    });
    for (const who of ['caseworker', 'lawyer', 'administrator', 'auditor', 'researcher'] as const)
      await wall.within('serve', who, async (client) => {
        expect(await attempt(client, INSERT, asked({ by: wall.users[who] }))).toMatch(REFUSED);
        expect(await attempt(client, 'select from erasure_request')).toBe('0 rows');
      });
  });
});

describe('a case opened in an emergency', () => {
  const open = (client: pg.Client, file: File, user: string): Promise<string> =>
    attempt(
      client,
      `insert into break_glass (case_id, id, organisation_id, user_id, opened_at, expires_at)
       values ($1, gen_random_uuid(), $2, $3, now(), now() + interval '1 hour')`,
      [wall.caseIds[file], wall.rows.own['organisation']?.['id'], user],
    );

  it('is one of the own organisation, opened for oneself', async () => {
    await wall.within('serve', 'caseworker', async (client) => {
      expect(await open(client, 'foreign', wall.users.caseworker)).toMatch(REFUSED);
      expect(await open(client, 'beside', wall.users.lawyer)).toMatch(REFUSED);
      expect(await attempt(client, `update break_glass set expires_at = now() + interval '20 hours'`)).toMatch(REFUSED);
    });
    for (const who of ['coordinator', 'researcher', 'administrator', 'auditor'] as const) {
      await wall.within('serve', who, async (client) => {
        expect(await open(client, 'beside', wall.users[who])).toMatch(REFUSED);
      });
    }
  });

  it('is not committed unless a second person is told', async () => {
    await wall.within('serve', 'caseworker', async (client) => {
      const id = randomUUID();
      await client.query(
        `insert into break_glass (case_id, id, organisation_id, user_id, opened_at, expires_at) values ($1, $2, $3, $4, now(), now() + interval '1 hour')`,
        [wall.caseIds.beside, id, wall.rows.own['organisation']?.['id'], wall.users.caseworker],
      );
      expect(await attempt(client, 'select from case_file where id = $1', [wall.caseIds.beside])).toBe('1 rows');
      expect(await attempt(client, 'set constraints all immediate')).toBe('42501 a glass was broken and nobody told');
      await client.query(
        `insert into case_notice (id, organisation_id, kind, case_id, user_id, subject_id, raised_at) values (gen_random_uuid(), $1, 'BREAK_GLASS', $2, $3, $4, now())`,
        [wall.rows.own['organisation']?.['id'], wall.caseIds.beside, wall.users.caseworker, id],
      );
      expect(await attempt(client, 'set constraints all immediate')).toBe('0 rows');
      expect(await attempt(client, 'delete from case_notice')).toMatch(REFUSED);
      expect(await attempt(client, 'update case_notice set acknowledged_at = now()')).toBe('0 rows');
    });
  });

  it('is read within a budget that nobody raises for themselves', async () => {
    const day = (client: pg.Client, user: string, readings: number, allowance: number): Promise<string> =>
      attempt(
        client,
        `insert into reading_day as d (user_id, day, organisation_id, readings, allowance) values ($1, '2022-01-01', $2, $3, $4)
         on conflict (user_id, day) do update set readings = excluded.readings, allowance = excluded.allowance`,
        [user, wall.rows.own['organisation']?.['id'], readings, allowance],
      );
    await wall.within('serve', 'caseworker', async (client) => {
      expect(await day(client, wall.users.caseworker, 5, 100)).toMatch(REFUSED);
      await client.query(
        `insert into reading_day (user_id, day, organisation_id, readings) values ($1, '2022-01-01', $2, 5)`,
        [wall.users.caseworker, wall.rows.own['organisation']?.['id']],
      );
      expect(await day(client, wall.users.caseworker, 6, 0)).toBe('1 rows');
      expect(await attempt(client, 'update reading_day set allowance = 100')).toBe(
        '42501 a reading budget is raised by somebody else',
      );
      expect(await attempt(client, 'update reading_day set readings = 0')).toBe(
        '42501 a reading budget is raised by somebody else',
      );
    });
  });
});

describe('a case that is recorded', () => {
  const record = (client: pg.Client, more: Readonly<Record<string, unknown>>): Promise<string> => {
    const row = {
      ...wall.rows.own['case_file'],
      id: randomUUID(),
      number: 'CDD-NEW0-0000',
      recorded_by: wall.users.caseworker,
      ...more,
    };
    return attempt(
      client,
      `with f as (insert into case_file select r.* from jsonb_populate_record(null::case_file, $1::jsonb) r),
       p as (insert into person (case_id, id, code) values ($2, gen_random_uuid(), 'P'))
       insert into testimony (case_id, id, text, recorded_at, recorded_by) values ($2, gen_random_uuid(), 'v1:told', now(), $3)`,
      [JSON.stringify(row), row.id, row.recorded_by],
    );
  };

  it('is written with its parts by one statement, in one’s own office and one’s own name', async () => {
    await wall.within('serve', 'caseworker', async (client) => {
      expect(await record(client, {})).toBe('1 rows');
      expect(await record(client, { organisation_id: wall.rows.foreign['organisation']?.['id'] })).toMatch(REFUSED);
      expect(await record(client, { office_id: wall.rows.beside['office']?.['id'] })).toMatch(REFUSED);
      expect(await record(client, { recorded_by: wall.users.coordinator })).toMatch(REFUSED);
    });
    for (const who of ['researcher', 'administrator', 'auditor'] as const) {
      await wall.within('serve', who, async (client) => {
        expect(await record(client, { recorded_by: wall.users[who] })).toMatch(REFUSED);
      });
    }
  });

  it('tells by its external id only what the own organisation has', async () => {
    const known = (file: File): unknown => wall.rows[file]['external_id']?.['external_id'];
    const take = (client: pg.Client, externalId: unknown): Promise<string> =>
      attempt(client, 'insert into external_id (organisation_id, external_id, case_id) values ($1, $2, $3)', [
        wall.rows.own['organisation']?.['id'],
        externalId,
        wall.caseIds.own,
      ]);
    await wall.within('serve', 'caseworker', async (client) => {
      expect(await take(client, known('foreign'))).toBe('1 rows');
      // Within the organisation an id is somebody's: that is what it is for, and all that is told.
      expect(await take(client, known('beside'))).toMatch(
        /^23505 duplicate key value violates unique constraint "external_id_pkey"/,
      );
    });
  });
});

describe('what is kept even from those who see the case', () => {
  it('a privileged note is read and written by a lawyer who is assigned, and by nobody else', async () => {
    const write = (client: pg.Client, who: Somebody, file: File, privileged: boolean): Promise<string> =>
      attempt(
        client,
        `insert into note (case_id, id, text, privileged, recorded_at, recorded_by) values ($1, gen_random_uuid(), 'v1:note', $2, now(), $3)`,
        [wall.caseIds[file], privileged, wall.users[who]],
      );
    const read = (client: pg.Client, file: File): Promise<string> =>
      attempt(client, `select from note where case_id = $1 and privileged`, [wall.caseIds[file]]);
    for (const file of ['own', 'beside'] as const)
      await wall.database.sql(
        `insert into note (case_id, id, text, privileged, recorded_at, recorded_by) values ($1, gen_random_uuid(), 'v1:told to counsel', true, now(), $2)`,
        [wall.caseIds[file], wall.users.lawyer],
      );
    await wall.within('serve', 'lawyer', async (client) => {
      expect(await read(client, 'beside')).toBe('1 rows');
      expect(await write(client, 'lawyer', 'beside', true)).toBe('1 rows');
      expect(await read(client, 'own')).toBe('0 rows');
    });
    for (const [who, file] of [
      ['caseworker', 'own'],
      ['coordinator', 'own'],
      ['coordinator', 'beside'],
    ] as const)
      await wall.within('serve', who, async (client) => {
        expect(await read(client, file)).toBe('0 rows');
        expect(await write(client, who, file, true)).toMatch(REFUSED);
        expect(await write(client, who, file, false)).toBe('1 rows');
      });
    await wall.database.sql('delete from note where privileged');
  });

  it('a password’s record is read by nobody who serves, not even one’s own', async () => {
    for (const who of PEOPLE)
      await wall.within('serve', who, async (client) => {
        expect(await attempt(client, 'select password_hash from app_user')).toMatch(REFUSED);
        expect(await attempt(client, 'select * from app_user')).toMatch(REFUSED);
        expect(await attempt(client, `select id from app_user where password_hash like 'x%'`)).toMatch(REFUSED);
        expect(
          await attempt(client, 'update app_user set display_name = display_name returning password_hash'),
        ).toMatch(REFUSED);
        expect(await attempt(client, 'select id, display_name from app_user')).toMatch(/rows$/);
      });
    await wall.within('work', null, async (client) => {
      expect(await attempt(client, 'select password_hash from app_user')).toMatch(/rows$/);
    });
  });
});

describe('the serving login', () => {
  it('owns nothing and is nobody special', async () => {
    const { rows } = await wall.as.serve.query(
      `select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
         (select count(*)::int from pg_class where pg_has_role(current_user, relowner, 'member')) as owned,
         (select count(*)::int from pg_namespace where has_schema_privilege(oid, 'create') and nspname !~ '^pg_t') as schemas
       from pg_roles r where r.rolname = current_user`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0, schemas: 0 },
    ]);
  });

  it('cannot take the wall down', async () => {
    await wall.within('serve', 'coordinator', async (client) => {
      for (const statement of [
        'alter table case_file disable row level security',
        'alter table case_file no force row level security',
        'drop policy serve_select on case_file',
        'create policy mine on case_file using (true)',
        'alter policy serve_select on case_file using (true)',
        'alter table case_file owner to current_user',
        'create or replace function app.everywhere() returns boolean language sql as $$ select true $$',
        'create function public.mine() returns int language sql as $$ select 1 $$',
        'drop table case_file',
        'truncate case_file cascade',
        `set role ${wall.logins.work.user}`,
        'set role amparo_work',
        'set role postgres',
        'set session authorization postgres',
        'set local session_replication_role = replica',
        `copy (select 1) to program 'true'`,
        `select pg_read_file('/etc/hostname')`,
      ])
        expect([statement, await attempt(client, statement)]).toEqual([
          statement,
          expect.stringMatching(/^42501 |^42P16 /),
        ]);
      // Postgres only warns of a grant that nobody may make.
      await client.query('grant select on case_file to public');
      const { rows } = await client.query(
        `select has_table_privilege('amparo_audit', 'case_file', 'select') as granted`,
      );
      expect(rows).toEqual([{ granted: false }]);
      await client.query('set local row_security = off');
      expect(await attempt(client, 'select from case_file')).toMatch(
        /^42501 query would be affected by row-level security policy/,
      );
    });
  });

  it('adds to the trail in the caller’s name and changes nothing of it', async () => {
    const line = (client: pg.Client, organisation: unknown, actor: unknown): Promise<string> =>
      attempt(
        client,
        `insert into audit_entry (id, at, organisation_id, actor_id, action, mac) values (gen_random_uuid(), now(), $1, $2, 'spec.line', sha256(''))`,
        [organisation, actor],
      );
    const house = wall.rows.own['organisation']?.['id'];
    await wall.within('serve', 'caseworker', async (client) => {
      expect(await line(client, house, wall.users.caseworker)).toBe('1 rows');
      expect(await line(client, house, wall.users.coordinator)).toMatch(REFUSED);
      expect(await line(client, wall.rows.foreign['organisation']?.['id'], wall.users.caseworker)).toMatch(REFUSED);
      for (const statement of [
        'update audit_entry set action = action',
        'delete from audit_entry',
        'truncate audit_entry',
      ])
        expect(await attempt(client, statement)).toMatch(REFUSED);
      expect(await attempt(client, 'select from audit_entry')).toBe('0 rows');
    });
  });

  it('gives an uploaded file away and does not read it back', async () => {
    await wall.within('serve', 'coordinator', async (client) => {
      expect(await attempt(client, 'select content from import_piece')).toMatch(REFUSED);
      expect(await attempt(client, 'select job_id from import_piece')).toMatch(/rows$/);
    });
  });
});

describe('the other logins', () => {
  it('for work sees every case and can neither change the trail nor the wall', async () => {
    for (const file of FILES)
      expect(values(await seen('work', null, file)).every((rows) => /^[12] rows$/.test(rows))).toBe(true);
    await wall.within('work', null, async (client) => {
      for (const statement of [
        'update audit_entry set action = action',
        'delete from audit_entry',
        'truncate audit_entry',
        'alter table case_file disable row level security',
        'drop policy work_all on case_file',
        'create table public.mine ()',
        'table wall_key',
        `select app.seal('x')`,
      ])
        expect([statement, await attempt(client, statement)]).toEqual([statement, expect.stringMatching(REFUSED)]);
    });
  });

  it('for statistics reads the facts of the asker’s organisation, and no case at all', async () => {
    for (const file of FILES) {
      const found = Object.entries(await seen('statistics', 'coordinator', file));
      expect(found.filter(([table]) => !table.startsWith('fact_')).every(([, rows]) => REFUSED.test(rows))).toBe(true);
      const facts = found.filter(([table]) => table.startsWith('fact_')).map(([, rows]) => rows);
      expect([...new Set(facts)]).toEqual([file === 'foreign' ? '0 rows' : '1 rows']);
    }
    for (const who of PEOPLE.filter((one) => one !== 'coordinator')) {
      const facts = Object.entries(await seen('statistics', who, 'own')).filter(([table]) => table.startsWith('fact_'));
      expect([...new Set(facts.map(([, rows]) => rows))]).toEqual(['0 rows']);
    }
    await wall.within('statistics', null, async (client) => {
      expect(await attempt(client, 'select from fact_arrest')).toBe('42501 nobody has entered');
      expect(await attempt(client, 'delete from fact_arrest')).toMatch(REFUSED);
    });
  });

  it('for statistics asks for a job under way as whoever asked for it, and for no other', async () => {
    const job = (status: string): Promise<readonly { id: string }[]> =>
      wall.database.sql(
        `insert into job (id, organisation_id, kind, created_by, created_at, input, status) values (gen_random_uuid(), $1, 'report', $2, now(), '{}', $3) returning id`,
        [wall.rows.own['organisation']?.['id'], wall.users.coordinator, status],
      );
    const [[running], [over]] = [await job('running'), await job('succeeded')];
    await wall.within('statistics', null, async (client) => {
      expect(await attempt(client, 'call app.enter_for($1)', [over?.id])).toBe('U0001 there is no such job under way');
      await client.query('call app.enter_for($1)', [running?.id]);
      expect(await attempt(client, 'select from fact_arrest')).toBe('2 rows');
    });
    await wall.within('serve', null, async (client) => {
      expect(await attempt(client, 'call app.enter_for($1)', [running?.id])).toMatch(REFUSED);
    });
  });

  it('for the trail reads it and adds seals, and sees no case', async () => {
    expect(values(await seen('audit', null, 'own')).every((rows) => REFUSED.test(rows))).toBe(true);
    await wall.within('audit', null, async (client) => {
      expect(await attempt(client, 'select from audit_entry')).toMatch(/rows$/);
      expect(await attempt(client, 'update audit_entry set action = action')).toMatch(REFUSED);
      expect(await attempt(client, 'select from app_user')).toMatch(REFUSED);
      expect(await attempt(client, 'update audit_leaf set digest = digest')).toMatch(REFUSED);
      expect(await attempt(client, 'select from audit_leaf')).toMatch(/rows$/);
    });
  });

  it('for backups reads everything and changes nothing', async () => {
    for (const file of FILES)
      expect(values(await seen('backup', null, file)).every((rows) => /^[12] rows$/.test(rows))).toBe(true);
    await wall.within('backup', null, async (client) => {
      for (const table of ['case_file', 'note', 'app_user', 'audit_entry', 'job'])
        expect(await attempt(client, `delete from ${table}`)).toMatch(REFUSED);
    });
  });
});

describe('no table', () => {
  it('of a case, an organisation, a job or a person who works here is without row-level security, forced', async () => {
    const open = await wall.database.sql(
      `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
         and (a.attname in ('case_id', 'organisation_id', 'organisation_no', 'job_id', 'user_id', 'keep_id', 'a_id') or c.relname in ('case_file', 'organisation', 'app_user', 'job'))
         and not (c.relrowsecurity and c.relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
    const bare = await wall.database.sql(
      `select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
         and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_at_work')`,
    );
    expect(bare).toEqual([]);
  });

  it('without row-level security can be written by the serving login', async () => {
    const { rows } = await wall.as.serve.query(
      `select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity
         and (has_table_privilege(c.oid, 'insert') or has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete'))`,
    );
    expect(rows).toEqual([]);
  });
});
