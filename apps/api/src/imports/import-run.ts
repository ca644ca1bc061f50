/**
 * Working an import: batches of rows, each one transaction with its cases, facts, audit rows, faults and checkpoint, so
 * that a crash leaves whole batches and a resumed run goes on behind the last one. Running a batch twice is safe: a case
 * that is on record under its external id is recognised by the digest of its content and left alone.
 *
 * A dry run does the same inside one transaction that is rolled back; only its faults and its progress are kept.
 */
import { Readable } from 'node:stream';
import { auditRow, type Actor, type Database, type Tx } from '#lib/database';
import type { MatchingService } from '../duplicates/matching.service.js';
import type { JobRun } from '../jobs/worker.js';
import type { NameIndex } from '../names/name-index.service.js';
import type { Clock } from '../platform/clock.js';
import { planCase, type RecordingContext } from '../record/case-plan.js';
import { insertRows } from '../record/case-rows.repository.js';
import type { CaseSealing } from '../record/case-sealing.js';
import { mergeRows } from '../record/event-rows.js';
import { csvRecords, type CsvRecord } from './csv-file.js';
import type { ImportContentRepository, ImportFault } from './import-content.repository.js';
import type { ImportsRepository } from './imports.repository.js';
import type { PlannedRow, RowPlanner } from './row-planner.js';

export const BATCH_ROWS = 200;
const YIELD_ROWS = 25;
const LONG_MS = 6 * 3_600_000;

/** What the job knows of its file. */
export interface ImportInput {
  readonly mapping: string;
  readonly dryRun: boolean;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly bytes: number;
  readonly pieces: number;
  readonly records: number;
}

/** Counters as they stand behind the last whole batch. */
export interface Counters {
  readonly row: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unchanged: number;
  readonly duplicateCandidates: number;
}

export const NO_ROWS: Counters = { row: 0, accepted: 0, refused: 0, unchanged: 0, duplicateCandidates: 0 };

export interface ImportDependencies {
  readonly clock: Clock;
  readonly database: Database;
  readonly content: ImportContentRepository;
  readonly imports: ImportsRepository;
  readonly matching: MatchingService;
  readonly names: NameIndex;
  readonly planner: RowPlanner;
  readonly sealing: CaseSealing;
  readonly context: RecordingContext;
  readonly actor: Actor;
  readonly input: ImportInput;
  readonly run: JobRun;
}

type WriteBatch = (batch: readonly CsvRecord[], counters: Counters) => Promise<Counters>;

export class ImportRun {
  /** The cases of the batch that is being written. */
  private recorded: readonly string[] = [];

  constructor(private readonly with_: ImportDependencies) {}

  /** Works the file from behind the checkpoint to its end. */
  async work(from: Counters): Promise<Counters> {
    const { database, actor, input, run, matching, names } = this.with_;
    const jobId = run.job.id;
    if (input.dryRun) {
      const act = (tx: Tx): Promise<Counters> =>
        this.batches(
          NO_ROWS,
          (batch, counters) => this.batch(tx, batch, counters),
          () => matching.matchPendingIn(tx, jobId),
        );
      return database.write(actor, act, { rollback: true, transactionTimeoutMs: LONG_MS, statementTimeoutMs: 60_000 });
    }
    return this.batches(
      from,
      async (batch, counters) => {
        const written = await database.write(
          actor,
          async (tx) => {
            this.recorded = [];
            return this.batch(tx, batch, counters);
          },
          { transactionTimeoutMs: 60_000, statementTimeoutMs: 30_000 },
        );
        names.changed(this.recorded);
        return written;
      },
      () => matching.matchPending(actor, jobId),
    );
  }

