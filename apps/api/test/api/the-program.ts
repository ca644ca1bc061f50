/**
 * The built program as `npm start` runs it, in a process of its own: for its console, its log and its documentation
 * pages. Specs that use it are called `*.dist.spec.ts`, so that `npm test` builds first.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentFor, testDatabase, tokenOf, type Agent, type Template, type TestDatabase, type Who } from '#lib/testing';
import { ROOT, secretOfServer, withCast } from './service-under-test.js';

export interface TheProgram {
  readonly baseUrl: string;
  readonly database: TestDatabase;
  readonly as: (who: Who, reason?: string) => Agent;
  readonly holding: (token: string | null) => Agent;
  /** Everything it has written to the console so far. */
  readonly console: () => string;
  readonly stop: () => Promise<void>;
}

const LISTENING = /Amparo listens at (https?:\S+)/;

/** Starts it; `more` is put into its environment. */
export async function theProgram(
  template: Template = withCast(),
  more: Readonly<Record<string, string>> = {},
): Promise<TheProgram> {
  const database = await testDatabase(template);
  const folder = mkdtempSync(join(tmpdir(), 'amparo-spec-'));
  writeFileSync(join(folder, 'secret.key'), secretOfServer(), { mode: 0o600 });
  const child = spawn(process.execPath, [join(ROOT, 'dist/apps/api/src/main.js')], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      SECRET_FILE: join(folder, 'secret.key'),
      PORT: '0',
      RATE_LIMITS: 'off',
      SECOND_FACTOR: 'optional',
      STEP_UP_MINUTES: '720',
      LOG_LEVEL: 'trace',
      AUDIT_VERIFY_AT: 'off',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const baseUrl = await new Promise<string>((resolve, reject) => {
    const take = (piece: Buffer): void => {
      written += piece.toString('utf8');
      const address = LISTENING.exec(written)?.[1];
      if (address) resolve(address);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void ended.then(() => reject(new Error(`the program ended before it listened:\n${written}`)));
  });
  return {
    baseUrl,
    database,
    as: (who, reason) => agentFor(baseUrl, tokenOf(who), reason),
    holding: (token) => agentFor(baseUrl, token),
    console: () => written,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
