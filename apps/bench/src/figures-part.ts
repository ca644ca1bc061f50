/**
 * Tables and the Kaplan-Meier curve: the product's own statement over facts, the same figure over HTTP, and the same
 * question put to the tables as recorded. All three give the same numbers, or the run ends here.
 */
import type pg from 'pg';
import { sqlFile, type SqlFile, type SqlValues } from '#lib/database';
import { median } from './load.js';
import type { Place } from './place.js';
import type { Server } from './service.js';
import type { Staff } from './staff.js';

// The statements of the product, read as they are built: what is measured is what is served.
const arrests = sqlFile(import.meta.url, '../../api/src/figures/sql/arrests.sql');
const waits = sqlFile(import.meta.url, '../../api/src/figures/sql/waits.sql');
const normalisedTable = sqlFile(import.meta.url, './sql/normalised-table.sql');
const normalisedWaits = sqlFile(import.meta.url, './sql/normalised-waits.sql');

const AS_OF = '2023-03-27';
const ZONE = 'America/El_Salvador';
const [SEX, REGIME] = ['M', 'YES'];

export interface FigureResult {
  readonly name: string;
  /** Milliseconds, medians. */
  readonly facts: number;
  readonly normalised: number;
  readonly http: number;
}

interface Figure {
  readonly name: string;
  readonly by: readonly string[];
  readonly facts: () => Promise<number>;
  readonly normalised: () => Promise<ReadonlyMap<string, number>>;
  readonly http: () => Promise<ReadonlyMap<string, number>>;
}

type Cells = readonly (Readonly<Record<string, string>> & { readonly value: number })[];

