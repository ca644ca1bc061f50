/**
 * `npm run bench`: fills a database of its own with invented cases, measures the service beside a bare server and plain
 * SQL, and writes the ratios to docs/benchmarks.md. Ends with an error only when it could not run, never because a
 * target was missed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { environment } from './environment.js';
import { checkFacts } from './facts-check.js';
import { measureFigures, type FigureResult } from './figures-part.js';
import { addCases } from './filling.js';
import { measureHttp, type HttpPart } from './http-part.js';
import { measureImport } from './import-part.js';
import { importInvented } from './importing.js';
import type { District } from './intake-form.js';
import { measureBlind, measureBook, measureNames, namesOpened, type NamesPart } from './names-part.js';
import { HELP, readOptions, type Options } from './options.js';
import { page, ratios } from './page.js';
import { Place } from './place.js';
import { describeMachine, type Results } from './results.js';
import { forgetPeak, memoryOf, startBare, startService, type Server } from './service.js';
import { hire, type Staff } from './staff.js';
import { readTemplates, type Templates } from './templates.js';
import { measureWall, type WallResult } from './wall-part.js';

/** Rows of the form that the service records; everybody else is a copy of one of them. */
const RECORDED = 3_000;
/** Copies made before facts are compared with a rebuild. */
const COMPARED = 1_000;
const FOLDER = 'var/bench';

/** Progress goes to standard error; standard output is the table. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface Setting {
  readonly options: Options;
  readonly place: Place;
  readonly staff: Staff;
  readonly districts: readonly District[];
  readonly templates: Templates;
}

/** Tables, reference data, people who work there, and the first cases, recorded by the service itself. */
async function setUp(options: Options, place: Place): Promise<Setting & { readonly factsChecked: number }> {
  say('Starting from an empty database …');
  await place.empty();
  const service = await startService(place.url);
  const staff = await hire(place);
  const districts = await place.rows<District & Record<string, unknown>>(`
    SELECT d.code, t.code AS department FROM area d JOIN area m ON m.code = d.parent JOIN area t ON t.code = m.parent WHERE d.country = 'SV' AND d.level = 3 ORDER BY d.code`);
  const rows = Math.min(RECORDED, options.cases);
  say(`Recording ${rows} cases through the service …`);
  const { job } = await importInvented(service, staff.caseworker.token, options.seed, 'recorded', rows, districts);
  await service.stop();
  if ((job.result?.refused ?? 0) > rows / 100)
    throw new Error(
      `${job.result?.refused} of ${rows} invented rows were refused: apps/bench/src/intake-form.ts no longer fits the form`,
    );
  const recorded = await place.rows<{ id: string }>('SELECT id FROM case_file ORDER BY id');
  const templates = await readTemplates(
    place,
    staff,
    recorded.map((row) => row.id),
  );
  await addCases(place, templates, staff, options.seed, 'compared', COMPARED);
  say('Comparing their facts with a rebuild …');
  const factsChecked = await checkFacts(place);
  return { options, place, staff, districts, templates, factsChecked };
}

/** Copies cases until there are so many. */
async function growTo(
  { options, place, staff, templates }: Setting,
  size: number,
): Promise<{ seconds: number; cases: number }> {
  const [row] = await place.rows<{ n: number }>('SELECT count(*)::int AS n FROM case_file');
  const cases = Math.max(0, size - (row?.n ?? 0));
  const began = performance.now();
  await addCases(
    place,
    templates,
    staff,
    options.seed,
    `to ${size}`,
    cases,
    (done) => process.stderr.isTTY && process.stderr.write(`\r  ${done} of ${cases} `),
  );
  const seconds = (performance.now() - began) / 1000;
  say(`${process.stderr.isTTY ? '\r' : ''}Copied ${cases} cases in ${seconds.toFixed(0)} s`);
  await place.settle();
  return { seconds, cases };
}

async function withServers<T>(place: Place, work: (service: Server, bare: Server) => Promise<T>): Promise<T> {
  const service = await startService(place.url);
  const bare = await startBare(place.url);
  try {
    return await work(service, bare);
  } finally {
    await service.stop();
    await bare.stop();
  }
}

async function run(options: Options): Promise<Results> {
  const place = new Place(environment.databaseUrl);
  const wanted = (part: string): boolean => options.only.length === 0 || options.only.includes(part);
  const setting = await setUp(options, place);
  const { staff, districts, factsChecked } = setting;
  const { seed, rounds, seconds } = options;
  const http: HttpPart[] = [];
  let load = { seconds: 0, cases: 0 };
  let figures: readonly FigureResult[] = [];
  let wall: readonly WallResult[] = [];
  let imports: Results['imports'] = null;
  let names: NamesPart | null = null;
  let inMemory: NamesPart['memory'] | null = null;
  let memory: Results['memory'] = null;
  for (const size of [...options.growth, options.cases].sort((a, b) => a - b)) {
    const main = size === options.cases;
    say(`\n${size} cases`);
    const loaded = await growTo(setting, size);
    if (main) load = loaded;
    await withServers(place, async (service, bare) => {
      // Names are opened after the start, beside whatever is asked: not while that is measured.
      const opening = await namesOpened(service, staff);
      await new Promise((rested) => setTimeout(rested, 2_000));
      const atRest = memoryOf(service.pid)?.now;
      forgetPeak(service.pid);
      if (wanted('http'))
        http.push(
          await measureHttp({
            place,
            staff,
            districts,
            service,
            bare,
            rounds,
            seconds,
            connections: main ? [16, 64] : [16],
            say,
          }),
        );
      if (main && wanted('figures')) figures = await measureFigures(place, staff, service, rounds, say);
      if (main && wanted('wall')) wall = await measureWall(place, staff, rounds, seconds, say);
      if (main && wanted('names')) inMemory = await measureNames(service, staff, seed, opening, say);
      const underLoad = memoryOf(service.pid)?.most;
      if (main && atRest !== undefined && underLoad !== undefined) memory = { atRest, underLoad };
    });
    if (main && inMemory) {
      const book = measureBook(size, seed, say);
      names = { book, memory: inMemory, blind: await measureBlind(place, staff, seed, say) };
    }
    if (main && wanted('import'))
      imports = await measureImport({ place, staff, districts, seed, rows: options.importRows, rounds, say });
  }
  const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`;
  return {
    at: new Date().toISOString(),
    command,
    options,
    machine: await describeMachine(place),
    load,
    factsChecked,
    http,
    figures,
    wall,
    imports,
    names,
    memory,
  };
}

const options = readOptions(process.argv.slice(2));
if (options === null) process.stdout.write(HELP);
else {
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  const results = await run(options);
  const text = `${JSON.stringify(results, null, 2)}\n`;
  writeFileSync('var/bench.json', text);
  writeFileSync(`${FOLDER}/${results.at.replaceAll(':', '-')}.json`, text);
  if (options.page !== '') writeFileSync(options.page, page(results));
  process.stdout.write(`${ratios(results)}\n`);
}
