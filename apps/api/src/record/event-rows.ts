/** From a checked body to the row of its table. The fields say what they are (platform/validation/fields.ts). */
import { randomUUID } from 'node:crypto';
import { eventDate } from '#lib/time';
import { fieldsOf, type Field } from '../platform/validation/fields.js';
import { EVENT_KINDS, type EventKind, type EventPath } from './event-kinds.js';
import type { DeathSignBody } from './events.dto.js';

/** A row as a table wants it: column to value; dates of venue time are written without a zone. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows by table, in no particular order. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

export const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The same the other way round: `given_names` is `givenNames`. */
export const fieldName = (name: string): string =>
  name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** The four columns of an uncertain date; all empty when it is absent. */
export function dateColumns(prefix: string, edtf: string | null | undefined): Row {
  if (edtf === null || edtf === undefined) {
    return {
      [`${prefix}_edtf`]: null,
      [`${prefix}_precision`]: null,
      [`${prefix}_earliest`]: null,
      [`${prefix}_latest`]: null,
    };
  }
  const date = eventDate(edtf);
  return {
    [`${prefix}_edtf`]: date.edtf,
    [`${prefix}_precision`]: date.precision,
    [`${prefix}_earliest`]: date.earliest,
    [`${prefix}_latest`]: date.latest,
  };
}

function columnsOf(field: Field, value: unknown): Row {
  switch (field.kind) {
    case 'date':
      return dateColumns(column(field.name).replace(/_on$/, ''), value as string | undefined);
    case 'code':
    case 'yesNo':
    case 'area':
    case 'place':
      return { [column(field.name)]: value ?? field.absent };
    case 'codes':
      return { [column(field.name)]: value ?? [] };
    default:
      return { [column(field.name)]: value ?? null };
  }
}

/** The columns that a body fills, dates and absent codes written out. Nested parts are not among them. */
export function rowOf(type: new () => object, body: object): Row {
  const values = body as Readonly<Record<string, unknown>>;
  return Object.assign(
    {},
    ...fieldsOf(type)
      .filter((field) => field.kind !== 'nested' && field.kind !== 'nestedList')
      .map((field) => columnsOf(field, values[field.name])),
  ) as Row;
}

export interface RecordedBy {
  readonly caseId: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
}

/** The row of one event, with its place in the case. */
export function eventRow(kind: Pick<EventKind, 'body' | 'table'>, id: string, body: object, by: RecordedBy): Row {
  const more = body as { readonly corrects?: string; readonly sourceId?: string; readonly arrestId?: string };
  return {
    ...rowOf(kind.body, body),
    case_id: by.caseId,
    id,
    ...(kind.table === 'arrest' ? {} : { arrest_id: more.arrestId ?? null }),
    corrects: more.corrects ?? null,
    source_id: more.sourceId ?? null,
    recorded_at: by.recordedAt,
    recorded_by: by.recordedBy,
    withdrawn_at: null,
    withdrawn_by: null,
    withdrawn_for: null,
  };
}

/** Rows of one event and of what hangs on it. */
export function rowsOfEvent(path: EventPath, body: object, id: string, by: RecordedBy): Rows {
  const kind = EVENT_KINDS[path];
  const row = eventRow(kind, id, path === 'remedies' ? { status: 'FILED', ...body } : body, by);
  if (path !== 'deaths') return { [kind.table]: [row] };
  const signs = (body as { signs?: DeathSignBody[] }).signs ?? [];
  return {
    death: [row],
    death_sign: signs.map((sign) => ({
      case_id: by.caseId,
      id: randomUUID(),
      death_id: id,
      sign: sign.sign,
      observer: sign.observer,
    })),
  };
}

/** Puts rows of several parts together, table by table. */
export function mergeRows(parts: readonly Rows[]): Rows {
  const merged: Record<string, Row[]> = {};
  for (const part of parts) for (const [table, rows] of Object.entries(part)) (merged[table] ??= []).push(...rows);
  return merged;
}
