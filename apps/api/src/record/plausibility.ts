/** Whether a well-formed case can be as it is described: its codes exist, and its dates can be in this order. */
import { sequenceFaults, type CaseFile, type TimelineEvent } from '#lib/custody';
import { pointerTo, type Fault } from '#lib/problem';
import { dayInZone, eventDate } from '#lib/time';
import type { Catalogue } from '../reference/catalogue.js';
import { OpenCaseBody } from './case.dto.js';
import { toTimelineEvent } from './case-file.js';
import { codeFaults } from './code-check.js';
import { EVENT_KINDS, type PlannedEvent } from './event-kinds.js';
import { eventRow } from './event-rows.js';

/** The country in which a case is: that of the area of its arrest, else the default given. */
export function countryOf(body: OpenCaseBody, catalogue: Catalogue, fallback: string): string {
  return catalogue.area(body.arrest.area)?.country ?? fallback;
}

/** Faults of a well-formed case: unknown codes, and dates that cannot be in this order. Values are never repeated. */
export function caseFaults(
  body: OpenCaseBody,
  events: readonly PlannedEvent[],
  country: string,
  catalogue: Catalogue,
  now: Date,
): Fault[] {
  const unknown = [
    ...codeFaults(catalogue, OpenCaseBody, body, country),
    ...events.flatMap((event, index) =>
      codeFaults(catalogue, EVENT_KINDS[event.path].body, event.body, country, ['events', index]),
    ),
  ];
  return unknown.length > 0
    ? unknown
    : orderFaults(body, events, dayInZone(now.getTime(), catalogue.zoneOf(country)), now);
}

const EMPTY_FILE: CaseFile = { caseIds: ['new'], events: [], choices: [], knownOn: null };

function orderFaults(body: OpenCaseBody, events: readonly PlannedEvent[], today: string, now: Date): Fault[] {
  const by = { caseId: 'new', recordedAt: now.toISOString(), recordedBy: 'new' };
  const candidates: TimelineEvent[] = [
    toTimelineEvent('arrest', eventRow(EVENT_KINDS.arrests, 'arrest', body.arrest, by), []),
    ...events.map(({ path, body: said }, index) =>
      toTimelineEvent(EVENT_KINDS[path].table, eventRow(EVENT_KINDS[path], `event-${index}`, said, by), []),
    ),
  ];
  const born = body.person.born === undefined ? null : eventDate(body.person.born);
  return sequenceFaults(EMPTY_FILE, candidates, { today, born }).map((fault) => {
    const index = fault.eventId === 'arrest' ? null : Number(fault.eventId.slice('event-'.length));
    const birth = fault.otherKind === 'birth';
    const pointer = birth
      ? '/person/born'
      : index === null
        ? `/arrest/${fault.field}`
        : pointerTo('events', index, fault.field);
    return { pointer, code: fault.code, detail: fault.sentences.en };
  });
}
