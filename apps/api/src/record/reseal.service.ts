/**
 * Seals the values of cases anew: those from before anything was sealed, and all of them when data keys are replaced.
 * What waits stands in a table; a batch is one transaction that locks its cases, so that a process that is killed loses
 * at most a batch, which is then done again. Versions and ETags stay: nothing of a case changes by it.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, type Tx } from '#lib/database';
import { CaseKeys } from '../keys/case-keys.js';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import { KEY_CLASSES } from '../keys/key-ring.js';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { log } from '../platform/log.js';
import { keyedDigest } from './case-plan.js';
import { auditUnreadable } from './case-parts.js';
import { CaseSealing, UNREADABLE } from './case-sealing.js';
import type { Row, Rows } from './event-rows.js';
import { ResealRepository, type PendingCase } from './reseal.repository.js';
import { SEALED } from './sealed-columns.js';

/** A case has about ten rows with something sealed: some 500 rows a transaction. */
const BATCH = 50;

@Injectable()
export class ResealService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly caseKeys: CaseKeys,
    private readonly pending: ResealRepository,
    private readonly purposeKeys: PurposeKeys,
    private readonly sealing: CaseSealing,
  ) {}

  /** What was never sealed is sealed before anything is served. */
  async onModuleInit(): Promise<void> {
    await this.purposeKeys.onModuleInit();
    while ((await this.pending.countUnsealed()) > 0) {
      // Nothing to take means that another process that starts has it; its work is waited for.
      if ((await this.batch()) === 0) await new Promise((soon) => setTimeout(soon, 200));
    }
  }

  /** How many cases wait. */
  waiting(): Promise<number> {
    return this.pending.countPending();
  }

  /** Puts every case into the list. Asking twice is the same as asking once. */
  async queueAll(): Promise<number> {
    await this.database.write(null, async (tx) => {
      await this.pending.queueAll(tx);
      await tx.audit('keys.data-rotation-started');
    });
    return this.pending.countPending();
  }

  /** Works until nothing waits. */
  async work(progress: (left: number) => void = () => undefined): Promise<void> {
    for (let left = await this.pending.countPending(); left > 0; left = await this.pending.countPending()) {
      progress(left);
      if ((await this.batch()) === 0) return;
      log.info({ left }, 'sealing anew');
    }
  }

  /** One transaction; answers how many cases it did. */
  batch(): Promise<number> {
    return this.database.write(
      null,
      async (tx) => {
        const cases = await this.pending.take(tx, BATCH);
        // What a batch came to is said in the trail, nothing included.
        for (const organisationId of new Set(cases.map((one) => one.organisationId)))
          await this.resealAll(
            tx,
            organisationId,
            cases.filter((one) => one.organisationId === organisationId),
          );
        await this.pending.forgetPending(
          tx,
          cases.map(({ id }) => id),
        );
        await tx.audit('keys.data-resealed', { details: { cases: cases.length } });
        return cases.length;
      },
      { transactionTimeoutMs: 60_000, statementTimeoutMs: 30_000 },
    );
  }

  private async resealAll(tx: Tx, organisationId: string, cases: readonly PendingCase[]): Promise<void> {
    const { case_key: keys, ...stored } = await this.pending.sealedRowsOf(
      tx,
      cases.map(({ id }) => id),
    );
    const keyRows = (keys ?? []) as unknown as readonly CaseKeyRow[];
    const opener = await this.sealing.opener(organisationId, keyRows);
    const opened: Rows = Object.fromEntries(
      Object.entries(stored).map(([table, rows]) => [table, opener.rows(table, rows ?? [])]),
    );
    const damaged = new Set(opener.unreadable.map(({ caseId }) => caseId));
    await auditUnreadable(tx, opener);
    const ring = await this.caseKeys.renew(
      tx,
      organisationId,
      cases.map(({ id }) => id),
      KEY_CLASSES,
      keyRows,
    );
    const sealed = this.sealing.sealWith(organisationId, ring, opened);
    await this.pending.replace(tx, withoutDamage(sealed, stored, opened));
    await this.caseKeys.retire(
      tx,
      keyRows.filter((row) => !damaged.has(row.case_id)),
    );
    for (const { id } of cases.filter(({ reason }) => reason === 'unsealed')) await this.keyDigest(tx, id);
  }

  /** The digest of the content is keyed from now on as well. */
  private async keyDigest(tx: Tx, caseId: string): Promise<void> {
    const digest = await this.pending.contentDigestOf(tx, caseId);
    if (digest)
      await this.pending.saveContentDigest(tx, caseId, keyedDigest(this.purposeKeys.get('recognition'), digest));
  }
}

/** What could not be opened stays as it is stored: it may still be mended, and its key is kept. */
function withoutDamage(sealed: Rows, stored: Readonly<Record<string, readonly Row[] | null>>, opened: Rows): Rows {
  return Object.fromEntries(
    Object.entries(sealed).map(([table, rows]) => [
      table,
      rows.map((row, index) => {
        const [before, clear] = [stored[table]?.[index] ?? {}, opened[table]?.[index] ?? {}];
        const damaged = Object.keys(SEALED[table]?.columns ?? {}).filter(
          (column) => clear[column] === UNREADABLE && before[column] !== UNREADABLE,
        );
        return { ...row, ...Object.fromEntries(damaged.map((column) => [column, before[column]])) };
      }),
    ]),
  );
}
