/** The database that a run fills and throws away, and how the bench talks to it beside the service. */
import pg from 'pg';
import { connectionFrom } from '#lib/database';

/** A run empties its database without asking, so it works in one whose name says what it is for, and in no other. */
const OURS = /^[a-z0-9_]*_bench$/;

/** The settings that the service gives its own connections (libs/database), so that plans are alike. */
const LIKE_THE_SERVICE = '-c timezone=UTC -c jit=off';

export class Place {
  readonly url: string;

  constructor(url: string | undefined) {
    if (url === undefined || url === '') throw new Error('DATABASE_URL is needed; `npm run bench` sets it');
    const { database } = connectionFrom(url);
    if (!OURS.test(database))
      throw new Error(
        `The benchmark empties its database, and works only in one whose name ends in _bench, not in ${database}`,
      );
    this.url = url;
  }

  /** Connections with the service's settings. */
  pool(connections: number): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.url,
      max: connections,
      options: LIKE_THE_SERVICE,
      idleTimeoutMillis: 0,
    });
    pool.on('error', () => undefined);
    return pool;
  }

  /** One connection for a piece of work. */
  async with<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.url, options: LIKE_THE_SERVICE });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async rows<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.with(async (client) => (await client.query<Row>(sql, [...values])).rows);
  }

  /** Throws everything away: a run starts from nothing. */
  async empty(): Promise<void> {
    await this.with(async (client) => {
      await client.query('DROP SCHEMA IF EXISTS public, app CASCADE');
      await client.query('CREATE SCHEMA public');
    });
  }

  /** Writes out what has changed and counts what is there, so that no variant pays for what another one left behind. */
  async settle(): Promise<void> {
    await this.with(async (client) => {
      await client.query('VACUUM (ANALYZE)');
      await client.query('CHECKPOINT').catch(() => undefined); // not everybody may
    });
  }
}
