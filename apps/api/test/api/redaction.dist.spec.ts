/**
 * What falls off the service: its console, its metrics, its refusals, its last words, the log of the database, and what
 * is kept for retries and for jobs (threat model T16). A name is put into every place where one can be put, and must
 * turn up in none of these. The built program, because only that has a console of its own.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tokenOf, type RecordedCase, type Who } from '#lib/testing';
import { actsWithNames, MARK, MARKS } from './acts-with-names.js';
import { csvOf, imported, rowsOf, sampleBytes } from './form-files.js';
import { requestsWithNames, type Document, type NamedRequest } from './requests-with-names.js';
import { ROOT, withCast } from './service-under-test.js';
import { theProgram, type TheProgram } from './the-program.js';

const PLAIN = 'Quetzalcoatl';
/** The log of the Postgres that `npm test` starts; a server of one's own keeps its log elsewhere. */
const POSTGRES_LOG = join(ROOT, 'var/log/test-postgres.log');

/** The name as it is, and as it looks when it was packed before it was written down. */
const DISGUISES: readonly RegExp[] = [
  MARKS,
  new RegExp(Buffer.from(PLAIN, 'utf8').toString('hex'), 'i'),
  // Base64 of a text depends on where it begins: three forms, without the letters that its neighbours decide.
  ...[0, 1, 2].map((at) => {
    const packed = Buffer.from(`${'x'.repeat(at)}${PLAIN}`, 'utf8').toString('base64');
    return new RegExp(packed.slice(Math.ceil((at * 4) / 3) + (at === 0 ? 0 : 1), -4).replace(/[+/]/g, '\\$&'));
  }),
];
const tells = (text: string): boolean => DISGUISES.some((disguise) => disguise.test(text));

let api: TheProgram;
let file: RecordedCase;
let logged: number;
const refusals: string[] = [];
const statuses: number[] = [];
/** What somebody may not do at all is refused before it is read: trying it once in every form is enough. */
const closed = new Set<string>();

async function send(request: NamedRequest, who: Who | null): Promise<void> {
  if (closed.has(`${who} ${request.operation}`)) return;
  const headers = { ...(who === null ? {} : { authorization: `Bearer ${tokenOf(who)}` }), ...request.headers };
  const response = await fetch(`${api.baseUrl}${request.target}`, {
    method: request.method,
    headers: headers as Record<string, string>,
    ...(request.body === undefined || request.method === 'GET' ? {} : { body: request.body }),
  });
  const text = await response.text();
  statuses.push(response.status);
  if (response.status === 403) closed.add(`${who} ${request.operation}`);
  const answered = `${JSON.stringify([...response.headers])} ${text}`;
  if (response.status >= 400 && tells(answered)) refusals.push(`${request.method} ${request.operation}: ${answered}`);
}

beforeAll(async () => {
  logged = existsSync(POSTGRES_LOG) ? statSync(POSTGRES_LOG).size : 0;
  // With the brake on guessing, because it keeps a note of whose password was guessed.
  api = await theProgram(withCast(), { RATE_LIMITS: 'wide' });
  file = await actsWithNames(api.as);
  const rows = rowsOf(sampleBytes('intake-2022.csv')).slice(0, 6);
  const named = rows.map((row, at) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        // The first row is spoilt in every column, the others only where text may stand.
        at === 0 || /nombre|apellido|relato|narr|obs/i.test(column) ? `${value} ${MARK}` : value,
      ]),
    ),
  );
  await imported(api.as('caseworker'), csvOf(named), { name: `${PLAIN}.csv` });
  await api
    .holding(null)
    .post('/v1/sessions', { email: `${PLAIN}@example.org`, password: `${MARK} is wrong` })
    .expect(401);
  const document = (await (await fetch(`${api.baseUrl}/openapi.json`)).json()) as Document;
  const requests = requestsWithNames(document, file.id, { name: MARK, plain: PLAIN });
  const callers: (Who | null)[] = ['caseworker', 'coordinator', 'administrator', null];
  for (const who of callers)
    // Six at a time: enough to be quick, few enough to keep the order of one person's requests readable in a log.
    for (let at = 0; at < requests.length; at += 6)
      await Promise.all(requests.slice(at, at + 6).map((request) => send(request, who)));
}, 300_000);
afterAll(() => api.stop());

