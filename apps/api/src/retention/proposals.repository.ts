/** Closed cases whose time is over, as questions to a coordinator. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Database, sqlFile, type Tx } from '#lib/database';

const dueCases = sqlFile(import.meta.url, './sql/due-cases.sql');
const listProposals = sqlFile(import.meta.url, './sql/list-proposals.sql');

export interface DueCase {
  readonly caseId: string;
  readonly organisationId: string;
  readonly class: string;
  readonly closedOn: string;
}

export interface Proposal {
  readonly id: string;
  readonly caseId: string;
  readonly number: string;
  readonly class: string;
  readonly closedOn: string;
  readonly dueOn: string;
  readonly state: string;
  readonly proposedAt: string;
  readonly decidedBy: string | null;
}

export interface DueQuestion {
  readonly country: string;
  readonly zone: string;
  readonly today: string;
  readonly classes: readonly string[];
  readonly years: readonly number[];
  readonly limit: number;
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);

@Injectable()
export class ProposalsRepository {
  constructor(private readonly database: Database) {}

  dueCases(question: DueQuestion): Promise<DueCase[]> {
    return this.database.statement<DueCase>(null, dueCases, { ...question });
  }

  /** Asks about a case, unless somebody is asked already. Answers the id of the question. */
  async insert(tx: Tx, due: DueCase, dueOn: string, proposedAt: Date): Promise<string | null> {
    const id = randomUUID();
    const { count } = await tx.prisma.erasureProposal.createMany({
      data: [{ id, ...due, closedOn: midnight(due.closedOn), dueOn: midnight(dueOn), proposedAt }],
      skipDuplicates: true,
    });
    return count > 0 ? id : null;
  }

  proposalsOf(
    caller: Caller,
    state: string,
    after: { readonly dueOn: string; readonly id: string } | null,
    limit: number,
  ): Promise<Proposal[]> {
    return this.database.statement<Proposal>(caller, listProposals, {
      organisation: caller.organisationId,
      state,
      limit,
      ...(after === null ? {} : { afterDay: after.dueOn, afterId: after.id }),
    });
  }

  async proposalOf(tx: Tx, caller: Caller, id: string) {
    return tx.prisma.erasureProposal.findFirst({ where: { id, organisationId: caller.organisationId } });
  }

  /** Whether nobody was quicker. */
  async decide(tx: Tx, caller: Caller, id: string, state: string, decidedAt: Date): Promise<boolean> {
    const { count } = await tx.prisma.erasureProposal.updateMany({
      where: { id, organisationId: caller.organisationId, state: 'OPEN' },
      data: { state, decidedAt, decidedBy: caller.userId },
    });
    return count > 0;
  }
}
