/** From stored rows to the words of `libs/custody`: the case file of one person, possibly in several merged files. */
import { lastDayOfKnowledge, type AccountChoice, type CaseFile, type TimelineEvent } from '#lib/custody';
import { dayInZone, latestDay, parseEventDate, type DatePrecision, type EventDate } from '#lib/time';
import { EVENT_TABLES, KIND_OF_TABLE } from './event-kinds.js';
import type { Row } from './event-rows.js';

/** Everything recorded in some files, by table, as `case-parts.sql` answers it. */
export type CaseParts = Readonly<Record<string, readonly Row[] | null>>;

export const rowsIn = (parts: CaseParts, table: string): readonly Row[] => parts[table] ?? [];

/**
 * Orders rows by the moment of recording, then by place in the act, then by id. Moments are compared as moments: as text,
 * `…:00.5+00:00` stands before `…:00+00:00`.
 */
export const byRecording = (a: Row, b: Row): number =>
  Date.parse(String(a['recorded_at'])) - Date.parse(String(b['recorded_at'])) ||
  Number(a['position'] ?? 0) - Number(b['position'] ?? 0) ||
  (String(a['id']) < String(b['id']) ? -1 : 1);

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const minute = (value: unknown): string | null =>
  typeof value === 'string' ? value.slice(0, 16).replace(' ', 'T') : null;

/** The date in four columns of a row; null when it has none. */
export function dateFrom(row: Row, prefix: string): EventDate | null {
  const edtf = text(row[`${prefix}_edtf`]);
  if (edtf === null) return null;
  return {
    edtf,
    precision: row[`${prefix}_precision`] as DatePrecision,
    earliest: minute(row[`${prefix}_earliest`]),
    latest: minute(row[`${prefix}_latest`]),
  };
}

/** The date of birth of an opened person; null when there is none, or none that can be read. */
export function bornOf(person: Row | undefined): EventDate | null {
  const parsed = parseEventDate(text(person?.['born_edtf']) ?? '');
  return parsed.ok ? parsed.date : null;
}

const EMPTY: EventDate = { edtf: 'XXXX', precision: 'UNKNOWN', earliest: null, latest: null };

/** What of a row's columns each kind of event says, under the names of `libs/custody`. */
function details(table: string, row: Row, steps: readonly Row[]): Row {
  switch (table) {
    case 'arrest':
      return { legalGround: row['legal_ground'], previousArrestId: row['previous_arrest_id'] ?? null };
    case 'custody_spell':
      return { place: row['place'] };
    case 'hearing':
      return { stage: row['stage'], mode: row['mode'] };
    case 'measure':
      return { measure: row['measure'] };
    case 'charge':
      return { charge: row['charge'] };
    case 'counsel':
      return { legalAid: row['legal_aid'] };
    case 'contact':
      return { contact: row['contact'] };
    case 'remedy':
      return { remedy: row['remedy'], steps: stepsOf(row, steps) };
    case 'violation':
      return { violation: row['violation'] };
    case 'release':
      return { release: row['release'] };
    default:
      return {};
  }
}

/** The status it was recorded with, then its steps that nobody took back or replaced. */
function stepsOf(remedy: Row, steps: readonly Row[]): readonly { status: string; at: EventDate }[] {
  const own = steps.filter((step) => step['remedy_id'] === remedy['id'] && step['withdrawn_at'] === null);
  const replaced = new Set(own.map((step) => step['corrects']));
  const later = own
    .filter((step) => !replaced.has(step['id']))
    .sort(byRecording)
    .map((step) => ({ status: String(step['status']), at: dateFrom(step, 'at') ?? EMPTY }));
  const first = String(remedy['status']);
  return first === 'FILED' || first === 'UNKNOWN' ? later : [{ status: first, at: EMPTY }, ...later];
}

export function toTimelineEvent(table: string, row: Row, steps: readonly Row[]): TimelineEvent {
  return {
    kind: KIND_OF_TABLE[table],
    id: row['id'],
    caseId: row['case_id'],
    at: dateFrom(row, 'at') ?? EMPTY,
    until: dateFrom(row, 'until'),
    arrestId: row['arrest_id'] ?? null,
    corrects: row['corrects'] ?? null,
    withdrawn: row['withdrawn_at'] !== null && row['withdrawn_at'] !== undefined,
    recordedAt: String(row['recorded_at']),
    sourceId: row['source_id'] ?? null,
    ...details(table, row, steps),
  } as unknown as TimelineEvent;
}

/** The days on which sources were informed: what they say of themselves, else the day on which they were recorded. */
function informedDays(sources: readonly Row[], zone: string): readonly string[] {
  return sources.map((source) => {
    const informed = dateFrom(source, 'informed');
    return (informed && latestDay(informed)) ?? dayInZone(new Date(String(source['recorded_at'])).toISOString(), zone);
  });
}

/**
 * The case file. A charge recorded with an arrest is a charge of that arrest, so that one list holds them all.
 * @param caseIds the kept file first, then those it absorbed
 */
export function toCaseFile(caseIds: readonly string[], parts: CaseParts, zone: string): CaseFile {
  const steps = rowsIn(parts, 'remedy_step');
  const events = EVENT_TABLES.flatMap((table) => rowsIn(parts, table).map((row) => toTimelineEvent(table, row, steps)));
  const choices: AccountChoice[] = rowsIn(parts, 'account_choice').map((row) => ({
    eventId: String(row['event_id']),
    decidedAt: String(row['recorded_at']),
  }));
  const knownOn = lastDayOfKnowledge(informedDays(rowsIn(parts, 'source'), zone), events);
  return { caseIds, events, choices, knownOn };
}
