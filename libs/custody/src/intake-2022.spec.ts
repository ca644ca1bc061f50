/**
 * The whole library on the sample file: 2,471 rows of a field form, synthetic, with rows to refuse, duplicates and
 * imprecise dates on purpose. Every figure that depends on the timeline comes out as the reference says.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { parseLocalDate, UNKNOWN_DATE, type DateSpelling, type EventDate } from '#lib/time';
import { countedArrests, countedDeath, countedReleases, countedRemedies } from './counted.js';
import { readCaseFile, type Reading } from './reading.js';
import { sequenceFaults } from './sequence.js';
import type { CaseFile, TimelineEvent } from './types.js';
import { verdict, type Limit } from './verdict.js';
import { daysHeld, waitOf, type Wait } from './waits.js';

type Row = Readonly<Record<string, string>>;

interface Expected {
  readonly cut_off: string;
  readonly accepted_cases: number;
  readonly duplicate_pairs: readonly (readonly [string, string])[];
  readonly deaths_total: number;
  readonly deaths_day_precision: number;
  readonly died_before_seeing_judge: number;
  readonly released_total: number;
  readonly person_days_in_custody_day_precision: number;
  readonly habeas_filed: number;
  readonly habeas_by_status: Readonly<Record<string, number>>;
  readonly excluded_imprecise_arrest_date: number;
  readonly time_to_judge_day_precision: {
    readonly n: number;
    readonly events: number;
    readonly curve: readonly (readonly [number, number, number, number])[];
  };
  readonly verdict_72h: Readonly<Record<string, number>>;
  readonly verdict_15d: Readonly<Record<string, number>>;
}

const ZONE = 'America/El_Salvador';
const SPELLINGS: readonly DateSpelling[] = ['ISO', 'D/M/Y', 'M/Y', 'MONTH_NAME_ES'];
const IMPORTED_ON = '2026-11-21';

const samples = new URL('../../../samples/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('intake-2022.expected.json', samples), 'utf8')) as Expected;
const rows = parse<Row>(readFileSync(new URL('intake-2022.csv', samples)), { bom: true, columns: true });

class Refused extends Error {}

function dateOf(text: string, clock?: string): EventDate {
  const parsed = parseLocalDate(text, SPELLINGS, clock);
  if (!parsed.ok) throw new Refused(parsed.fault);
  return parsed.date;
}

/** What the form says, as events. An empty cell says nothing. */
function eventsOf(row: Row): readonly TimelineEvent[] {
  const of = (column: string): string => row[column] ?? '';
  const uuid = of('_uuid');
  const base = (column: string, at: EventDate) => ({
    id: `${uuid} ${column}`,
    caseId: uuid,
    at,
    until: null,
    arrestId: column === 'detencion_fecha' ? null : `${uuid} detencion_fecha`,
    corrects: null,
    withdrawn: false,
    recordedAt: `${IMPORTED_ON}T00:00:00Z`,
    sourceId: null,
  });
  const told = <E>(column: string, event: (at: EventDate) => E): readonly E[] =>
    of(column) === '' ? [] : [event(dateOf(of(column)))];
  const clock = of('detencion_hora') === '' ? undefined : of('detencion_hora');
  return [
    {
      ...base('detencion_fecha', dateOf(of('detencion_fecha'), clock)),
      kind: 'arrest',
      previousArrestId: null,
      legalGround: of('base_legal') || 'UNKNOWN',
    },
    ...told('audiencia_fecha', (at): TimelineEvent => {
      return {
        ...base('audiencia_fecha', at),
        kind: 'hearing',
        stage: of('audiencia_tipo'),
        mode: of('audiencia_modo'),
      };
    }),
    ...told('contacto_fecha', (at): TimelineEvent => {
      return { ...base('contacto_fecha', at), kind: 'contact', contact: 'CONTACT_UNSPECIFIED' };
    }),
    ...told('habeas_fecha', (at): TimelineEvent => {
      const status = of('habeas_estado');
      const steps = status === '' || status === 'FILED' ? [] : [{ status, at: UNKNOWN_DATE }];
      return { ...base('habeas_fecha', at), kind: 'remedy', remedy: 'HABEAS_CORPUS', steps };
    }),
    ...told('liberacion_fecha', (at): TimelineEvent => {
      return { ...base('liberacion_fecha', at), kind: 'release', release: of('liberacion_tipo') };
    }),
    ...told('fallecimiento_fecha', (at): TimelineEvent => ({ ...base('fallecimiento_fecha', at), kind: 'death' })),
  ];
}

