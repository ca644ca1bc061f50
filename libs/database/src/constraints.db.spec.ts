/**
 * The database is the last line of validation: every named rule is attacked with plain SQL, as if the service had let
 * something through, and must answer by its own name. The lists come from the catalog, so no rule is forgotten.
 */
import pg from 'pg';
import type { TestDatabase } from '#lib/testing';
import {
  freshValue,
  insertRow,
  insertRowOfEach,
  shapeOf,
  type Check,
  type Column,
  type ForeignKey,
  type Row,
  type Shape,
} from '../cases/a-row-of-each.js';
import { migratedDatabase } from '../cases/migrated.js';

let database: TestDatabase;
let shape: Shape;
/** Two of everything: what belongs to one case must not be named by another. */
let one: Readonly<Record<string, Row>>;
let other: Readonly<Record<string, Row>>;

beforeAll(async () => {
  database = await migratedDatabase();
  shape = await shapeOf(database);
  one = await insertRowOfEach(database, shape);
  other = await insertRowOfEach(database, shape);
});
afterAll(() => database.drop());

/** By which rule and state an attempt was refused; 'taken' when it was not. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'taken';
  } catch (error) {
    if (error instanceof pg.DatabaseError) return `${error.code} ${error.constraint ?? error.message}`;
    throw error;
  }
}

const columnOf = (table: string, name: string): Column => {
  const found = shape.columns.find((column) => column.table === table && column.name === name);
  if (!found) throw new Error(`no column ${table}.${name}`);
  return found;
};
const primaryKey = (table: string): readonly string[] =>
  shape.uniques.find((index) => index.table === table && index.name.endsWith('_pkey'))?.columns ?? [];
const copy = (table: string, changes: Row): Promise<unknown> =>
  insertRow(database, table, { ...one[table], ...changes });
/** Changes the first row of a table. */
const update = (table: string, set: string): Promise<unknown> => {
  const where = primaryKey(table).map((name, index) => `"${name}" = $${index + 1}`);
  const values = primaryKey(table).map((name) => one[table]?.[name]);
  return database.sql(`update "${table}" set ${set} where ${where.join(' and ')}`, values);
};

describe('a foreign key', () => {
  /** The same row, pointing at something else by the last column of the key. */
  const pointing = (key: ForeignKey, value: unknown): Promise<unknown> => {
    const column = key.columns.at(-1) ?? '';
    const literal = `(jsonb_populate_record(null::"${key.table}", '${JSON.stringify({ [column]: value })}')).${column}`;
    return primaryKey(key.table).includes(column)
      ? copy(key.table, { [column]: value })
      : update(key.table, `"${column}" = ${literal}`);
  };

  it('of every table refuses what is not there', async () => {
    expect(shape.foreignKeys.length).toBeGreaterThanOrEqual(90);
    const found: Record<string, string> = {};
    for (const key of shape.foreignKeys) {
      const value = freshValue(columnOf(key.table, key.columns.at(-1) ?? ''));
      found[key.name] = await refusal(pointing(key, value));
    }
    expect(found).toEqual(Object.fromEntries(shape.foreignKeys.map(({ name }) => [name, `23503 ${name}`])));
  });

  it('within a case refuses what another case has', async () => {
    const within = shape.foreignKeys.filter((key) => key.columns[0] === 'case_id' && key.columns.length === 2);
    expect(within.length).toBeGreaterThan(40);
    const found: Record<string, string> = {};
    for (const key of within) {
      const value = other[key.parent]?.[key.parentColumns[1] ?? ''];
      found[key.name] = await refusal(pointing(key, value));
    }
    expect(found).toEqual(Object.fromEntries(within.map(({ name }) => [name, `23503 ${name}`])));
  });

  it('keeps a case that has parts from being deleted, and so each part that others hang on', async () => {
    for (const table of ['case_file', 'arrest', 'source', 'person', 'death', 'remedy', 'organisation', 'app_user']) {
      const key = primaryKey(table).map((name, index) => `"${name}" = $${index + 1}`);
      const values = primaryKey(table).map((name) => other[table]?.[name]);
      // Something points at each of them.
      if (table === 'arrest') await hang('hearing', 'arrest_id', other['arrest']?.['id']);
      if (table === 'source') await hang('hearing', 'source_id', other['source']?.['id']);
      const answer = await refusal(database.sql(`delete from "${table}" where ${key.join(' and ')}`, values));
      expect([table, answer]).toEqual([table, expect.stringMatching(/^23503 \w+_fkey$/)]);
    }
  });

  const hang = (table: string, column: string, value: unknown): Promise<unknown> =>
    database.sql(`update "${table}" set "${column}" = $1 where id = $2`, [value, other[table]?.['id']]);

  it('lets the facts go with the fact of their arrest, because they are made again from the events', async () => {
    const facts = [
      'fact_state',
      'fact_hearing',
      'fact_remedy',
      'fact_remedy_step',
      'fact_release',
      'fact_violation',
      'fact_death',
    ];
    const caseId = other['fact_arrest']?.['case_id'];
    await database.sql('delete from fact_arrest where case_id = $1', [caseId]);
    for (const table of facts) {
      expect(await database.sql(`select from "${table}" where case_id = $1`, [other[table]?.['case_id']])).toEqual([]);
    }
    expect(await database.sql('select from arrest where id = $1', [other['arrest']?.['id']])).toHaveLength(1);
  });
});

