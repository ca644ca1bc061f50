/**
 * A second country and a second form, with nothing in the code about either: California's open file on 11,617 deaths in
 * custody. Counts by year, month, manner, legal status and county are those of the file, read here by csv-parse alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Agent } from '#lib/testing';
import { errorsOf, imported, rowsOf, sampleBytes, type FormRow, type ImportJob } from './form-files.js';
import { aService, ROOT, type ServiceUnderTest } from './service-under-test.js';

type Counts = Record<string, number>;

/** The words of the file and the codes of the pack (countries/us-ca/README.md). */
const MANNER: Readonly<Record<string, string>> = {
  Natural: 'NATURAL',
  Accidental: 'ACCIDENT',
  Suicide: 'SUICIDE',
  'Homicide Justified (Law Enforcement Staff)': 'HOMICIDE_JUSTIFIED_LE',
  'Homicide Justified (Other Inmate)': 'HOMICIDE_JUSTIFIED_INMATE',
  'Homicide Willful (Law Enforcement Staff)': 'HOMICIDE_WILLFUL_LE',
  'Homicide Willful (Other Inmate)': 'HOMICIDE_WILLFUL_INMATE',
  Execution: 'EXECUTION',
  'Pending Investigation': 'PENDING',
  'Cannot be Determined': 'UNDETERMINED',
  Other: 'OTHER',
};
const STATUS: Readonly<Record<string, string>> = {
  'Process of Arrest': 'PROCESS_OF_ARREST',
  'Awaiting Booking': 'AWAITING_BOOKING',
  'Booked - No Charges Filed': 'BOOKED_NO_CHARGES',
  'Booked - Awaiting Trial': 'BOOKED_AWAITING_TRIAL',
  Sentenced: 'SENTENCED',
  'In Transit': 'IN_TRANSIT',
  'Out to Court': 'OUT_TO_COURT',
  Other: 'OTHER',
};

let api: ServiceUnderTest;
let coordinator: Agent;
let file: FormRow[];
let job: ImportJob;
beforeAll(async () => {
  api = await aService();
  coordinator = api.as('coordinator');
  const bytes = sampleBytes('us-ca-deaths-in-custody.csv');
  file = rowsOf(bytes);
  job = await imported(api.as('caseworker'), bytes, { mapping: 'us-ca-deaths' });
}, 600_000);
afterAll(() => api.stop());

function countsBy(code: (row: FormRow) => string): Counts {
  const counts: Counts = {};
  for (const row of file) counts[code(row)] = (counts[code(row)] ?? 0) + 1;
  return counts;
}
const figures = async (query: string) => (await coordinator.get(`/v1/figures?country=US-CA&${query}`).expect(200)).body;
const by = async (dimension: string, more = ''): Promise<Counts> => {
  const { cells } = await figures(`indicator=deaths_custody&by=${dimension}${more}`);
  return Object.fromEntries(
    (cells as { value: number; [dimension: string]: unknown }[]).map((cell) => [cell[dimension] as string, cell.value]),
  );
};

it('accepts every one of its rows', async () => {
  expect(file).toHaveLength(11_617);
  expect(await errorsOf(api.as('caseworker'), job)).toEqual([]);
  expect(job).toMatchObject({
    status: 'succeeded',
    result: { accepted: 11_617, refused: 0, unchanged: 0 },
    progress: { percent: 100 },
  });
});

it('counts every death, in its own country only', async () => {
  expect((await figures('indicator=deaths_custody')).total.value).toBe(11_617);
  const { body } = await coordinator.get('/v1/figures?indicator=deaths_custody').expect(200);
  expect(body.total.value).toBe(0);
});

it('counts by year as the file does', async () => {
  expect(await by('deathYear')).toEqual(countsBy((row) => row['date_of_death_yyyy']!));
});

it('counts by month as the file does, also the death on a day that no calendar has', async () => {
  expect(await by('deathMonth')).toEqual(
    countsBy((row) => `${row['date_of_death_yyyy']}-${row['date_of_death_mm']!.padStart(2, '0')}`),
  );
  const { body } = await api.as('caseworker').get('/v1/cases?externalId=2012650').expect(200);
  const { body: timeline } = await api
    .as('caseworker')
    .get(`/v1/cases/${body.items[0].id as string}/timeline`)
    .expect(200);
  const death = (timeline.items as { kind: string; at: string; precision: string }[]).find(
    (item) => item.kind === 'death',
  )!;
  expect([death.at, death.precision]).toEqual(['2012-02', 'MONTH']);
});

it('counts by manner as the file does', async () => {
  expect(await by('mannerOfficial')).toEqual(
    countsBy((row) => MANNER[row['manner_of_death']!] ?? `unmapped ${row['manner_of_death']}`),
  );
});

it('counts by legal status as the file does', async () => {
  expect(await by('statusStated')).toEqual(
    countsBy((row) => STATUS[row['custody_status']!] ?? `unmapped ${row['custody_status']}`),
  );
});

it('counts by county as the file does', async () => {
  const areas = parse(readFileSync(join(ROOT, 'countries/us-ca/areas.csv')), { columns: true, bom: true }) as {
    code: string;
    name: string;
  }[];
  const codeOf = new Map(areas.map((area) => [area.name.replace(/ County$/, ''), area.code]));
  expect(await by('area1')).toEqual(countsBy((row) => codeOf.get(row['county']!) ?? 'UNKNOWN'));
});

it('counts by institution as the file does: a programme that is no place is another one, a local place is unknown', async () => {
  const INSTITUTIONAL = ['CDC/CRC', 'State Hospital', 'CYA'];
  const PROGRAMMES = ['99015C', '99025C', '99035C'];
  const placeOf = (row: FormRow): string => {
    const number = row['agency_number']!.toUpperCase();
    if (!INSTITUTIONAL.includes(row['custodial_responsibilty_at_time_of_death']!)) return 'UNKNOWN';
    return PROGRAMMES.includes(number) ? 'OTHER' : `US-CA-${number}`;
  };
  const counts = countsBy(placeOf);
  expect(counts['OTHER']).toBe(134);
  expect(await by('place')).toEqual(counts);
  const { total } = await figures('indicator=deaths_custody&where.place=OTHER');
  expect(total.value).toBe(134);
});

it('counts by sex as the file does', async () => {
  const SEX: Readonly<Record<string, string>> = { Male: 'M', Female: 'F' };
  expect(await by('sex')).toEqual(countsBy((row) => SEX[row['gender']!] ?? 'UNKNOWN'));
});

it('crosses two of them as the file does', async () => {
  const { cells } = await figures('indicator=deaths_custody&by=deathYear,mannerOfficial');
  const found = Object.fromEntries(
    (cells as { deathYear: string; mannerOfficial: string; value: number }[]).map((cell) => [
      `${cell.deathYear} ${cell.mannerOfficial}`,
      cell.value,
    ]),
  );
  expect(found).toEqual(countsBy((row) => `${row['date_of_death_yyyy']} ${MANNER[row['manner_of_death']!]}`));
});

it('filters as the file does', async () => {
  const suicides = countsBy((row) => (row['manner_of_death'] === 'Suicide' ? row['date_of_death_yyyy']! : 'no'));
  const { no: _others, ...years } = suicides;
  expect(await by('deathYear', '&where.mannerOfficial=SUICIDE')).toEqual(years);
});

it('makes no wait up where the file has no date of arrest', async () => {
  const { total } = await figures('indicator=days_to_judge');
  expect([total.n, total.excludedImprecise, total.medianDays]).toEqual([0, 11_617, null]);
});
