/** What the processes of one installation do alike, however each of them ends. */
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#lib/testing';
import { Agreement, Disagreement } from './agreement.js';
import { Database, DEFAULT_DATABASE_OPTIONS } from './database.js';

const SUBJECT = { lock: 4_711, choices: ['coffee', 'tea'] };

let empty: TestDatabase;
let database: Database;
beforeAll(async () => {
  empty = await testDatabase({ name: 'nothing', version: '1', fill: () => Promise.resolve() });
  database = new Database({ ...DEFAULT_DATABASE_OPTIONS, url: empty.url });
});
afterAll(async () => {
  await database.close();
  await empty.drop();
});

const chose = (chosen: string, lost: (others: string) => void = () => undefined): Agreement =>
  database.agree(SUBJECT, chosen, lost);
const enters = async (chosen: string): Promise<boolean> => {
  const one = chose(chosen);
  try {
    await one.enter();
    return true;
  } catch (error) {
    if (error instanceof Disagreement) return false;
    throw error;
  } finally {
    await one.stop();
  }
};

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 400) throw new Error('it did not come');
    await new Promise((next) => setTimeout(next, 25));
  }
}

describe('A choice', () => {
  test('keeps others out who choose otherwise, and lets them in when the last of its own has stopped', async () => {
    const [one, two] = [chose('coffee'), chose('coffee')];
    await one.enter();
    await two.enter();
    await expect(chose('tea').enter()).rejects.toMatchObject({ others: 'coffee' });
    await one.stop();
    expect(await enters('tea')).toBe(false);
    await two.stop();
    await until(() => enters('tea'));
  });

  test('is not both, whoever begins at once', async () => {
    const chosen = ['coffee', 'tea', 'coffee', 'tea'];
    const all = chosen.map((one) => chose(one));
    const outcomes = await Promise.allSettled(all.map((one) => one.enter()));
    const entered = chosen.filter((_one, index) => outcomes[index]?.status === 'fulfilled');
    expect(new Set(entered).size).toBeLessThan(2);
    await Promise.all(all.map((one) => one.stop()));
  });

  test('of a process that crashed keeps nobody out', async () => {
    const crashed = new pg.Client({ connectionString: empty.url });
    crashed.on('error', () => undefined);
    await crashed.connect();
    await crashed.query('SELECT pg_advisory_lock_shared($1::int, 1)', [SUBJECT.lock]);
    expect(await enters('coffee')).toBe(false);
    // No farewell: its socket is gone, as when a process is killed.
    (crashed as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    await until(() => enters('coffee'));
  });

  test('that was lost with the connection is made again, or said to be impossible until the others have gone', async () => {
    const told: string[] = [];
    const one = chose('coffee', (others) => told.push(others));
    await one.enter();
    expect(one.epoch).toBe(1);
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'amparo agreement'`;
    await empty.sql(cut);
    await until(() => one.epoch === 2);
    await empty.sql(cut);
    await until(() => one.epoch === 0);
    const two = chose('tea');
    await until(() =>
      two.enter().then(
        () => true,
        () => false,
      ),
    );
    await until(() => told.length > 0);
    expect([one.epoch, told]).toEqual([0, ['tea']]);
    await two.stop();
    await until(() => one.epoch === 3);
    await one.stop();
    expect(one.epoch).toBe(0);
  });
});
