/**
 * Told people, twice: as rows of the record, written beside the service, and as the case file that libs/custody reads.
 * Both are made from the telling, so that what the service makes of the rows can be held against the library.
 */
import { randomUUID } from 'node:crypto';
import type { CaseFile, TimelineEvent, TimelineKind } from '#lib/custody';
import { OFFICES, ORGANISATIONS, idOf, type TestDatabase } from '#lib/testing';
import { dayInZone, earliestDay, eventDate } from '#lib/time';
import type { ToldEvent, ToldPerson } from './any-person.js';

type Row = Readonly<Record<string, unknown>>;

const TABLES: Readonly<
  Record<TimelineKind, { readonly table: string; readonly code: string | null; readonly more: Row }>
> = {
  arrest: { table: 'arrest', code: 'legal_ground', more: { setting: 'UNKNOWN', emergency_regime: 'UNKNOWN' } },
  custodySpell: { table: 'custody_spell', code: 'place', more: { place_type: 'UNKNOWN' } },
  hearing: {
    table: 'hearing',
    code: 'stage',
    more: Object.fromEntries(
      'judge_identity_reserved facts_individualised last_word_used counsel_met_before ties_documents_accepted secrecy_total'
        .split(' ')
        .map((name) => [name, 'UNKNOWN']),
    ),
  },
  measure: { table: 'measure', code: 'measure', more: {} },
  charge: { table: 'charge', code: 'charge', more: { role: 'UNKNOWN' } },
  counsel: {
    table: 'counsel',
    code: 'legal_aid',
    more: { met_before_hearing: 'UNKNOWN', file_access: 'UNKNOWN', notified: 'UNKNOWN', could_speak: 'UNKNOWN' },
  },
  contact: { table: 'contact', code: 'contact', more: {} },
  remedy: { table: 'remedy', code: 'remedy', more: { status: 'FILED' } },
  violation: { table: 'violation', code: 'violation', more: { grade: 'UNKNOWN' } },
  death: {
    table: 'death',
    code: null,
    more: Object.fromEntries(
      'manner_official manner_assessed class_assessed cause_official cause_assessed area place_of_death status_at_death_stated burial how_family_learned inquiry official_position mismatch'
        .split(' ')
        .map((name) => [name, 'UNKNOWN']),
    ),
  },
  release: { table: 'release', code: 'release', more: {} },
};

/** When the event of this number was recorded: a minute after the one before, on a day in the middle of things. */
const recordedAt = (index: number): string => new Date(Date.UTC(2022, 4, 5, 18, index)).toISOString();

const dateColumns = (prefix: string, edtf: string | undefined): Row => {
  if (edtf === undefined) return {};
  const date = eventDate(edtf);
  return {
    [`${prefix}_edtf`]: date.edtf,
    [`${prefix}_precision`]: date.precision,
    [`${prefix}_earliest`]: date.earliest,
    [`${prefix}_latest`]: date.latest,
  };
};

