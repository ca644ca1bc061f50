/**
 * What all processes of an installation must do alike while any of them runs. Each holds, over a connection of its own, a
 * shared lock that stands for what it chose, and then looks whether anybody holds the lock of another choice: of two that
 * begin at once at least one sees the other. A lock goes with its connection, so a process that crashed keeps nobody out,
 * and one that chose otherwise can begin as soon as the last of the others has stopped.
 */
import pg from 'pg';

/** How soon a broken connection is taken up again. */
const AGAIN_MS = 1_000;
/** A machine that vanished is noticed within half a minute, and its locks with it. */
const KEEPALIVE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4';
const PATIENCE = '-c statement_timeout=5000 -c lock_timeout=5000';

/** Something to agree on: the number of its locks, and what can be chosen. */
export interface Subject {
  readonly lock: number;
  readonly choices: readonly string[];
}

/** Others who run have chosen otherwise. */
export class Disagreement extends Error {
  constructor(readonly others: string) {
    super(`others have chosen ${others}`);
  }
}

export interface AgreementOptions {
  /** Where the database is: asked each time, because logins are chosen after everything was put together. */
  readonly address: () => string;
  readonly subject: Subject;
  readonly chosen: string;
  /** Hears that others chose otherwise while the connection was broken; it is tried again until they are gone. */
  readonly lost: (others: string) => void;
}

export class Agreement {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private held = false;
  private times = 0;
  private told = false;

  constructor(private readonly options: AgreementOptions) {}

  /** How many times it was entered; 0 while it is not held. Between two of them others may have had their way. */
  get epoch(): number {
    return this.held ? this.times : 0;
  }

  /** Enters, and stays until it is stopped. Fails with a `Disagreement` when others who run chose otherwise. */
  async enter(): Promise<void> {
    const { address, subject, chosen } = this.options;
    const client = new pg.Client({
      connectionString: address(),
      connectionTimeoutMillis: 5_000,
      application_name: 'amparo agreement',
      keepAlive: true,
      options: `${KEEPALIVE} ${PATIENCE}`,
    });
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    this.client = client;
    try {
      await client.connect();
      const mine = subject.choices.indexOf(chosen);
      await client.query('SELECT pg_advisory_lock_shared($1::int, $2::int)', [subject.lock, mine]);
      const { rows } = await client.query<{ choice: number }>(
        `SELECT objid::int AS choice FROM pg_locks
         WHERE locktype = 'advisory' AND granted AND classid = $1::int AND objid <> $2::int AND objsubid = 2
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1`,
        [subject.lock, mine],
      );
      if (rows[0]) throw new Disagreement(subject.choices[rows[0].choice] ?? 'something else');
      // Broken, or stopped, while it was asked: nothing is held.
      if (this.client !== client) throw new Error('the connection broke');
      [this.held, this.told, this.times] = [true, false, this.times + 1];
    } catch (error) {
      if (this.client === client) this.client = null;
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Holds it no more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.held = false;
    if (this.timer) clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private lose(client: pg.Client): void {
    if (this.client !== client) return;
    const wasHeld = this.held;
    this.client = null;
    this.held = false;
    // Whoever enters is told by what `enter` throws; only what was held is taken up again.
    if (wasHeld) this.again();
  }

  private again(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.enter().catch((error: unknown) => {
        if (error instanceof Disagreement && !this.told) {
          this.told = true;
          this.options.lost(error.others);
        }
        this.again();
      });
    }, AGAIN_MS);
    this.timer.unref();
  }
}