  /** @param match looks for duplicates of some new cases and answers how many were found; null when none is left */
  private async batches(from: Counters, write: WriteBatch, match: () => Promise<number | null>): Promise<Counters> {
    const { run, input } = this.with_;
    let counters = from;
    let batch: CsvRecord[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return;
      counters = await write(batch, counters);
      batch = [];
      await run.progress(counters.row);
    };
    for await (const record of csvRecords(this.file(), input.delimiter)) {
      if (record.row <= counters.row) continue;
      batch.push(record);
      if (batch.length >= BATCH_ROWS) await flush();
    }
    await flush();
    let found = 0;
    for (let more = await match(); more !== null; more = await match()) {
      found += more;
      await run.progress();
    }
    return { ...counters, duplicateCandidates: counters.duplicateCandidates + found };
  }

  /** The uploaded file as a stream of its pieces, read one at a time. */
  private file(): Readable {
    const { content, run, input } = this.with_;
    async function* pieces(): AsyncGenerator<Buffer> {
      for (let position = 0; position < input.pieces; position++) yield await content.piece(run.job.id, position);
    }
    return Readable.from(pieces());
  }

  private async batch(tx: Tx, batch: readonly CsvRecord[], before: Counters): Promise<Counters> {
    const { content, context, imports, input, planner, run } = this.with_;
    const { planned, faults } = await this.planBatch(batch);
    const known = await content.knownDigests(
      tx,
      context.organisationId,
      planned.map((one) => one.externalId),
    );
    const fresh: PlannedRow[] = [];
    let unchanged = 0;
    for (const one of planned) {
      const digest = known.get(one.externalId);
      if (digest === undefined) {
        known.set(one.externalId, one.digest);
        fresh.push(one);
      } else if (digest === one.digest) unchanged += 1;
      else faults.push(planner.differs(one));
    }
    await this.record(tx, fresh);
    const refused = new Set(faults.map((fault) => fault.row)).size;
    const counters: Counters = {
      row: batch.at(-1)?.row ?? before.row,
      accepted: before.accepted + fresh.length,
      refused: before.refused + refused,
      unchanged: before.unchanged + unchanged,
      duplicateCandidates: before.duplicateCandidates,
    };
    await this.keepFaults(tx, faults);
    if (!input.dryRun) await imports.saveCheckpoint(tx, run.job.id, counters, counters.row);
    await tx.audit('import.batch', {
      subjectId: run.job.id,
      details: { rows: batch.length, accepted: fresh.length, refused, unchanged },
    });
    return counters;
  }

  private async planBatch(batch: readonly CsvRecord[]): Promise<{ planned: PlannedRow[]; faults: ImportFault[] }> {
    const planned: PlannedRow[] = [];
    const faults: ImportFault[] = [];
    for (const [index, record] of batch.entries()) {
      const found = this.with_.planner.plan(record);
      if (Array.isArray(found)) faults.push(...found);
      else planned.push(found);
      // Requests that wait get their turn between rows.
      if (index % YIELD_ROWS === YIELD_ROWS - 1) await new Promise((next) => setImmediate(next));
    }
    return { planned, faults };
  }

  private async record(tx: Tx, fresh: readonly PlannedRow[]): Promise<void> {
    if (fresh.length === 0) return;
    const { actor, clock, run, sealing } = this.with_;
    // Each batch says when it was written: whoever looks for what is new looks back a minute and a half, not a whole import.
    const context = { ...this.with_.context, now: clock.now() };
    const recordings = fresh.map(({ body, events, digest, consents }) =>
      planCase(body, events, context, { digest, consents }),
    );
    const audits = recordings.map(({ caseId }) =>
      auditRow(actor, 'case.recorded', { caseId, details: { import: run.job.id } }),
    );
    const rows = await sealing.sealNew(context.organisationId, mergeRows(recordings.map((one) => one.rows)));
    await insertRows(tx, rows, audits);
    this.recorded = recordings.map(({ caseId }) => caseId);
  }

  private async keepFaults(tx: Tx, faults: readonly ImportFault[]): Promise<void> {
    if (faults.length === 0) return;
    const { content, input, run } = this.with_;
    if (input.dryRun) await content.insertFaultsApart(run.job.id, faults);
    else await content.insertFaults(tx, run.job.id, faults);
  }
}