/** One told person with ids, on record under the ids of the files. */
export interface RecordedPerson {
  readonly told: ToldPerson;
  /** The kept file first. */
  readonly caseIds: readonly string[];
  readonly area: string;
  readonly file: CaseFile;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

/** Gives a told person ids, files and an area of its own. */
export function recorded(told: ToldPerson, area: string, country: string, zone: string): RecordedPerson {
  const caseIds = told.sources.map(() => randomUUID());
  const ids = told.events.map(() => randomUUID());
  const idAt = (index: number | undefined): string | null => (index === undefined ? null : (ids[index] ?? null));
  const by = idOf('caseworker');
  const rows: Record<string, Row[]> = {};
  const add = (table: string, row: Row): void => void (rows[table] ??= []).push(row);

  caseIds.forEach((id, index) => {
    add('case_file', {
      ...{
        id,
        country,
        organisation_id: ORGANISATIONS.house.id,
        office_id: OFFICES.central.id,
        number: id.slice(0, 8),
      },
      ...{ confidentiality: 'TEAM', risk_level: 'UNKNOWN', monitoring: 'ACTIVE', version: 1, recorded_by: by },
      ...{ merged_into: index === 0 ? null : caseIds[0], recorded_at: recordedAt(index) },
    });
    add('person', {
      case_id: id,
      id: randomUUID(),
      code: `P-${id.slice(0, 8)}`,
      sex: 'F',
      occupation: 'UNKNOWN',
      vulnerabilities: [],
    });
    for (const informed of told.sources[index] ?? []) {
      add('source', {
        ...{ case_id: id, id: randomUUID(), type: 'RELATIVE', relation: 'UNKNOWN', reliability: 'F', credibility: '6' },
        ...{ ...dateColumns('informed', informed ?? undefined), recorded_at: recordedAt(index), recorded_by: by },
      });
    }
  });
  told.events.forEach((event, index) => {
    for (const [table, row] of rowsOf(event, ids[index] ?? '', index, caseIds[event.file] ?? '', idAt, area))
      add(table, row);
  });
  if (told.choice !== null) {
    const [caseId, id] = [caseIds[told.events[told.choice]?.file ?? 0], randomUUID()];
    add('account_choice', {
      case_id: caseId,
      id,
      event_id: idAt(told.choice),
      reason: 'v1:spec',
      recorded_at: recordedAt(60),
      recorded_by: by,
    });
  }
  return { told, caseIds, area, rows, file: fileOf(told, caseIds, ids, zone) };
}

function rowsOf(
  event: ToldEvent,
  id: string,
  index: number,
  caseId: string,
  idAt: (index: number | undefined) => string | null,
  area: string,
): readonly (readonly [string, Row])[] {
  const { table, code, more } = TABLES[event.kind];
  const by = idOf('caseworker');
  const row: Row = {
    ...more,
    ...{ case_id: caseId, id, recorded_at: recordedAt(index), recorded_by: by, corrects: idAt(event.corrects) },
    ...dateColumns('at', event.at),
    ...(code === null ? {} : { [code]: event.code }),
    ...(event.kind === 'arrest'
      ? { area, bases: [], forces: [], previous_arrest_id: idAt(event.previous) }
      : { arrest_id: idAt(event.of) }),
    ...(event.kind === 'hearing' ? { mode: event.mode } : {}),
    ...(event.withdrawn ? { withdrawn_at: recordedAt(59), withdrawn_by: by } : {}),
  };
  const steps = (event.steps ?? []).map((step, place): readonly [string, Row] => [
    'remedy_step',
    {
      ...{ case_id: caseId, id: randomUUID(), remedy_id: id, status: step.status, ...dateColumns('at', step.at) },
      ...{ recorded_at: recordedAt(30 + place), recorded_by: by },
    },
  ]);
  return [[table, row], ...steps];
}

const SHOWS_HELD: ReadonlySet<TimelineKind> = new Set(['hearing', 'custodySpell', 'measure']);

/**
 * The last day on which the state was known: what the sources say of themselves, else the day they were recorded, and
 * every day on which the record shows the person held (briefing; survival.md §1).
 */
function knownOn(told: ToldPerson, zone: string): string | null {
  const sources = told.sources.flatMap((days, index) => days.map((day) => day ?? dayInZone(recordedAt(index), zone)));
  const held = told.events
    .filter((event) => SHOWS_HELD.has(event.kind) && !event.withdrawn)
    .flatMap((event) => earliestDay(eventDate(event.at)) ?? []);
  return [...sources, ...held].sort().at(-1) ?? null;
}

function fileOf(told: ToldPerson, caseIds: readonly string[], ids: readonly string[], zone: string): CaseFile {
  const idAt = (index: number | undefined): string | null => (index === undefined ? null : (ids[index] ?? null));
  const events = told.events.map((event, index): TimelineEvent => {
    const base = {
      ...{ id: ids[index] ?? '', caseId: caseIds[event.file] ?? '', at: eventDate(event.at), until: null },
      ...{ arrestId: idAt(event.of), corrects: idAt(event.corrects), withdrawn: event.withdrawn ?? false },
      ...{ recordedAt: recordedAt(index), sourceId: null },
    };
    switch (event.kind) {
      case 'arrest':
        return { ...base, kind: 'arrest', legalGround: event.code, previousArrestId: idAt(event.previous) };
      case 'custodySpell':
        return { ...base, kind: 'custodySpell', place: event.code };
      case 'hearing':
        return { ...base, kind: 'hearing', stage: event.code, mode: event.mode ?? 'UNKNOWN' };
      case 'measure':
        return { ...base, kind: 'measure', measure: event.code };
      case 'charge':
        return { ...base, kind: 'charge', charge: event.code };
      case 'counsel':
        return { ...base, kind: 'counsel', legalAid: event.code };
      case 'contact':
        return { ...base, kind: 'contact', contact: event.code };
      case 'remedy':
        return {
          ...base,
          kind: 'remedy',
          remedy: event.code,
          steps: (event.steps ?? []).map(({ status, at }) => ({ status, at: eventDate(at) })),
        };
      case 'violation':
        return { ...base, kind: 'violation', violation: event.code };
      case 'death':
        return { ...base, kind: 'death' };
      case 'release':
        return { ...base, kind: 'release', release: event.code };
    }
  });
  const choices = told.choice === null ? [] : [{ eventId: idAt(told.choice) ?? '', decidedAt: recordedAt(60) }];
  return { caseIds, events, choices, knownOn: knownOn(told, zone) };
}

const ORDER =
  'case_file person source arrest custody_spell hearing measure charge counsel contact remedy remedy_step violation death release account_choice'.split(
    ' ',
  );

/** Puts people on record by plain SQL: no validation stands in the way of what a file may hold. */
export async function insertPeople({ sql }: TestDatabase, people: readonly RecordedPerson[]): Promise<void> {
  for (const table of ORDER) {
    const rows = people.flatMap((person) => person.rows[table] ?? []);
    if (rows.length === 0) continue;
    await sql(`insert into ${table} select r.* from jsonb_populate_recordset(null::${table}, $1::jsonb) r`, [
      JSON.stringify(rows),
    ]);
  }
}
