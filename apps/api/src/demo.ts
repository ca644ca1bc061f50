/**
 * The first hour: accounts for every role, the sample imported through HTTP with a progress bar, the duplicates that the
 * sample's own list names joined by a coordinator, figures and a bulletin in two languages. Everything goes through the
 * API but the accounts, because nobody has one yet. Repeating it changes nothing but adds a fresh bulletin.
 */
import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ROLES, type Role } from '#lib/access';
import { OperatorService, randomPassword } from './accounts/operator.service.js';
import { readConfig } from './platform/config.js';
import { createApp, logIn } from './service.js';

const { values } = parseArgs({
  strict: false,
  options: {
    'base-url': { type: 'string' },
    input: { type: 'string' },
    fresh: { type: 'boolean' },
    'no-serve': { type: 'boolean' },
  },
});
const baseUrl = String(values['base-url'] ?? 'http://127.0.0.1:3000');
const config = readConfig();
const input = String(values['input'] ?? join(config.root, 'samples/intake-2022.csv'));
const DEMO_FILE = join(config.root, 'var/demo.json');
const OUT = join(config.root, 'var/demo');
const MAPPING = 'kobo-intake-sv';
const ORGANISATION = {
  name: 'Casa de los Derechos (demonstration)',
  acronym: 'DEMO',
  country: 'SV',
  office: 'Oficina central',
};
const NAMES: Readonly<Record<Role, string>> = {
  caseworker: 'Carla Caseworker',
  lawyer: 'Leo Lawyer',
  coordinator: 'Cora Coordinator',
  researcher: 'Rosa Researcher',
  administrator: 'Ada Administrator',
  auditor: 'Axel Auditor',
};

interface Account {
  readonly email: string;
  readonly password: string;
}
type Accounts = Record<Role, Account>;
type Json = Record<string, unknown>;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function call<T = Json>(method: string, path: string, token: string | null, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(body !== undefined && !form ? { 'content-type': 'application/json' } : {}),
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as T;
}

async function signIn(account: Account): Promise<string> {
  return (await call<{ accessToken: string }>('POST', '/v1/sessions', null, account)).accessToken;
}

/** One account a role. Passwords of an earlier run are kept, so that whoever wrote them down can go on using them. */
async function accounts(app: NestFastifyApplication): Promise<Accounts> {
  const operator = app.get(OperatorService);
  const known = existsSync(DEMO_FILE)
    ? (JSON.parse(readFileSync(DEMO_FILE, 'utf8')) as { accounts?: Accounts }).accounts
    : undefined;
  const email = (role: Role): string => `${role}@demo.example`;
  const made = Object.fromEntries(
    ROLES.map((role) => [role, { email: email(role), password: known?.[role]?.password ?? randomPassword() }]),
  ) as Accounts;
  const place =
    (await operator.organisationNamed(ORGANISATION.acronym)) ??
    (await operator.createOrganisation({
      ...ORGANISATION,
      email: email('administrator'),
      displayName: NAMES.administrator,
    }));
  for (const role of ROLES) {
    const works =
      known?.[role] !== undefined &&
      (await signIn(made[role]).then(
        () => true,
        () => false,
      ));
    if (!works)
      await operator.ensureUser(
        place.organisationId,
        place.officeId,
        email(role),
        NAMES[role],
        [role],
        made[role].password,
      );
  }
  return made;
}

interface ImportJob extends Json {
  readonly id: string;
  readonly status: string;
  readonly progress: { readonly done: number; readonly total: number | null; readonly percent: number | null };
  readonly result: {
    readonly accepted: number;
    readonly refused: number;
    readonly unchanged: number;
    readonly duplicateCandidates: number;
  } | null;
}

const BAR = 30;

function drawBar(job: ImportJob): void {
  if (!process.stdout.isTTY) return;
  const percent = job.progress.percent ?? 0;
  const filled = Math.round((percent / 100) * BAR);
  process.stdout.write(
    `\r  [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${String(percent).padStart(3)} %  ${job.progress.done} of ${job.progress.total ?? '?'} rows `,
  );
}

