/** The connections of the service: one pool a duty, each with its login and its patience. */
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { EnteredQuery, type Entry } from './entered-query.js';

/** Addresses by duty. Where the database has no logins of its own for them, all are the owner's. */
export interface Addresses {
  readonly serve: string;
  readonly work: string;
  readonly statistics: string;
  readonly audit: string;
  /** Reads a copy of everything and writes nothing; `copy/dump.ts` opens it, no pool. */
  readonly backup: string;
  /** Whether they are logins of their own, which own nothing. */
  readonly separate: boolean;
}

export interface PoolOptions {
  readonly connections: number;
  readonly workConnections: number;
  readonly questionConnections: number;
  readonly statementTimeoutMs: number;
  readonly questionTimeoutMs: number;
}

export interface Pools {
  readonly serve: EnteringPool;
  readonly work: pg.Pool;
  readonly statistics: EnteringPool;
  readonly audit: pg.Pool;
}

/** A pool whose single statements speak for whoever `as` says; outside of it nobody has entered. */
export class EnteringPool extends pg.Pool {
  private readonly entries = new AsyncLocalStorage<Entry>();

  /** Runs work whose statements on this pool all speak for one caller. */
  as<T>(entry: Entry, work: () => Promise<T>): Promise<T> {
    return this.entries.run(entry, work);
  }

  /** Runs one statement that speaks for somebody. */
  queryFor<T>(entry: Entry, config: pg.QueryConfig): Promise<T> {
    const query = new EnteredQuery(entry, config);
    return (super.query as (one: unknown) => unknown).call(this, query) as Promise<T>;
  }

  // pg's own signature has nine forms; the two that Prisma and we use are handed on as they came.
  override query(...given: unknown[]): never {
    const entry = this.entries.getStore();
    const [config, values] = given as [pg.QueryConfig, unknown[] | undefined];
    const handedOn = entry === undefined ? given : [new EnteredQuery(entry, config, values)];
    return (super.query as (...all: unknown[]) => unknown).apply(this, handedOn) as never;
  }
}

export function openPools(addresses: Addresses, options: PoolOptions): Pools {
  const settings = (statementMs: number, more = ''): string =>
    `-c statement_timeout=${statementMs} -c lock_timeout=${Math.min(statementMs, 3_000)} -c idle_in_transaction_session_timeout=10000 -c timezone=UTC -c jit=off${more}`;
  const base = (connectionString: string) => ({
    connectionString,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    application_name: 'amparo',
    keepAlive: true,
  });
  // Where the owner's login serves it shows itself every row: there is one wall then, and the log says so.
  const atWork = addresses.separate ? '' : ' -c app.duty=work';
  const pools = {
    // Policies are planned into every statement and make that the dearest part of it; a plan kept for any value is made once
    // per connection. What is asked here are single cases and pages in the order of an index, which one plan fits.
    serve: new EnteringPool({
      ...base(addresses.serve),
      max: options.connections,
      options: settings(options.statementTimeoutMs, ` -c plan_cache_mode=force_generic_plan${atWork}`),
    }),
    work: new pg.Pool({
      ...base(addresses.work),
      max: options.workConnections,
      options: settings(options.statementTimeoutMs, atWork),
    }),
    // Sealing takes one at a time; looking through the whole trail reads a piece ahead.
    audit: new pg.Pool({
      ...base(addresses.audit),
      max: 2,
      options: settings(options.questionTimeoutMs, atWork),
    }),
    statistics: new EnteringPool({
      ...base(addresses.statistics),
      max: options.questionConnections,
      options: settings(options.questionTimeoutMs, ` -c default_transaction_read_only=on${atWork}`),
    }),
  };
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  for (const pool of Object.values(pools)) pool.on('error', () => undefined);
  return pools;
}
