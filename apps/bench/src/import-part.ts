/**
 * Importing files of the intake form: rows a second beside COPY of the same rows into the same tables, and how much
 * memory the service needs for a small and for a large file, each time in a fresh process.
 */
import { importInvented } from './importing.js';
import { timeCopy } from './filling.js';
import type { District } from './intake-form.js';
import { median } from './load.js';
import { namesOpened } from './names-part.js';
import type { Place } from './place.js';
import { forgetPeak, memoryOf, startService } from './service.js';
import type { Staff } from './staff.js';
import { readTemplates } from './templates.js';

export interface ImportResult {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicateCandidates: number;
  readonly seconds: number;
  /** MiB: before the import, and the most during it. Null where the system does not tell. */
  readonly memoryAtRest: number | null;
  readonly memoryAtPeak: number | null;
}

export interface ImportPart {
  readonly results: readonly ImportResult[];
  /** Rows of the small file a second: imported, and by COPY. Medians of alternating turns. */
  readonly rowsPerSecond: number;
  readonly copyRowsPerSecond: number;
}

export interface ImportSetting {
  readonly place: Place;
  readonly staff: Staff;
  readonly districts: readonly District[];
  readonly seed: number;
  readonly rows: readonly number[];
  readonly rounds: number;
  readonly say: (line: string) => void;
}

const REST_MS = 3_000;

/** Imports the small file and copies the same rows, round by round; then the large ones once each. */
export async function measureImport(setting: ImportSetting): Promise<ImportPart> {
  const { place, staff, seed, rows, rounds, say } = setting;
  const [small = 10_000, ...large] = rows;
  const turns: { result: ImportResult; copied: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await lastChange(place);
    const result = await importOnce(setting, `import-${small}-${round}`, small);
    const copied = await copyOfTheSame(place, staff, seed, before, round);
    say(
      `  import of ${small} rows: ${Math.round(small / result.seconds)} rows/s, COPY of the same ${Math.round(result.accepted / copied)} rows/s, peak ${result.memoryAtPeak ?? '?'} MiB`,
    );
    turns.push({ result, copied });
  }
  const results = [turns.map((turn) => turn.result).sort((a, b) => a.seconds - b.seconds)[turns.length >> 1]!];
  for (const count of large) {
    const result = await importOnce(setting, `import-${count}`, count);
    say(
      `  import of ${count} rows: ${Math.round(count / result.seconds)} rows/s, peak ${result.memoryAtPeak ?? '?'} MiB`,
    );
    results.push(result);
  }
  return {
    results,
    rowsPerSecond: median(turns.map(({ result }) => result.rows / result.seconds)),
    copyRowsPerSecond: median(turns.map(({ result, copied }) => result.accepted / copied)),
  };
}

async function importOnce(
  { place, staff, districts, seed }: ImportSetting,
  purpose: string,
  rows: number,
): Promise<ImportResult> {
  await place.settle();
  const service = await startService(place.url);
  try {
    // Opening the names of everybody on file takes a while after a start and is no part of an import.
    await namesOpened(service, staff);
    await new Promise((rested) => setTimeout(rested, REST_MS));
    const rest = memoryOf(service.pid);
    forgetPeak(service.pid);
    const { job, seconds } = await importInvented(service, staff.caseworker.token, seed, purpose, rows, districts);
    const { accepted = 0, duplicateCandidates = 0 } = job.result ?? {};
    return {
      rows,
      accepted,
      duplicateCandidates,
      seconds,
      memoryAtRest: rest?.now ?? null,
      memoryAtPeak: memoryOf(service.pid)?.most ?? null,
    };
  } finally {
    await service.stop();
  }
}

async function lastChange(place: Place): Promise<string> {
  const [row] = await place.rows<{ last: string }>('SELECT coalesce(max(changed), 0)::text AS last FROM fact_arrest');
  return row?.last ?? '0';
}

/** Seconds that COPY takes for what the last import recorded, under new ids. */
async function copyOfTheSame(place: Place, staff: Staff, seed: number, before: string, round: number): Promise<number> {
  const recorded = await place.rows<{ id: string }>(
    'SELECT DISTINCT case_id AS id FROM fact_arrest WHERE changed > $1::bigint ORDER BY 1',
    [before],
  );
  const templates = await readTemplates(
    place,
    staff,
    recorded.map((row) => row.id),
  );
  await place.settle();
  return timeCopy(place, templates, staff, seed, `copy-${round}`);
}
