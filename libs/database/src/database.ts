/**
 * The only way to the data, and five doors. Each is told for whom, and the database finds out who that is: a caller is
 * handed over as the digest of their token (docs/adr/2026-11-26-second-wall.md). `null` is the service itself: jobs,
 * sign-in, reference data.
 *
 *   statement   one `.sql` file as one prepared statement and one transaction: the hottest paths; `statementForMany`
 *               does it for several people at once
 *   read        a few questions through Prisma
 *   ask         one `.sql` file over many rows, read only, with a longer leash and few at a time;
 *               `atOneMoment` asks several of the same state of the data
 *   write       an act: one transaction that cannot commit unless it audited something
 *   trailWork   sealing and checking the trail, under a login that sees nothing else
 *
 * A statement that changes data carries its audit rows itself (house rule "audited-statements").
 */
import { PrismaPg } from '@prisma/adapter-pg';
import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { Caller } from '#lib/access';
import type { TrailWriter, WrittenEntry } from '#lib/trail';
import { Agreement, type Subject } from './agreement.js';
import { callOf, type Entry } from './entered-query.js';
import { Prisma, PrismaClient } from './generated/client.js';
import { Listening } from './listening.js';
import { NeighbouringIds } from './neighbouring-ids.js';
import { openPools, type Addresses, type PoolOptions, type Pools } from './pools.js';
import { databaseProblem, isContention } from './postgres-problems.js';
import type { SqlFile, SqlValues } from './sql-file.js';

export interface DatabaseOptions extends PoolOptions {
  /** The owner's login: it migrates, and serves where there are no logins of their own for that. */
  readonly url: string;
}

/** On two cores more than 16 connections for acts are slower (performance/README.md §1). */
export const DEFAULT_DATABASE_OPTIONS = {
  connections: 14,
  workConnections: 7,
  questionConnections: 4,
  statementTimeoutMs: 4_000,
  questionTimeoutMs: 30_000,
} as const;

/** For whom: somebody who holds a token, or null for the service itself. */
export type Session = Pick<Caller, 'tokenHash' | 'stamp'>;
/** For whom figures are asked: somebody who holds a token, or whoever asked for a job that is under way. */
export type Asking = Session | { readonly jobId: string };

/** What an audit row says. Identifiers and codes only. */
export interface AuditLine {
  readonly caseId?: string;
  readonly subjectId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Who acts. Somebody who holds a token acts under it: the database lets them no further than they reach. A job acts for
 * whoever asked for it, and the service itself as nobody; both are bound by what the work login may do.
 */
export type Actor = Pick<Caller, 'userId' | 'organisationId' | 'requestId'> & {
  readonly sessionId?: string | null;
  readonly reason?: string | null;
  readonly tokenHash?: Buffer;
  readonly stamp?: string;
};

/** The same person, for an act on what the serving login may not touch: their password, their second factor, tokens. */
export function servedBy(actor: Actor): Actor {
  const { userId, organisationId, requestId, sessionId, reason } = actor;
  return { userId, organisationId, requestId, sessionId: sessionId ?? null, reason: reason ?? null };
}

declare const audited: unique symbol;

/** A transaction inside `write`. Only `write` can make one, so nothing changes data outside an audited transaction. */
export interface Tx {
  readonly [audited]: true;
  readonly prisma: Prisma.TransactionClient;
  sql<Row>(file: SqlFile, values: SqlValues): Promise<Row[]>;
  audit(action: string, line?: AuditLine): Promise<void>;
  /** Audit rows for a statement that carries its own, signed. */
  entries(drafts: readonly AuditRow[]): SignedRows;
}

/** Who answers questions: the database as it is each time, or as it was at one moment. */
export interface Questions {
  ask<Row>(file: SqlFile, values: SqlValues): Promise<Row[]>;
}

export interface WriteOptions {
  /** Longest a statement may take inside this act; jobs need more than requests. */
  readonly statementTimeoutMs?: number;
  readonly transactionTimeoutMs?: number;
  /** Do everything and leave nothing behind (dry run). */
  readonly rollback?: boolean;
}

/** Thrown to roll a dry run back, and caught by `write` itself. */
class RolledBack extends Error {}

const RETRIES = 3;

/**
 * Whether this is inside an act for somebody. Whoever asks for a second connection of the same pool there may wait for one
 * that waits for them (security/design.md §3.3, finding 7), so it is refused the first time, not under load. Work of the
 * service itself may: of what does so one runs at a time.
 */
const ACTING = new AsyncLocalStorage<true>();

function refuseInsideAnAct(): void {
  if (ACTING.getStore()) throw new Error('inside an act its own transaction is asked');
}

interface Clients {
  readonly pools: Pools;
  readonly serve: PrismaClient;
  readonly work: PrismaClient;
}

export class Database {
  private clients: Clients | null = null;
  private addresses: Addresses;
  private trail: TrailWriter | null = null;
  /** Sessions for which a statement has run: the database found them to be who the service took them for. */
  private readonly proven = new WeakSet<object>();
  private readonly listenings: Listening[] = [];
  private readonly agreements: Agreement[] = [];

