/**
 * Erasure by two people: one coordinator asks that the keys of a person are destroyed, another one confirms it within two
 * weeks, and both type the number of the case. Until then anybody of the two, or a third one, takes it back. A proposal of
 * the service for a closed case goes the same way. There is no other way, for nobody: what one person can do alone one
 * person can be made to do.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { dueForErasure, erasureRequestEnds } from '#lib/consent';
import { Database, type Tx } from '#lib/database';
import { dayInZone } from '#lib/time';
import { ErasureService } from '../cases/erasure.service.js';
import { Worker } from '../jobs/worker.js';
import { NoticesService } from '../notices/notices.service.js';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT } from '../platform/paging.js';
import { lockForAct, type PersonFiles } from '../record/person-files.js';
import { Catalogue } from '../reference/catalogue.js';
import { ErasureRequestsRepository, type PendingRequest } from './erasure-requests.repository.js';
import { LegalHoldsService } from './legal-holds.service.js';
import { ProposalsRepository } from './proposals.repository.js';
import type {
  EraseCaseBody,
  ErasureRequestView,
  ErasureView,
  RequestsQuery,
  WithdrawErasureBody,
} from './retention.dto.js';
import { retentionProblems } from './retention.problems.js';
import { RetentionRepository } from './retention.repository.js';

const AT_ONCE = 200;
/** How often a process looks for requests whose time is over; they cannot be confirmed from that moment on anyway. */
const LOOK_EVERY_MS = 600_000;

/** Another process has put the request away already. */
class Quicker extends Error {}

