/**
 * Merges. A merge says that two files are of one person; nothing moves, so un-merging gives both back exactly. What
 * counts, counts once: the facts of the person are made again from both files together.
 */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, type Tx } from '#lib/database';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT, type PageQuery } from '../platform/paging.js';
import { caseProblems } from '../record/case.problems.js';
import { FactsService } from '../record/facts.service.js';
import { nextVersion } from '../record/person-files.repository.js';
import { filesOfPerson, type PersonFiles } from '../record/person-files.js';
import type { MergeBody, MergeView } from './duplicates.dto.js';
import { mergeProblems } from './duplicates.problems.js';
import { MergesRepository, type Merge } from './merges.repository.js';

const toMergeView = (merge: Merge): MergeView => ({
  id: merge.id,
  keep: merge.keepId,
  absorb: merge.absorbId,
  mergedAt: merge.mergedAt.toISOString(),
  endedAt: merge.endedAt?.toISOString() ?? null,
});

@Injectable()
export class MergesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly facts: FactsService,
    private readonly idempotency: Idempotency,
    private readonly merges: MergesRepository,
  ) {}

  async list(caller: Caller, query: PageQuery): Promise<Page<MergeView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = `merges|${caller.organisationId}`;
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { mergedAt: new Date(String(after[0])), id: String(after[1]) };
    const found = await this.merges.mergesOf(caller, position, limit + 1);
    return this.cursors.page(scope, found, limit, (one) => [one.mergedAt.toISOString(), one.id], toMergeView);
  }

  async merge(caller: Caller, retry: Retry, body: MergeBody): Promise<Answer<MergeView>> {
    if (body.keep === body.absorb) throw mergeProblems.sameFile({});
    return this.idempotency.once(caller, retry, async (tx) => {
      const [keep, absorb] = await lockBoth(tx, caller, body);
      if (keep.all[0]?.id === absorb.all[0]?.id || absorb.file.mergedInto !== null) throw mergeProblems.samePerson({});
      if (keep.file.mergedInto !== null) throw mergeProblems.keepAbsorbed({});
      if ([...keep.all, ...absorb.all].some((file) => file.erasedAt)) throw caseProblems.erased({});
      if (keep.file.country !== absorb.file.country) throw mergeProblems.otherCountry({});
      const merge = await this.merges.insertMerge(tx, caller, body, this.clock.now());
      await nextVersion(tx, keep.file);
      await nextVersion(tx, absorb.file);
      await this.facts.refresh(tx, [...keep.all, ...absorb.all]);
      await tx.audit('merge.made', { caseId: body.keep, subjectId: merge.id, details: { absorb: body.absorb } });
      return created(toMergeView(merge), `/v1/merges/${merge.id}`);
    });
  }

  /** Parts two files again: both are as they were, and what counts is counted anew for each. */
  async unmerge(caller: Caller, mergeId: string): Promise<void> {
    await this.database.write(caller, async (tx) => {
      const merge = await this.merges.mergeInForce(tx, caller, mergeId);
      if (!merge) throw mergeProblems.notFound({});
      const together = await filesOfPerson(tx, caller, merge.absorbId, { lock: true });
      if (together.all.some((file) => file.erasedAt)) throw caseProblems.erased({});
      if (!(await this.merges.endMerge(tx, caller, merge, this.clock.now()))) throw mergeProblems.notFound({});
      const keep = await filesOfPerson(tx, caller, merge.keepId, { lock: false });
      const absorb = await filesOfPerson(tx, caller, merge.absorbId, { lock: false });
      await nextVersion(tx, keep.file);
      await nextVersion(tx, absorb.file);
      await this.facts.refresh(tx, keep.all);
      await this.facts.refresh(tx, absorb.all);
      await tx.audit('merge.ended', {
        caseId: merge.keepId,
        subjectId: mergeId,
        details: { absorb: merge.absorbId, files: together.all.length },
      });
    });
  }
}

/** Locks both people, the smaller id first, so that two merges cannot wait for each other. */
async function lockBoth(
  tx: Tx,
  caller: Caller,
  { keep, absorb }: MergeBody,
): Promise<readonly [PersonFiles, PersonFiles]> {
  const [first, second] = keep < absorb ? [keep, absorb] : [absorb, keep];
  const one = await filesOfPerson(tx, caller, first, { lock: true });
  const other = await filesOfPerson(tx, caller, second, { lock: true });
  return first === keep ? [one, other] : [other, one];
}