describe('a unique index', () => {
  it('of every table refuses a second row of the same key', async () => {
    expect(shape.uniques.length).toBeGreaterThan(70);
    const found: Record<string, string> = {};
    for (const index of shape.uniques) {
      const elsewhere = shape.uniques.filter(({ table, name }) => table === index.table && name !== index.name);
      const fresh = [...new Set(elsewhere.flatMap(({ columns }) => columns))].filter(
        (name) => !index.columns.includes(name) && (one[index.table]?.[name] ?? null) !== null,
      );
      const changes = fresh.map((name) => [name, name === 'bit' ? 8 : freshValue(columnOf(index.table, name))]);
      // A column that may be empty is no key while it is: it points at somebody for the attempt.
      const empty = index.columns.filter((name) => (one[index.table]?.[name] ?? null) === null);
      const filled = Object.fromEntries(empty.map((name) => [name, other[index.table]?.['id']]));
      for (const name of empty) await update(index.table, `"${name}" = '${String(filled[name])}'`);
      found[index.name] = await refusal(copy(index.table, { ...Object.fromEntries(changes), ...filled }));
      for (const name of empty) await update(index.table, `"${name}" = null`);
    }
    expect(found).toEqual(Object.fromEntries(shape.uniques.map(({ name }) => [name, `23505 ${name}`])));
  });

  it('knows one merge of a file and one assignment of a person in force, and any number that ended', async () => {
    const ended = { ended_at: '2022-01-02', ended_by: one['app_user']?.['id'] };
    const again = (table: string, more: Row): Promise<string> =>
      refusal(copy(table, { id: freshValue(columnOf(table, 'id')), ...more }));
    for (const table of ['merge', 'assignment']) {
      expect([await again(table, ended), await again(table, ended)]).toEqual(['taken', 'taken']);
      expect(await again(table, {})).toMatch(/^23505 (merge_absorb|assignment)_in_force_key$/);
      await update(table, `ended_at = now(), ended_by = '${String(one['app_user']?.['id'])}'`);
      expect(await again(table, {})).toBe('taken');
    }
  });
});

/** What takes no change at all (below). */
const APPEND_ONLY = new Set(['audit_entry', 'audit_leaf', 'audit_node', 'audit_checkpoint']);

/** Attacks on checks that come in families, by the end of the name. */
const FAMILIES: readonly (readonly [RegExp, (column: string) => readonly string[]])[] = [
  [/_([a-z]+)_ordered$/, (date) => [`${date}_earliest = '2022-02-01', ${date}_latest = '2022-01-31T23:59:59'`]],
  [/_([a-z]+)_precision$/, (date) => [`${date}_precision = 'SOON'`, `${date}_precision = ''`]],
  [/_withdrawn_(whole)$/, () => ['withdrawn_at = now()', `withdrawn_by = gen_random_uuid()`]],
  [/_(corrects)_another$/, () => ['corrects = id']],
  [/audit_\w+_(digest)_whole$/, (name) => [`${name} = 'short'`, 'position = -1']],
];

