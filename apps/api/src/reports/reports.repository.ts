/** Reports and the jobs that prepare them. A report has the id of its job. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, type Tx } from '#lib/database';
import type { ReportDocument } from '#lib/reports';
import type { Asker } from '../figures/figures.service.js';
import type { JobRow } from '../jobs/job.view.js';

/** A report without its document: what a list shows. */
export interface StoredReport {
  readonly job: JobRow;
  readonly number: string;
  readonly genre: string;
  readonly language: string;
  /** Empty until the document is there. */
  readonly title: string;
  readonly marking: string | null;
  readonly dataVersion: string | null;
  readonly findings: readonly Finding[];
}

/** What an arithmetic check of the document found, in the language of the report. */
export interface Finding {
  readonly code: string;
  readonly message: string;
}

export interface NewReport {
  readonly id: string;
  readonly organisationId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly input: object;
  readonly number: string;
  readonly genre: string;
  readonly language: string;
}

interface ReportRow {
  readonly id: string;
  readonly number: string;
  readonly genre: string;
  readonly language: string;
  readonly title: string;
  readonly marking: string | null;
  readonly dataVersion: string | null;
  readonly findings: unknown;
}

const HEAD = {
  id: true,
  number: true,
  genre: true,
  language: true,
  title: true,
  marking: true,
  dataVersion: true,
  findings: true,
} as const;

function stored(
  job: JobRow,
  { number, genre, language, title, marking, dataVersion, findings }: ReportRow,
): StoredReport {
  return { job, number, genre, language, title, marking, dataVersion, findings: (findings ?? []) as Finding[] };
}

const plain = (value: unknown): object => JSON.parse(JSON.stringify(value)) as object;

@Injectable()
export class ReportsRepository {
  constructor(private readonly database: Database) {}

  /** The next number of a series; the organisation's row is locked, so that two reports never share one. */
  async nextSequence(tx: Tx, organisationId: string, series: string): Promise<number> {
    await tx.prisma.$queryRaw`select id from organisation where id = ${organisationId}::uuid for update`;
    return (await tx.prisma.report.count({ where: { organisationId, number: { startsWith: series } } })) + 1;
  }

  async insert(tx: Tx, report: NewReport): Promise<StoredReport> {
    const { id, organisationId, createdBy, createdAt, input, number, genre, language } = report;
    const job = await tx.prisma.job.create({
      data: { id, organisationId, kind: 'report', createdBy, createdAt, ready: true, input },
    });
    const row = await tx.prisma.report.create({
      data: { id, organisationId, number, genre, language, title: '', createdAt, createdBy },
    });
    return stored(job, row);
  }

  async keepDocument(tx: Tx, id: string, document: ReportDocument): Promise<void> {
    const { identity, marking, audit } = document;
    const findings = audit.map(({ check, words }) => ({ code: check, message: words[identity.language] }));
    const data = {
      title: identity.title,
      marking: marking?.text ?? null,
      dataVersion: identity.dataVersion,
      findings: plain(findings),
      document: plain(document),
    };
    await tx.prisma.report.updateMany({ where: { id }, data });
  }

  async reportOf(caller: Caller, id: string): Promise<StoredReport | null> {
    // The job first: one that has ended has its document, and the two are read one after the other.
    const job = await this.database.read(caller, (prisma) => prisma.job.findFirst({ where: { id, kind: 'report' } }));
    const row = await this.database.read(caller, ({ report }) =>
      report.findFirst({ where: { id, organisationId: caller.organisationId }, select: HEAD }),
    );
    return row && job ? stored(job, row) : null;
  }

  /** Null while it is being prepared. */
  async documentOf(caller: Caller, id: string): Promise<ReportDocument | null> {
    const row = await this.database.read(caller, ({ report }) =>
      report.findFirst({ where: { id, organisationId: caller.organisationId }, select: { document: true } }),
    );
    return (row?.document ?? null) as ReportDocument | null;
  }

  async page(
    caller: Caller,
    take: number,
    after: { readonly createdAt: Date; readonly id: string } | null,
  ): Promise<StoredReport[]> {
    const behind = after
      ? { OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { gt: after.id } }] }
      : {};
    const rows = await this.database.read(caller, ({ report }) =>
      report.findMany({
        where: { organisationId: caller.organisationId, ...behind },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        take,
        select: HEAD,
      }),
    );
    const ids = rows.map((row) => row.id);
    const found = await this.database.read(caller, ({ job }) => job.findMany({ where: { id: { in: ids } } }));
    const jobs = new Map(found.map((job) => [job.id, job]));
    return rows.flatMap((row) => {
      const job = jobs.get(row.id);
      return job ? [stored(job, row)] : [];
    });
  }

  /** Whose figures a job asks for: those of whoever asked for the report, as long as they still coordinate. */
  async askerFor({
    id: jobId,
    createdBy: userId,
  }: Pick<JobRow, 'id' | 'createdBy'>): Promise<
    (Asker & { readonly organisation: string; readonly acronym: string }) | null
  > {
    const user = await this.database.prisma.appUser.findFirst({
      where: { id: userId, disabledAt: null, roles: { has: 'coordinator' } },
      include: { organisation: true },
    });
    if (!user) return null;
    const { organisation } = user;
    return {
      jobId,
      organisationId: organisation.id,
      organisationNo: organisation.no,
      country: organisation.country,
      organisation: organisation.name,
      acronym: organisation.acronym,
    };
  }

  async openDuplicates(organisationId: string): Promise<number> {
    return this.database.prisma.duplicateCandidate.count({ where: { organisationId, state: 'open' } });
  }
}