  constructor(readonly options: DatabaseOptions) {
    const { url } = options;
    this.addresses = { serve: url, work: url, statistics: url, audit: url, backup: url, separate: false };
  }

  /** Says with which logins to serve; before anything is asked. */
  use(addresses: Addresses): void {
    if (this.clients) throw new Error('the database has been used already');
    this.addresses = addresses;
  }

  /** Whether each duty has a login of its own. */
  get separate(): boolean {
    return this.addresses.separate;
  }

  /** Under which address everything is copied, and whether it can write: then it is the owner's. */
  get copying(): { readonly url: string; readonly asOwner: boolean } {
    return { url: this.addresses.backup, asOwner: this.addresses.backup === this.options.url };
  }

  /** Reads of the service itself: sign-in, jobs, reference data. Whatever somebody asked for goes through `read`. */
  get prisma(): PrismaClient {
    return this.opened.work;
  }

  private get opened(): Clients {
    if (this.clients) return this.clients;
    const pools = openPools(this.addresses, this.options);
    const statementNameGenerator = (query: { sql: string }): string => statementName(query.sql);
    const adapter = (pool: pg.Pool): PrismaPg => new PrismaPg(pool, { statementNameGenerator } as never);
    // The login that serves may not read a password's record, so the client over it does not ask for one.
    const serve = new PrismaClient({ adapter: adapter(pools.serve), omit: { appUser: { passwordHash: true } } });
    const work = new PrismaClient({ adapter: adapter(pools.work) });
    this.clients = { pools, serve: serve as unknown as PrismaClient, work };
    return this.clients;
  }

  /** Says who signs audit entries. Its keys are themselves read from the database, so it comes after. */
  signWith(trail: TrailWriter): void {
    this.trail = trail;
  }

  /** One audit row under the names of its columns, signed, for a statement that writes it itself. */
  entry(draft: AuditRow): Readonly<Record<string, string | null>> {
    return columnsOf(this.signed(draft));
  }

  /** Audit rows for a statement that carries its own: each with its moment, sealed content and MAC. */
  entries(drafts: readonly AuditRow[]): SignedRows {
    const rows = drafts.map((draft) => columnsOf(this.signed(draft)));
    return { audit: JSON.stringify(rows), salted: rows.some((row) => row.salt !== null) };
  }

  private signed(draft: AuditRow): WrittenEntry {
    if (!this.trail) throw new Error('nothing is written before somebody signs audit entries');
    return this.trail.entry({
      id: draft.id,
      organisationId: draft.organisation_id,
      actorId: draft.actor_id,
      sessionId: draft.session_id,
      requestId: draft.request_id,
      action: draft.action,
      caseId: draft.case_id,
      subjectId: draft.subject_id,
      reason: draft.reason,
      details: draft.details,
    });
  }

