/**
 * A closed case whose time is over: once a day the service asks, and coordinators decide. Nothing is erased by a clock
 * alone, nor by one person. Asking twice does no harm: whoever is asked already is not found again.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { dueForErasure, RETENTION_CLASSES, type RetentionClass } from '#lib/consent';
import { Database, type Tx } from '#lib/database';
import { dayInZone } from '#lib/time';
import { Worker } from '../jobs/worker.js';
import { NoticesService } from '../notices/notices.service.js';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT } from '../platform/paging.js';
import { lockForAct, type PersonFiles } from '../record/person-files.js';
import { Catalogue } from '../reference/catalogue.js';
import { ErasureRequestsService } from './erasure-requests.service.js';
import { ProposalsRepository } from './proposals.repository.js';
import type { DecideErasureBody, ErasureDecisionView, ProposalsQuery, ProposalView } from './retention.dto.js';
import { retentionProblems } from './retention.problems.js';

const AT_ONCE = 200;
const ENDING = Object.entries(RETENTION_CLASSES).flatMap(([code, years]) => (years === null ? [] : [{ code, years }]));

@Injectable()
export class ErasureProposalsService implements OnModuleInit {
  /** The day for which each country was last looked through by this process. */
  private readonly done = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesService,
    private readonly proposals: ProposalsRepository,
    private readonly requests: ErasureRequestsService,
    private readonly worker: Worker,
  ) {}

  onModuleInit(): void {
    this.worker.chore(() => this.propose());
  }

  /** Asks about every closed case that has fallen due. */
  async propose(): Promise<void> {
    for (const { code: country, zone } of this.catalogue.countries()) {
      const today = dayInZone(this.clock.now().getTime(), zone);
      if (this.done.get(country) === today) continue;
      while ((await this.proposeIn(country, zone, today)) === AT_ONCE);
      this.done.set(country, today);
    }
  }

  async list(caller: Caller, query: ProposalsQuery): Promise<Page<ProposalView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const state = query.state ?? 'OPEN';
    const scope = JSON.stringify(['erasure-proposals', caller.userId, state]);
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { dueOn: String(after[0]), id: String(after[1]) };
    const found = await this.proposals.proposalsOf(caller, state, position, limit + 1);
    return this.cursors.page(
      scope,
      found,
      limit,
      (one) => [one.dueOn, one.id],
      (one) => one,
    );
  }

  /** Keeps the case for now, or asks that it is erased, which another coordinator confirms. */
  async decide(
    caller: Caller,
    retry: Retry,
    proposalId: string,
    { erase, reason }: DecideErasureBody,
  ): Promise<Answer<ErasureDecisionView>> {
    const teller = { ...caller, reason };
    return this.idempotency.once<ErasureDecisionView>(teller, retry, async (tx) => {
      const proposal = await this.proposals.proposalOf(tx, caller, proposalId);
      if (!proposal) throw retentionProblems.noProposal({});
      if (proposal.state !== 'OPEN') throw retentionProblems.decided({});
      const files = await lockForAct(tx, caller, proposal.caseId);
      const requestId = erase
        ? await this.requests.askWithin(tx, teller, files, proposalId)
        : await this.keep(tx, teller, files, proposalId);
      return created({ id: proposalId, state: erase ? 'OPEN' : 'KEPT', requestId }, '/v1/erasure-proposals');
    });
  }

  private async keep(tx: Tx, caller: Caller, files: PersonFiles, proposalId: string): Promise<null> {
    if (!(await this.proposals.decide(tx, caller, proposalId, 'KEPT', this.clock.now())))
      throw retentionProblems.decided({});
    await this.requests.withdrawFor(tx, caller, files, proposalId);
    await tx.audit('erasure.declined', { caseId: files.file.id, subjectId: proposalId });
    return null;
  }

  private async proposeIn(country: string, zone: string, today: string): Promise<number> {
    const classes = ENDING.map(({ code }) => code);
    const years = ENDING.map((one) => one.years);
    const found = await this.proposals.dueCases({ country, zone, today, classes, years, limit: AT_ONCE });
    const due = found.flatMap((one) => {
      const dueOn = dueForErasure(one.closedOn, one.class as RetentionClass);
      return dueOn !== null && dueOn <= today ? [{ one, dueOn }] : [];
    });
    if (due.length === 0) return 0;
    await this.database.write(null, async (tx) => {
      for (const { one, dueOn } of due) {
        const id = await this.proposals.insert(tx, one, dueOn, this.clock.now());
        if (id === null) continue;
        const { organisationId, caseId } = one;
        await this.notices.raise(tx, { organisationId, userId: null }, { kind: 'ERASURE_DUE', caseId, subjectId: id });
      }
      await tx.audit('erasure.proposed', { details: { country, cases: due.length } });
    });
    return found.length;
  }
}
