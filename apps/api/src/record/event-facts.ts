/** Facts of hearings, petitions, releases, violations and the death, each under the arrest it belongs to. */
import {
  countedDeath,
  countedHearings,
  countedRemedies,
  countedViolations,
  endsCustody,
  type Reading,
} from '#lib/custody';
import { dayOfMinute, type EventDate } from '#lib/time';
import type { Catalogue } from '../reference/catalogue.js';
import type { Row, Rows } from './event-rows.js';
import { code, codes, from, levels, monthNumber, span } from './fact-columns.js';
import type { FactSource } from './fact-source.js';

/** Class of a hearing by how many defendants shared it (taxonomy.md §5.2). */
export function hearingSizeOf(defendants: number | null): string {
  if (defendants === null) return 'UNKNOWN';
  if (defendants === 1) return 'INDIVIDUAL';
  if (defendants <= 20) return 'GROUP';
  return defendants <= 100 ? 'LARGE' : 'MASS';
}

interface Placed {
  readonly arrest: number | null;
}

/** Facts that belong to no arrest certainly came before the first one and are kept in the record only. */
const placed = <T extends Placed>(facts: readonly T[]): (T & { readonly arrest: number })[] =>
  facts.filter((fact): fact is T & { readonly arrest: number } => fact.arrest !== null);

export function eventFacts(source: FactSource, catalogue: Catalogue, reading: Reading): Rows {
  const { country, caseId } = source;
  const id = (vocabulary: string, value: string): number => catalogue.idOf(vocabulary, value, country);
  const head = (fact: { readonly arrest: number }, position: number): Row => ({
    case_id: caseId,
    arrest_no: fact.arrest,
    position,
  });
  return {
    fact_hearing: placed(countedHearings(reading)).map((hearing, position) => {
      const row = source.rows.get(hearing.eventId);
      const defendants = typeof row?.['defendants'] === 'number' ? row['defendants'] : null;
      return {
        ...head(hearing, position),
        ...span('held', hearing),
        stage: id('STAGE', hearing.stage),
        mode: id('HEARING_MODE', hearing.mode),
        size: id('HEARING_SIZE', hearingSizeOf(defendants)),
        defendants: defendants ?? 0,
      };
    }),
    fact_remedy: placed(countedRemedies(reading)).map((remedy, position) => ({
      ...head(remedy, position),
      ...span('filed', remedy),
      remedy: id('REMEDY', remedy.remedy),
      status: id('REMEDY_STATUS', remedy.status),
      status_since: from(remedy.steps.at(-1)?.earliest ?? remedy.earliest),
    })),
    fact_remedy_step: placed(countedRemedies(reading)).flatMap((remedy, position) =>
      remedy.steps.map((step, index) => ({
        ...head(remedy, position),
        step: index,
        since: from(step.earliest),
        status: id('REMEDY_STATUS', step.status),
      })),
    ),
    fact_release: releases(reading).map((release, position) => ({
      ...head(release, position),
      ...span('released', release),
      release: id('OUTCOME', release.code),
      leaves: release.leaves,
    })),
    fact_violation: placed(countedViolations(reading)).map((violation, position) => ({
      ...head(violation, position),
      ...span('happened', violation),
      violation: id('VIOLATION', violation.violation),
      forces: catalogue.maskOf('FORCE', codes(source.rows.get(violation.eventId)?.['forces']), country).toString(),
    })),
  };
}

interface ReleaseFact {
  readonly arrest: number;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly code: string;
  readonly leaves: boolean;
}

function releases(reading: Reading): ReleaseFact[] {
  const days = (at: EventDate): { earliest: string | null; latest: string | null } => ({
    earliest: at.earliest && dayOfMinute(at.earliest),
    latest: at.latest && dayOfMinute(at.latest),
  });
  return reading.accounts.flatMap(({ used, arrest }) =>
    used.kind === 'release' && arrest !== null
      ? [{ arrest, code: used.release, leaves: endsCustody(used.release), ...days(used.at) }]
      : [],
  );
}

export function deathRow(source: FactSource, catalogue: Catalogue, reading: Reading): Row[] {
  const death = countedDeath(reading);
  if (death === null) return [];
  const row = source.rows.get(death.eventId);
  const id = (vocabulary: string, column: string): number =>
    catalogue.idOf(vocabulary, code(row, column), source.country);
  const signs = source.signs.filter((sign) => sign['death_id'] === death.eventId).map((sign) => String(sign['sign']));
  return [
    {
      case_id: source.caseId,
      arrest_no: death.arrest ?? 0,
      ...span('died', death),
      manner_official: id('MANNER', 'manner_official'),
      manner_assessed: id('MANNER', 'manner_assessed'),
      class_assessed: id('ASSESSED_CLASS', 'class_assessed'),
      cause_official: id('CAUSE_GROUP', 'cause_official'),
      cause_assessed: id('CAUSE_GROUP', 'cause_assessed'),
      area1: Number(levels(catalogue, code(row, 'area'))['area1']),
      place_of_death: id('PLACE_OF_DEATH', 'place_of_death'),
      month: monthNumber(death),
      status_at_death: catalogue.idOf('STATUS_AT_DEATH', death.statusAtDeath, source.country),
      status_stated: id('STATUS_AT_DEATH', 'status_at_death_stated'),
      mismatch: id('MISMATCH', 'mismatch'),
      documents: catalogue.maskOf('DEATH_DOCUMENT', codes(row?.['documents']), source.country).toString(),
      signs: catalogue.maskOf('SIGN', [...new Set(signs)], source.country).toString(),
    },
  ];
}
