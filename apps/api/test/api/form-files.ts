/** Form exports for tests: rows of the shipped samples, whole, cut down or spoilt, and how they are sent. */
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'supertest';
import { finished, type Agent, type Job } from '#lib/testing';
import { ROOT } from './service-under-test.js';

export type FormRow = Readonly<Record<string, string>>;

export interface ImportJob extends Job {
  readonly mapping: string;
  readonly dryRun: boolean;
  readonly result: {
    readonly accepted: number;
    readonly refused: number;
    readonly unchanged: number;
    readonly duplicateCandidates: number;
  } | null;
}

export interface ImportError {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly externalId: string | null;
}

export const sampleBytes = (name: string): Buffer => readFileSync(join(ROOT, 'samples', name));

/** The rows of a CSV as text, read by csv-parse and by nothing of ours. */
export const rowsOf = (bytes: Buffer): FormRow[] => parse(bytes, { columns: true, bom: true }) as FormRow[];

const cell = (text: string): string => (/[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as a CSV. */
export function csvOf(
  rows: readonly FormRow[],
  options: { readonly delimiter?: string; readonly newline?: string; readonly bom?: boolean } = {},
): Buffer {
  const { delimiter = ',', newline = '\n', bom = false } = options;
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
  return Buffer.from(
    (bom ? '\uFEFF' : '') + lines.map((line) => line.map(cell).join(delimiter) + newline).join(''),
    'utf8',
  );
}

/** Sends a file; the work goes on as a job. */
export function send(
  agent: Agent,
  file: Buffer,
  options: { readonly mapping?: string; readonly dryRun?: boolean; readonly name?: string } = {},
): Test {
  const { mapping = 'kobo-intake-sv', dryRun, name = 'export.csv' } = options;
  return agent
    .post(`/v1/imports?mapping=${mapping}${dryRun === undefined ? '' : `&dryRun=${dryRun}`}`)
    .attach('file', file, name);
}

/** Sends a file and waits until the work on it is over. */
export async function imported(
  agent: Agent,
  file: Buffer,
  options: Parameters<typeof send>[2] = {},
): Promise<ImportJob> {
  const { body } = await send(agent, file, options).expect(202);
  return finished<ImportJob>(agent, (body as ImportJob).links['self']!);
}

/** Every error of an import, page by page. */
export async function errorsOf(agent: Agent, job: Pick<ImportJob, 'links'>): Promise<ImportError[]> {
  const errors: ImportError[] = [];
  for (let cursor = ''; ;) {
    const { body } = await agent.get(`${job.links['errors']}?limit=100${cursor}`).expect(200);
    const page = body as { items: ImportError[]; next: string | null };
    errors.push(...page.items);
    if (page.next === null) return errors;
    cursor = `&cursor=${page.next}`;
  }
}
