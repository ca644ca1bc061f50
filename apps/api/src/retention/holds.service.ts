/** How long a case is kept after it was closed, and what holds it beyond that. Two people release a hold. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { dueForErasure } from '#lib/consent';
import { Database, type Tx } from '#lib/database';
import { NoticesService } from '../notices/notices.service.js';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { filesOfPerson, lockForAct } from '../record/person-files.js';
import { Catalogue } from '../reference/catalogue.js';
import type { HoldView, PlaceHoldBody, ReleaseHoldBody, RetentionView, SetRetentionBody } from './retention.dto.js';
import { retentionProblems } from './retention.problems.js';
import { RetentionRepository, type Hold } from './retention.repository.js';

const toHoldView = ({ id, ownerId, placedAt, placedBy, releaseAskedBy, releasedAt }: Hold): HoldView => ({
  id,
  ownerId,
  placedAt: placedAt.toISOString(),
  placedBy,
  releaseAskedBy,
  releasedAt: releasedAt?.toISOString() ?? null,
});

@Injectable()
export class HoldsService {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesService,
    private readonly retention: RetentionRepository,
  ) {}

  async read(caller: Caller, caseId: string): Promise<RetentionView> {
    return this.database.write(caller, async (tx) => {
      const { file } = await filesOfPerson(tx, caller, caseId, { lock: false });
      await tx.audit('retention.read', { caseId });
      return this.view(tx, caseId, file.country);
    });
  }

  async setClass(caller: Caller, retry: Retry, caseId: string, body: SetRetentionBody): Promise<Answer<RetentionView>> {
    return this.idempotency.once({ ...caller, reason: body.reason }, retry, async (tx) => {
      const { file } = await lockForAct(tx, caller, caseId);
      const before = await this.retention.classOf(tx, caseId);
      await this.retention.setClass(tx, caller, caseId, body.class, this.clock.now());
      await tx.audit('retention.set', { caseId, details: { before, after: body.class } });
      return created(await this.view(tx, caseId, file.country), `/v1/cases/${caseId}/retention`);
    });
  }

  async place(caller: Caller, retry: Retry, caseId: string, body: PlaceHoldBody): Promise<Answer<HoldView>> {
    return this.idempotency.once({ ...caller, reason: body.reason }, retry, async (tx) => {
      await lockForAct(tx, caller, caseId);
      const ownerId = body.ownerId ?? caller.userId;
      if (!(await this.retention.isColleague(tx, caller, ownerId)))
        throw retentionProblems.noOwner({}, [
          { pointer: '/ownerId', code: 'user.unknown', detail: 'There is no such person in your organisation.' },
        ]);
      const id = await this.retention.insertHold(tx, caller, caseId, ownerId, this.clock.now());
      await tx.audit('hold.placed', { caseId, subjectId: id, details: { ownerId } });
      return created(toHoldView(await this.holdOf(tx, caseId, id)), `/v1/cases/${caseId}/retention`);
    });
  }

  /** The first person asks, another one releases. Nobody is both. */
  async release(
    caller: Caller,
    retry: Retry,
    caseId: string,
    holdId: string,
    body: ReleaseHoldBody,
  ): Promise<Answer<HoldView>> {
    return this.idempotency.once({ ...caller, reason: body.reason }, retry, async (tx) => {
      await lockForAct(tx, caller, caseId);
      const hold = await this.holdOf(tx, caseId, holdId);
      if (hold.releasedAt !== null) throw retentionProblems.released({});
      if (hold.releaseAskedBy === caller.userId) throw retentionProblems.otherPerson({});
      const now = this.clock.now();
      if (hold.releaseAskedBy === null) {
        await this.retention.askRelease(tx, caller, caseId, holdId, now);
        await this.notices.raise(tx, caller, { kind: 'HOLD_RELEASE_ASKED', caseId, subjectId: holdId });
        await tx.audit('hold.release-asked', { caseId, subjectId: holdId });
      } else {
        await this.retention.release(tx, caller, caseId, holdId, now);
        await tx.audit('hold.released', { caseId, subjectId: holdId, details: { askedBy: hold.releaseAskedBy } });
      }
      return created(toHoldView(await this.holdOf(tx, caseId, holdId)), `/v1/cases/${caseId}/retention`);
    });
  }

  private async holdOf(tx: Tx, caseId: string, holdId: string): Promise<Hold> {
    const hold = (await this.retention.holdsOf(tx, caseId)).find(({ id }) => id === holdId);
    if (!hold) throw retentionProblems.noHold({});
    return hold;
  }

  private async view(tx: Tx, caseId: string, country: string): Promise<RetentionView> {
    const retention = await this.retention.classOf(tx, caseId);
    const closedOn = await this.retention.closedOn(tx, caseId, this.catalogue.zoneOf(country));
    const holds = (await this.retention.holdsOf(tx, caseId)).map(toHoldView);
    return { class: retention, closedOn, dueOn: dueForErasure(closedOn, retention), holds };
  }
}