  /** Runs one file as one statement, planned once per connection. */
  async statement<Row>(session: Session | null, file: SqlFile, values: SqlValues): Promise<Row[]> {
    if (session !== null) refuseInsideAnAct();
    const compiled = file.compile(values);
    const query = { name: compiled.name, text: compiled.text, values: file.bind(compiled, values) };
    const { pools } = this.opened;
    return translated(async () => {
      const run =
        session === null ? pools.work.query(query) : pools.serve.queryFor<pg.QueryResult>(entryOf(session), query);
      const { rows } = (await run) as pg.QueryResult;
      if (session !== null) this.proven.add(session);
      return rows as Row[];
    });
  }

  /**
   * Runs one file for several people at once: it is handed the digest of each one's token and finds out by itself who they
   * are. Nobody has entered, so it reaches nothing but through a door that does that. One row comes back for each, numbered
   * by `place`; `proves` tells of it whether they were found to be who the service took them for.
   * @throws Error when anybody is answered twice or not at all
   */
  async statementForMany<Row extends { readonly place: number }>(
    sessions: readonly Session[],
    file: SqlFile,
    values: SqlValues,
    proves: (row: Row) => boolean,
  ): Promise<Row[]> {
    refuseInsideAnAct();
    const compiled = file.compile(values);
    const query = { name: compiled.name, text: compiled.text, values: file.bind(compiled, values) };
    const { rows } = await translated(() => this.opened.pools.serve.query(query) as Promise<pg.QueryResult<Row>>);
    const inTurn = [...rows].sort((a, b) => a.place - b.place);
    // What is one person's must never be handed to another: better no answer for anybody.
    if (inTurn.length !== sessions.length || inTurn.some(({ place }, index) => place !== index))
      throw new Error('a statement for many has to answer each of them once');
    for (const row of inTurn) if (proves(row)) this.proven.add(sessions[row.place]!);
    return inTurn;
  }

  /** Whether a statement has run for this session, so that the database has proven who it is. */
  hasProven(session: Session): boolean {
    return this.proven.has(session);
  }

  /** Reads through Prisma for somebody; each query of it speaks for them. Use `findFirst`: Prisma gathers `findUnique`s. */
  async read<T>(session: Session, work: (prisma: PrismaClient) => PromiseLike<T>): Promise<T> {
    refuseInsideAnAct();
    const { pools, serve } = this.opened;
    return translated(() => pools.serve.as(entryOf(session), async () => work(serve)));
  }

  /** Runs one question, read only, planned for its values (dimensions given as values fold away). */
  async ask<Row>(asking: Asking, file: SqlFile, values: SqlValues): Promise<Row[]> {
    const compiled = file.compile(values);
    const query = { text: compiled.text, values: file.bind(compiled, values) };
    const { statistics } = this.opened.pools;
    return translated(async () => {
      const answer = await statistics.as(entryOf(asking), () => statistics.query(query) as Promise<pg.QueryResult>);
      return answer.rows as Row[];
    });
  }

  /** Runs one file that seals or checks the trail, of which it sees all and beside which it sees nothing. */
  async trailWork<Row>(file: SqlFile, values: SqlValues): Promise<Row[]> {
    const compiled = file.compile(values);
    const query = { name: compiled.name, text: compiled.text, values: file.bind(compiled, values) };
    return translated(async () => (await this.opened.pools.audit.query(query)).rows as Row[]);
  }

  /**
   * Answers every question of some work from the data as they were at the first one, whatever is recorded meanwhile. The
   * work keeps a connection for questions, and no more than ten seconds may pass between two of them.
   */
  async atOneMoment<T>(asking: Asking, work: (moment: Questions) => Promise<T>): Promise<T> {
    const client = await translated(() => this.opened.pools.statistics.connect());
    // A connection that breaks between two questions fails the next one; without a listener it would end the process.
    const broken = (): void => undefined;
    client.on('error', broken);
    let failed: Error | undefined;
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const entry = entryOf(asking);
      await client.query(callOf(entry), [...entry.values]);
      const done = await work({ ask: (file, values) => asked(client, file, values) });
      await client.query('COMMIT');
      return done;
    } catch (error) {
      failed = error instanceof Error ? error : new Error('the work failed');
      throw databaseProblem(error) ?? error;
    } finally {
      client.off('error', broken);
      // Nothing is worth keeping of a connection that may stand in a transaction that failed.
      client.release(failed);
    }
  }

