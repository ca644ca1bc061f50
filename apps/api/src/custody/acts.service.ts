/** What every act on a case does before and after its own step: lock, check codes, write, count up, keep facts, audit. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { requestProblems } from '../platform/validation/body.pipe.js';
import { etagOf } from '../platform/versions.js';
import { insertRows } from '../record/case-rows.repository.js';
import { CaseSealing } from '../record/case-sealing.js';
import { codeFaults } from '../record/code-check.js';
import type { RecordedBy, Rows } from '../record/event-rows.js';
import { FactsService } from '../record/facts.service.js';
import { nextVersion } from '../record/person-files.repository.js';
import { lockForAct, type PersonFiles } from '../record/person-files.js';
import type { RecordedView } from '../record/recorded.view.js';
import { Catalogue } from '../reference/catalogue.js';
import { ActsRepository } from './acts.repository.js';

/** What an act comes to: rows to write, if any, and what is said of it. */
export interface Act {
  readonly id: string;
  readonly kind: string;
  readonly rows?: Rows;
  /** Action of the audit line. */
  readonly audit: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Whether figures may change by it. */
  readonly changesFacts: boolean;
}

@Injectable()
export class ActsService {
  constructor(
    private readonly acts: ActsRepository,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly facts: FactsService,
    private readonly idempotency: Idempotency,
    private readonly sealing: CaseSealing,
  ) {}

  /** Records one thing in a case, once, whatever else is tried at the same time. */
  record(
    caller: Caller,
    retry: Retry,
    caseId: string,
    step: (tx: Tx, files: PersonFiles, by: RecordedBy) => Promise<Act>,
  ): Promise<Answer<RecordedView>> {
    return this.idempotency.once(caller, retry, async (tx) => {
      const files = await lockForAct(tx, caller, caseId);
      const act = await step(tx, files, {
        caseId,
        recordedAt: this.clock.now().toISOString(),
        recordedBy: caller.userId,
      });
      const version = await this.finish(tx, files, act);
      return created({ id: act.id, caseId, kind: act.kind, version }, `/v1/cases/${caseId}/timeline`, etagOf(version));
    });
  }

  /** Writes what an act comes to and answers the new version of the file. */
  async finish(tx: Tx, files: PersonFiles, { rows = {}, ...act }: Act): Promise<number> {
    if (Object.values(rows).some((list) => list.length > 0))
      await insertRows(tx, await this.sealing.sealIn(tx, files.file.organisationId, rows));
    const version = await nextVersion(tx, files.file);
    if (act.changesFacts) await this.facts.refresh(tx, files.all);
    await tx.audit(act.audit, { caseId: files.file.id, subjectId: act.id, details: act.details });
    return version;
  }

  checkCodes(type: new () => object, body: object, country: string): void {
    const faults = codeFaults(this.catalogue, type, body, country);
    if (faults.length > 0) throw requestProblems.invalid({}, faults);
  }

  /** Whether the caller is a lawyer assigned to the case at this moment. */
  async isAssignedLawyer(tx: Tx, caller: Caller, caseId: string): Promise<boolean> {
    return caller.roles.includes('lawyer') && (await this.acts.isAssigned(tx, caller, caseId));
  }
}
