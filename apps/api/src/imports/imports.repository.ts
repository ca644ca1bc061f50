/** Imports as jobs: whoever started one sees it, a coordinator sees those of the organisation. */
import { Injectable } from '@nestjs/common';
import type { Caller, Role } from '#lib/access';
import { Database, sqlFile, type Tx } from '#lib/database';
import type { JobRow } from '../jobs/job.view.js';

const lookAtSizes = sqlFile(import.meta.url, './sql/look-at-sizes.sql');

export interface ImportPosition {
  readonly createdAt: Date;
  readonly id: string;
}

/** Whoever a job acts for, with the rights and the office they have now. */
export interface Starter {
  readonly userId: string;
  readonly roles: readonly Role[];
  readonly organisationId: string;
  readonly organisationNo: number;
  readonly acronym: string;
  readonly officeId: string;
  readonly officeNo: number;
}

const json = (value: object): object => JSON.parse(JSON.stringify(value)) as object;

@Injectable()
export class ImportsRepository {
  constructor(private readonly database: Database) {}

  /** Lets the server look at once at what an import has filled; by itself it does within a minute or so. */
  async lookAtSizes(): Promise<void> {
    await this.database.statement(null, lookAtSizes, {});
  }

  async importVisibleTo(caller: Caller, id: string): Promise<JobRow | null> {
    return this.database.read(caller, ({ job }) => job.findFirst({ where: { ...visible(caller), id } }));
  }

  /** Imports, latest first. */
  async importsVisibleTo(caller: Caller, after: ImportPosition | null, limit: number): Promise<JobRow[]> {
    const behind =
      after === null
        ? {}
        : { OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { gt: after.id } }] };
    return this.database.read(caller, ({ job }) =>
      job.findMany({
        where: { ...visible(caller), ...behind },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        take: limit,
      }),
    );
  }

  /** Makes room for a file that is coming in; the worker does not see it before it is ready. */
  async insertImport(tx: Tx, caller: Caller, id: string, mapping: string, createdAt: Date): Promise<void> {
    await tx.prisma.job.create({
      data: {
        id,
        organisationId: caller.organisationId,
        kind: 'import',
        createdBy: caller.userId,
        createdAt,
        input: { mapping },
      },
    });
  }

  async deleteImport(tx: Tx, id: string): Promise<void> {
    await tx.prisma.job.deleteMany({ where: { id } });
  }

  async makeReady(tx: Tx, id: string, input: object, total: number): Promise<JobRow> {
    return tx.prisma.job.update({ where: { id }, data: { input: json(input), ready: true, total } });
  }

  /** The import after somebody asked it to stop; null when it was over. */
  async cancel(tx: Tx, id: string, now: Date): Promise<JobRow | null> {
    const waiting = await tx.prisma.job.updateMany({
      where: { id, status: 'queued' },
      data: { status: 'cancelled', cancelWanted: true, finishedAt: now },
    });
    const running = await tx.prisma.job.updateMany({ where: { id, status: 'running' }, data: { cancelWanted: true } });
    return waiting.count + running.count === 0 ? null : tx.prisma.job.findFirstOrThrow({ where: { id } });
  }

  /** The import, waiting again; null when it was neither cancelled nor failed. */
  async resume(tx: Tx, id: string): Promise<JobRow | null> {
    const resumed = await tx.prisma.job.updateMany({
      where: { id, status: { in: ['cancelled', 'failed'] } },
      data: { status: 'queued', cancelWanted: false, finishedAt: null, problem: null, attempts: 0 },
    });
    return resumed.count === 0 ? null : tx.prisma.job.findFirstOrThrow({ where: { id } });
  }

  /** How far the import is, for whoever takes it up again. */
  async saveCheckpoint(tx: Tx, id: string, checkpoint: object, done: number): Promise<void> {
    await tx.prisma.job.updateMany({ where: { id }, data: { checkpoint: json(checkpoint), done } });
  }

  /** Whoever started the import, unless they have been disabled or have no open office. */
  async starterOf(userId: string): Promise<Starter | null> {
    const user = await this.database.prisma.appUser.findFirst({
      where: { id: userId, disabledAt: null },
      include: { organisation: true, office: true },
    });
    if (!user?.office || user.office.closedAt) return null;
    const { organisation, office } = user;
    return {
      userId: user.id,
      roles: user.roles as Role[],
      organisationId: user.organisationId,
      organisationNo: organisation.no,
      acronym: organisation.acronym,
      officeId: office.id,
      officeNo: office.no,
    };
  }
}

function visible(caller: Caller): { organisationId: string; kind: string; createdBy?: string } {
  const own = caller.roles.includes('coordinator') ? {} : { createdBy: caller.userId };
  return { organisationId: caller.organisationId, kind: 'import', ...own };
}
