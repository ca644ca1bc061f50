/**
 * A server on which DATABASE_URL may make no roles: the built program starts with that login alone, does its work, and
 * says at every start and at /health/ready that there is one wall less. A login that is too strong is refused at start.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { aCase, finished, insertCast, onServer, type Job, type Template } from '#lib/testing';
import { csvOf, imported, rowsOf, sampleBytes } from './form-files.js';
import { theProgram, type TheProgram } from './the-program.js';

const name = `weak_${randomBytes(6).toString('hex')}`;
const folder = mkdtempSync(join(tmpdir(), 'amparo-one-login-'));
/** The program is given another address below. */
const unused: Template = { name: 'bare', version: '1', fill: () => Promise.resolve() };

async function asking(url: string, ...texts: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const text of texts) rows = (await client.query<Record<string, unknown>>(text)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
const weak = (): string => {
  const url = new URL(onServer(name));
  [url.username, url.password] = [name, 'x'];
  return url.href;
};

let api: TheProgram;
beforeAll(async () => {
  await asking(
    onServer('postgres'),
    `create role ${name} login password 'x' nocreaterole nocreatedb nosuperuser`,
    `create database ${name} owner ${name}`,
  );
  // A secret of its own, whose logins nobody has made on this server.
  api = await theProgram(unused, { DATABASE_URL: weak(), SECRET_FILE: join(folder, 'secret.key') });
  const owner = new pg.Client({ connectionString: onServer(name) });
  await owner.connect();
  await insertCast(owner).finally(() => owner.end());
});
afterAll(async () => {
  await api.stop();
  await asking(onServer('postgres'), `drop database ${name} with (force)`, `drop role ${name}`);
  rmSync(folder, { recursive: true, force: true });
});

it('starts, and says in the log and at /health/ready that one login does everything', async () => {
  const { body } = await api.holding(null).get('/health/ready').expect(200);
  expect(body).toEqual({ status: 'ok', warnings: ['database.one-login'] });
  const warned = api
    .console()
    .split('\n')
    .filter((line) => line.includes('database.one-login'));
  expect(warned).toEqual([expect.stringMatching(/"level":"warn".*owns the tables/)]);
  const logins = await asking(
    onServer(name),
    `select distinct usename from pg_stat_activity where datname = '${name}'`,
  );
  expect(logins.map(({ usename }) => usename)).toContain(name);
  expect(logins.filter(({ usename }) => String(usename).startsWith('amparo_'))).toEqual([]);
});

it('records, reads, lists, imports and reports', async () => {
  const caseworker = api.as('caseworker');
  const file = await aCase().named('Ximena', 'Ejemplo').arrestedOn('2022-05-03').recordedBy(caseworker);
  expect((await caseworker.get(file.path).expect(200)).body.person.identity).toMatchObject({ givenNames: 'Ximena' });
  const { body: list } = await caseworker.get('/v1/cases').expect(200);
  expect(list.items).toMatchObject([{ id: file.id }]);
  const job = await imported(caseworker, csvOf(rowsOf(sampleBytes('intake-2022.csv')).slice(0, 20)));
  expect(job).toMatchObject({ status: 'succeeded', progress: { done: 20 } });
  const coordinator = api.as('coordinator');
  const asked = { genre: 'G5', from: '2022-03-27', to: '2023-03-27', language: 'es' };
  const { body: started } = await coordinator.post('/v1/reports', asked).expect(202);
  const report = await finished<Job>(coordinator, started.links.self as string);
  expect(report).toMatchObject({ status: 'succeeded', problem: null });
  await coordinator.get(`${started.links.self as string}/document.md`).expect(200);
});

it('still keeps organisations apart, by the service’s own predicate', async () => {
  const { body } = await api.as('stranger coordinator').get('/v1/cases').expect(200);
  expect(body.items).toEqual([]);
});

it('does not start with a login that is too strong for its duty', async () => {
  const strong = onServer(name);
  const four = { DATABASE_SERVE_URL: strong, DATABASE_WORK_URL: strong, DATABASE_STATISTICS_URL: strong };
  await expect(
    theProgram(unused, {
      ...{ DATABASE_URL: weak(), SECRET_FILE: join(folder, 'secret.key'), ...four, DATABASE_AUDIT_URL: strong },
    }),
  ).rejects.toThrow(/The login for serve owns the tables, is a superuser or passes over row-level security/);
});
