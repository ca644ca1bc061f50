/** A file of the intake form imported as a caseworker does it: over HTTP, then followed until its job has ended. */
import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { intakeLines, type District } from './intake-form.js';
import type { Server } from './service.js';

export interface ImportJob {
  readonly id: string;
  readonly status: string;
  readonly result: {
    readonly accepted: number;
    readonly refused: number;
    readonly unchanged: number;
    readonly duplicateCandidates: number;
  } | null;
}

export interface Imported {
  readonly job: ImportJob;
  /** From the first byte sent to the end of the job, duplicates looked for. */
  readonly seconds: number;
}

const FOLDER = 'var/bench';

/** Writes a file of the form; whoever asked for it removes it. */
export async function writeForm(
  seed: number,
  purpose: string,
  rows: number,
  districts: readonly District[],
): Promise<string> {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  const path = `${FOLDER}/${purpose}.csv`;
  const file = await open(path, 'w', 0o600);
  let waiting: string[] = [];
  for (const line of intakeLines(seed, purpose, rows, districts)) {
    waiting.push(line);
    if (waiting.length < 2_000) continue;
    await file.write(waiting.join(''));
    waiting = [];
  }
  await file.write(waiting.join(''));
  await file.close();
  return path;
}

/** Imports a file and waits for the end of the job. */
export async function importFile(service: Server, token: string, path: string): Promise<Imported> {
  const headers = { authorization: `Bearer ${token}` };
  const form = new FormData();
  form.append('file', await openAsBlob(path, { type: 'text/csv' }), 'form.csv');
  const began = performance.now();
  const started = await fetch(`${service.baseUrl}/v1/imports?mapping=kobo-intake-sv`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body: form,
  });
  if (started.status !== 202)
    throw new Error(`the import was answered ${started.status}: ${(await started.text()).slice(0, 500)}`);
  let job = (await started.json()) as ImportJob;
  while (job.status === 'queued' || job.status === 'running') {
    await new Promise((next) => setTimeout(next, 100));
    job = (await (await fetch(`${service.baseUrl}/v1/imports/${job.id}`, { headers })).json()) as ImportJob;
  }
  const seconds = (performance.now() - began) / 1000;
  if (job.status !== 'succeeded') throw new Error(`the import ended as ${job.status}`);
  return { job, seconds };
}

/** Writes, imports and removes a file of invented people. */
export async function importInvented(
  service: Server,
  token: string,
  seed: number,
  purpose: string,
  rows: number,
  districts: readonly District[],
): Promise<Imported> {
  const path = await writeForm(seed, purpose, rows, districts);
  try {
    return await importFile(service, token, path);
  } finally {
    await rm(path, { force: true });
  }
}
