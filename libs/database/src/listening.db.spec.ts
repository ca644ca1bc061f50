/** What processes of one installation tell each other, and how one knows that it does not hear. */
import { testDatabase, type TestDatabase } from '#lib/testing';
import { Database, DEFAULT_DATABASE_OPTIONS } from './database.js';

let empty: TestDatabase;
let one: Database;
let other: Database;
beforeAll(async () => {
  empty = await testDatabase({ name: 'nothing', version: '1', fill: () => Promise.resolve() });
  [one, other] = [1, 2].map(() => new Database({ ...DEFAULT_DATABASE_OPTIONS, url: empty.url })) as [
    Database,
    Database,
  ];
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await empty.drop();
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 400) throw new Error('it did not come');
    await new Promise((next) => setTimeout(next, 25));
  }
}

describe('A process that listens', () => {
  test('hears the others, knows when it does not, and begins anew', async () => {
    const heard: string[] = [];
    const listening = one.listen('news', (payload) => heard.push(payload));
    expect(listening.epoch).toBe(0);
    await until(() => listening.epoch === 1);
    await other.announce('news', 'first');
    await other.announce('elsewhere', 'nothing');
    await until(() => heard.length > 0);
    await empty.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'amparo listening'`,
    );
    await until(() => listening.epoch === 0);
    await other.announce('news', 'missed');
    await until(() => listening.epoch === 2);
    await other.announce('news', 'second');
    await until(() => heard.length > 1);
    expect(heard).toEqual(['first', 'second']);
    await listening.stop();
    expect(listening.epoch).toBe(0);
    await other.announce('news', 'after the end');
    await new Promise((next) => setTimeout(next, 100));
    expect(heard).toHaveLength(2);
  });

  test('is not believed where what it says itself does not come through', async () => {
    const deaf = new Database({ ...DEFAULT_DATABASE_OPTIONS, url: empty.url });
    deaf.announce = () => Promise.resolve();
    const listening = deaf.listen('news', () => undefined);
    await new Promise((next) => setTimeout(next, 300));
    expect(listening.epoch).toBe(0);
    await deaf.close();
  });
});