@Injectable()
export class ErasureRequestsService implements OnModuleInit {
  private lookAt = 0;

  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly erasure: ErasureService,
    private readonly holds: LegalHoldsService,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesService,
    private readonly proposals: ProposalsRepository,
    private readonly requests: ErasureRequestsRepository,
    private readonly retention: RetentionRepository,
    private readonly worker: Worker,
  ) {}

  onModuleInit(): void {
    this.worker.chore(() => this.expire());
  }

  async list(caller: Caller, query: RequestsQuery): Promise<Page<ErasureRequestView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const state = query.state ?? 'OPEN';
    const scope = JSON.stringify(['erasure-requests', caller.userId, state]);
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { expiresAt: String(after[0]), id: String(after[1]) };
    const found = await this.requests.requestsOf(caller, { state, now: this.clock.now(), limit: limit + 1 }, position);
    return this.cursors.page(
      scope,
      found,
      limit,
      (one) => [one.expiresAt, one.id],
      (one) => one,
    );
  }

  async ask(
    caller: Caller,
    retry: Retry,
    caseId: string,
    { number, reason }: EraseCaseBody,
  ): Promise<Answer<ErasureRequestView>> {
    const teller = { ...caller, reason };
    return this.idempotency.once(teller, retry, async (tx) => {
      const files = await lockForAct(tx, caller, caseId);
      if (number !== files.file.number) throw retentionProblems.otherNumber({});
      const id = await this.askWithin(tx, teller, files, null);
      return created(await this.view(tx, caller, id), '/v1/erasure-requests');
    });
  }

  /** Asks inside an act that has locked the person's files; answers the id of the request. */
  async askWithin(tx: Tx, caller: Caller, { file, all }: PersonFiles, proposalId: string | null): Promise<string> {
    const [caseId, files, askedAt] = [file.id, all.map(({ id }) => id), this.clock.now()];
    await this.holds.refuseWhileHeld(tx, files);
    if (proposalId !== null) await this.refuseUnlessDue(tx, caseId, file.country);
    if ((await this.requests.liveFor(tx, files, askedAt)).length > 0) throw retentionProblems.asked({});
    const expiresAt = erasureRequestEnds(askedAt);
    const id = await this.requests.insert(tx, caller, { caseId, files, proposalId, askedAt, expiresAt });
    await this.notices.raise(tx, caller, { kind: 'ERASURE_ASKED', caseId, subjectId: id });
    await tx.audit('erasure.asked', { caseId, subjectId: id, details: { files: files.length, proposalId } });
    return id;
  }

  /** Another coordinator agrees, and the keys are destroyed. */
  async confirm(
    caller: Caller,
    retry: Retry,
    requestId: string,
    { number, reason }: EraseCaseBody,
  ): Promise<Answer<ErasureView>> {
    const teller = { ...caller, reason };
    let erased: readonly string[] = [];
    const answer = await this.idempotency.once<ErasureView>(teller, retry, async (tx) => {
      const { caseId, askedBy, files: askedFor, proposalId } = await this.pending(tx, caller, requestId);
      if (askedBy === caller.userId) throw retentionProblems.secondPerson({});
      const files = await lockForAct(tx, caller, caseId);
      if (number !== files.file.number) throw retentionProblems.otherNumber({});
      if (!sameFiles(askedFor, files)) throw retentionProblems.otherFiles({});
      if (proposalId !== null) await this.refuseUnlessDue(tx, caseId, files.file.country);
      // While the request stands open: the database lets nobody destroy a key without one.
      const receipt = await this.erasure.eraseWithin(tx, teller, files);
      erased = files.all.map(({ id }) => id);
      const now = this.clock.now();
      if (!(await this.requests.decide(tx, caller, requestId, 'CONFIRMED', now)))
        throw retentionProblems.requestOver({});
      if (proposalId !== null && !(await this.proposals.decide(tx, caller, proposalId, 'ERASED', now)))
        throw retentionProblems.decided({});
      await tx.audit('erasure.confirmed', { caseId, subjectId: requestId, details: { askedBy, proposalId } });
      return created(receipt, `/v1/cases/${caseId}`);
    });
    this.erasure.forget(erased);
    return answer;
  }

  /** Whoever coordinates may take it back, whoever asked. */
  async withdraw(
    caller: Caller,
    retry: Retry,
    requestId: string,
    { reason }: WithdrawErasureBody,
  ): Promise<Answer<ErasureRequestView>> {
    return this.idempotency.once({ ...caller, reason }, retry, async (tx) => {
      await this.withdrawWithin(tx, caller, await this.pending(tx, caller, requestId));
      return created(await this.view(tx, caller, requestId), '/v1/erasure-requests');
    });
  }

  /** Takes back what was asked about a proposal, because somebody decided to keep the case. */
  async withdrawFor(tx: Tx, caller: Caller, { all }: PersonFiles, proposalId: string): Promise<void> {
    const live = await this.requests.liveFor(
      tx,
      all.map(({ id }) => id),
      this.clock.now(),
    );
    for (const request of live.filter((one) => one.proposalId === proposalId))
      await this.withdrawWithin(tx, caller, request);
  }

  /** Puts requests away that nobody confirmed in time. */
  async expire(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() < this.lookAt) return;
    this.lookAt = now.getTime() + LOOK_EVERY_MS;
    for (const { id, caseId } of await this.requests.lapsed(now, AT_ONCE))
      await this.database
        .write(null, async (tx) => {
          if (!(await this.requests.expire(tx, id, now))) throw new Quicker();
          await tx.audit('erasure.expired', { caseId, subjectId: id });
        })
        .catch((error: unknown) => {
          if (!(error instanceof Quicker)) throw error;
        });
  }

  private async withdrawWithin(tx: Tx, caller: Caller, { id, caseId, askedBy }: PendingRequest): Promise<void> {
    if (!(await this.requests.decide(tx, caller, id, 'WITHDRAWN', this.clock.now())))
      throw retentionProblems.requestOver({});
    await tx.audit('erasure.withdrawn', { caseId, subjectId: id, details: { askedBy } });
  }

  private async pending(tx: Tx, caller: Caller, requestId: string): Promise<PendingRequest> {
    const request = await this.requests.requestOf(tx, caller, requestId);
    if (!request) throw retentionProblems.noRequest({});
    if (request.state !== 'OPEN' || request.expiresAt <= this.clock.now()) throw retentionProblems.requestOver({});
    return request;
  }

  private async refuseUnlessDue(tx: Tx, caseId: string, country: string): Promise<void> {
    const zone = this.catalogue.zoneOf(country);
    const closedOn = await this.retention.closedOn(tx, caseId, zone);
    const due = dueForErasure(closedOn, await this.retention.classOf(tx, caseId));
    if (due === null || due > dayInZone(this.clock.now().getTime(), zone)) throw retentionProblems.reopened({});
  }

  private async view(tx: Tx, caller: Caller, id: string): Promise<ErasureRequestView> {
    const view = await this.requests.viewOf(tx, caller, id, this.clock.now());
    if (!view) throw retentionProblems.noRequest({});
    return view;
  }
}

/** Whether the person has the files that were spoken of: a merge in between would have more destroyed than was asked for. */
function sameFiles(askedFor: readonly string[], { all }: PersonFiles): boolean {
  return askedFor.length === all.length && all.every(({ id }) => askedFor.includes(id));
}
