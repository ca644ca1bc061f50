/**
 * Reports: figures are asked, handed through disclosure, built into a document model, kept, and rendered at each
 * download. Preparing a report twice from one job gives the same document, so a job that is taken up again does no harm.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { may, type Caller } from '#lib/access';
import { REPORT_PURPOSES } from '#lib/consent';
import { forInternalUse } from '#lib/disclosure';
import { Database } from '#lib/database';
import {
  buildBulletin,
  bulletinQuestions,
  contentSecurityPolicy,
  documentNumber,
  renderHtml,
  renderMarkdown,
  type ReportDocument,
} from '#lib/reports';
import { dayInZone } from '#lib/time';
import { FiguresService, type Asker } from '../figures/figures.service.js';
import { toJobView } from '../jobs/job.view.js';
import { Worker, type JobRun } from '../jobs/worker.js';
import { Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { inline } from '../platform/file-name.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT, type PageQuery } from '../platform/paging.js';
import { Catalogue } from '../reference/catalogue.js';
import { ReferenceService } from '../reference/reference.service.js';
import { bulletinCountry, emergencyPeriods, labelsOf, methodFacts, publishedFigures } from './bulletin-context.js';
import type { PrepareReportBody, ReportView } from './reports.dto.js';
import { reportProblems } from './reports.problems.js';
import { ReportsRepository, type StoredReport } from './reports.repository.js';

interface ReportInput extends PrepareReportBody {
  readonly asOf: string;
  readonly country: string;
  readonly number: string;
}

const MEDIA = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;
type Format = keyof typeof MEDIA;

/** A bulletin has a row a month; longer ones are neither read nor computed in time. */
const LONGEST_YEARS = 30;

