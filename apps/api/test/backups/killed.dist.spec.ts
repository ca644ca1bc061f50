/** The operator's commands as processes of their own, killed in the middle: what they leave, and that the next one succeeds. */
import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { backupsAmong, newRecipient } from '#lib/backup';
import { onServer, testDatabase, type TestDatabase } from '#lib/testing';
import { ROOT, withCast } from '../api/service-under-test.js';

jest.setTimeout(240_000);

const [forData, forKeys] = [newRecipient(), newRecipient()];
const folder = mkdtempSync(join(tmpdir(), 'amparo-killed-'));
const store = join(folder, 'store');
const restored = `restored_${randomBytes(6).toString('hex')}`;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(withCast());
  await asking(onServer('postgres'), `create database ${restored}`);
  writeFileSync(join(folder, 'both.key'), `${forData.recoveryKey}\n${forKeys.recoveryKey}\n`);
});
afterAll(async () => {
  await database.drop();
  await asking(onServer('postgres'), `drop database if exists ${restored} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

async function asking(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, options: '-c app.duty=work' });
  await client.connect();
  return (await client.query<Record<string, unknown>>(text).finally(() => client.end())).rows;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly says: string;
}

/** Runs a command on a machine; `killWhen` is asked again and again, and with yes it gets SIGKILL. */
async function admin(
  machine: string,
  url: string,
  words: readonly string[],
  killWhen: (says: string) => boolean = () => false,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/apps/api/src/admin.js'), ...words], {
    cwd: ROOT,
    env: {
      ...{ PATH: process.env['PATH'], DATABASE_URL: url, SECRET_FILE: join(folder, machine, 'secret.key') },
      ...{ BACKUP_DIR: store, BACKUP_RECIPIENT: forData.recipient, BACKUP_KEYS_RECIPIENT: forKeys.recipient },
      ...{ LOG_LEVEL: 'silent', SECOND_FACTOR: 'optional' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (says += piece.toString()));
  const watch = setInterval(() => killWhen(says) && child.kill('SIGKILL'), 2);
  const [code, signal] = await new Promise<[number | null, string | null]>((done) =>
    child.once('close', (...how) => done(how)),
  );
  clearInterval(watch);
  return { code, signal, says };
}

const stored = (): string[] => {
  try {
    return readdirSync(store);
  } catch {
    return [];
  }
};

describe('a command that is killed', () => {
  it('while it makes a backup leaves nothing that counts as one, and the next makes one', async () => {
    const killed = await admin('home', database.url, ['backup'], () => stored().some((name) => name.endsWith('.part')));
    expect(killed.signal).toBe('SIGKILL');
    expect(stored()).toEqual(expect.arrayContaining([expect.stringMatching(/\.part$/)]));
    expect(backupsAmong(stored())).toEqual([]);
    expect(await admin('home', database.url, ['backup'])).toMatchObject({ code: 0 });
    expect(backupsAmong(stored())).toEqual([
      expect.objectContaining({ data: expect.any(String), keys: expect.any(String) }),
    ]);
  });

  it('while it restores, with every row in, leaves a database that nothing serves from, and the next succeeds', async () => {
    const url = onServer(restored);
    const words = ['restore', '--from', store, '--recovery-key', join(folder, 'both.key')];
    const killed = await admin('elsewhere', url, words, (says) => says.includes('comparing'));
    expect(killed).toMatchObject({ signal: 'SIGKILL', says: expect.stringContaining('comparing') });
    const served = await admin('elsewhere', url, ['migrate']);
    expect(served).toMatchObject({ code: 1, says: expect.stringContaining('begun and not finished') });
    // Even a look at the database made a secret on this machine; the one of the backup takes its place.
    expect(await admin('elsewhere', url, words)).toMatchObject({
      code: 0,
      says: expect.stringContaining('keys are open'),
    });
    const people = 'select count(*)::int as n from app_user';
    expect(await asking(url, people)).toEqual(await asking(database.url, people));
  });
});
