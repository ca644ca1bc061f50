/**
 * What is written when a case is recorded: every row of every table, its narrow facts and its match keys, planned in
 * memory, then written by one statement. A form import plans the same way, so that both doors agree.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { NeighbouringIds } from '#lib/database';
import type { Catalogue } from '../reference/catalogue.js';
import { IdentityBody, PersonBody, type OpenCaseBody } from './case.dto.js';
import type { PlannedEvent } from './event-kinds.js';
import { mergeRows, rowOf, rowsOfEvent, type RecordedBy, type Row, type Rows } from './event-rows.js';
import { firstFacts } from './first-facts.js';
import { matchPerson, matchRows } from './match-rows.js';
import { newCaseNumber, newPersonCode } from './random-codes.js';
import { consentRow, sourceRows, type ConsentInput } from './source-rows.js';

/** Who records where, and with what. */
export interface RecordingContext {
  readonly catalogue: Catalogue;
  /** Null where nothing is stored of names. */
  readonly matchKey: Buffer | null;
  /** Key of the digests by which a repeat is recognised. */
  readonly recognitionKey: Buffer;
  readonly organisationId: string;
  readonly organisationNo: number;
  readonly acronym: string;
  readonly officeId: string;
  readonly officeNo: number;
  readonly userId: string;
  readonly country: string;
  readonly now: Date;
  readonly jobId: string | null;
}

export interface Recording {
  readonly caseId: string;
  readonly number: string;
  readonly rows: Rows;
}

/** What a form import knows beside the body: the digest it compared, and how each consent was recorded. */
export interface PlanDetails {
  readonly digest?: string;
  readonly consents?: readonly ConsentInput[];
}

/**
 * Digest by which a repeat of the same recording is recognised. It is keyed, so that nobody who has the database can try
 * whether it is the digest of a name they know.
 */
export function contentDigest(key: Buffer, body: OpenCaseBody, events: readonly PlannedEvent[]): Buffer {
  const digest = createHash('sha256')
    .update(JSON.stringify([body, events.map((event) => [event.path, event.body])]))
    .digest();
  return keyedDigest(key, digest);
}

/** A digest that nobody can make without the key. */
export const keyedDigest = (key: Buffer, digest: Uint8Array): Buffer =>
  createHmac('sha256', key).update(digest).digest();

const caseIds = new NeighbouringIds();

/** Plans every row of a new case. The body is taken to be checked (plausibility.ts). */
export function planCase(
  body: OpenCaseBody,
  events: readonly PlannedEvent[],
  context: RecordingContext,
  details: PlanDetails = {},
): Recording {
  const { catalogue, organisationId } = context;
  const [caseId, personId, sourceId] = [caseIds.next(), randomUUID(), randomUUID()];
  const number = newCaseNumber(context.acronym);
  const by = { caseId, recordedAt: context.now.toISOString(), recordedBy: context.userId };
  const digest = details.digest ?? contentDigest(context.recognitionKey, body, events).toString('hex');
  const consents = details.consents ?? body.consents.map((use) => ({ use }));
  const answers = consents.map((consent, position) => consentRow(consent, position, by));
  const person = personRow(body.person, caseId, personId);
  const timeline = timelineRows(body, events, sourceId, by);
  const known = matchPerson(body.person, body.person.identity, body.arrest.at, body.arrest.area, catalogue);
  const owner = { caseId, organisationId, jobId: context.jobId, since: by.recordedAt };
  return {
    caseId,
    number,
    rows: {
      case_file: [fileRow(body, number, digest, by, context)],
      case_number: [{ number, case_id: caseId }],
      external_id:
        body.externalId === undefined
          ? []
          : [{ organisation_id: organisationId, external_id: body.externalId, case_id: caseId }],
      person: [person],
      person_identity: identityRows(body.person.identity, caseId, personId),
      testimony: testimonyRows(body.narrative, by),
      ...sourceRows(body.source, sourceId, by),
      consent: answers,
      ...timeline,
      ...matchRows(known, body.person.identity?.aliases ?? null, context.matchKey, owner),
      ...firstFacts(body, person, timeline, answers, { ...context, caseId }, catalogue),
    },
  };
}

function fileRow(body: OpenCaseBody, number: string, digest: string, by: RecordedBy, context: RecordingContext): Row {
  return {
    id: by.caseId,
    organisation_id: context.organisationId,
    office_id: context.officeId,
    country: context.country,
    number,
    external_id: body.externalId ?? null,
    confidentiality: 'TEAM',
    risk_level: 'UNKNOWN',
    risk_review_on: null,
    monitoring: 'ACTIVE',
    merged_into: null,
    content_digest: `\\x${digest}`,
    version: 1,
    recorded_at: by.recordedAt,
    recorded_by: by.recordedBy,
  };
}

function personRow(person: PersonBody, caseId: string, personId: string): Row {
  const { sex, gender_self, occupation, vulnerabilities, age_at_arrest, age_margin, born_edtf } = rowOf(
    PersonBody,
    person,
  );
  return {
    case_id: caseId,
    id: personId,
    code: newPersonCode(),
    sex,
    gender_self,
    born_edtf,
    age_at_arrest,
    age_margin,
    occupation,
    vulnerabilities,
  };
}

function identityRows(identity: IdentityBody | undefined, caseId: string, personId: string): Row[] {
  if (identity === undefined || Object.values(identity).every((value) => value === undefined)) return [];
  return [{ case_id: caseId, person_id: personId, ...rowOf(IdentityBody, identity) }];
}

function testimonyRows(narrative: string | undefined, by: RecordedBy): Row[] {
  if (narrative === undefined) return [];
  return [
    { case_id: by.caseId, id: randomUUID(), text: narrative, recorded_at: by.recordedAt, recorded_by: by.recordedBy },
  ];
}

function timelineRows(body: OpenCaseBody, events: readonly PlannedEvent[], sourceId: string, by: RecordedBy): Rows {
  const arrest = rowsOfEvent('arrests', { ...body.arrest, sourceId }, randomUUID(), by);
  return mergeRows([
    arrest,
    ...events.map((event) => rowsOfEvent(event.path, { ...event.body, sourceId }, randomUUID(), by)),
  ]);
}
