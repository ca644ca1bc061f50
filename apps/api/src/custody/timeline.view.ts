/** The timeline of a person as a caller may see it: every event in order, with source, precision and corrections. */
import { ApiProperty } from '@nestjs/swagger';
import { readCaseFile } from '#lib/custody';
import { compareEventDates } from '#lib/time';
import { fieldsOf } from '../platform/validation/fields.js';
import { dateFrom, toCaseFile, type CaseParts } from '../record/case-file.js';
import { EVENT_KINDS } from '../record/event-kinds.js';
import { column, type Row } from '../record/event-rows.js';
import { RecordRemedyStepBody } from '../record/events.dto.js';
import type { Annotations } from './timeline.repository.js';

const TEXT = { type: 'string' } as const;

export class TimelineSourceView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty(TEXT) type!: string;
  @ApiProperty(TEXT) reliability!: string;
  @ApiProperty(TEXT) credibility!: string;
}

export class WithdrawnView {
  @ApiProperty({ type: 'string', format: 'date-time' }) at!: string;
  @ApiProperty({ type: 'string', format: 'uuid' }) by!: string;
  @ApiProperty({ type: 'string', nullable: true }) reason!: string | null;
}

export class TimelineEntryView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    description: 'The file it was recorded in; after a merge a person has several.',
  })
  caseId!: string;
  @ApiProperty({
    type: 'string',
    enum: [
      ...Object.values(EVENT_KINDS).map((kind) => kind.kind),
      'remedyStep',
      'note',
      'amendment',
      'consent',
      'verification',
      'accountChoice',
    ],
  })
  kind!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'EDTF; null for what has no date of its own.' }) at!:
    string | null;
  @ApiProperty({ type: 'string', nullable: true }) precision!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) until!: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Number of the arrest it belongs to in the reading, beginning with 0.',
  })
  arrest!: number | null;
  @ApiProperty({
    type: 'boolean',
    description: 'Whether the reading uses it; other accounts of the same fact and replaced wordings are not used.',
  })
  used!: boolean;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true }) corrects!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The event that replaced it.' })
  correctedBy!: string | null;
  @ApiProperty({ type: WithdrawnView, nullable: true }) withdrawn!: WithdrawnView | null;
  @ApiProperty({ type: TimelineSourceView, nullable: true }) source!: TimelineSourceView | null;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The fields of its kind.' })
  details!: Readonly<Record<string, unknown>>;
  @ApiProperty({ type: 'string', format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: 'string', format: 'uuid' }) recordedBy!: string;
}

export interface TimelineReader {
  readonly identity: boolean;
  /** A lawyer assigned to the case: privileged notes and allegations. */
  readonly privileged: boolean;
}

const HIDDEN = new Set(['at', 'until', 'corrects', 'sourceId', 'arrestId']);
const iso = (value: unknown): string => new Date(String(value)).toISOString();
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function detailsOf(type: new () => object, row: Row, reader: TimelineReader): Row {
  return Object.fromEntries(
    fieldsOf(type)
      .filter(
        (field) =>
          !HIDDEN.has(field.name) &&
          !field.kind.startsWith('nested') &&
          (field.name !== 'gangAlleged' || reader.privileged),
      )
      .map((field) => [field.name, row[column(field.name)] ?? null]),
  );
}

function sourceOf(row: Row, sources: readonly Row[]): TimelineSourceView | null {
  const source = sources.find((one) => one['case_id'] === row['case_id'] && one['id'] === row['source_id']);
  return source
    ? {
        id: String(source['id']),
        type: String(source['type']),
        reliability: String(source['reliability']),
        credibility: String(source['credibility']),
      }
    : null;
}

