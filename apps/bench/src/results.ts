/** What a run found, as it is kept in JSON and written on the page. */
import { cpus, release, totalmem, type } from 'node:os';
import type { FigureResult } from './figures-part.js';
import type { WallResult } from './wall-part.js';
import type { HttpPart } from './http-part.js';
import type { ImportPart } from './import-part.js';
import type { NamesPart } from './names-part.js';
import type { Options } from './options.js';
import type { Place } from './place.js';

export interface Machine {
  readonly processors: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  /** Settings that decide what a write costs. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface Results {
  readonly at: string;
  readonly command: string;
  readonly options: Options;
  readonly machine: Machine;
  readonly load: { readonly seconds: number; readonly cases: number };
  /** Arrests whose copied facts were compared with a rebuild. */
  readonly factsChecked: number;
  /** By number of cases, smallest first; the one of `options.cases` has everything. */
  readonly http: readonly HttpPart[];
  readonly figures: readonly FigureResult[];
  readonly wall: readonly WallResult[];
  readonly imports: ImportPart | null;
  readonly names: NamesPart | null;
  /** MiB of the service: after its start, and the most while it was under load. */
  readonly memory: { readonly atRest: number; readonly underLoad: number } | null;
}

/** The machine, as far as it matters for reading absolute numbers. */
export async function describeMachine(place: Place): Promise<Machine> {
  const [version] = await place.rows<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  const names = ['fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size', 'work_mem'];
  const settings = await place.rows<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1)',
    [names],
  );
  return {
    processors: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()}`,
    node: process.version,
    postgres: version?.version ?? 'unknown',
    settings: Object.fromEntries(settings.map((row) => [row.name, row.value])),
  };
}
