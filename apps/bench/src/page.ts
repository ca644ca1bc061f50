/** docs/benchmarks.md, written from the results of a run. */
import { CONNECTIONS, OPERATIONS, type HttpPart, type Operation, type Variant } from './http-part.js';
import type { Results } from './results.js';
import { count, judge, mainPart, verdictOf, type Judged, type Verdict } from './targets.js';

const WORDS: Readonly<Record<Verdict, string>> = {
  aim: 'aim reached',
  floor: 'floor reached',
  missed: '**below the floor**',
  'not measured': 'not measured',
};
const VARIANTS: Readonly<Record<Variant, string>> = { service: 'Amparo', bare: 'bare server', sql: 'plain SQL' };
const NAMES: Readonly<Record<Operation, string>> = {
  record: 'record a case',
  read: 'read a case with names (audited)',
  readWithoutNames: 'read a case without names',
  list: 'list, first page',
  listDeep: 'list, deep page',
};

/** Two significant places are all that a shared machine can promise. */
export function rounded(number: number): string {
  const size = Math.abs(number);
  return size >= 100
    ? count(Number(number.toPrecision(2)))
    : size >= 10
      ? number.toFixed(0)
      : size >= 1
        ? number.toFixed(1)
        : number.toFixed(size >= 0.1 ? 2 : 3);
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

function judgedRow(one: Judged): readonly string[] {
  const sign = one.more ? '≥' : '≤';
  const found = one.found === null ? (one.why ?? 'not in this run') : rounded(one.found);
  return [one.name, found, `${sign} ${one.floor}`, `${sign} ${one.aim}`, WORDS[verdictOf(one)]];
}

/** The table of ratios; also what the command prints. */
export const ratios = (results: Results): string =>
  table(['ratio', 'found', 'floor', 'aim', ''], judge(results).map(judgedRow));

function httpTable(part: HttpPart): string {
  const rows = OPERATIONS.flatMap((operation) =>
    (Object.keys(VARIANTS) as Variant[]).map((variant) => {
      const cells = CONNECTIONS.flatMap((connections) => {
        const turn = part.results.find((one) => one.operation === operation && one.connections === connections)?.turns[
          variant
        ];
        return turn ? [rounded(turn.perSecond), `${rounded(turn.p50)} / ${rounded(turn.p99)}`] : ['', ''];
      });
      return [NAMES[operation], VARIANTS[variant], ...cells];
    }),
  );
  return table(['', 'variant', 'a second, 16', 'p50 / p99 ms', 'a second, 64', 'p50 / p99 ms'], rows);
}

function growthTable(results: Results): string {
  const rows = results.http.map((part) => [
    count(part.cases),
    ...OPERATIONS.map((operation) => {
      const turn = part.results.find((one) => one.operation === operation && one.connections === 16)?.turns.service;
      return turn ? rounded(turn.perSecond) : '';
    }),
  ]);
  return table(['cases', ...OPERATIONS.map((operation) => NAMES[operation])], rows);
}

function namesTable({ names }: Results): string {
  if (!names) return 'Not measured in this run.';
  const { book, memory, blind } = names;
  const cells = (one: { readonly p50: number; readonly p99: number } | undefined): string =>
    one ? `${rounded(one.p50)} / ${rounded(one.p99)}` : '';
  const rows = memory.results.map((one, index) => [
    one.kind,
    cells(book.find(({ kind }) => kind === one.kind)),
    cells(one),
    cells(blind.results[index]),
  ]);
  const head = ['a search by', 'the book alone, p50 / p99 ms', 'names in memory, over HTTP', 'stored keys, over HTTP'];
  return `${table(head, rows)}\n\nAfter the start the names were ready in ${rounded(memory.openedSeconds)} seconds. Making the keys to store took ${rounded(blind.madeSeconds)} seconds; they take ${blind.mebibytes} MiB.`;
}

function wallTable({ wall }: Results): string {
  if (wall.length === 0) return 'Not measured in this run.';
  const rows = wall.map(({ name, behind, without }) => [
    name,
    rounded(behind.perSecond),
    rounded(without.perSecond),
    rounded(behind.perSecond / without.perSecond),
  ]);
  return table(['a second', 'behind the wall', 'without', 'ratio'], rows);
}

function importTable(results: Results): string {
  const { imports } = results;
  if (!imports) return 'Not measured in this run.';
  const rows = imports.results.map((one) => [
    count(one.rows),
    count(one.accepted),
    rounded(one.rows / one.seconds),
    one.memoryAtRest === null ? '' : String(one.memoryAtRest),
    one.memoryAtPeak === null ? '' : String(one.memoryAtPeak),
  ]);
  return `${table(['rows', 'recorded', 'rows a second', 'MiB at rest', 'MiB at peak'], rows)}\n\nCOPY of the same rows into the same tables: ${rounded(imports.copyRowsPerSecond)} cases a second.`;
}

/** The whole page. */
export function page(results: Results): string {
  const { machine, options, memory } = results;
  const settings = Object.entries(machine.settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
  const main = mainPart(results);
  return `# Benchmarks

Written by \`${results.command}\` on ${results.at.slice(0, 10)}. **Only the ratios carry over to another machine**; what is per second or in milliseconds is context. The numbers behind this page are in \`var/bench.json\` of whoever ran it.

## What was found

${ratios(results)}

Targets: a *floor* must hold, an *aim* is where it should go. Missing one does not fail the command.

## How to read it

- **Amparo** is the service as it is shipped, a process of its own with all its duties: token look-up, permission, visibility, retry key, audit row, facts, log line. Its rate limits are set wide.
- **Bare server** is Fastify and \`pg\`, one prepared statement a request that checks the bearer token and builds the JSON (\`apps/bench/src/bare-server.ts\`). It validates nothing, audits nothing, keeps no facts and no retry key. **Plain SQL** is the same statements in a loop, without a server, over ${'14'} connections like both servers.
- Reading a case *with names* writes an audit row each time, because every reading of identity is audited. *Without names* is what a coordinator gets who states no reason.
- The list is filtered by legal ground, ${'20'} cases a page, of one office. The deep page is page ${main?.deepPage ?? 500}, reached by its cursor.
- Variants take turns, ${options.rounds} rounds of ${options.seconds} seconds each after a warm-up, at 16 and 64 connections; medians. The load generator (autocannon), both servers and Postgres share the processors.
- Figures: the product's own \`.sql\` file over facts beside a GROUP BY over the tables as recorded. Both must give the same cells, or the run stops.
- Import: files of the intake form with invented people through HTTP and the worker, to the end of the job with duplicates looked for; beside it COPY of the very rows that the import wrote, under new ids, with all indexes and foreign keys in place. Memory is that of the service's process, freshly started for each file.
- "What Directus reaches" is 0.025 (read), 0.045 (list) and 0.03 (record) of a bare server, measured once on a machine of this kind and not in this run.

The cases: ${count(options.cases)} at the main size, seed ${options.seed}. Some thousand rows of the intake form with the shares of \`samples/intake-2022.csv\` (uncertain dates, people still waiting, few released) are imported through the service; copies of what it recorded, with other ids, other invented names, in four offices, fill the tables by COPY. Before that, the facts of ${count(results.factsChecked)} arrests were compared with a rebuild by the service's own command and were equal.

## Numbers for context

${machine.processors}, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}, Postgres ${machine.postgres} on the same machine (${settings}).

### Requests, ${count(main?.cases ?? options.cases)} cases

${main ? httpTable(main) : 'Not measured in this run.'}

### Requests a second at 16 connections as the number of cases grows

${growthTable(results)}

### Figures, milliseconds

${
  results.figures.length === 0
    ? 'Not measured in this run.'
    : table(
        ['', 'facts', 'normalised', 'over HTTP'],
        results.figures.map((one) => [one.name, rounded(one.facts), rounded(one.normalised), rounded(one.http)]),
      )
}

### The second wall

Row-level security and the look-up of the caller in the database: the same statements in transactions of the same length, under a login of the serving kind that enters with a token, and under the owner's, which no policy binds. Both must give the same rows, or the run stops. Reading one case is not among them: its door looks the caller up once and has no policies.

${wallTable(results)}

### Import

${importTable(results)}

### Finding people by name, one search after the other

${namesTable(results)}

### Memory and loading

${memory ? `The service takes ${memory.atRest} MiB after its start and at most ${memory.underLoad} MiB under the load above. ` : ''}COPY filled the tables with ${count(results.load.cases)} cases in ${rounded(results.load.seconds)} seconds, making them included.

What the audit trail costs is in [audit.md](audit.md#cost), what a backup and its restore cost in [backups.md](backups.md).

## Running it

\`\`\`
npm run bench                              # ${count(100_000)} cases, and ${count(10_000)} on the way
npm run bench -- --growth                  # also 1,000,000 cases: how cost grows
npm run bench -- --cases 1000000 --import 10000,100000,1000000
npm run bench -- --cases 5000 --import 1000,2000 --rounds 1 --seconds 1 --no-page    # a quick look
npm run bench -- --help
\`\`\`

It needs nothing installed: its Postgres is the built-in one with the settings of production, its database is \`amparo_bench\`, dropped at the start. Close what else is running first.
`;
}
