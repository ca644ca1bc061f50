/**
 * The narrow rows that figures are counted from, made from the reading of one person's files. Pure: the same events give
 * the same rows, so they can be thrown away and rebuilt (`npm run admin -- facts rebuild`), and a test holds both equal.
 */
import {
  countedArrests,
  readCaseFile,
  type CountedArrest,
  type DaySpan,
  type Reading,
  type StateChange,
} from '#lib/custody';
import { dayOfMinute, earliestDay, epochMilliseconds, latestDay } from '#lib/time';
import { UNKNOWN_ID, type Catalogue } from '../reference/catalogue.js';
import { ageBandAt } from './age-bands.js';
import { deathRow, eventFacts } from './event-facts.js';
import type { Row, Rows } from './event-rows.js';
import { ALWAYS, code, codes, from, levels, monthNumber, NEVER, span, to } from './fact-columns.js';
import type { FactSource } from './fact-source.js';

const MINUTE = 60_000;

/** Every fact row of one person, by table. */
export function factRows(source: FactSource, catalogue: Catalogue): Rows {
  const reading = readCaseFile(source.file);
  const arrests = countedArrests(reading, source.file);
  return {
    fact_arrest: arrests.map((arrest) => arrestRow(source, catalogue, arrest, reading)),
    fact_state: arrests.flatMap((arrest) => stateRows(source, catalogue, arrest)),
    ...eventFacts(source, catalogue, reading),
    fact_death: deathRow(source, catalogue, reading),
  };
}

function arrestRow(source: FactSource, catalogue: Catalogue, arrest: CountedArrest, reading: Reading): Row {
  const { country } = source;
  const zone = catalogue.zoneOf(country);
  const row = source.rows.get(arrest.eventId);
  const id = (vocabulary: string, value: string): number => catalogue.idOf(vocabulary, value, country);
  const mask = (vocabulary: string, list: readonly string[]): string =>
    catalogue.maskOf(vocabulary, list, country).toString();
  const bases = [
    ...new Set([...codes(row?.['bases']), ...codes(row?.['bases_stated']), ...codes(row?.['bases_observed'])]),
  ];
  const charges = [...new Set([...codes(row?.['charges_at_arrest']), ...arrest.charges])];
  return {
    case_id: source.caseId,
    arrest_no: arrest.arrest,
    organisation_no: source.organisationNo,
    office_no: source.officeNo,
    country: catalogue.country(country)?.no ?? 0,
    latest: arrest.arrest === reading.arrests.length - 1,
    ...instants(arrest, row, zone),
    ...span('judge', arrest.judge),
    ...span('release', arrest.release),
    ...span('next', arrest.next),
    ...span('death', deathOf(reading)),
    known_on: from(arrest.knownOn),
    month: monthNumber(arrest),
    ...levels(catalogue, code(row, 'area')),
    legal_ground: id('ARREST_LEGAL', arrest.legalGround),
    setting: id('ARREST_SETTING', code(row, 'setting')),
    emergency_regime: id('EMERGENCY_REGIME', code(row, 'emergency_regime')),
    sex: id('SEX', source.person.sex),
    age_band: id('AGE_BAND', ageBandAt(arrest, source.person.born, source.person.ageAtArrest)),
    occupation: id('OCCUPATION', source.person.occupation),
    source_type: id('SOURCE_TYPE', source.sourceType),
    verification: id('VERIFICATION', source.verification),
    bases: mask('ARREST_BASIS', bases),
    forces: mask('FORCE', codes(row?.['forces'])),
    vulnerabilities: mask('VULNERABILITY', source.person.vulnerabilities),
    charges: mask('CHARGE', charges),
    consents: mask('CONSENT_USE', source.consents),
    ...stateColumns('stage', arrest.stages, (value) => id('STAGE', value)),
    ...stateColumns('measure', arrest.measures, (value) => id('MEASURE', value)),
    ...stateColumns('counsel', arrest.counsel, (value) => id('LEGAL_AID', value)),
    ...stateColumns('place', arrest.places, (value) => catalogue.placeNo(value) ?? UNKNOWN_ID),
  };
}

/**
 * The death stands with every arrest, not only with the one that it followed: whoever died is held under none, also where
 * accounts disagree on the order (`leavingOf` decides what it means for each). `fact_death` counts it once.
 */
const deathOf = ({ death }: Reading): DaySpan | null =>
  death && { earliest: earliestDay(death.at), latest: latestDay(death.at) };

function instants(arrest: CountedArrest, row: Row | undefined, zone: string): Row {
  const exact = row?.['at_precision'] === 'EXACT_TIME';
  const until = arrest.latest === null ? null : epochMilliseconds(arrest.latest, zone) + (exact ? 0 : MINUTE);
  return {
    arrested_from: arrest.earliest === null ? ALWAYS : new Date(epochMilliseconds(arrest.earliest, zone)).toISOString(),
    arrested_until: until === null ? NEVER : new Date(until).toISOString(),
    arrested_on: from(arrest.earliest && dayOfMinute(arrest.earliest)),
    arrested_by: to(arrest.latest && dayOfMinute(arrest.latest)),
  };
}

/** The latest state and since when; the earlier ones go to fact_state. */
function stateColumns(name: string, changes: readonly StateChange[], idOf: (code: string) => number): Row {
  const last = changes.at(-1);
  return { [name]: last ? idOf(last.code) : idOf('UNKNOWN'), [`${name}_since`]: from(last?.since) };
}

/** All states but the latest; a figure "as of" an earlier day looks here. */
function stateRows(source: FactSource, catalogue: Catalogue, arrest: CountedArrest): Row[] {
  const id = (vocabulary: string) => (value: string) => catalogue.idOf(vocabulary, value, source.country);
  const kinds: readonly [string, readonly StateChange[], (value: string) => number][] = [
    ['stage', arrest.stages, id('STAGE')],
    ['measure', arrest.measures, id('MEASURE')],
    ['counsel', arrest.counsel, id('LEGAL_AID')],
    ['place', arrest.places, (value) => catalogue.placeNo(value) ?? UNKNOWN_ID],
  ];
  return kinds.flatMap(([kind, changes, idOf]) =>
    changes.slice(0, -1).map((change, position) => ({
      case_id: source.caseId,
      arrest_no: arrest.arrest,
      kind,
      position,
      since: from(change.since),
      code: idOf(change.code),
    })),
  );
}
