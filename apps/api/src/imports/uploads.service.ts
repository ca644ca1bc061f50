/** Takes the file of an import in as it comes, checks it at the door, and queues the work on it. */
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash, randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Database } from '#lib/database';
import type { Mapping } from '#lib/intake';
import { Worker } from '../jobs/worker.js';
import { Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { CsvScanner, delimiterOf, headerNames } from './csv-file.js';
import { ImportContentRepository } from './import-content.repository.js';
import type { ImportInput } from './import-run.js';
import { toImportView } from './import.view.js';
import type { ImportQuery, ImportView } from './imports.dto.js';
import { importProblems } from './imports.problems.js';
import { ImportsRepository } from './imports.repository.js';
import { Mappings } from './mappings.js';

const PIECE_BYTES = 256 * 1024;
const FILE_LIMIT = 4 * 1024 ** 3;

/** What is known of a file once it has been taken in. */
interface TakenIn {
  readonly header: string;
  readonly records: number;
  /** A quotation mark was never closed. */
  readonly open: boolean;
  readonly bytes: number;
  readonly pieces: number;
  readonly digest: Buffer;
}

@Injectable()
export class UploadsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly content: ImportContentRepository,
    private readonly idempotency: Idempotency,
    private readonly imports: ImportsRepository,
    private readonly mappings: Mappings,
    private readonly worker: Worker,
  ) {}

  async start(caller: Caller, retry: Retry, query: ImportQuery, request: FastifyRequest): Promise<Answer<ImportView>> {
    const mapping = this.mappings.get(query.mapping);
    if (!mapping)
      throw importProblems.noMapping({}, [
        { pointer: 'mapping', code: 'mapping.unknown', detail: 'There is no such mapping.' },
      ]);
    const jobId = randomUUID();
    await this.database.write(caller, async (tx) => {
      await this.imports.insertImport(tx, caller, jobId, mapping.code, this.clock.now());
      await tx.audit('import.received', { subjectId: jobId, details: { mapping: mapping.code } });
    });
    try {
      const taken = await this.takeIn(caller, jobId, request);
      const input = inputOf(taken, mapping, query.dryRun === 'true');
      const answer = await this.queue(
        caller,
        { ...retry, digest: createHash('sha256').update(retry.digest).update(taken.digest).digest() },
        jobId,
        input,
      );
      if (answer.body.id !== jobId) await this.discard(caller, jobId);
      this.worker.nudge();
      return answer;
    } catch (error) {
      await this.discard(caller, jobId).catch(() => undefined);
      throw error;
    }
  }

  /** Streams the file part into pieces, counting records and checking the encoding on the way. */
  private async takeIn(caller: Caller, jobId: string, request: FastifyRequest): Promise<TakenIn> {
    if (!request.isMultipart()) throw importProblems.noFile({});
    const part = await request.file({ limits: { fileSize: FILE_LIMIT } });
    if (!part || part.fieldname !== 'file') throw importProblems.noFile({});
    const scanner = new CsvScanner();
    const digest = createHash('sha256');
    let [bytes, pieces] = [0, 0];
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    const flush = async (): Promise<void> => {
      if (waitingBytes === 0) return;
      await this.content.insertPiece(caller, jobId, pieces, Buffer.concat(waiting));
      pieces += 1;
      waiting = [];
      waitingBytes = 0;
    };
    try {
      for await (const chunk of part.file as AsyncIterable<Buffer>) {
        scanner.take(chunk);
        digest.update(chunk);
        bytes += chunk.length;
        waiting.push(chunk);
        waitingBytes += chunk.length;
        if (waitingBytes >= PIECE_BYTES) await flush();
      }
      await flush();
      if (part.file.truncated) throw importProblems.tooLarge({});
      return { ...scanner.end(), bytes, pieces, digest: digest.digest() };
    } catch (error) {
      // Whatever the client still sends is read away, so that the answer reaches it.
      part.file.resume();
      throw error instanceof TypeError ? importProblems.encoding({}) : error;
    }
  }

  private queue(caller: Caller, retry: Retry, jobId: string, input: ImportInput): Promise<Answer<ImportView>> {
    return this.idempotency.once<ImportView>(caller, retry, async (tx) => {
      const job = await this.imports.makeReady(tx, jobId, input, input.records);
      await tx.audit('import.started', {
        subjectId: jobId,
        details: { mapping: input.mapping, dryRun: input.dryRun, records: input.records },
      });
      return new Answer(toImportView(job), { status: 202, location: `/v1/imports/${jobId}` });
    });
  }

  private async discard(caller: Caller, jobId: string): Promise<void> {
    await this.database.write(caller, async (tx) => {
      await this.imports.deleteImport(tx, jobId);
      await tx.audit('import.refused', { subjectId: jobId });
    });
  }
}

/** What the job needs to know of its file. Refuses a file whose form is not that of the mapping. */
function inputOf(taken: TakenIn, mapping: Mapping, dryRun: boolean): ImportInput {
  const delimiter = delimiterOf(taken.header, mapping.delimiter);
  const header = headerNames(taken.header, delimiter);
  const missing = [...mapping.columns].filter((column) => !header.includes(column));
  const unknown = header.filter((column) => !mapping.columns.has(column));
  if (taken.records === 0) throw importProblems.empty({});
  if (missing.length > 0 || unknown.length > 0) {
    const faults = missing.map((column) => ({
      pointer: 'file',
      code: 'column.missing',
      detail: `The column ${column} is missing.`,
    }));
    throw importProblems.columns({ missing: missing.length, unknown: unknown.length }, faults);
  }
  if (taken.open) throw importProblems.malformed({});
  const { bytes, pieces, records } = taken;
  return { mapping: mapping.code, dryRun, delimiter, header, bytes, pieces, records };
}
