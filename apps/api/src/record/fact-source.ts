/** Gathers what the facts of one person are made from, out of everything recorded in the person's files. */
import type { CaseFile } from '#lib/custody';
import type { EventDate } from '#lib/time';
import { bornOf, byRecording, rowsIn, toCaseFile, type CaseParts } from './case-file.js';
import { EVENT_TABLES } from './event-kinds.js';
import type { Row } from './event-rows.js';

/** A file of a person, and where it counts. */
export interface PersonFile {
  readonly id: string;
  readonly country: string;
  readonly officeNo: number;
  readonly organisationNo: number;
  /** When its keys were destroyed; then nothing is read from it any more. */
  readonly erasedAt?: Date | null;
}

/** What the facts of one person need beside the timeline: coded columns of the rows, and the state of the file. */
export interface FactSource {
  /** The kept file's id: facts of a merged person stand under it. */
  readonly caseId: string;
  readonly organisationNo: number;
  readonly officeNo: number;
  readonly country: string;
  readonly file: CaseFile;
  readonly person: {
    readonly sex: string;
    readonly born: EventDate | null;
    readonly ageAtArrest: number | null;
    readonly occupation: string;
    readonly vulnerabilities: readonly string[];
  };
  readonly sourceType: string;
  readonly verification: string;
  /** Uses with consent in force. */
  readonly consents: readonly string[];
  /** Rows of the event tables by id. */
  readonly rows: ReadonlyMap<string, Row>;
  readonly signs: readonly Row[];
}

const UNKNOWN = new Set(['UNKNOWN', 'NOT_ASKED', 'REFUSED', 'NOT_APPLICABLE']);

/** The uses to which the answers of one file consent: the latest one is GIVEN and has not run out. */
export function usesConsentedTo(answers: readonly Row[], today: string): ReadonlySet<string> {
  const latest = new Map(answers.toSorted(byRecording).map((row) => [String(row['use']), row] as const));
  const holds = ({ state, expires_on: last }: Row): boolean =>
    state === 'GIVEN' && (typeof last !== 'string' || last >= today);
  return new Set([...latest].filter(([, row]) => holds(row)).map(([use]) => use));
}

/** A use holds for a merged person only where every file has it: whoever spoke did not speak for the other. */
function consentsInForce(parts: CaseParts, caseIds: readonly string[], today: string): readonly string[] {
  const [first, ...others] = caseIds.map((id) =>
    usesConsentedTo(
      rowsIn(parts, 'consent').filter((row) => row['case_id'] === id),
      today,
    ),
  );
  return [...(first ?? [])].filter((use) => others.every((set) => set.has(use)));
}

/**
 * @param files the files of the person, the kept one first
 * @param today the day in the zone on which consents must hold
 */
export function factSource(files: readonly PersonFile[], parts: CaseParts, zone: string, today: string): FactSource {
  const kept = files[0];
  if (!kept) throw new Error('a person has at least one file');
  const caseIds = files.map((file) => file.id);
  const people = caseIds.flatMap((id) => rowsIn(parts, 'person').filter((row) => row['case_id'] === id));
  // What the kept file does not know, an absorbed one may.
  const known = (column: string): string =>
    String(
      people.map((row) => row[column]).find((value) => typeof value === 'string' && !UNKNOWN.has(value)) ??
        people[0]?.[column] ??
        'UNKNOWN',
    );
  const list = (column: string): readonly string[] =>
    people.map((row) => row[column] as string[] | null).find((value) => (value?.length ?? 0) > 0) ?? [];
  const verification = rowsIn(parts, 'verification')
    .filter((row) => row['case_id'] === kept.id)
    .toSorted(byRecording)
    .at(-1);
  const source = rowsIn(parts, 'source')
    .filter((row) => row['case_id'] === kept.id)
    .toSorted(byRecording)[0];
  return {
    caseId: kept.id,
    organisationNo: kept.organisationNo,
    officeNo: kept.officeNo,
    country: kept.country,
    file: toCaseFile(caseIds, parts, zone),
    person: {
      sex: known('sex'),
      born: people.map(bornOf).find((date) => date !== null) ?? null,
      ageAtArrest:
        (people.map((row) => row['age_at_arrest']).find((age) => typeof age === 'number') as number | undefined) ??
        null,
      occupation: known('occupation'),
      vulnerabilities: list('vulnerabilities'),
    },
    sourceType: String(source?.['type'] ?? 'UNKNOWN'),
    verification: String(verification?.['level'] ?? 'ALLEGED'),
    consents: consentsInForce(parts, caseIds, today),
    rows: new Map(
      EVENT_TABLES.flatMap((table) => rowsIn(parts, table).map((row) => [String(row['id']), row] as const)),
    ),
    signs: rowsIn(parts, 'death_sign'),
  };
}
