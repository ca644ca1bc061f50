/** Reads a country pack (or the core) from its files: plain data in, nothing written. Format: countries/README.md. */
import { parse as parseCsv } from 'csv-parse/sync';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';

export interface PackTerm {
  readonly code: string;
  readonly en: string;
  readonly es: string;
  readonly parent?: string;
  readonly public?: boolean;
  readonly definition?: { readonly en: string; readonly es: string };
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly validFrom?: string;
  readonly validTo?: string;
}

export interface PackVocabulary {
  readonly code?: string;
  readonly extends?: string;
  readonly en?: string;
  readonly es?: string;
  readonly multi?: boolean;
  readonly source?: string;
  readonly terms: readonly PackTerm[];
}

export type CsvRow = Readonly<Record<string, string>>;

export interface PackFiles {
  readonly folder: string;
  /** SHA-256 over every file: an unchanged pack is not loaded again. */
  readonly digest: string;
  /** Null for the core. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  readonly vocabularies: readonly PackVocabulary[];
  readonly specialValues: readonly PackTerm[];
  readonly csv: (name: string) => readonly CsvRow[];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

/** Dates in YAML may be written bare; they are text here. */
const yaml = (file: string): unknown => parseYaml(readFileSync(file, 'utf8'), { schema: 'core' });

export function readPack(folder: string): PackFiles {
  const hash = createHash('sha256');
  for (const file of filesIn(folder)) hash.update(file.slice(folder.length)).update(readFileSync(file));
  const vocabularyFolder = join(folder, 'vocabularies');
  const vocabularies = existsSync(vocabularyFolder)
    ? readdirSync(vocabularyFolder)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => yaml(join(vocabularyFolder, name)) as PackVocabulary)
    : [];
  const special = join(folder, 'special-values.yaml');
  const settings = join(folder, 'pack.yaml');
  return {
    folder,
    digest: hash.digest('hex'),
    settings: existsSync(settings) ? (yaml(settings) as Record<string, unknown>) : null,
    vocabularies,
    specialValues: existsSync(special) ? (yaml(special) as { terms: PackTerm[] }).terms : [],
    csv: (name) => {
      const file = join(folder, name);
      return existsSync(file)
        ? (parseCsv(readFileSync(file, 'utf8'), { columns: true, bom: true, skip_empty_lines: true }) as CsvRow[])
        : [];
    },
  };
}
