/** Recording, reading and lists: the service beside the bare server and plain SQL, taking turns. */
import { hashOf, listCases, readCase, recordCase } from './bare-work.js';
import { chanceOf } from './chance.js';
import type { District } from './intake-form.js';
import { medianTurn, overHttp, overSql, type Turn } from './load.js';
import type { Place } from './place.js';
import { bareRequests, inventCase, PAGE, serviceRequests, subjectsOf, type Subjects } from './requests.js';
import type { Server } from './service.js';
import type { Staff } from './staff.js';

export const OPERATIONS = ['record', 'read', 'readWithoutNames', 'list', 'listDeep'] as const;
export type Operation = (typeof OPERATIONS)[number];
export type Variant = 'service' | 'bare' | 'sql';
export const CONNECTIONS = [16, 64] as const;

export interface HttpResult {
  readonly operation: Operation;
  readonly connections: number;
  /** Medians of the turns of each variant. */
  readonly turns: Readonly<Partial<Record<Variant, Turn>>>;
}

export interface HttpPart {
  readonly cases: number;
  readonly deepPage: number;
  readonly results: readonly HttpResult[];
}

export interface HttpSetting {
  readonly place: Place;
  readonly staff: Staff;
  readonly districts: readonly District[];
  readonly service: Server;
  readonly bare: Server;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: readonly number[];
  readonly say: (line: string) => void;
}

const POOL = 14;

/** Measures every operation at every number of connections. */
export async function measureHttp(setting: HttpSetting): Promise<HttpPart> {
  const { place, staff, service, say } = setting;
  const subjects = await subjectsOf(place, staff, service);
  const [counted] = await place.rows<{ n: number }>('SELECT count(*)::int AS n FROM case_file');
  const pool = place.pool(POOL);
  const results: HttpResult[] = [];
  try {
    for (const operation of OPERATIONS) {
      const variants = variantsOf(operation, setting, subjects, pool);
      for (const connections of setting.connections) {
        const turns = await alternate(variants, connections, setting);
        results.push({ operation, connections, turns });
        say(
          `  ${operation} at ${connections}: ${Object.entries(turns)
            .map(
              ([name, turn]) =>
                `${name} ${Math.round(turn.perSecond)}/s p50 ${turn.p50.toFixed(1)} p99 ${turn.p99.toFixed(1)} ms`,
            )
            .join(', ')}`,
        );
      }
    }
  } finally {
    await pool.end();
  }
  return { cases: counted?.n ?? 0, deepPage: subjects.deepPage, results };
}

type Take = (connections: number, seconds: number) => Promise<Turn>;

function variantsOf(
  operation: Operation,
  setting: HttpSetting,
  subjects: Subjects,
  pool: ReturnType<Place['pool']>,
): ReadonlyMap<Variant, Take> {
  const { staff, districts, service, bare } = setting;
  const ours = serviceRequests(staff, subjects, districts)[operation];
  // What the bare server reads is the same whether or not the service hands the names out.
  const plain = operation === 'readWithoutNames' ? 'read' : operation;
  const theirs = bareRequests(staff, subjects, districts)[plain];
  const sql = plainWork(plain, setting, subjects, pool);
  return new Map<Variant, Take>([
    ['service', (connections, seconds) => overHttp(service.baseUrl, connections, seconds, ours)],
    ['bare', (connections, seconds) => overHttp(bare.baseUrl, connections, seconds, theirs)],
    ['sql', (connections, seconds) => overSql(connections, seconds, sql)],
  ]);
}

function plainWork(
  operation: Exclude<Operation, 'readWithoutNames'>,
  { staff, districts }: HttpSetting,
  subjects: Subjects,
  pool: ReturnType<Place['pool']>,
): () => Promise<unknown> {
  const chance = chanceOf(3, 'plain work');
  const [reader, writer] = [hashOf(staff.caseworker.token), hashOf(staff.bareWriter.token)];
  switch (operation) {
    case 'record':
      return () => {
        const body = inventCase(chance, districts);
        return recordCase(pool, writer, body, JSON.stringify(body));
      };
    case 'read':
      return () => readCase(pool, reader, chance.pick(subjects.cases));
    case 'list':
      return () => listCases(pool, reader, subjects.legalGround, null, PAGE);
    case 'listDeep':
      return () => listCases(pool, reader, subjects.legalGround, subjects.position, PAGE);
  }
}

/** Every variant in turn, round by round, after a short warm-up; the medians. */
async function alternate(
  variants: ReadonlyMap<Variant, Take>,
  connections: number,
  { rounds, seconds }: HttpSetting,
): Promise<Partial<Record<Variant, Turn>>> {
  for (const take of variants.values()) await take(connections, 1);
  const turns = new Map<Variant, Turn[]>([...variants.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, take] of variants) turns.get(name)!.push(await take(connections, seconds));
  return Object.fromEntries([...turns].map(([name, list]) => [name, medianTurn(list)]));
}
