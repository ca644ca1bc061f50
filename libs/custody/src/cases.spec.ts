/** Runs the examples of `../cases/*.yaml`: a lawyer can read them, check them and add to them. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { eventDate } from '#lib/time';
import { toldEvents, toldFile, type ToldEvent, type ToldFile } from '../cases/telling.js';
import { countedReleases } from './counted.js';
import { readCaseFile } from './reading.js';
import { sequenceFaults } from './sequence.js';
import { statusAt } from './status.js';
import { verdict, type Limit } from './verdict.js';
import { daysHeld, waitOf } from './waits.js';

interface Example extends ToldFile {
  readonly name: string;
  readonly asOf: string;
  readonly zone?: string;
  readonly expected: {
    readonly status?: object;
    /** One row per arrest. */
    readonly waits?: readonly (object | null)[];
    readonly waitsInPerson?: readonly object[];
    readonly held?: readonly (number | null)[];
    /** Of the first arrest, by limit. */
    readonly verdicts?: Readonly<Record<string, string>>;
    /** The dates of the arrests in use. */
    readonly arrests?: readonly string[];
    readonly uses?: readonly string[];
    readonly others?: readonly string[];
    readonly unattributed?: readonly string[];
    readonly releases?: readonly string[];
  };
}

interface OrderExample {
  readonly name: string;
  readonly today: string;
  readonly born?: string;
  readonly before?: readonly ToldEvent[];
  readonly timeline: readonly ToldEvent[];
  readonly faults: readonly object[];
}

const folder = new URL('../cases/', import.meta.url);
const examplesOf = (file: string): unknown => parse(readFileSync(new URL(file, folder), 'utf8'));
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'order.yaml');

const limitOf = (text: string): Limit =>
  text.endsWith('h') ? { hours: Number(text.slice(0, -1)) } : { days: Number(text.slice(0, -1)) };

/** Everything an example may expect, so that each says only what it is about. */
function outcomeOf(example: Example) {
  const { asOf, zone = 'America/El_Salvador', expected } = example;
  const reading = readCaseFile(toldFile(example));
  const { arrests, death, knownOn, accounts } = reading;
  const [first] = arrests;
  return {
    status: statusAt(reading, asOf),
    waits: arrests.map((arrest) => waitOf(arrest, death, knownOn, asOf)),
    waitsInPerson: arrests.map((arrest) => waitOf(arrest, death, knownOn, asOf, 'in-person')),
    held: arrests.map((arrest) => daysHeld(arrest, death, knownOn, asOf)?.days),
    verdicts: Object.fromEntries(
      Object.keys(expected.verdicts ?? {}).map((limit) => [
        limit,
        first && verdict(first, death, knownOn, limitOf(limit), asOf, zone),
      ]),
    ),
    arrests: arrests.map(({ arrest }) => arrest.at.edtf),
    uses: accounts.map(({ used }) => used.id),
    others: accounts.flatMap(({ others }) => others.map(({ id }) => id)),
    unattributed: reading.unattributed.map(({ id }) => id),
    releases: countedReleases(reading).map(({ release }) => release),
  };
}

describe.each(files)('%s', (file) => {
  it.each(examplesOf(file) as readonly Example[])('$name', (example) => {
    expect(outcomeOf(example)).toMatchObject(example.expected);
  });
});

describe('order.yaml', () => {
  it.each(examplesOf('order.yaml') as readonly OrderExample[])('$name', ({ today, born, before, timeline, faults }) => {
    const known = toldFile({ timeline: before ?? [] });
    const found = sequenceFaults(known, toldEvents(timeline), { today, born: born ? eventDate(born) : null });
    expect(found).toHaveLength(faults.length);
    expect(found).toMatchObject(faults);
  });
});
