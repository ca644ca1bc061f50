/** The facts of a case that is recorded for the first time, made from its planned rows without asking the database. */
import { lastDayOfKnowledge } from '#lib/custody';
import { dayInZone, eventDate, latestDay } from '#lib/time';
import type { Catalogue } from '../reference/catalogue.js';
import type { OpenCaseBody } from './case.dto.js';
import { toTimelineEvent } from './case-file.js';
import { EVENT_TABLES } from './event-kinds.js';
import type { Row, Rows } from './event-rows.js';
import { usesConsentedTo } from './fact-source.js';
import { factRows } from './facts.js';

/** Where the case is kept, and when it is recorded. */
export interface FirstRecording {
  readonly caseId: string;
  readonly organisationNo: number;
  readonly officeNo: number;
  readonly country: string;
  readonly now: Date;
}

export function firstFacts(
  body: OpenCaseBody,
  person: Row,
  timeline: Rows,
  consents: readonly Row[],
  recording: FirstRecording,
  catalogue: Catalogue,
): Rows {
  const { caseId, organisationNo, officeNo, country, now } = recording;
  const zone = catalogue.zoneOf(country);
  const tables = EVENT_TABLES.filter((table) => (timeline[table]?.length ?? 0) > 0);
  const rows = new Map(
    tables.flatMap((table) => (timeline[table] ?? []).map((row) => [String(row['id']), row] as const)),
  );
  const events = tables.flatMap((table) => (timeline[table] ?? []).map((row) => toTimelineEvent(table, row, [])));
  const informed = body.source.informedOn === undefined ? null : latestDay(eventDate(body.source.informedOn));
  const knownOn = lastDayOfKnowledge([informed ?? dayInZone(now.getTime(), zone)], events);
  return factRows(
    {
      caseId,
      organisationNo,
      officeNo,
      country,
      file: { caseIds: [caseId], events, choices: [], knownOn },
      person: {
        sex: String(person['sex']),
        born: body.person.born === undefined ? null : eventDate(body.person.born),
        ageAtArrest: body.person.ageAtArrest ?? null,
        occupation: String(person['occupation']),
        vulnerabilities: body.person.vulnerabilities ?? [],
      },
      sourceType: body.source.type,
      verification: 'ALLEGED',
      consents: [...usesConsentedTo(consents, dayInZone(now.getTime(), zone))],
      rows,
      signs: timeline['death_sign'] ?? [],
    },
    catalogue,
  );
}
