/**
 * Seals the rows of cases before they are written and opens them after they were read, by the table of sealed columns.
 * Everything that writes or reads such a column goes through here.
 */
import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/database';
import { isSealed, openText, sealText, versionOfText } from '#lib/sealing';
import { CaseKeys } from '../keys/case-keys.js';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import type { KeyClass, KeyRing } from '../keys/key-ring.js';
import type { Row, Rows } from './event-rows.js';
import { SEALED, type SealedColumn } from './sealed-columns.js';

/** What stands in the place of a value that cannot be opened. */
export const UNREADABLE = 'unreadable';

/** A field that cannot be opened: damaged, moved, or sealed with a key that is not there. */
export interface UnreadableField {
  readonly caseId: string;
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

interface Sealing {
  readonly organisationId: string;
  readonly ring: KeyRing;
}

@Injectable()
export class CaseSealing {
  constructor(private readonly caseKeys: CaseKeys) {}

  /** Seals the rows of new cases and adds the rows of the keys that this takes. */
  async sealNew(organisationId: string, rows: Rows): Promise<Rows> {
    const ring = await this.caseKeys.ring(organisationId, []);
    const made: CaseKeyRow[] = [];
    const needed = classesIn(rows);
    for (const { id } of rows['case_file'] ?? []) {
      // Almost every case comes to need these two; made here, no later act has to change the file for them.
      for (const keyClass of new Set<KeyClass>(['identity', 'testimony', ...(needed.get(String(id)) ?? [])])) {
        const caseId = String(id);
        const { row, key } = await this.caseKeys.make(organisationId, caseId, keyClass);
        ring.add(caseId, keyClass, key);
        made.push(row);
      }
    }
    return { ...sealRows({ organisationId, ring }, rows), case_key: made.map((row) => ({ ...row })) };
  }

  /** Seals rows of cases that are on record, inside an act that has locked them; keys that they lack are made. */
  async sealIn(tx: Tx, organisationId: string, rows: Rows): Promise<Rows> {
    const classes = classesIn(rows);
    if (classes.size === 0) return rows;
    const ring = await this.caseKeys.ringIn(tx, organisationId, [...classes.keys()]);
    for (const [caseId, wanted] of classes) await this.caseKeys.complete(tx, organisationId, caseId, [...wanted], ring);
    return sealRows({ organisationId, ring }, rows);
  }

  /** Seals rows under keys that the caller holds. */
  sealWith(organisationId: string, ring: KeyRing, rows: Rows): Rows {
    return sealRows({ organisationId, ring }, rows);
  }

  /** Seals the columns of one row, under the names that they have in the database. */
  async sealRow(tx: Tx, organisationId: string, table: string, row: Row): Promise<Row> {
    const sealed = await this.sealIn(tx, organisationId, { [table]: [row] });
    return sealed[table]?.[0] ?? row;
  }

  /** An opener for cases whose key rows were read along with them. */
  async opener(organisationId: string, keys: readonly CaseKeyRow[] | null): Promise<Opener> {
    return new Opener(organisationId, await this.caseKeys.ring(organisationId, keys ?? []));
  }

  /** An opener for cases inside an act. */
  async openerIn(tx: Tx, organisationId: string, caseIds: readonly string[]): Promise<Opener> {
    return new Opener(organisationId, await this.caseKeys.ringIn(tx, organisationId, caseIds));
  }
}

/** Opens stored rows of some cases and remembers what could not be opened. */
export class Opener {
  readonly unreadable: UnreadableField[] = [];
  private readonly erased = new Set<string>();

  constructor(
    private readonly organisationId: string,
    private readonly ring: KeyRing,
  ) {}

  /** Values of this case are gone, not unreadable: its keys were destroyed on purpose. */
  takeAsErased(caseId: string): void {
    this.erased.add(caseId);
  }

  /** The rows of a table with their sealed columns opened. Rows of other tables come back as they are. */
  rows(table: string, rows: readonly Row[]): readonly Row[] {
    return table in SEALED ? rows.map((row) => this.row(table, row)) : rows;
  }

  /** One row with its sealed columns opened. */
  row(table: string, row: Row): Row {
    const entry = SEALED[table];
    if (!entry) return row;
    const [caseId, rowId] = [String(row[entry.caseId]), String(row[entry.row])];
    const opened: Record<string, unknown> = { ...row };
    for (const [column, sealing] of Object.entries(entry.columns))
      if (column in row && !(sealing.json && row['restricted'] !== true))
        opened[column] = this.value(table, column, caseId, rowId, row[column]);
    return opened;
  }

  /** One value of a sealed column. What was never sealed (an amendment that tells nothing) comes back as it is. */
  value(table: string, column: string, caseId: string, row: string, stored: unknown): unknown {
    const sealing = SEALED[table]?.columns[column];
    if (!sealing || typeof stored !== 'string' || !isSealed(stored)) return stored;
    if (this.erased.has(caseId)) return null;
    const key = this.ring.get(caseId, sealing.keyClass, versionOfText(stored) ?? 0);
    const place = { organisation: this.organisationId, table, column, row, keyClass: sealing.keyClass };
    const text = key ? openText(key, stored, place) : null;
    if (text !== null) return sealing.json ? (JSON.parse(text) as unknown) : text;
    this.unreadable.push({ caseId, table, column, row });
    return UNREADABLE;
  }
}

/** Which keys some rows need, by case. */
function classesIn(rows: Rows): Map<string, Set<KeyClass>> {
  const classes = new Map<string, Set<KeyClass>>();
  for (const [table, list] of Object.entries(rows)) {
    const entry = SEALED[table];
    if (!entry) continue;
    for (const row of list)
      for (const [column, sealing] of Object.entries(entry.columns)) {
        if (!needsSealing(row, column, sealing)) continue;
        const caseId = String(row[entry.caseId]);
        const known = classes.get(caseId);
        if (known) known.add(sealing.keyClass);
        else classes.set(caseId, new Set([sealing.keyClass]));
      }
  }
  return classes;
}

/** An amendment tells a changed code in the open; only one of identity or testimony is sealed. */
const needsSealing = (row: Row, column: string, { json }: SealedColumn): boolean =>
  row[column] !== null && row[column] !== undefined && (!json || row['restricted'] === true);

function sealRows({ organisationId, ring }: Sealing, rows: Rows): Rows {
  return Object.fromEntries(
    Object.entries(rows).map(([table, list]) => {
      const entry = SEALED[table];
      return [table, entry ? list.map((row) => sealRow({ organisationId, ring }, table, row)) : list];
    }),
  );
}

/** One row with its columns sealed under the newest keys of its case. */
export function sealRow({ organisationId, ring }: Sealing, table: string, row: Row): Row {
  const entry = SEALED[table];
  if (!entry) return row;
  const [caseId, rowId] = [String(row[entry.caseId]), String(row[entry.row])];
  const sealed: Record<string, unknown> = { ...row };
  for (const [column, sealing] of Object.entries(entry.columns)) {
    if (!needsSealing(row, column, sealing)) continue;
    const { keyClass, step, json } = sealing;
    const key = ring.latest(caseId, keyClass);
    if (!key) throw new Error(`there is no ${keyClass} key to seal ${table}.${column} with`);
    const text = json ? JSON.stringify(row[column]) : String(row[column]);
    sealed[column] = sealText(key, text, { organisation: organisationId, table, column, row: rowId, keyClass }, step);
  }
  return sealed;
}
