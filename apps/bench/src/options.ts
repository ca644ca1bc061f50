/** What a run is asked to do. `npm run bench -- --help` prints this list. */
import { parseArgs } from 'node:util';

export interface Options {
  /** Cases in the database when everything is measured. */
  readonly cases: number;
  /** Sizes at which only recording, reading and lists are measured, to see how their cost grows. */
  readonly growth: readonly number[];
  /** Rows of the files that are imported to compare peak memory; the smallest is also compared with COPY. */
  readonly importRows: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly seed: number;
  /** Names of the parts to measure; all when empty. */
  readonly only: readonly string[];
  /** Where the page goes; empty leaves the page that is there alone. */
  readonly page: string;
}

export const HELP = `npm run bench -- [options]
  --cases N          cases in the database when everything is measured (100000)
  --growth           also measure at 10,000, 100,000 and 1,000,000 cases
  --import N[,N]     rows of the files imported, for throughput and peak memory (10000,100000)
  --rounds N         how often every variant has its turn (3)
  --seconds N        how long a turn of the load generator lasts (4)
  --seed N           another set of invented people (2022)
  --only PART[,PART] of: http, figures, wall, import, names
  --page FILE        where the page goes (docs/benchmarks.md); --no-page leaves it alone

npm run bench -- --audit [--entries N] [--seconds N] [--rounds N]
  what the audit trail costs, and how long verifying it takes; needs nothing of the above

npm run bench -- --backup [--rows N,N]
  what a backup and its restore cost in time, size and memory; needs nothing of the above (2000,10000)
`;

const DECADES = [10_000, 100_000, 1_000_000];

const whole = (text: string, name: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} needs a whole number, not ${text}`);
  return Number(text);
};

/** Reads the command line; null when only help was asked for. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      cases: { type: 'string', default: '100000' },
      growth: { type: 'boolean', default: false },
      import: { type: 'string', default: '10000,100000' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      seed: { type: 'string', default: '2022' },
      only: { type: 'string', default: '' },
      page: { type: 'string', default: 'docs/benchmarks.md' },
      'no-page': { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const cases = whole(values.cases, 'cases');
  const sizes = values.growth ? DECADES : DECADES.filter((size) => size < cases);
  return {
    cases,
    growth: sizes.filter((size) => size !== cases),
    importRows: values.import
      .split(',')
      .map((text) => whole(text, 'import'))
      .sort((a, b) => a - b),
    rounds: whole(values.rounds, 'rounds'),
    seconds: whole(values.seconds, 'seconds'),
    seed: whole(values.seed, 'seed'),
    only: values.only === '' ? [] : values.only.split(','),
    page: values['no-page'] ? '' : values.page,
  };
}
