/** The kinds of event, in one table: the word in the address, in the audit trail and in the timeline, and the body. */
import type { TimelineKind } from '#lib/custody';
import {
  RecordArrestBody,
  RecordChargeBody,
  RecordContactBody,
  RecordCounselBody,
  RecordCustodySpellBody,
  RecordDeathBody,
  RecordHearingBody,
  RecordMeasureBody,
  RecordReleaseBody,
  RecordRemedyBody,
  RecordViolationBody,
} from './events.dto.js';

export interface EventKind {
  readonly kind: TimelineKind;
  readonly table: string;
  readonly body: new () => object;
  readonly audit: string;
}

/** Path segment to kind. */
export const EVENT_KINDS = {
  arrests: { kind: 'arrest', table: 'arrest', body: RecordArrestBody, audit: 'arrest.recorded' },
  'custody-spells': {
    kind: 'custodySpell',
    table: 'custody_spell',
    body: RecordCustodySpellBody,
    audit: 'custody-spell.recorded',
  },
  hearings: { kind: 'hearing', table: 'hearing', body: RecordHearingBody, audit: 'hearing.recorded' },
  measures: { kind: 'measure', table: 'measure', body: RecordMeasureBody, audit: 'measure.recorded' },
  charges: { kind: 'charge', table: 'charge', body: RecordChargeBody, audit: 'charge.recorded' },
  counsel: { kind: 'counsel', table: 'counsel', body: RecordCounselBody, audit: 'counsel.recorded' },
  contacts: { kind: 'contact', table: 'contact', body: RecordContactBody, audit: 'contact.recorded' },
  remedies: { kind: 'remedy', table: 'remedy', body: RecordRemedyBody, audit: 'remedy.recorded' },
  violations: { kind: 'violation', table: 'violation', body: RecordViolationBody, audit: 'violation.recorded' },
  deaths: { kind: 'death', table: 'death', body: RecordDeathBody, audit: 'death.recorded' },
  releases: { kind: 'release', table: 'release', body: RecordReleaseBody, audit: 'release.recorded' },
} as const satisfies Record<string, EventKind>;

export type EventPath = keyof typeof EVENT_KINDS;
export const EVENT_PATHS = Object.keys(EVENT_KINDS) as EventPath[];

export const EVENT_TABLES = Object.values(EVENT_KINDS).map((kind) => kind.table);

/** An event to record with a case: the path of its kind and its body. */
export interface PlannedEvent {
  readonly path: EventPath;
  readonly body: object;
}

/** Table to kind, for reading. */
export const KIND_OF_TABLE = Object.fromEntries(
  Object.values(EVENT_KINDS).map((entry) => [entry.table, entry.kind]),
) as Readonly<Record<string, TimelineKind>>;
