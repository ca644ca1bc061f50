/**
 * How the examples tell a timeline: one short line per event, the rest filled in. Used by specs only.
 *
 *   - { arrest: 2022-04-03, ground: NONE }
 *   - { hearing: 2022-04-18, code: MEASURES_HEARING, mode: VIDEO }
 *   - { release: 2022-05-01, code: RELEASED_MEASURES, of: arrest-1 }
 *
 * An event's id is its kind and its place among those of its kind (`hearing-2`), unless `id` says otherwise. `of` names
 * its arrest, `file` the file it was recorded in (default `kept`), `corrects` the event it replaces.
 */
import { eventDate } from '#lib/time';
import { TIMELINE_KINDS, type CaseFile, type TimelineEvent, type TimelineKind } from '../src/types.js';

export type ToldEvent = Partial<Readonly<Record<TimelineKind, string>>> & {
  readonly id?: string;
  readonly file?: string;
  readonly until?: string;
  /** The code of the kind: a STAGE, a place, a MEASURE, a CHARGE, a LEGAL_AID, a CONTACT, a REMEDY, an OUTCOME. */
  readonly code?: string;
  readonly mode?: string;
  readonly ground?: string;
  readonly previous?: string;
  readonly of?: string;
  readonly corrects?: string;
  readonly withdrawn?: boolean;
  readonly recorded?: string;
  readonly steps?: readonly { readonly status: string; readonly at: string }[];
};

export interface ToldFile {
  readonly timeline: readonly ToldEvent[];
  /** The kept file first. */
  readonly files?: readonly string[];
  readonly knownOn?: string | null;
  readonly choices?: readonly { readonly eventId: string; readonly decidedAt: string }[];
}

/** The events of a told timeline; unless said otherwise each was recorded a minute after the one before. */
export function toldEvents(timeline: readonly ToldEvent[]): readonly TimelineEvent[] {
  const seen = new Map<TimelineKind, number>();
  return timeline.map((told, index) => {
    const kind = TIMELINE_KINDS.find((candidate) => told[candidate] !== undefined);
    if (kind === undefined) throw new RangeError(`line ${index + 1} of the timeline names no kind of event`);
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    const recordedAt = told.recorded ?? new Date(Date.UTC(2023, 0, 1, 0, index)).toISOString();
    return toldEvent(kind, { id: `${kind}-${number}`, recorded: recordedAt, ...told });
  });
}

/** A told file; without `knownOn` its state was known to the end of 2023. */
export function toldFile({
  timeline,
  files = ['kept', 'absorbed'],
  knownOn = '2023-12-31',
  choices = [],
}: ToldFile): CaseFile {
  return { caseIds: files, events: toldEvents(timeline), choices, knownOn };
}

function toldEvent(kind: TimelineKind, told: ToldEvent): TimelineEvent {
  const base = {
    id: told.id ?? kind,
    caseId: told.file ?? 'kept',
    // YAML reads a bare year as a number.
    at: eventDate(String(told[kind] ?? 'XXXX')),
    until: told.until === undefined ? null : eventDate(told.until),
    arrestId: told.of ?? null,
    corrects: told.corrects ?? null,
    withdrawn: told.withdrawn ?? false,
    recordedAt: told.recorded ?? '2023-01-01T00:00:00.000Z',
    sourceId: null,
  };
  const code = told.code ?? 'UNKNOWN';
  switch (kind) {
    case 'arrest':
      return { ...base, kind, previousArrestId: told.previous ?? null, legalGround: told.ground ?? 'UNKNOWN' };
    case 'custodySpell':
      return { ...base, kind, place: code };
    case 'hearing':
      return { ...base, kind, stage: told.code ?? 'MEASURES_HEARING', mode: told.mode ?? 'IN_PERSON' };
    case 'measure':
      return { ...base, kind, measure: code };
    case 'charge':
      return { ...base, kind, charge: code };
    case 'counsel':
      return { ...base, kind, legalAid: code };
    case 'contact':
      return { ...base, kind, contact: code };
    case 'remedy': {
      const steps = (told.steps ?? []).map(({ status, at }) => ({ status, at: eventDate(at) }));
      return { ...base, kind, remedy: told.code ?? 'HABEAS_CORPUS', steps };
    }
    case 'violation':
      return { ...base, kind, violation: code };
    case 'death':
      return { ...base, kind };
    case 'release':
      return { ...base, kind, release: told.code ?? 'RELEASED_MEASURES' };
  }
}