  /**
   * One act in one transaction. Refuses to commit when nothing was audited. Two writers that met are repeated; every
   * other failure is translated or passed on, and nothing is left behind.
   */
  async write<T>(actor: Actor | null, act: (tx: Tx) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(actor, act, options);
      } catch (error) {
        if (attempt < RETRIES && isContention(error)) continue;
        throw databaseProblem(error) ?? error;
      }
    }
  }

  private async attempt<T>(actor: Actor | null, act: (tx: Tx) => Promise<T>, options: WriteOptions): Promise<T> {
    if (actor?.tokenHash) refuseInsideAnAct();
    let outcome: { value: T } | undefined;
    const { serve, work } = this.opened;
    try {
      await (actor?.tokenHash ? serve : work).$transaction(
        async (prisma) => {
          if (actor?.tokenHash) await enter(prisma, entryOf({ ...actor, tokenHash: actor.tokenHash }));
          if (options.statementTimeoutMs !== undefined) {
            await prisma.$queryRaw`select set_config('statement_timeout', ${String(options.statementTimeoutMs)}, true), set_config('idle_in_transaction_session_timeout', ${String(options.transactionTimeoutMs ?? 10_000)}, true)`;
          }
          const state = { audited: 0 };
          const tx = this.transaction(prisma, actor, state);
          outcome = { value: await (actor?.tokenHash ? ACTING.run(true, () => act(tx)) : act(tx)) };
          if (options.rollback) throw new RolledBack();
          if (state.audited === 0) throw new Error('an act that audits nothing is not committed');
        },
        { maxWait: 4_000, timeout: options.transactionTimeoutMs ?? 10_000 },
      );
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    if (!outcome) throw new Error('the act did not finish');
    return outcome.value;
  }

  private transaction(prisma: Prisma.TransactionClient, actor: Actor | null, state: { audited: number }): Tx {
    const tx = {
      prisma,
      async sql<Row>(file: SqlFile, values: SqlValues): Promise<Row[]> {
        const compiled = file.compile(values);
        return prisma.$queryRawUnsafe<Row[]>(compiled.text, ...file.bind(compiled, values));
      },
      audit: async (action: string, line: AuditLine = {}): Promise<void> => {
        state.audited += 1;
        const { salt, ...row } = columnsOf(this.signed(auditRow(actor, action, line)));
        const values = [...Object.values(row), ...(salt === null ? [] : [salt])];
        await prisma.$executeRawUnsafe(salt === null ? INSERT_ENTRY : `${INSERT_SALT} ${INSERT_ENTRY}`, ...values);
      },
      entries: (drafts: readonly AuditRow[]): SignedRows => this.entries(drafts),
    };
    return tx as unknown as Tx;
  }

  /** Tells every process of the installation that listens, this one too. Ids only: what is announced may be logged. */
  async announce(channel: string, payload: string): Promise<void> {
    await this.opened.pools.work.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  /** Hears what is announced, until the database is closed. */
  listen(channel: string, hear: (payload: string) => void): Listening {
    const announce = (payload: string): Promise<void> => this.announce(channel, payload);
    const listening = new Listening({ connectionString: this.addresses.work, channel, announce, hear });
    this.listenings.push(listening);
    return listening;
  }

  /** A choice that all processes of the installation make alike; held, once entered, until the database is closed. */
  agree(subject: Subject, chosen: string, lost: (others: string) => void): Agreement {
    const agreement = new Agreement({ address: () => this.addresses.work, subject, chosen, lost });
    this.agreements.push(agreement);
    return agreement;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.listenings, ...this.agreements].map((held) => held.stop()));
    if (!this.clients) return;
    const { pools, serve, work } = this.clients;
    await Promise.all([serve.$disconnect(), work.$disconnect()]);
    await Promise.allSettled(Object.values(pools).map((pool: pg.Pool) => (pool.ended ? undefined : pool.end())));
  }

  /** Connections in use and waiting, for the metrics page. */
  poolState(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { serve, work } = this.opened.pools;
    return {
      total: serve.totalCount + work.totalCount,
      idle: serve.idleCount + work.idleCount,
      waiting: serve.waitingCount + work.waitingCount,
    };
  }
}

