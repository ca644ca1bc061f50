/**
 * The service in this process, on a database of its own that has every migration, the country packs and the cast of
 * libs/testing, listening on a free port.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Database } from '#lib/database';
import {
  agentFor,
  insertCast,
  TestClock,
  testDatabase,
  tokenOf,
  type Agent,
  type Template,
  type TestDatabase,
  type Who,
} from '#lib/testing';
import { readConfig, type Config } from '../../src/platform/config.js';
import { CONFIG } from '../../src/platform/provided.js';
import { createApp, prepareData } from '../../src/service.js';

export const ROOT = resolve(fileURLToPath(new URL('../../../../', import.meta.url)));

export interface ServiceUnderTest {
  readonly app: NestFastifyApplication;
  readonly baseUrl: string;
  readonly clock: TestClock;
  readonly database: TestDatabase;
  /** A member of the cast; `reason` travels as X-Reason. */
  readonly as: (who: Who, reason?: string) => Agent;
  /** Somebody with another token, or with none. */
  readonly holding: (token: string | null) => Agent;
  readonly stop: () => Promise<void>;
}

const files = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Changes with every migration, pack and member of the cast. */
function contentsOf(...folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of folders.flatMap(files)) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex');
}

const settings = (url: string, secretFile: string, more: Partial<Config>): Readonly<Config> =>
  Object.freeze({
    ...readConfig({
      DATABASE_URL: url,
      AMPARO_ROOT: ROOT,
      SECRET_FILE: secretFile,
      PORT: '0',
      RATE_LIMITS: 'off',
      SECOND_FACTOR: 'optional',
      STEP_UP_MINUTES: '720',
      DENY_FOLDER: join(dirname(secretFile), 'denied'),
      LOG_LEVEL: 'silent',
      MIGRATE_ON_START: 'false',
      DATABASE_CONNECTIONS: '6',
      AUDIT_VERIFY_AT: 'off',
    }),
    ...more,
  });

/** The same for every spec of a server, so that they share its database logins, which belong to the server. */
export function secretOfServer(): string {
  const { username, password } = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  return createHash('sha256').update(`amparo specs ${username} ${password}`).digest('base64url');
}

async function withSecret<T>(work: (secretFile: string) => Promise<T>): Promise<{ value: T; forget: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'amparo-spec-'));
  writeFileSync(join(folder, 'secret.key'), secretOfServer(), { mode: 0o600 });
  return {
    value: await work(join(folder, 'secret.key')),
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Migrations and packs, put in by the service itself; nobody has an account. */
export const emptyInstallation = (): Template => ({
  name: 'empty',
  version: contentsOf('prisma/migrations', 'libs/database/src/wall', 'countries'),
  async fill(url) {
    const { forget } = await withSecret(async (secretFile) => {
      const config = settings(url, secretFile, { migrateOnStart: true, worker: false });
      const app = await createApp(config);
      await prepareData(app, config);
      await app.close();
      await app.get(Database).close();
    });
    forget();
    await forgetKeys(url);
  },
});

/** The keys of a template went with its folder: each copy makes its own, and begins a trail of its own with them. */
async function forgetKeys(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client
    .query(
      `alter table audit_entry disable trigger audit_entry_append_only; truncate audit_entry, audit_salt;
       alter table audit_entry enable trigger audit_entry_append_only; delete from installation_key`,
    )
    .finally(() => client.end());
}

/** The same with the cast. */
export const withCast = (): Template => ({
  name: 'cast',
  version: contentsOf('prisma/migrations', 'libs/database/src/wall', 'countries', 'libs/testing/src'),
  async fill(url) {
    await emptyInstallation().fill(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await insertCast(client).finally(() => client.end());
  },
});

/**
 * Starts the service. `rateLimits` and the rest of the configuration can be said.
 * @param reach the address under which the service reaches its database, for what stands between the two
 */
export async function aService(
  more: Partial<Config> = {},
  template: Template = withCast(),
  reach: (url: string) => Promise<string> = (url) => Promise.resolve(url),
): Promise<ServiceUnderTest> {
  const database = await testDatabase(template);
  const address = await reach(database.url);
  const clock = new TestClock();
  const { value: app, forget } = await withSecret(async (secretFile) => {
    const config = settings(address, secretFile, more);
    const made = await createApp(config, clock);
    await prepareData(made, config);
    await made.listen(0, '127.0.0.1');
    return made;
  });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return running(app, `http://127.0.0.1:${port}`, clock, database, forget);
}

/**
 * The same installation a second time, on the same database, as another process has it. Passport keeps one strategy for
 * all, that of whoever started last: stop it when nobody is asked any more.
 */
export async function anotherProcess(
  { app: first, clock, database }: ServiceUnderTest,
  more: Partial<Config> = {},
): Promise<ServiceUnderTest> {
  const config: Readonly<Config> = Object.freeze({ ...first.get<Config>(CONFIG), ...more });
  const app = await createApp(config, clock);
  try {
    await prepareData(app, config);
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    await app.get(Database).close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  const kept = { ...database, drop: () => Promise.resolve() };
  return running(app, `http://127.0.0.1:${port}`, clock, kept, () => undefined);
}

function running(
  app: NestFastifyApplication,
  baseUrl: string,
  clock: TestClock,
  database: TestDatabase,
  forget: () => void,
): ServiceUnderTest {
  return {
    app,
    baseUrl,
    clock,
    database,
    as: (who, reason) => agentFor(baseUrl, tokenOf(who), reason),
    holding: (token) => agentFor(baseUrl, token),
    async stop() {
      await app.close();
      await app.get(Database).close();
      await database.drop();
      forget();
    },
  };
}
