/**
 * What the second wall costs: the same statements, in transactions of the same length, under a login of the serving kind
 * that enters with a token, and under the owner's, which no policy binds and which asks for nothing. Both must give the
 * same rows, or the run stops.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { roleOf, sqlFile, type SqlFile, type SqlValues } from '#lib/database';
import { hashOf } from './bare-work.js';
import { chanceOf } from './chance.js';
import { medianTurn, overSql, type Turn } from './load.js';
import type { Place } from './place.js';
import { PAGE } from './requests.js';
import type { Staff } from './staff.js';

// The list as it is served; the file is a statement of the bench, because reading one case is a door without policies.
const listCases = sqlFile(import.meta.url, '../../api/src/cases/sql/list-cases.sql');
const wallFile = sqlFile(import.meta.url, './sql/wall-file.sql');

const LOGIN = 'amparo_bench_reader';
/** The service and the bare server hold their connections meanwhile, and a server has sixty. */
const WORKERS = 4;
const CASES = 2_000;

export interface WallResult {
  readonly name: string;
  readonly behind: Turn;
  readonly without: Turn;
}

interface Question {
  readonly name: string;
  readonly file: SqlFile;
  readonly values: () => SqlValues;
}

/** Measures both questions, with and without the wall taking turns. */
export async function measureWall(
  place: Place,
  staff: Staff,
  rounds: number,
  seconds: number,
  say: (line: string) => void,
): Promise<readonly WallResult[]> {
  const [behind, without] = [await behindTheWall(place), place.pool(WORKERS)];
  const token = hashOf(staff.caseworker.token);
  try {
    const results: WallResult[] = [];
    for (const question of await questionsOf(place, staff)) {
      const ask = (pool: pg.Pool, entry: Entry): (() => Promise<string>) => {
        return () => answerTo(pool, entry, question);
      };
      const variants = {
        behind: ask(behind, { text: 'CALL app.enter($1)', values: [token] }),
        without: ask(without, { text: 'SELECT $1::bytea', values: [token] }),
      };
      const turns = { behind: [] as Turn[], without: [] as Turn[] };
      for (const variant of [variants.behind, variants.without]) await overSql(WORKERS, 1, variant);
      for (let round = 0; round < rounds; round++)
        for (const name of ['behind', 'without'] as const)
          turns[name].push(await overSql(WORKERS, seconds, variants[name]));
      await mustAgree(question, behind, without, token);
      const result = { name: question.name, behind: medianTurn(turns.behind), without: medianTurn(turns.without) };
      say(
        `  ${question.name}: behind the wall ${Math.round(result.behind.perSecond)}/s, without ${Math.round(result.without.perSecond)}/s`,
      );
      results.push(result);
    }
    return results;
  } finally {
    await behind.end();
    await without.end();
  }
}

/** A login of its own with the rights of the one that serves, so that the service's password is left alone. */
async function behindTheWall(place: Place): Promise<pg.Pool> {
  const password = randomBytes(24).toString('base64url');
  await place.rows(`DO $$ BEGIN CREATE ROLE ${LOGIN} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
  await place.rows(`ALTER ROLE ${LOGIN} PASSWORD '${password}'`);
  await place.rows(`GRANT ${roleOf('serve')} TO ${LOGIN}`);
  const url = new URL(place.url);
  [url.username, url.password] = [LOGIN, password];
  const options = '-c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan';
  const pool = new pg.Pool({ connectionString: url.href, max: WORKERS, options, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined);
  return pool;
}

async function questionsOf(place: Place, staff: Staff): Promise<readonly Question[]> {
  const office = staff.offices[0]!;
  const cases = await place.rows<{ id: string }>('SELECT id FROM case_file WHERE office_id = $1 ORDER BY id LIMIT $2', [
    office.id,
    CASES,
  ]);
  const chance = chanceOf(5, 'wall');
  const own = { organisation: staff.organisationId, organisationNo: staff.organisationNo, limit: PAGE };
  const list = { ...own, user: staff.caseworker.userId, office: office.id, officeNo: office.no, arrestedDown: true };
  return [
    { name: 'a page of the list', file: listCases, values: () => list },
    { name: 'the events of one file, eight tables', file: wallFile, values: () => ({ case: chance.pick(cases).id }) },
  ];
}

interface Entry {
  readonly text: string;
  readonly values: readonly unknown[];
}

async function answerTo(pool: pg.Pool, entry: Entry, { file, values }: Omit<Question, 'name'>): Promise<string> {
  const given = values();
  const { name, text } = file.compile(given);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query({ name: 'entry', text: entry.text, values: [...entry.values] });
    const { rows } = await client.query({ name, text, values: file.bind(file.compile(given), given) });
    await client.query('COMMIT');
    return JSON.stringify(rows);
  } finally {
    client.release();
  }
}

async function mustAgree(question: Question, behind: pg.Pool, without: pg.Pool, token: Buffer): Promise<void> {
  const values = question.values();
  const same = { file: question.file, values: () => values };
  const one = await answerTo(behind, { text: 'CALL app.enter($1)', values: [token] }, same);
  const other = await answerTo(without, { text: 'SELECT $1::bytea', values: [token] }, same);
  if (one !== other || one === '[]')
    throw new Error(`behind the wall "${question.name}" is not answered as without it`);
}