function entryOf(asking: Asking): Entry {
  if ('jobId' in asking) return { procedure: 'app.enter_for', values: [asking.jobId] };
  const { tokenHash, stamp } = asking;
  return stamp === undefined
    ? { procedure: 'app.enter', values: [tokenHash] }
    : { procedure: 'app.enter_as', values: [tokenHash, stamp] };
}

/** The first statement of an act. */
async function enter(prisma: Prisma.TransactionClient, entry: Entry): Promise<void> {
  const values = entry.values.map((value) => (typeof value === 'string' ? value : new Uint8Array(value)));
  await prisma.$executeRawUnsafe(callOf(entry), ...values);
}

/** What is to stand on the trail, under the names of its columns. It becomes an entry when it is signed. */
export interface AuditRow {
  readonly id: string;
  readonly organisation_id: string | null;
  readonly actor_id: string | null;
  readonly session_id: string | null;
  readonly request_id: string | null;
  readonly action: string;
  readonly case_id: string | null;
  readonly subject_id: string | null;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>> | null;
}

/** Signed audit rows as the values that a statement takes: the rows as JSON, and whether any of them has a salt. */
export interface SignedRows {
  readonly audit: string;
  readonly salted: boolean;
}

const entryIds = new NeighbouringIds();

/** What an act puts on the trail. */
export function auditRow(actor: Actor | null, action: string, line: AuditLine = {}): AuditRow {
  return {
    id: entryIds.next(),
    organisation_id: actor?.organisationId ?? null,
    actor_id: actor?.userId ?? null,
    session_id: actor?.sessionId ?? null,
    request_id: actor?.requestId ?? null,
    action,
    case_id: line.caseId ?? null,
    subject_id: line.subjectId ?? null,
    reason: actor?.reason ?? null,
    details: line.details ?? null,
  };
}

/** An entry under the names of its columns, bytes as Postgres reads them from text; the salt goes to its own table. */
function columnsOf(entry: WrittenEntry): Readonly<Record<string, string | null>> & { readonly salt: string | null } {
  return {
    id: entry.id,
    at: entry.at,
    organisation_id: entry.organisationId,
    actor_id: entry.actorId,
    session_id: entry.sessionId,
    request_id: entry.requestId,
    action: entry.action,
    case_id: entry.caseId,
    subject_id: entry.subjectId,
    sealed: entry.sealed && `\\x${entry.sealed.toString('hex')}`,
    mac: `\\x${entry.mac.toString('hex')}`,
    salt: entry.salt && `\\x${entry.salt.toString('hex')}`,
  };
}

const INSERT_ENTRY =
  'INSERT INTO audit_entry (id, at, organisation_id, actor_id, session_id, request_id, action, case_id, subject_id, sealed, mac) ' +
  'VALUES ($1::uuid, $2::timestamptz, $3::uuid, $4::uuid, $5::uuid, $6::text, $7::text, $8::uuid, $9::uuid, $10::text::bytea, $11::text::bytea)';
const INSERT_SALT =
  'WITH salted AS (INSERT INTO audit_salt (entry_id, case_id, salt) VALUES ($1::uuid, $8::uuid, $12::text::bytea))';

async function asked<Row>(client: pg.PoolClient, file: SqlFile, values: SqlValues): Promise<Row[]> {
  const compiled = file.compile(values);
  const query = { text: compiled.text, values: file.bind(compiled, values) };
  return (await client.query<Row & pg.QueryResultRow>(query)).rows;
}

const names = new Map<string, string>();

function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `p_${names.size.toString(36)}`;
  // Prisma's texts are few; a limit keeps a surprise from growing without bound.
  if (names.size < 2_000) names.set(sql, name);
  return names.size < 2_000 ? name : '';
}

async function translated<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt < RETRIES && isContention(error)) continue;
      throw databaseProblem(error) ?? error;
    }
  }
}