/** Measures every figure, its variants taking turns. */
export async function measureFigures(
  place: Place,
  staff: Staff,
  service: Server,
  rounds: number,
  say: (line: string) => void,
): Promise<readonly FigureResult[]> {
  const pool = place.pool(1);
  try {
    const figures = await figuresOf(place, staff, service, pool);
    const results: FigureResult[] = [];
    for (const figure of figures) {
      same(figure.name, await figure.normalised(), await figure.http());
      const times = { facts: [] as number[], normalised: [] as number[], http: [] as number[] };
      for (let round = 0; round < rounds * 3; round++)
        for (const variant of ['facts', 'normalised', 'http'] as const)
          times[variant].push(await timed(figure[variant]));
      const result = {
        name: figure.name,
        facts: median(times.facts),
        normalised: median(times.normalised),
        http: median(times.http),
      };
      say(
        `  ${figure.name}: facts ${result.facts.toFixed(1)} ms, normalised ${result.normalised.toFixed(1)} ms, over HTTP ${result.http.toFixed(1)} ms`,
      );
      results.push(result);
    }
    return results;
  } finally {
    await pool.end();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function same(name: string, one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): void {
  const differing = [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
  if (differing.length === 0) return;
  const examples = differing
    .slice(0, 5)
    .map((key) => `${key}: ${one.get(key) ?? 'none'} as recorded, ${other.get(key) ?? 'none'} from facts`);
  throw new Error(
    `${name}: ${differing.length} cells differ between the tables as recorded and the figure\n  ${examples.join('\n  ')}`,
  );
}

async function figuresOf(place: Place, staff: Staff, service: Server, pool: pg.Pool): Promise<readonly Figure[]> {
  const id = await numbersOf(place);
  const base = {
    organisationNo: staff.organisationNo,
    country: id('country'),
    asOf: AS_OF,
    d1: null,
    d2: null,
    d3: null,
    unknownStage: id('STAGE'),
    unknownMeasure: id('MEASURE'),
    unknownCounsel: id('LEGAL_AID'),
  };
  const filters = {
    f1: 'sex',
    n1: [id('SEX')],
    m1: null,
    f2: 'emergencyRegime',
    n2: [id('EMERGENCY_REGIME')],
    m2: null,
  };
  const ask = async <Row extends pg.QueryResultRow>(file: SqlFile, values: SqlValues): Promise<Row[]> => {
    const compiled = file.compile(values);
    return (await pool.query<Row>(compiled.text, file.bind(compiled, values))).rows;
  };
  const cells = async (query: string): Promise<Cells> => {
    const answer = await fetch(`${service.baseUrl}/v1/figures?${query}&asOf=${AS_OF}`, {
      headers: { authorization: `Bearer ${staff.coordinator.token}` },
    });
    if (!answer.ok) throw new Error(`the figure was answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return ((await answer.json()) as { cells: Cells }).cells;
  };
  const table = (by: readonly string[]): Figure => ({
    name: `${by.length}-way table, two filters`,
    by,
    facts: async () =>
      (await ask(arrests, { ...base, d1: by[0], d2: by[1] ?? null, d3: by[2] ?? null, ...filters, units: true }))
        .length,
    normalised: async () => {
      const rows = await ask<Record<string, string | number>>(normalisedTable, {
        organisation: staff.organisationId,
        asOf: AS_OF,
        sex: SEX,
        regime: REGIME,
        two: by.length > 1,
        three: by.length > 2,
      });
      return new Map(rows.map((row) => [by.map((name) => row[name]).join(' '), Number(row['n'])]));
    },
    http: async () =>
      new Map(
        (
          await cells(`indicator=arrests_total&by=${by.join(',')}&where.sex=${SEX}&where.emergencyRegime=${REGIME}`)
        ).map((cell) => [by.map((name) => cell[name]).join(' '), cell.value]),
      ),
  });
  const curve: Figure = {
    name: 'Kaplan–Meier by month of arrest',
    by: ['month'],
    facts: async () => (await ask(waits, { ...base, d1: 'month' })).length,
    normalised: async () =>
      byMonth(await ask(normalisedWaits, { organisation: staff.organisationId, asOf: AS_OF, zone: ZONE })),
    http: async () => {
      const found = (await cells('indicator=days_to_judge&by=month')) as unknown as readonly {
        month: string;
        value: number;
        events: number;
        excludedImprecise: number;
      }[];
      return new Map(
        found.flatMap((cell): [string, number][] => [
          [`${cell.month} n`, cell.value],
          [`${cell.month} events`, cell.events],
          [`${cell.month} left out`, cell.excludedImprecise],
        ]),
      );
    },
  };
  return [table(['area1']), table(['area1', 'legalGround']), table(['area1', 'legalGround', 'month']), curve];
}

interface WaitRow extends pg.QueryResultRow {
  readonly month: string;
  readonly days: number | null;
  readonly event: boolean;
  readonly n: number;
}

/** How many, how many of them seen, and how many left out, month by month. */
function byMonth(rows: readonly WaitRow[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { month, days, event, n } of rows) {
    for (const [name, counts] of [
      ['n', true],
      ['events', event],
      ['left out', days === null],
    ] as const) {
      const key = `${month} ${name}`;
      found.set(key, (found.get(key) ?? 0) + (counts ? n : 0));
    }
  }
  return found;
}

/** The small numbers that facts carry for what is asked here. */
async function numbersOf(place: Place): Promise<(name: string) => number> {
  const rows = await place.rows<{ name: string; id: number }>(`
    SELECT vocabulary AS name, id FROM term WHERE country = '' AND (vocabulary, code) IN (('STAGE', 'UNKNOWN'), ('MEASURE', 'UNKNOWN'), ('LEGAL_AID', 'UNKNOWN'), ('SEX', '${SEX}'), ('EMERGENCY_REGIME', '${REGIME}'))
    UNION ALL SELECT 'country', no FROM country WHERE code = 'SV'`);
  const byName = new Map(rows.map((row) => [row.name, row.id]));
  return (name) => {
    const number = byName.get(name);
    if (number === undefined) throw new Error(`the country pack has no term for ${name}`);
    return number;
  };
}
