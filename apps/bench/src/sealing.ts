/**
 * Sealed values in copies of recorded cases: opened with the keys of the benchmark's own installation and sealed again for
 * the copy, as the service would have done. A copied ciphertext would open nowhere, and reading it would measure that.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KEY_BYTES, openText, sealText, unwrapLocally, wrapLocally, type DataKey } from '#lib/sealing';
import type { Place } from './place.js';

const CLASSES = ['identity', 'testimony', 'source'] as const;
/** Tables whose rows are not bound by a column called `id`. */
const ROW_COLUMNS: Readonly<Record<string, string>> = { person_identity: 'person_id', source_contact: 'source_id' };
const LONG_TEXTS = new Set(['testimony.text', 'note.text']);

export const rowColumnOf = (table: string): string => ROW_COLUMNS[table] ?? 'id';

/** A value that was opened, and what it is sealed with. */
export interface Clear {
  readonly text: string;
  readonly keyClass: string;
}

/** Data keys of one copy, made when they are first needed. */
export interface CopyKeys {
  seal(keyClass: string, table: string, column: string, row: string, text: string): string;
  /** The wrapped key as COPY takes it. */
  blob(keyClass: string): string;
}

export class BenchSealing {
  private constructor(
    private readonly organisation: string,
    private readonly wrapping: DataKey,
    private readonly keys: ReadonlyMap<string, DataKey>,
  ) {}

  /** Opens the keys of some recorded cases. */
  static async of(
    secretFile: string,
    place: Place,
    organisation: string,
    caseIds: readonly string[],
  ): Promise<BenchSealing> {
    const [, name = '', text = ''] =
      /^([0-9a-f]{8}) ([\w-]{43})$/m.exec(readFileSync(join(dirname(secretFile), 'wrapping.key'), 'utf8')) ?? [];
    const [stored] = await place.rows<{ version: number; blob: string }>(
      `SELECT version, encode(blob, 'hex') AS blob FROM organisation_key WHERE organisation_id = $1::uuid ORDER BY version DESC LIMIT 1`,
      [organisation],
    );
    const { version = 1, blob = '' } = stored ?? {};
    const bytes = unwrapLocally(
      Buffer.from(text, 'base64url'),
      `file:${name}`,
      Buffer.from(blob, 'hex'),
      `organisation|${organisation}|${version}`,
    );
    if (!bytes) throw new Error('the key of the benchmark’s organisation does not unwrap');
    const rows = await place.rows<{ id: string; class: string; version: number; blob: string }>(
      `SELECT case_id AS id, class, version, encode(blob, 'hex') AS blob FROM case_key WHERE case_id = ANY ($1::uuid[])`,
      [caseIds],
    );
    const keys = new Map<string, DataKey>();
    for (const row of rows) {
      const context = `case|${row.id}|${row.class}|${row.version}`;
      const key = unwrapLocally(bytes, `organisation:${version}`, Buffer.from(row.blob, 'hex'), context);
      if (key) keys.set(`${row.id}|${row.class}`, { version: row.version, bytes: key });
    }
    return new BenchSealing(organisation, { version, bytes }, keys);
  }

  /** The text of a stored value. */
  open(caseId: string, table: string, column: string, row: string, stored: string): Clear {
    for (const keyClass of CLASSES) {
      const key = this.keys.get(`${caseId}|${keyClass}`);
      const text = key && openText(key, stored, { organisation: this.organisation, table, column, row, keyClass });
      if (text !== undefined && text !== null) return { text, keyClass };
    }
    throw new Error(
      `${table}.${column} of a recorded case does not open: apps/bench/src/sealing.ts is behind the service`,
    );
  }

  /** New keys for the copy of a case. */
  keysFor(caseId: string): CopyKeys {
    const made = new Map<string, DataKey>();
    const keyOf = (keyClass: string): DataKey => {
      const known = made.get(keyClass) ?? { version: 1, bytes: randomBytes(KEY_BYTES) };
      made.set(keyClass, known);
      return known;
    };
    const { organisation, wrapping } = this;
    return {
      seal: (keyClass, table, column, row, text) =>
        sealText(
          keyOf(keyClass),
          text,
          { organisation, table, column, row, keyClass },
          LONG_TEXTS.has(`${table}.${column}`) ? 'text' : 'short',
        ),
      blob: (keyClass) => {
        const by = `organisation:${wrapping.version}`;
        const blob = wrapLocally(wrapping.bytes, by, keyOf(keyClass).bytes, `case|${caseId}|${keyClass}|1`);
        return `\\\\x${blob.toString('hex')}`;
      },
    };
  }
}
