/**
 * COPY over the connection of `pg`, as streams with back-pressure: what the far side does not take is not read from the
 * socket, so a table of any size passes through flat memory. `pg` hands COPY's messages to whichever query is active;
 * these two are such queries.
 */
import { Readable, Writable } from 'node:stream';
import type pg from 'pg';

/** What `pg` has under the name of connection, as far as COPY needs it. */
interface Wire {
  readonly stream: NodeJS.ReadWriteStream & {
    readonly writableNeedDrain: boolean;
    pause(): unknown;
    resume(): unknown;
  };
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** How many rows the server says it copied. */
const rowsIn = (command: { readonly text: string }): number => Number(/^COPY (\d+)$/.exec(command.text)?.[1] ?? -1);

/** `COPY … TO STDOUT`: hand it to `client.query` and read it. */
export class CopyOut extends Readable implements pg.Submittable {
  /** Known at the end. */
  rows = -1;
  private wire: Wire | null = null;

  constructor(private readonly text: string) {
    super({ highWaterMark: 256 * 1024 });
  }

  submit(connection: pg.Connection): void {
    this.wire = connection as unknown as Wire;
    this.wire.query(this.text);
  }

  override _read(): void {
    this.wire?.stream.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Whoever stopped reading still shares the connection with what comes after it.
    this.wire?.stream.resume();
    done(error);
  }

  handleCopyData(message: { readonly chunk: Buffer }): void {
    if (this.destroyed) return;
    // The parser uses its memory again for the next message.
    if (!this.push(Buffer.from(message.chunk))) this.wire?.stream.pause();
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.rows = rowsIn(message);
  }

  handleReadyForQuery(): void {
    if (!this.destroyed) this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }
}

/** `COPY … FROM STDIN`: hand it to `client.query` and write to it. It has finished when the server has every row. */
export class CopyIn extends Writable implements pg.Submittable {
  /** Known at the end. */
  rows = -1;
  private wire: Wire | null = null;
  private begun: (() => void) | null = null;
  private taken: ((error?: Error | null) => void) | null = null;

  constructor(private readonly text: string) {
    super({ highWaterMark: 256 * 1024 });
  }

  submit(connection: pg.Connection): void {
    this.wire = connection as unknown as Wire;
    this.wire.query(this.text);
  }

  override _construct(done: (error?: Error | null) => void): void {
    this.begun = done;
  }

  handleCopyInResponse(): void {
    this.begun?.();
    this.begun = null;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const wire = this.wire as Wire;
    wire.sendCopyFromChunk(chunk);
    if (wire.stream.writableNeedDrain) wire.stream.once('drain', () => done());
    else done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.taken = done;
    this.wire?.endCopyFrom();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Without this the server would wait for rows for ever.
    if (this.rows < 0 && this.begun === null && error === null) this.wire?.sendCopyFail('given up');
    done(error);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.rows = rowsIn(message);
  }

  handleReadyForQuery(): void {
    this.taken?.();
    this.taken = null;
  }

  handleError(error: Error): void {
    const waiting = this.begun ?? this.taken;
    this.begun = this.taken = null;
    if (waiting) waiting(error);
    else this.destroy(error);
  }
}