@Injectable()
export class ReportsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly figures: FiguresService,
    private readonly idempotency: Idempotency,
    private readonly reference: ReferenceService,
    private readonly reports: ReportsRepository,
    private readonly worker: Worker,
  ) {}

  onModuleInit(): void {
    this.worker.handle('report', (run) => this.work(run));
  }

  /** Queues a report. Exact figures: for internal use, and marked so on every page. */
  async prepare(caller: Caller, retry: Retry, body: PrepareReportBody): Promise<Answer<ReportView>> {
    if (body.from > body.to)
      throw reportProblems.reversed({}, [
        { pointer: '/to', code: 'date.reversed', detail: 'The period ends before it begins.' },
      ]);
    const purpose = body.purpose ?? 'INTERNAL';
    // Exact figures count everybody, so what needs consent is not made from them.
    if (REPORT_PURPOSES[purpose].needs.length > 0)
      throw reportProblems.noPublication({}, [
        { pointer: '/purpose', code: 'purpose.not-served', detail: 'Only internal reports are made.' },
      ]);
    if (Number(body.to.slice(0, 4)) - Number(body.from.slice(0, 4)) > LONGEST_YEARS)
      throw reportProblems.tooLong({}, [
        {
          pointer: '/to',
          code: 'date.out-of-range',
          detail: 'The period is longer than a report can show month by month.',
        },
      ]);
    if (body.asOf !== undefined && body.asOf < body.from)
      throw reportProblems.cutOffBefore({}, [
        { pointer: '/asOf', code: 'date.reversed', detail: 'The cut-off lies before the first day of the period.' },
      ]);
    const countryCode = body.country ?? caller.country;
    const country = this.catalogue.country(countryCode);
    if (!country || countryCode === 'CORE')
      throw reportProblems.notFound({}, [
        { pointer: '/country', code: 'country.unknown', detail: 'There is no pack for this country.' },
      ]);
    const year = Number(dayInZone(this.clock.now().getTime(), country.zone).slice(0, 4));
    const answer = await this.idempotency.once(caller, retry, async (tx) => {
      const sequence = await this.reports.nextSequence(
        tx,
        caller.organisationId,
        `${caller.acronym}/${countryCode}/${year}/`,
      );
      const number = documentNumber(caller.acronym, countryCode, year, sequence);
      const input: ReportInput = { ...body, asOf: body.asOf ?? body.to, country: countryCode, number };
      const stored = await this.reports.insert(tx, {
        id: randomUUID(),
        organisationId: caller.organisationId,
        createdBy: caller.userId,
        createdAt: this.clock.now(),
        input: { ...input },
        number,
        genre: body.genre,
        language: body.language,
      });
      await tx.audit('report.requested', {
        subjectId: stored.job.id,
        details: { number, genre: body.genre, language: body.language, purpose },
      });
      return new Answer(toReportView(stored), { status: 202, location: `/v1/reports/${stored.job.id}` });
    });
    this.worker.nudge();
    return answer;
  }

  async list(caller: Caller, query: PageQuery): Promise<Page<ReportView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = `reports|${caller.organisationId}|${may(caller, 'report:prepare')}`;
    // Nothing has been issued yet: there is no publication lane. Whoever does not prepare reports sees none.
    if (!may(caller, 'report:prepare')) return { items: [], next: null };
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const rows = await this.reports.page(
      caller,
      limit + 1,
      after === null ? null : { createdAt: new Date(String(after[0])), id: String(after[1]) },
    );
    return this.cursors.page(scope, rows, limit, (row) => [row.job.createdAt.toISOString(), row.job.id], toReportView);
  }

  async read(caller: Caller, reportId: string): Promise<ReportView> {
    return toReportView(await this.find(caller, reportId));
  }

  /** The document in one format. Reading exact figures is an act, and is audited. */
  async document(caller: Caller, reportId: string, name: string): Promise<Answer<string>> {
    const stored = await this.find(caller, reportId);
    const document = await this.reports.documentOf(caller, reportId);
    if (document === null) throw reportProblems.notReady({});
    const format = name.slice('document.'.length) as Format;
    await this.database.write(caller, (tx) => tx.audit('report.read', { subjectId: reportId, details: { format } }));
    const headers = { contentType: MEDIA[format], disposition: inline(`${stored.number}.${format}`) };
    if (format === 'html')
      return new Answer(renderHtml(document), { ...headers, policy: contentSecurityPolicy(document) });
    return new Answer(format === 'md' ? renderMarkdown(document) : JSON.stringify(document), headers);
  }

  private async find(caller: Caller, reportId: string): Promise<StoredReport> {
    const stored = may(caller, 'report:prepare') ? await this.reports.reportOf(caller, reportId) : null;
    if (!stored) throw reportProblems.notFound({});
    return stored;
  }

  private async work(run: JobRun): Promise<Readonly<Record<string, unknown>>> {
    const input = run.job.input as ReportInput;
    const asker = await this.reports.askerFor(run.job);
    if (!asker) throw reportProblems.notFound({});
    const document = await this.build(asker, input, (done) => run.progress(done));
    const actor = { userId: run.job.createdBy, organisationId: asker.organisationId, requestId: `job ${run.job.id}` };
    await this.database.write(actor, async (tx) => {
      await this.reports.keepDocument(tx, run.job.id, document);
      await tx.audit('report.prepared', {
        subjectId: run.job.id,
        details: { number: input.number, dataVersion: document.identity.dataVersion },
      });
    });
    return { number: input.number };
  }

  /** Asks every question of the bulletin and builds the document. */
  async build(
    asker: Asker & { readonly organisation: string; readonly acronym: string },
    input: ReportInput,
    progress: (done: number) => Promise<void>,
  ): Promise<ReportDocument> {
    const country = this.catalogue.country(input.country);
    if (!country) throw reportProblems.notFound({});
    const about = bulletinCountry(this.catalogue, country);
    const questions = bulletinQuestions({ from: input.from, to: input.to, asOf: input.asOf, country: about });
    const answers: Record<string, ReturnType<typeof forInternalUse>> = {};
    await this.figures.atOneMoment(asker, async (figures) => {
      for (const [index, { name, request }] of questions.entries()) {
        answers[name] = forInternalUse(await figures.answer(asker, request, input.country));
        await progress(index + 1);
      }
    });
    return buildBulletin(answers, {
      organisation: { name: asker.organisation, code: asker.acronym },
      country: about,
      language: input.language,
      labels: labelsOf(this.catalogue, country),
      officialFigures: publishedFigures(country, await this.reference.publishedFigures(input.country), input.language),
      emergencyPeriods: emergencyPeriods(country, await this.reference.emergencyPeriods(input.country)),
      method: methodFacts(await this.reports.openDuplicates(asker.organisationId)),
      documentNumber: input.number,
      preparedOn: dayInZone(this.clock.now().getTime(), country.zone),
      ...(input.title === undefined ? {} : { title: input.title }),
    });
  }
}

function toReportView({
  job,
  number,
  genre,
  language,
  title,
  marking,
  dataVersion,
  findings,
}: StoredReport): ReportView {
  const self = `/v1/reports/${job.id}`;
  const links =
    dataVersion === null
      ? { self }
      : { self, html: `${self}/document.html`, md: `${self}/document.md`, json: `${self}/document.json` };
  return {
    ...toJobView(job, links),
    number,
    genre,
    language,
    title: title || null,
    marking,
    dataVersion,
    findings: [...findings],
  };
}