/** @param caseIds files the caller reaches, the kept one first */
export function timelineView(
  caseIds: readonly string[],
  parts: CaseParts,
  others: Annotations,
  reader: TimelineReader,
  zone: string,
): TimelineEntryView[] {
  const reading = readCaseFile(toCaseFile(caseIds, parts, zone));
  const place = new Map<string, { arrest: number | null; used: boolean }>();
  for (const fact of reading.accounts) {
    place.set(fact.used.id, { arrest: fact.arrest, used: true });
    for (const other of fact.others) place.set(other.id, { arrest: fact.arrest, used: false });
  }
  const sources = parts['source'] ?? [];
  const entries = [
    ...Object.values(EVENT_KINDS),
    { kind: 'remedyStep', table: 'remedy_step', body: RecordRemedyStepBody },
  ].flatMap(({ kind, table, body }) => {
    const rows = parts[table] ?? [];
    const standing = rows.filter((row) => row['withdrawn_at'] === null);
    return rows.map((row): TimelineEntryView => {
      const found = place.get(String(row['id']));
      const correctedBy = standing.find((one) => one['corrects'] === row['id'])?.['id'];
      const signs =
        table === 'death'
          ? {
              signs: (parts['death_sign'] ?? [])
                .filter((sign) => sign['death_id'] === row['id'])
                .map((sign) => ({ sign: sign['sign'], observer: sign['observer'] })),
            }
          : {};
      const remedy = table === 'remedy_step' ? { remedyId: row['remedy_id'] } : {};
      return {
        id: String(row['id']),
        caseId: String(row['case_id']),
        kind,
        at: textOrNull(row['at_edtf']),
        precision: textOrNull(row['at_precision']),
        until: textOrNull(row['until_edtf']),
        arrest: found?.arrest ?? null,
        used:
          table === 'remedy_step' ? row['withdrawn_at'] === null && correctedBy === undefined : (found?.used ?? false),
        corrects: textOrNull(row['corrects']),
        correctedBy: textOrNull(correctedBy),
        withdrawn:
          row['withdrawn_at'] === null
            ? null
            : {
                at: iso(row['withdrawn_at']),
                by: String(row['withdrawn_by']),
                reason: textOrNull(row['withdrawn_for']),
              },
        source: sourceOf(row, sources),
        details: { ...detailsOf(body, row, reader), ...signs, ...remedy },
        recordedAt: iso(row['recorded_at']),
        recordedBy: String(row['recorded_by']),
      };
    });
  });
  const dated = new Map(entries.map((entry) => [entry.id, entry]));
  const dateOf = (entry: TimelineEntryView) =>
    dateFrom({ at_edtf: entry.at, at_precision: entry.precision, ...boundsOf(parts, entry) }, 'at');
  return [...entries, ...undated(parts, others, reader)].sort((a, b) => {
    const [da, db] = [dated.has(a.id) ? dateOf(a) : null, dated.has(b.id) ? dateOf(b) : null];
    if (da && db)
      return compareEventDates(da, db) || a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id);
    if (da || db) return da ? -1 : 1;
    return a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id);
  });
}

function boundsOf(parts: CaseParts, entry: TimelineEntryView): Row {
  const table = Object.values(EVENT_KINDS).find((kind) => kind.kind === entry.kind)?.table ?? 'remedy_step';
  const row = parts[table]?.find((one) => one['id'] === entry.id) ?? {};
  return { at_earliest: row['at_earliest'], at_latest: row['at_latest'] };
}

/** What has no date of its own stands after the events, in the order it was recorded. */
function undated(parts: CaseParts, others: Annotations, reader: TimelineReader): TimelineEntryView[] {
  const entry = (kind: string, row: Row, details: Row): TimelineEntryView => ({
    id: String(row['id']),
    caseId: String(row['case_id']),
    kind,
    at: null,
    precision: null,
    until: null,
    arrest: null,
    used: true,
    corrects: textOrNull(row['corrects']),
    correctedBy: null,
    withdrawn: null,
    source: null,
    details,
    recordedAt: iso(row['recorded_at']),
    recordedBy: String(row['recorded_by']),
  });
  const notes = others.notes.filter((row) => (row['privileged'] === true ? reader.privileged : reader.identity));
  const amendments = others.amendments.map((row) => {
    const shown = row['restricted'] !== true || reader.identity;
    return entry('amendment', row, {
      field: row['field'],
      before: shown ? (row['before'] ?? null) : null,
      after: shown ? (row['after'] ?? null) : null,
      withheld: !shown,
    });
  });
  return [
    ...(parts['consent'] ?? []).map((row) =>
      entry('consent', row, { use: row['use'], state: row['state'], giver: row['giver'], form: row['form'] }),
    ),
    ...(parts['verification'] ?? []).map((row) => entry('verification', row, { level: row['level'] })),
    ...(parts['account_choice'] ?? []).map((row) => entry('accountChoice', row, { eventId: row['event_id'] })),
    ...notes.map((row) => entry('note', row, { privileged: row['privileged'], text: row['text'] })),
    ...amendments,
  ];
}