async function follow<T extends { readonly status: string }>(
  path: string,
  token: string,
  seen: (job: T) => void,
): Promise<T> {
  for (;;) {
    const job = await call<T>('GET', path, token);
    seen(job);
    if (!['queued', 'running'].includes(job.status)) return job;
    await new Promise((next) => setTimeout(next, 250));
  }
}

async function importSample(token: string): Promise<ImportJob> {
  const form = new FormData();
  form.append('file', new Blob([readFileSync(input)], { type: 'text/csv' }), basename(input));
  const started = await call<ImportJob>('POST', `/v1/imports?mapping=${MAPPING}`, token, form);
  const job = await follow<ImportJob>(`/v1/imports/${started.id}`, token, drawBar);
  if (process.stdout.isTTY) process.stdout.write('\n');
  if (job.status !== 'succeeded' || job.result === null) throw new Error(`the import ended as ${job.status}`);
  const { accepted, refused, unchanged, duplicateCandidates } = job.result;
  say(
    `  ${accepted} recorded, ${refused} refused, ${unchanged} unchanged, ${duplicateCandidates} probable duplicates found`,
  );
  const errors = await call<{ items: { row: number; column: string; message: string }[] }>(
    'GET',
    `/v1/imports/${job.id}/errors?limit=100`,
    token,
  );
  for (const error of errors.items) say(`    row ${error.row}, ${error.column || 'row'}: ${error.message}`);
  return job;
}

interface Duplicate {
  readonly a: { readonly caseId: string; readonly externalId: string };
  readonly b: { readonly caseId: string; readonly externalId: string };
}

/** Pairs that the sample's own list says are one person; without such a list nobody has decided, and nothing is joined. */
async function joinKnownPairs(token: string): Promise<number> {
  const list = join(dirname(input), `${basename(input, '.csv')}.expected.json`);
  if (!existsSync(list)) return 0;
  const pairs =
    (JSON.parse(readFileSync(list, 'utf8')) as { duplicate_pairs?: [string, string][] }).duplicate_pairs ?? [];
  const suggestions: Duplicate[] = [];
  let cursor = '';
  do {
    const page = await call<{ items: Duplicate[]; next: string | null }>(
      'GET',
      `/v1/duplicates?limit=100${cursor}`,
      token,
    );
    suggestions.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  const cases = new Map(
    suggestions.flatMap(({ a, b }) => [[a.externalId, a.caseId] as const, [b.externalId, b.caseId] as const]),
  );
  const suggested = new Set(suggestions.map(({ a, b }) => [a.externalId, b.externalId].sort().join(' ')));
  let joined = 0;
  for (const [keep, absorb] of pairs) {
    if (!suggested.has([keep, absorb].sort().join(' '))) continue;
    await call('POST', '/v1/merges', token, {
      keep: cases.get(keep),
      absorb: cases.get(absorb),
      reason: 'Same person, reported twice (decision of the demonstration’s list)',
    });
    joined += 1;
  }
  return joined;
}

/** The figures that the first question of every report is about, as they stand. */
async function keepFigures(token: string, asOf: string): Promise<string> {
  const questions = [
    'indicator=arrests_total&by=legalGround',
    'indicator=arrests_total&by=basis',
    'indicator=arrests_total&by=force',
    'indicator=arrests_total&by=forceCombination',
    'indicator=arrests_total&by=area1',
    'indicator=arrests_total&by=sex',
    'indicator=arrests_total&by=ageBand',
    'indicator=arrests_total&by=month',
    'indicator=children_arrested',
    'indicator=days_to_judge',
    'indicator=days_to_judge&by=sex',
    'indicator=over_limit&limit=P3D',
    'indicator=over_limit&limit=P15D',
    'indicator=deaths_custody&by=assessedClass',
    'indicator=deaths_custody&by=statusAtDeath',
    'indicator=death_rate',
    'indicator=releases_total&by=releaseKind',
    'indicator=hc_filed&by=remedyStatus',
    'indicator=arrests_total&by=statisticsConsent',
  ];
  const figures: Json[] = [];
  for (const question of questions)
    figures.push({ question, ...(await call('GET', `/v1/figures?${question}&asOf=${asOf}`, token)) });
  const path = join(OUT, 'figures.json');
  writeFileSync(path, `${JSON.stringify({ asOf, figures }, null, 2)}\n`, { mode: 0o600 });
  return path;
}

interface ReportJob extends Json {
  readonly id: string;
  readonly status: string;
  readonly number: string;
}

async function bulletin(
  token: string,
  language: 'en' | 'es',
  period: { from: string; to: string },
): Promise<{ kind: string; path: string }[]> {
  const started = await call<ReportJob>('POST', '/v1/reports', token, {
    genre: 'G5',
    language,
    from: period.from,
    to: period.to,
    asOf: period.to,
  });
  const report = await follow<ReportJob>(`/v1/reports/${started.id}`, token, () => undefined);
  if (report.status !== 'succeeded') throw new Error(`the report ended as ${report.status}`);
  const outputs: { kind: string; path: string }[] = [];
  for (const format of ['html', 'md', 'json'] as const) {
    const document = await call<string | Json>('GET', `/v1/reports/${report.id}/document.${format}`, token);
    const path = join(OUT, `bulletin-${language}.${format}`);
    writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document), { mode: 0o600 });
    outputs.push({ kind: `report.${language}.${format}`, path });
  }
  return outputs;
}

