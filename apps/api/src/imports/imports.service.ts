/** Imports as whoever started them follows them: list, read, progress, what was refused, stop and go on. */
import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Caller } from '#lib/access';
import { Database } from '#lib/database';
import { type JobRow } from '../jobs/job.view.js';
import { Worker } from '../jobs/worker.js';
import { Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT, type PageQuery } from '../platform/paging.js';
import { ImportContentRepository, type FaultPosition } from './import-content.repository.js';
import { CSV_HEADER, csvLine, toErrorView, toImportView } from './import.view.js';
import type { ImportErrorsQuery, ImportErrorView, ImportView, MappingView } from './imports.dto.js';
import { importProblems } from './imports.problems.js';
import { ImportsRepository } from './imports.repository.js';
import { Mappings } from './mappings.js';

const FAULT_PAGE = 500;
const LOOK_MS = 300;

const accepted = (job: JobRow): Answer<ImportView> =>
  new Answer(toImportView(job), { status: 202, location: `/v1/imports/${job.id}` });

@Injectable()
export class ImportsService {
  constructor(
    private readonly clock: Clock,
    private readonly content: ImportContentRepository,
    private readonly cursors: Cursors,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly imports: ImportsRepository,
    private readonly mappings: Mappings,
    private readonly worker: Worker,
  ) {}

  mappingViews(): MappingView[] {
    return this.mappings
      .all()
      .map(({ code, en, es, country, columns }) => ({ code, en, es, country, columns: [...columns].sort() }));
  }

  async list(caller: Caller, query: PageQuery): Promise<Page<ImportView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const reach = caller.roles.includes('coordinator') ? caller.organisationId : caller.userId;
    const scope = `imports|${caller.userId}|${reach}`;
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { createdAt: new Date(String(after[0])), id: String(after[1]) };
    const found = await this.imports.importsVisibleTo(caller, position, limit + 1);
    return this.cursors.page(scope, found, limit, (job) => [job.createdAt.toISOString(), job.id], toImportView);
  }

  async read(caller: Caller, id: string): Promise<ImportView> {
    return toImportView(await this.find(caller, id));
  }

  /** Follows a job as server-sent events until it is over: one `progress` event at every change. */
  async follow(caller: Caller, id: string): Promise<Readable> {
    await this.find(caller, id);
    const { imports } = this;
    async function* events(): AsyncGenerator<string> {
      let last = '';
      for (;;) {
        const job = await imports.importVisibleTo(caller, id);
        if (!job) return;
        const view = toImportView(job);
        const text = JSON.stringify(view);
        if (text !== last) yield `event: progress\ndata: ${text}\n\n`;
        last = text;
        if (!['queued', 'running'].includes(view.status)) return;
        await new Promise((next) => setTimeout(next, LOOK_MS));
      }
    }
    return Readable.from(events());
  }

  async errors(caller: Caller, id: string, query: ImportErrorsQuery): Promise<Page<ImportErrorView>> {
    await this.find(caller, id);
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = `import-errors|${id}`;
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { row: Number(after[0]), position: Number(after[1]) };
    const found = await this.content.faultsOf(caller, id, position, limit + 1);
    return this.cursors.page(
      scope,
      found,
      limit,
      (fault) => [fault.row, fault.position],
      (fault) => toErrorView(fault, query.language ?? 'en'),
    );
  }

  /** All errors as a CSV, streamed. */
  async errorsCsv(caller: Caller, id: string, language: 'en' | 'es'): Promise<Readable> {
    await this.find(caller, id);
    await this.database.write(caller, (tx) =>
      tx.audit('import.errors-exported', { subjectId: id, details: { language } }),
    );
    const { content } = this;
    async function* lines(): AsyncGenerator<string> {
      yield CSV_HEADER;
      for (let after: FaultPosition | null = null; ;) {
        const faults = await content.faultsOf(caller, id, after, FAULT_PAGE);
        for (const fault of faults) yield csvLine(toErrorView(fault, language));
        const last = faults.at(-1);
        if (!last) return;
        after = last;
      }
    }
    return Readable.from(lines());
  }

  /** Asks a running or waiting import to stop; whole batches that were recorded stay. */
  async cancel(caller: Caller, retry: Retry, id: string): Promise<Answer<ImportView>> {
    await this.find(caller, id);
    return this.idempotency.once(caller, retry, async (tx) => {
      const job = await this.imports.cancel(tx, id, this.clock.now());
      if (!job) throw importProblems.notRunning({});
      await tx.audit('import.cancelled', { subjectId: id });
      return accepted(job);
    });
  }

  /** Goes on behind the last whole batch of an import that was cancelled or failed. */
  async resume(caller: Caller, retry: Retry, id: string): Promise<Answer<ImportView>> {
    await this.find(caller, id);
    const answer = await this.idempotency.once(caller, retry, async (tx) => {
      if (!(await this.content.hasPieces(tx, id))) throw importProblems.noLonger({});
      const job = await this.imports.resume(tx, id);
      if (!job) throw importProblems.notStopped({});
      await tx.audit('import.resumed', { subjectId: id });
      return accepted(job);
    });
    this.worker.nudge();
    return answer;
  }

  private async find(caller: Caller, id: string): Promise<JobRow> {
    const job = await this.imports.importVisibleTo(caller, id);
    if (!job) throw importProblems.notFound({});
    return job;
  }
}
