/**
 * A statement that speaks for somebody: `CALL app.enter(token)` and the statement itself travel together and end in one
 * Sync, so they are one transaction and one round trip. What the call sets holds for the statement and is gone after it.
 *
 * pg sends a prepared statement as Parse, Bind, Describe, Execute, Sync. Here the call's Parse (once a connection), Bind
 * and Execute come first; a procedure answers with a CommandComplete and no rows, which is the only thing to pass over.
 */
import pg from 'pg';

/** How a transaction comes to speak for somebody: a procedure and what it is given. */
export interface Entry {
  readonly procedure: 'app.enter' | 'app.enter_as' | 'app.enter_for';
  readonly values: readonly (Buffer | string)[];
}

/** The call itself. The procedures are ours, so their names may stand in the text. */
export const callOf = ({ procedure, values }: Entry): string =>
  `CALL ${procedure}(${values.map((_value, index) => `$${index + 1}`).join(', ')})`;

interface Connection {
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: readonly unknown[] }): void;
  execute(message: { portal: string }): void;
}

/** The parts of pg's query that its types leave out. */
interface Submitted {
  prepare(connection: Connection): void;
  requiresPreparation(): boolean;
  handleCommandComplete(message: unknown, connection: Connection): void;
}
const Query = pg.Query as unknown as new (config: pg.QueryConfig, values?: readonly unknown[]) => Submitted;

/** The procedures that a connection has parsed. */
const parsed = new WeakMap<Connection, Set<string>>();

export class EnteredQuery extends Query {
  private entered = false;

  constructor(
    private readonly entry: Entry,
    config: pg.QueryConfig,
    values?: readonly unknown[],
  ) {
    super(config, values);
  }

  override requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: Connection): void {
    const { procedure, values } = this.entry;
    if (parsed.get(connection)?.has(procedure) !== true)
      connection.parse({ name: procedure, text: callOf(this.entry) });
    connection.bind({ portal: '', statement: procedure, values });
    connection.execute({ portal: '' });
    super.prepare(connection);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.entered) {
      super.handleCommandComplete(message, connection);
      return;
    }
    this.entered = true;
    const known = parsed.get(connection) ?? new Set();
    parsed.set(connection, known.add(this.entry.procedure));
  }
}
