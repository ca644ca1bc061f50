/**
 * Keyset cursors: where the next page begins, signed and bound to the question, so that a cursor of one list cannot be
 * used with another filter, and nobody can ask for a position they were not given.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from '#lib/problem';

export const cursorProblems = {
  invalid: problem(
    'cursor.invalid',
    'invalid',
    () => 'This cursor does not belong to this list, filter and order. Begin again without it.',
  ),
};

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const SIGNATURE_BYTES = 16;

export class Cursors {
  constructor(private readonly key: Buffer) {}

  private sign(scope: string, payload: Buffer): Buffer {
    return createHmac('sha256', this.key)
      .update(scope)
      .update('\0')
      .update(payload)
      .digest()
      .subarray(0, SIGNATURE_BYTES);
  }

  /** @param scope everything that makes the list what it is: route, caller, filters, order */
  seal(scope: string, position: readonly (string | number | null)[]): string {
    const payload = Buffer.from(JSON.stringify(position), 'utf8');
    return Buffer.concat([this.sign(scope, payload), payload]).toString('base64url');
  }

  open(scope: string, cursor: string): readonly (string | number | null)[] {
    const bytes = Buffer.from(cursor, 'base64url');
    const payload = bytes.subarray(SIGNATURE_BYTES);
    const given = bytes.subarray(0, SIGNATURE_BYTES);
    if (given.length !== SIGNATURE_BYTES || !timingSafeEqual(given, this.sign(scope, payload)))
      throw cursorProblems.invalid({});
    return JSON.parse(payload.toString('utf8')) as (string | number | null)[];
  }

  /** Cuts a list that was asked for one row too many into a page and a cursor for the next one. */
  page<Row, T>(
    scope: string,
    rows: readonly Row[],
    limit: number,
    position: (row: Row) => readonly (string | number | null)[],
    view: (row: Row) => T,
  ): Page<T> {
    const kept = rows.slice(0, limit);
    const last = kept.at(-1);
    const next = rows.length > limit && last !== undefined ? this.seal(scope, position(last)) : null;
    return { items: kept.map(view), next };
  }
}
