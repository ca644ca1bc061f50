/**
 * Hearing what other processes of the installation announce (LISTEN and NOTIFY), over a connection of its own. It breaks
 * sometimes, and something between us and the database may swallow what is announced: so it is believed only while it
 * hears what this process itself says over another connection. Nothing is kept for whoever does not hear; they look.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** How often it is proven anew, and how soon a broken connection is taken up again. */
const PROOF_MS = 10_000;
const AGAIN_MS = 1_000;
const PROOF = 'proof ';

export interface ListeningOptions {
  readonly connectionString: string;
  readonly channel: string;
  /** Announces over another connection. */
  readonly announce: (payload: string) => Promise<void>;
  readonly hear: (payload: string) => void;
}

export class Listening {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private proof = '';
  private proven = false;
  private times = 0;

  constructor(private readonly options: ListeningOptions) {
    void this.begin();
  }

  /** How many times it has begun to hear; 0 while it does not. Between two of them anything may have been missed. */
  get epoch(): number {
    return this.proven ? this.times : 0;
  }

  /** Listens no more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.proven = false;
    if (this.timer) clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async begin(): Promise<void> {
    const { connectionString, channel } = this.options;
    const client = new pg.Client({
      connectionString,
      connectionTimeoutMillis: 5_000,
      application_name: 'amparo listening',
      keepAlive: true,
    });
    this.client = client;
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    client.on('notification', ({ payload = '' }) => this.take(client, payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      await this.prove(client);
    } catch {
      this.lose(client);
    }
  }

  /** Says something to itself, and gives the connection up when it did not hear what it said last. */
  private async prove(client: pg.Client): Promise<void> {
    if (this.client !== client) return;
    if (this.proof !== '') return this.lose(client);
    this.proof = PROOF + randomUUID();
    this.timer = setTimeout(() => void this.prove(client).catch(() => this.lose(client)), PROOF_MS);
    this.timer.unref();
    await this.options.announce(this.proof);
  }

  private take(client: pg.Client, payload: string): void {
    if (this.client !== client) return;
    if (!payload.startsWith(PROOF)) this.options.hear(payload);
    else if (payload === this.proof) {
      this.proof = '';
      if (!this.proven) this.times += 1;
      this.proven = true;
    }
  }

  private lose(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.proven = false;
    this.proof = '';
    if (this.timer) clearTimeout(this.timer);
    client.end().catch(() => undefined);
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.begin(), AGAIN_MS);
    this.timer.unref();
  }
}