/** Columns that take nothing but sealed values: each is attacked with a name in the clear. */
const SEALED: Readonly<Record<string, readonly string[]>> = {
  person: ['born_edtf', 'gender_self'],
  person_identity: ['given_names', 'family_names', 'aliases', 'document_type', 'document_number', 'address', 'phone'],
  testimony: ['text'],
  note: ['text'],
  source: ['language'],
  consent: ['language'],
  source_contact: ['name', 'phone', 'address'],
  disclosure: ['recipient'],
  verification: ['reason'],
  account_choice: ['reason'],
  merge: ['reason'],
  amendment: ['reason'],
  arrest: ['force_unit', 'withdrawn_for'],
  custody_spell: ['section', 'withdrawn_for'],
  hearing: ['court', 'withdrawn_for'],
  measure: ['withdrawn_for'],
  charge: ['withdrawn_for'],
  counsel: ['withdrawn_for'],
  contact: ['withdrawn_for'],
  remedy: ['court', 'withdrawn_for'],
  remedy_step: ['withdrawn_for'],
  violation: ['withdrawn_for'],
  death: ['icd11', 'withdrawn_for'],
  release: ['withdrawn_for'],
};

/** Attacks on the others, by name. */
const ATTACKS: Readonly<Record<string, readonly string[]>> = {
  audit_entry_mac_whole: [`mac = 'short'`, `mac = sha512('x')`],
  audit_salt_whole: [`salt = 'short'`],
  audit_checkpoint_not_empty: ['size = 0'],
  app_user_roles_known: [`roles = '{}'`, `roles = '{caseworker,director}'`],
  app_user_stand_in_is_not_suspended: ['stands_in_for = id, suspended_until = now()'],
  app_user_email_folded: [`email = 'Ana@example.org'`, `email = 'a'`, `email = repeat('a', 255)`],
  break_glass_ended_whole: ['ended_at = now()', 'ended_by = user_id'],
  break_glass_short: [`expires_at = opened_at + interval '25 hours'`],
  case_key_class_known: [`class = 'everything'`],
  reseal_pending_reason_known: [`reason = 'boredom'`],
  case_key_version_positive: ['version = 0'],
  organisation_key_version_positive: ['version = -1'],
  case_file_confidentiality_known: [`confidentiality = 'OPEN'`],
  case_file_not_into_itself: ['merged_into = id'],
  case_file_version_positive: ['version = 0'],
  case_notice_other_person: ['user_id = id, acknowledged_by = id'],
  case_retention_class_known: [`class = 'FOREVER'`],
  case_number_form: [`number = 'CDD-ABCU-0000'`, `number = 'C-0000-0000'`, `number = 'CDD-0000-00001'`],
  disclosure_names_by_consent: [`identity = true, overridden = '{SHARE_UN}'`],
  erasure_proposal_state_known: [`state = 'GONE'`],
  erasure_request_expires: [`expires_at = asked_at + interval '15 days'`],
  erasure_request_state_known: [`state = 'GONE'`],
  erasure_request_two_people: [`state = 'CONFIRMED', decided_by = asked_by`, `state = 'CONFIRMED', decided_by = null`],
  external_id_not_blank: [`external_id = ''`, `external_id = repeat('a', 201)`],
  person_age_plausible: ['age_at_arrest = -1', 'age_at_arrest = 121'],
  hearing_defendants_positive: ['defendants = 0', 'defendants = 100001'],
  legal_hold_two_people: ['released_by = owner_id', 'release_asked_by = owner_id, released_by = owner_id'],
  merge_two_files: ['keep_id = absorb_id'],
  merge_ended_whole: [`ended_at = now(), ended_by = null`, `ended_at = null, ended_by = gen_random_uuid()`],
  duplicate_candidate_two_files: ['b_id = a_id'],
  duplicate_candidate_state_known: [`state = 'maybe'`],
  job_status_known: [`status = 'sleeping'`],
  reading_day_not_negative: ['readings = -1', 'allowance = -1'],
  service_token_ends: ['expires_at = created_at'],
  service_token_has_scopes: [`scopes = '{}'`],
  sign_in_challenge_kind: [`kind = 'guess'`],
  term_bit_in_mask: ['bit = 63', 'bit = -1'],
  fact_state_kind_known: [`kind = 'mood'`],
};

function attacksOn({ name, table }: Check): readonly string[] {
  if (name === `${table}_sealed`)
    return [
      ...(SEALED[table] ?? []).map((column) => `"${column}" = 'Ana Ejemplo'`),
      ...(table === 'amendment' ? [`restricted = true, "after" = '"Ana Ejemplo"'`] : []),
    ];
  for (const [pattern, attacks] of FAMILIES) {
    const date = pattern.exec(name)?.[1];
    if (date !== undefined && name.startsWith(`${table}_`)) return attacks(date);
  }
  return ATTACKS[name] ?? [];
}

