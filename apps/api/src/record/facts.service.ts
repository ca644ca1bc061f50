/** Keeps the narrow facts in step with the events, inside the transaction that changes them, and rebuilds them all. */
import { Injectable } from '@nestjs/common';
import { readCaseFile, type Reading } from '#lib/custody';
import { Database, type Tx } from '#lib/database';
import { dayInZone } from '#lib/time';
import { Clock } from '../platform/clock.js';
import { Catalogue } from '../reference/catalogue.js';
import { toCaseFile } from './case-file.js';
import { CasePartsService } from './case-parts.js';
import { partsOfPerson } from './case-parts.repository.js';
import { factSource, type PersonFile } from './fact-source.js';
import { factRows } from './facts.js';
import { FactsRepository } from './facts.repository.js';

const REBUILD_BATCH = 200;

@Injectable()
export class FactsService {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly facts: FactsRepository,
    private readonly parts: CasePartsService,
  ) {}

  /** Writes the facts of one person anew. Files in order, the kept one first. */
  async refresh(tx: Tx, files: readonly PersonFile[]): Promise<void> {
    // What an erased person counted, they go on counting: there is nothing left to read it from.
    if (files.some((file) => file.erasedAt)) return;
    const caseIds = files.map((file) => file.id);
    const parts = await this.parts.forReading(tx, caseIds);
    const zone = this.catalogue.zoneOf(files[0]?.country ?? '');
    const today = dayInZone(this.clock.now().getTime(), zone);
    await this.facts.replace(tx, caseIds, factRows(factSource(files, parts, zone, today), this.catalogue));
  }

  /** What libs/custody reads in the files of a person, for what no fact says. */
  async readingOf(keptId: string, country: string): Promise<Reading> {
    const { caseIds, parts } = await partsOfPerson(this.database, keptId);
    return readCaseFile(toCaseFile(caseIds, parts, this.catalogue.zoneOf(country)));
  }

  /** Throws every fact away and makes it again from the events, in batches; answers how many people there are. */
  async rebuild(progress: (done: number) => void = () => undefined): Promise<number> {
    let done = 0;
    let after: string | null = null;
    for (;;) {
      const batch: readonly PersonFile[] = await this.facts.keptFiles(after, REBUILD_BATCH);
      if (batch.length === 0) return done;
      await this.database.write(null, (tx) => this.rebuildBatch(tx, batch), {
        transactionTimeoutMs: 120_000,
        statementTimeoutMs: 30_000,
      });
      done += batch.length;
      after = batch.at(-1)?.id ?? null;
      progress(done);
    }
  }

  /** Makes the facts anew that still count a consent that has run out by today. */
  async refreshLapsed(country: string, today: string): Promise<void> {
    const uses = this.catalogue
      .termsOf('CONSENT_USE', country)
      .flatMap(({ code, bit }) => (bit === null ? [] : [code]));
    const masks = uses.map((use) => this.catalogue.maskOf('CONSENT_USE', [use], country).toString());
    for (;;) {
      const batch = await this.facts.filesWithLapsedConsent(country, today, uses, masks, REBUILD_BATCH);
      if (batch.length === 0) return;
      await this.database.write(null, async (tx) => {
        await this.refreshKept(tx, batch);
        await tx.audit('consents.lapsed', { details: { people: batch.length } });
      });
    }
  }

  private async rebuildBatch(tx: Tx, batch: readonly PersonFile[]): Promise<void> {
    await this.refreshKept(tx, batch);
    await tx.audit('facts.rebuilt', { details: { people: batch.length } });
  }

  /** Locked one after the other: an act that goes on meanwhile is read, or reads anew itself, and never half. */
  private async refreshKept(tx: Tx, batch: readonly PersonFile[]): Promise<void> {
    for (const kept of batch) {
      if (!(await this.facts.lockKept(tx, kept.id))) continue;
      await this.refresh(tx, [kept, ...(await this.facts.absorbedBy(tx, kept.id))]);
    }
  }
}
