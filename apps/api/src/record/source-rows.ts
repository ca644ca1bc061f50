/** Rows of a source and of consent: who told it, and to which uses they agreed. */
import { randomUUID } from 'node:crypto';
import { dateColumns, rowOf, type RecordedBy, type Row, type Rows } from './event-rows.js';
import { RecordSourceBody } from './source.dto.js';

/** A source and, apart from it, who it is. */
export function sourceRows(source: RecordSourceBody, sourceId: string, by: RecordedBy): Rows {
  const { name, phone, address, ...graded } = rowOf(RecordSourceBody, source);
  const known = name !== null || phone !== null || address !== null;
  return {
    source: [{ case_id: by.caseId, id: sourceId, ...graded, recorded_at: by.recordedAt, recorded_by: by.recordedBy }],
    source_contact: known ? [{ case_id: by.caseId, source_id: sourceId, name, phone, address }] : [],
  };
}

/** One answer to one use, as a form or a person records it. */
export interface ConsentInput {
  readonly use: string;
  readonly state?: string;
  readonly giver?: string;
  readonly form?: string;
  readonly language?: string;
  readonly givenOn?: string;
  readonly expiresOn?: string;
}

export function consentRow(consent: ConsentInput, position: number, by: RecordedBy): Row {
  return {
    case_id: by.caseId,
    id: randomUUID(),
    position,
    use: consent.use,
    state: consent.state ?? 'GIVEN',
    giver: consent.giver ?? 'UNKNOWN',
    form: consent.form ?? 'UNKNOWN',
    language: consent.language ?? null,
    ...dateColumns('given', consent.givenOn),
    expires_on: consent.expiresOn ?? null,
    recorded_at: by.recordedAt,
    recorded_by: by.recordedBy,
  };
}