describe('a check', () => {
  it('of every table refuses what breaks it, and there is an attack on each', async () => {
    expect(shape.checks.length).toBeGreaterThan(70);
    for (const check of shape.checks) {
      const attacks = attacksOn(check);
      expect([check.name, attacks.length > 0]).toEqual([check.name, true]);
      // A check must hold by itself, also where a trigger stands before it.
      if (APPEND_ONLY.has(check.table)) await database.sql(`alter table "${check.table}" disable trigger user`);
      for (const attack of attacks) {
        expect([attack, await refusal(update(check.table, attack))]).toEqual([attack, `23514 ${check.name}`]);
      }
      if (APPEND_ONLY.has(check.table)) await database.sql(`alter table "${check.table}" enable trigger user`);
    }
    const known = shape.checks.map(({ name }) => name);
    expect(Object.keys(ATTACKS).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('lets through every precision, open ends, one moment, and an event that was taken back', async () => {
    for (const precision of ['EXACT_TIME', 'DAY', 'ABOUT_DAY', 'MONTH', 'YEAR', 'BEFORE', 'AFTER', 'UNKNOWN']) {
      await update('arrest', `at_precision = '${precision}'`);
    }
    await update('arrest', `at_earliest = null, at_latest = '2022-04-03T23:59'`);
    await update('arrest', `at_earliest = '2022-04-03T14:30', at_latest = '2022-04-03T14:30'`);
    await update('arrest', `withdrawn_at = now(), withdrawn_by = gen_random_uuid()`);
    await update('app_user', `roles = '{caseworker,lawyer,coordinator,researcher,administrator,auditor}'`);
  });
});

describe('what must be there', () => {
  it('is refused when it is left out, in every table', async () => {
    const needed = shape.columns.filter(({ needed, table }) => needed && !APPEND_ONLY.has(table));
    expect(needed.length).toBeGreaterThan(300);
    // Hundreds of attempts, made where the tables are rather than one by one from here.
    await database.sql(
      `create function refusal(attempt text) returns text language plpgsql as $$
       begin execute attempt; return 'taken'; exception when others then return sqlstate; end $$`,
    );
    const attempts = needed.map(({ table, name }) => `update "${table}" set "${name}" = null`);
    const found = await database.sql(
      `select attempt, refusal(attempt) from unnest($1::text[]) attempt where refusal(attempt) <> '23502'`,
      [attempts],
    );
    expect(found).toEqual([]);
  });
});

describe('the audit trail', () => {
  it('takes rows and gives none back: no change, no deletion, no emptying, of one row or of none', async () => {
    const id = String(one['audit_entry']?.['id']);
    const attempts = [
      `update audit_entry set action = 'nothing.happened' where id = '${id}'`,
      `update audit_entry set sealed = null where false`,
      `delete from audit_entry where id = '${id}'`,
      `delete from audit_entry`,
      `truncate audit_entry`,
      `truncate audit_entry, job cascade`,
      `insert into audit_entry select * from audit_entry where id = '${id}' on conflict (id) do update set action = 'x'`,
      `merge into audit_entry a using (select '${id}'::uuid as id) b on a.id = b.id when matched then delete`,
    ];
    for (const attempt of attempts) {
      expect([attempt, await refusal(database.sql(attempt))]).toEqual([
        attempt,
        '23001 audit entries are only ever added',
      ]);
    }
    expect(await database.sql('select action from audit_entry where id = $1', [id])).toEqual([
      { action: one['audit_entry']?.['action'] },
    ]);
  });

  it('takes no change to its seal either', async () => {
    for (const table of [...APPEND_ONLY].slice(1))
      for (const attempt of [
        `update ${table} set ${primaryKey(table)[0]} = 5`,
        `delete from ${table}`,
        `truncate ${table}`,
      ])
        expect([attempt, await refusal(database.sql(attempt))]).toEqual([
          attempt,
          '23001 audit entries are only ever added',
        ]);
  });

  it('takes no entry without its moment and its MAC: the database can make neither', async () => {
    const entry = (columns: string, values: string): Promise<unknown> =>
      database.sql(
        `insert into audit_entry (id, action, ${columns}) values (gen_random_uuid(), 'spec.made', ${values})`,
      );
    expect(await refusal(entry('at', 'now()'))).toMatch('23502');
    expect(await refusal(entry('mac', `sha256('x')`))).toMatch('23502');
    expect(await refusal(entry('at, mac', `now(), 'short'`))).toBe('23514 audit_entry_mac_whole');
    expect(await refusal(entry('at, mac', `now(), sha256('x')`))).toBe('taken');
  });
});