/** The period of the sample: from its first arrest to the last day on which the state of a case was known. */
async function periodOf(token: string): Promise<{ from: string; to: string }> {
  const list = join(dirname(input), `${basename(input, '.csv')}.expected.json`);
  const cutOff = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { cut_off?: string }).cut_off
    : undefined;
  const lines = readFileSync(input, 'utf8');
  const sent = [...lines.matchAll(/,(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}/g)].map((found) => found[1] ?? '').sort();
  const to = cutOff ?? sent.at(-1) ?? '2023-03-27';
  const months = await call<{ cells: { month: string }[] }>(
    'GET',
    `/v1/figures?indicator=arrests_total&by=month&asOf=${to}`,
    token,
  );
  const first = months.cells
    .map((cell) => cell.month)
    .filter((month) => /^\d{4}-\d{2}$/.test(month))
    .sort()[0];
  return { from: first === undefined ? to : `${first}-01`, to };
}

try {
  mkdirSync(OUT, { recursive: true });
  const app = await createApp({ ...config, worker: false, logLevel: 'error' });
  await logIn(app, config);
  await app.init();
  const made = await accounts(app);
  await app.close();
  say('Accounts for every role are ready.');

  const caseworker = await signIn(made.caseworker);
  say(`Importing ${relative(process.cwd(), input)} as a caseworker …`);
  const job = await importSample(caseworker);

  const coordinator = await signIn(made.coordinator);
  const joined = await joinKnownPairs(coordinator);
  if (joined > 0) say(`A coordinator joined ${joined} pairs of files that the sample’s list says are of one person.`);

  const period = await periodOf(coordinator);
  const outputs = [{ kind: 'figures', path: await keepFigures(coordinator, period.to) }];
  say('Preparing the bulletin in English and Spanish …');
  for (const language of ['en', 'es'] as const) outputs.push(...(await bulletin(coordinator, language, period)));

  writeFileSync(DEMO_FILE, `${JSON.stringify({ baseUrl, accounts: made, import: job, outputs }, null, 2)}\n`, {
    mode: 0o600,
  });
  say('\nWhat there is now');
  for (const output of outputs) say(`  ${output.kind.padEnd(16)} ${relative(process.cwd(), output.path)}`);
  say(`\nSign in at ${baseUrl} (passwords also in ${relative(process.cwd(), DEMO_FILE)})`);
  for (const role of ROLES) say(`  ${role.padEnd(14)} ${made[role].email.padEnd(28)} ${made[role].password}`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
