/**
 * Looks for files that may be about a person already on file. What it finds is a suggestion with its reasons; nothing
 * is ever merged by it. Running twice over a file changes nothing: a pair is kept once.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { CANDIDATE_THRESHOLD, compare, type MatchPerson } from '#lib/matching';
import { Database, type Actor, type Tx } from '#lib/database';
import { Worker } from '../jobs/worker.js';
import { NameIndex, type Pair } from '../names/name-index.service.js';
import { Clock } from '../platform/clock.js';
import { matchPersonOf } from '../record/match-rows.js';
import { Catalogue } from '../reference/catalogue.js';
import { MatchingRepository, type Candidate, type FiledPerson } from './matching.repository.js';

/** Files of one transaction. Before each the index looks for what others have committed, which costs as much for few. */
const BATCH = 250;
/** People opened, and pairs compared, before requests that wait have their turn: some milliseconds of each. */
const OPENED_AT_ONCE = 100;
const COMPARED_AT_ONCE = 250;

/** Whoever is compared, read once. */
interface Compared {
  readonly filed: FiledPerson;
  readonly person: MatchPerson;
}

@Injectable()
export class MatchingService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly matching: MatchingRepository,
    private readonly names: NameIndex,
    private readonly worker: Worker,
  ) {}

  onModuleInit(): void {
    this.worker.chore(async () => {
      while ((await this.matchPending(null, null)) !== null);
    });
  }

  /**
   * Looks for duplicates of one batch of waiting files and answers how many were found; null when none waits.
   * @param jobId the import whose files are meant; null means files of nobody's import
   */
  async matchPending(actor: Actor | null, jobId: string | null): Promise<number | null> {
    if ((await this.matching.countPending(jobId)) === 0) return null;
    return this.database.write(actor, (tx) => this.matchBatch(tx, jobId), {
      statementTimeoutMs: 20_000,
      transactionTimeoutMs: 60_000,
    });
  }

  /** The same inside somebody's transaction (a dry run looks for duplicates too). */
  async matchPendingIn(tx: Tx, jobId: string): Promise<number | null> {
    return (await this.matching.countPendingIn(tx, jobId)) === 0 ? null : this.matchBatch(tx, jobId);
  }

  private async matchBatch(tx: Tx, jobId: string | null): Promise<number> {
    const pending = await this.matching.takePending(tx, jobId, BATCH);
    let found = 0;
    for (const organisationId of new Set(pending.map((file) => file.organisationId))) {
      const own = pending.filter((file) => file.organisationId === organisationId).map((file) => file.caseId);
      found += await this.match(tx, organisationId, own);
    }
    await this.matching.forgetPending(
      tx,
      pending.map((file) => file.caseId),
    );
    await tx.audit('duplicates.looked-for', { details: { files: pending.length, found } });
    return found;
  }

  private async match(tx: Tx, organisationId: string, caseIds: readonly string[]): Promise<number> {
    const people = new Map<string, Compared>();
    await this.readInto(people, tx, organisationId, caseIds);
    const files = [...people].map(([id, { person }]) => ({ id, person }));
    const pairs = await this.names.partnersOf(tx, organisationId, files);
    if (pairs.length === 0) return 0;
    const others = new Set(pairs.map(({ to }) => to).filter((id) => !people.has(id)));
    await this.readInto(people, tx, organisationId, [...others]);
    const candidates = await candidatesAmong(pairs, people);
    return this.matching.insertCandidates(tx, organisationId, candidates, this.clock.now());
  }

  /** Opens the people of some files. Absorbed files are compared no more. */
  private async readInto(
    people: Map<string, Compared>,
    tx: Tx,
    organisationId: string,
    caseIds: readonly string[],
  ): Promise<void> {
    for (let at = 0; at < caseIds.length; at += OPENED_AT_ONCE) {
      const read = await this.matching.peopleOf(tx, organisationId, caseIds.slice(at, at + OPENED_AT_ONCE));
      for (const filed of read)
        if (filed.mergedInto === null) people.set(filed.id, { filed, person: this.personOf(filed) });
      await setImmediate();
    }
  }

  private personOf(filed: FiledPerson): MatchPerson {
    const place = filed.place === null || filed.place === 'UNKNOWN' ? null : filed.place;
    return { ...matchPersonOf(filed, this.catalogue), place };
  }
}

/** Pairs that are probably one person, each once. */
async function candidatesAmong(pairs: readonly Pair[], people: ReadonlyMap<string, Compared>): Promise<Candidate[]> {
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const pair of pairs) {
    const [one, other] = [people.get(pair.from), people.get(pair.to)];
    if (!one || !other) continue;
    const [a, b] = isOlder(one.filed, other.filed) ? [one, other] : [other, one];
    const key = `${a.filed.id}|${b.filed.id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { score, reasons } = compare(a.person, b.person);
    if (score >= CANDIDATE_THRESHOLD) candidates.push({ aId: a.filed.id, bId: b.filed.id, score, reasons });
    if (seen.size % COMPARED_AT_ONCE === 0) await setImmediate();
  }
  return candidates;
}

/** The older file of a pair is `a`; of two of one moment, the smaller id. */
function isOlder(a: FiledPerson, b: FiledPerson): boolean {
  const difference = a.recordedAt.getTime() - b.recordedAt.getTime();
  return difference !== 0 ? difference < 0 : a.id < b.id;
}