it('was tried with requests of every kind, and none of them broke anything', () => {
  expect(statuses.length).toBeGreaterThan(1_500);
  for (const status of [200, 400, 401, 403, 404, 415]) expect(statuses).toContain(status);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

it('keeps the name where it belongs: whoever may read the case finds it there', async () => {
  const { text } = await api.as('caseworker').get(file.path).expect(200);
  expect(tells(text)).toBe(true);
});

it('is in no refusal, neither in its words nor in its headers', () => {
  expect(refusals).toEqual([]);
});

it('is in no line of the console, which is what the log is made of', () => {
  const written = api.console();
  expect(written).toContain('"/v1/cases/:caseId"');
  expect(written.split('\n').filter(tells)).toEqual([]);
});

it('is in no metric', async () => {
  const { text } = await api.holding(null).get('/metrics').expect(200);
  expect(text).toContain('amparo_request_seconds');
  expect(text.split('\n').filter(tells)).toEqual([]);
});

it('is in nothing that is kept for retries, for jobs or against guessing', async () => {
  for (const table of ['idempotency_key', 'job', 'sign_in_throttle', 'session_family', 'access_token']) {
    const rows = await api.database.sql<{ row: string }>(`select t::text as row from ${table} t`);
    expect([table, rows.length > 0]).toEqual([table, true]);
    expect([table, rows.filter(({ row }) => tells(row))]).toEqual([table, []]);
  }
});

it('is not in the log of the database, which is told to keep words to itself', async () => {
  const settings = await api.database.sql<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in
       ('log_statement', 'log_min_error_statement', 'log_parameter_max_length', 'log_parameter_max_length_on_error', 'log_error_verbosity')`,
  );
  const told = Object.fromEntries(settings.map(({ name, setting }) => [name, setting]));
  // A server that somebody else runs for the tests is theirs to set; docs/operations.md says how.
  if (!existsSync(POSTGRES_LOG)) return expect(Object.keys(told)).toHaveLength(5);
  expect(told).toEqual({
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_error_verbosity: 'terse',
  });
  // A statement that fails on what it was given, the kind whose message quotes it.
  await expect(api.database.sql('select $1::text::int', [MARK])).rejects.toThrow(MARK);
  const text = readFileSync(POSTGRES_LOG).subarray(logged).toString('utf8');
  expect(text.split('\n').filter(tells)).toEqual([]);
});

describe('a program that ends because of an error nobody foresaw', () => {
  const dying = (how: string): Promise<{ code: number; said: string }> => {
    const folder = mkdtempSync(join(tmpdir(), 'amparo-crash-'));
    const crash = pathToFileURL(join(ROOT, 'dist/apps/api/src/platform/crash.js')).href;
    const program = join(folder, 'dying.mjs');
    writeFileSync(
      program,
      `import { tellCrashesWithoutWords } from ${JSON.stringify(crash)};\ntellCrashesWithoutWords('spec');\n${how}\n`,
    );
    return new Promise((done) =>
      execFile(process.execPath, ['--enable-source-maps', program], (error, stdout, stderr) => {
        rmSync(folder, { recursive: true });
        done({ code: Number(error?.code ?? 0), said: stdout + stderr });
      }),
    );
  };

  it.each([
    ['thrown', `throw new TypeError('${MARK}')`],
    ['thrown later', `setTimeout(() => { throw new TypeError('${MARK}') })`],
    ['in a promise that nobody waits for', `void Promise.reject(new TypeError('${MARK}'))`],
    ['with a cause', `throw new TypeError('${MARK}', { cause: new Error('${MARK}') })`],
    ['with lines that look like frames', `throw new TypeError('x\\n    at ${MARK} (file:1:1)')`],
  ])('says the class and the place, and ends with 1: %s', async (_what, how) => {
    const { code, said } = await dying(how);
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      level: 'fatal',
      program: 'spec',
      error: { kind: 'TypeError' },
      msg: 'crashed',
    });
    expect(said).toContain('dying.mjs');
    expect(tells(said)).toBe(false);
  });

  it('would be heard to say it without this', async () => {
    const program = `throw new TypeError('${MARK}')`;
    const said = await new Promise<string>((done) =>
      execFile(process.execPath, ['--input-type=module', '-e', program], (_error, _out, err) => done(err)),
    );
    expect(tells(said)).toBe(true);
  });
});
