/**
 * Finding people by name, one search after the other: milliseconds by kind of question. By the book alone, in this
 * process; and over HTTP with everything that belongs to a search (who may see whom, the audit entries of whoever is
 * shown), by names in memory and by stored keys.
 */
import { NameBook } from '#lib/matching';
import { chanceOf, type Chance } from './chance.js';
import { turnOf } from './load.js';
import { inventIdentity, type InventedIdentity } from './people.js';
import type { Place } from './place.js';
import { startService, type Server } from './service.js';
import type { Staff } from './staff.js';

export interface NamesResult {
  readonly kind: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface NamesPart {
  /** The book of names alone, with as many people. */
  readonly book: readonly NamesResult[];
  /** Names in memory, and how long a search waited that came right after the start. */
  readonly memory: { readonly results: readonly NamesResult[]; readonly openedSeconds: number };
  /** Stored keys, how long it took to make them, and the room they take. */
  readonly blind: {
    readonly results: readonly NamesResult[];
    readonly madeSeconds: number;
    readonly mebibytes: number;
  };
}

const SEARCHES = 300;
const WARM_UP = 30;
/** So many the service asks the index for. */
const LOOKED_AT = 500;

interface Asked {
  readonly name?: string;
  readonly documentNumber?: string;
}

/** Two neighbouring letters of the last word changed round. */
const slipped = (name: string): string => name.replace(/(.)(.)(.{2})$/, '$2$1$3');

const KINDS: Readonly<Record<string, (person: InventedIdentity, chance: Chance) => Asked>> = {
  'the whole name': ({ givenNames, familyNames }) => ({ name: `${givenNames} ${familyNames}` }),
  'surnames first, without accents': ({ givenNames, familyNames }) => ({
    name: `${familyNames} ${givenNames}`.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase(),
  }),
  'a given name and a surname with a slip': ({ givenNames, familyNames }) => ({
    name: `${givenNames.split(' ')[0]} ${slipped(familyNames.split(' ')[0]!)}`,
  }),
  'one surname': ({ familyNames }) => ({ name: familyNames.split(' ')[0]! }),
  'one given name': ({ givenNames }) => ({ name: givenNames.split(' ')[0]! }),
  'a document number': (_person, chance) => ({ documentNumber: `${10_000_000 + chance.below(9e7)}-0` }),
};

async function search({ baseUrl }: Server, { coordinator }: Staff, body: object): Promise<void> {
  const answer = await fetch(`${baseUrl}/v1/persons/search`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${coordinator.token}`,
      'content-type': 'application/json',
      'x-reason': 'benchmark',
    },
    body: JSON.stringify({ ...body, limit: 20 }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`a search failed: ${answer.status} ${text.slice(0, 200)}`);
}

/** Waits until the names are opened; answers the seconds that it took. */
export async function namesOpened(service: Server, staff: Staff): Promise<number> {
  const began = performance.now();
  for (let seconds = 0; ; seconds = (performance.now() - began) / 1000) {
    try {
      await search(service, staff, { name: 'Nadie' });
      return (performance.now() - began) / 1000;
    } catch (error) {
      // Whoever waits longer than a request may is told to come again.
      if (seconds > 600) throw error;
      await new Promise((rested) => setTimeout(rested, 500));
    }
  }
}

/** Searches a book of so many people in this process. */
export function measureBook(people: number, seed: number, say: (line: string) => void): NamesResult[] {
  const book = new NameBook();
  const chance = chanceOf(seed, 'people of the book');
  for (let id = 0; id < people; id++)
    book.set(chance.uuid(), { ...inventIdentity(chance, chance.is(0.13) ? 'F' : 'M'), aliases: null });
  const results: NamesResult[] = [];
  for (const [kind, ask] of Object.entries(KINDS)) {
    const asked = chanceOf(seed, `searches by ${kind}`);
    const times: number[] = [];
    for (let done = -WARM_UP; done < SEARCHES; done++) {
      const { name } = ask(inventIdentity(asked, asked.is(0.13) ? 'F' : 'M'), asked);
      if (name === undefined) break;
      const began = performance.now();
      book.search(name, LOOKED_AT);
      if (done >= 0) times.push(performance.now() - began);
    }
    if (times.length === 0) continue;
    const { p50, p99 } = turnOf(times, 1);
    results.push({ kind, p50, p99 });
    say(`  the book alone, by ${kind}: p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms`);
  }
  return results;
}

async function measure(
  service: Server,
  staff: Staff,
  seed: number,
  say: (line: string) => void,
): Promise<NamesResult[]> {
  const results: NamesResult[] = [];
  for (const [kind, ask] of Object.entries(KINDS)) {
    const chance = chanceOf(seed, `searches by ${kind}`);
    const times: number[] = [];
    for (let done = -WARM_UP; done < SEARCHES; done++) {
      const body = ask(inventIdentity(chance, chance.is(0.13) ? 'F' : 'M'), chance);
      const began = performance.now();
      await search(service, staff, body);
      if (done >= 0) times.push(performance.now() - began);
    }
    const { p50, p99 } = turnOf(times, 1);
    results.push({ kind, p50, p99 });
    say(`  search by ${kind}: p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms`);
  }
  return results;
}

/** Searches for people of the kind that the register is full of: by names in memory, in the service that is running. */
export async function measureNames(
  service: Server,
  staff: Staff,
  seed: number,
  openedSeconds: number,
  say: (line: string) => void,
): Promise<NamesPart['memory']> {
  return { results: await measure(service, staff, seed, say), openedSeconds };
}

/** The same by stored keys, which are made first and removed afterwards. */
export async function measureBlind(
  place: Place,
  staff: Staff,
  seed: number,
  say: (line: string) => void,
): Promise<NamesPart['blind']> {
  const service = await startService(place.url, { NAME_INDEX: 'blind' });
  try {
    say('  Making the stored keys …');
    const began = performance.now();
    while ((await count(place, LACKING)) > 0) await new Promise((rested) => setTimeout(rested, 1_000));
    const madeSeconds = (performance.now() - began) / 1000;
    await place.settle();
    const bytes = await count(place, `SELECT pg_total_relation_size('match_key')::bigint AS n`);
    return { results: await measure(service, staff, seed, say), madeSeconds, mebibytes: Math.round(bytes / 2 ** 20) };
  } finally {
    await service.stop();
    await place.rows('TRUNCATE match_key');
  }
}

const LACKING = `SELECT count(*) AS n FROM case_file c JOIN person_identity i ON i.case_id = c.id WHERE NOT EXISTS (SELECT FROM match_key k WHERE k.case_id = c.id)`;

async function count(place: Place, sql: string): Promise<number> {
  const [row] = await place.rows<{ n: string }>(sql);
  return Number(row?.n ?? 0);
}