const NOTHING: CaseFile = { caseIds: [], events: [], choices: [], knownOn: null };

/** Why a row is refused; null when it is not. Age, district and codes are other libraries' rules, shortened here. */
function refusalOf(row: Row): string | null {
  if (Number(row['edad']) > 120) return 'age';
  if (!row['detencion_distrito']?.startsWith(`${row['detencion_departamento']}-`)) return 'district';
  if (row['base_legal'] === 'WARRENT') return 'unknown code';
  try {
    const born = row['fecha_nacimiento'] ? dateOf(row['fecha_nacimiento']) : null;
    return sequenceFaults(NOTHING, eventsOf(row), { today: IMPORTED_ON, born })[0]?.code ?? null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

const refusals = rows.map((row) => [row, refusalOf(row)] as const).filter(([, why]) => why !== null);
const refused = new Set(refusals.map(([row]) => row));
const accepted = new Map(rows.filter((row) => !refused.has(row)).map((row) => [row['_uuid'] ?? '', row]));

function fileOf(...uuids: readonly string[]): CaseFile {
  const merged = uuids.map((uuid) => accepted.get(uuid)).filter((row) => row !== undefined);
  const knownOn =
    merged
      .map((row) => (row['_submission_time'] ?? '').slice(0, 10))
      .sort()
      .at(-1) ?? null;
  return { caseIds: uuids, events: merged.flatMap(eventsOf), choices: [], knownOn };
}

const absorbedBy = new Map(expected.duplicate_pairs);
const absorbed = new Set(absorbedBy.values());
const files = [...accepted.keys()]
  .filter((uuid) => !absorbed.has(uuid))
  .map((uuid) => fileOf(uuid, ...[absorbedBy.get(uuid) ?? []].flat()));
const readings: readonly (readonly [Reading, CaseFile])[] = files.map((file) => [readCaseFile(file), file]);
const cutOff = expected.cut_off;

function tally(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function verdicts(limit: Limit): Readonly<Record<string, number>> {
  return tally(
    readings.flatMap(([{ arrests, death, knownOn }]) =>
      arrests.map((arrest) => String(verdict(arrest, death, knownOn, limit, cutOff, ZONE)).replaceAll('-', ' ')),
    ),
  );
}

describe('the sample intake of 2022', () => {
  it('refuses nine rows, each for its own reason', () => {
    expect(refusals.map(([row]) => row['nombres'])).toEqual(Array(9).fill('Rechazo'));
    expect(Object.fromEntries(refusals.map(([row, why]) => [row['apellidos'], why]))).toEqual({
      'Impossible Date': 'date.impossible',
      'District Not In Department': 'district',
      'Hearing Before Arrest': 'hearing.before-arrest',
      'Unknown Code': 'unknown code',
      'Released After Death': 'release.after-death',
      'Death Before Arrest': 'death.before-arrest',
      'Arrest In The Future': 'arrest.in-future',
      'No Arrest Date And No Period': 'date.malformed',
      'Age Out Of Range': 'age',
    });
  });

  it('counts each person once after merging, with one arrest each', () => {
    expect(readings).toHaveLength(expected.accepted_cases);
    expect(readings.every(([{ arrests, unattributed }]) => arrests.length === 1 && unattributed.length === 0)).toBe(
      true,
    );
  });

  it('a merge keeps every account and un-merging gives both files back', () => {
    for (const [kept, other] of expected.duplicate_pairs) {
      const merged = readCaseFile(fileOf(kept, other));
      const told = merged.accounts.flatMap(({ used, others }) => [used, ...others]);
      expect(told).toHaveLength(fileOf(kept, other).events.length);
      expect(merged.arrests[0]?.arrest.caseId).toBe(kept);
      expect(readCaseFile(fileOf(kept)).arrests[0]?.arrest).toEqual(merged.arrests[0]?.arrest);
    }
  });

  it('counts deaths, and those who died before a judge saw them', () => {
    const deaths = readings.flatMap(([reading]) => countedDeath(reading) ?? []);
    expect(deaths).toHaveLength(expected.deaths_total);
    const before = deaths.filter(({ statusAtDeath }) => statusAtDeath === 'NOT_BEFORE_JUDGE');
    expect(before).toHaveLength(expected.died_before_seeing_judge);
  });

  it('counts releases and habeas corpus petitions by their last status', () => {
    expect(readings.flatMap(([reading]) => countedReleases(reading))).toHaveLength(expected.released_total);
    const habeas = readings.flatMap(([reading]) => countedRemedies(reading));
    expect(habeas).toHaveLength(expected.habeas_filed);
    expect(tally(habeas.map(({ status }) => status))).toEqual(expected.habeas_by_status);
  });

  it('sums the days in custody of arrests known to the day, and counts the deaths among them', () => {
    const known = readings.flatMap(([{ arrests, death, knownOn }]) =>
      arrests.map((arrest) => ({ held: daysHeld(arrest, death, knownOn, cutOff), death })),
    );
    const precise = known.filter(({ held }) => held?.precise);
    const days = precise.reduce((sum, { held }) => sum + (held?.days ?? 0), 0);
    expect(days).toBe(expected.person_days_in_custody_day_precision);
    expect(precise.filter(({ death }) => death !== null)).toHaveLength(expected.deaths_day_precision);
  });

  it('gives the rows of the curve: at risk and before a judge, day by day', () => {
    const waits = readings.flatMap(([{ arrests, death, knownOn }]) =>
      arrests.map((arrest): Wait | null => waitOf(arrest, death, knownOn, cutOff)),
    );
    const { n, events, curve } = expected.time_to_judge_day_precision;
    const rowsOfCurve = waits.filter((wait) => wait?.precise);
    expect(rowsOfCurve).toHaveLength(n);
    expect(rowsOfCurve.filter((wait) => wait?.kind === 'judge')).toHaveLength(events);
    expect(waits.filter((wait) => wait?.leftOut === 'arrest-day')).toHaveLength(
      expected.excluded_imprecise_arrest_date,
    );
    const atRisk = (t: number): number => rowsOfCurve.filter((wait) => (wait?.days ?? -1) >= t).length;
    const seen = (t: number): number => rowsOfCurve.filter((w) => w?.kind === 'judge' && w.days === t).length;
    expect(curve.map(([t]) => [t, atRisk(t), seen(t)])).toEqual(curve.map(([t, risk, judged]) => [t, risk, judged]));
  });

  it('finds who is over 72 hours and over 15 days', () => {
    expect(verdicts({ hours: 72 })).toEqual(expected.verdict_72h);
    expect(verdicts({ days: 15 })).toEqual(expected.verdict_15d);
  });

  it('gives the database the same bounds', () => {
    for (const [reading, file] of readings) {
      const [row] = countedArrests(reading, file);
      const [arrest] = reading.arrests;
      expect(row).toMatchObject({ arrest: 0, knownOn: file.knownOn, earliest: arrest?.arrest.at.earliest });
      expect(row?.judge?.earliest ?? null).toBe(arrest?.hearings[0]?.at.earliest?.slice(0, 10) ?? null);
    }
  });
});
