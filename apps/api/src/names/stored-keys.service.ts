/**
 * Sees to it that what is stored of names is what NAME_INDEX says: in `memory` nothing, whoever wrote it; in `blind` the
 * keys of every file, also of those recorded before. Both may run twice, and beside people who are at work.
 */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#lib/database';
import { Worker } from '../jobs/worker.js';
import type { Keys } from '../platform/config.js';
import { log } from '../platform/log.js';
import { KEYS } from '../platform/provided.js';
import { matchPersonOf, storedKeysOf } from '../record/match-rows.js';
import { Catalogue } from '../reference/catalogue.js';
import { NamesRepository } from './names.repository.js';
import { OneIndex } from './one-index.service.js';

const BATCH = 200;
const BATCHES_AT_ONCE = 25;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const PATIENCE = { statementTimeoutMs: 60_000, transactionTimeoutMs: 90_000 };

@Injectable()
export class StoredKeysService implements OnModuleInit {
  private after = BEFORE_ALL;
  private complete = false;
  private sawIn = 0;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly database: Database,
    private readonly names: NamesRepository,
    private readonly one: OneIndex,
    private readonly worker: Worker,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  onModuleInit(): void {
    this.worker.chore(() => this.see());
  }

  async see(): Promise<void> {
    const { epoch } = this.one;
    // Whoever may not be alone with this index leaves to the others what they stored.
    if (epoch === 0) return;
    if (epoch !== this.sawIn) [this.sawIn, this.complete, this.after] = [epoch, false, BEFORE_ALL];
    const key = this.keys.match;
    if (key === null) await this.remove();
    else if (!this.complete) await this.fill(key);
  }

  private async remove(): Promise<void> {
    if (!(await this.names.holdsKeys())) return;
    await this.database.write(
      null,
      async (tx) => {
        const removed = await this.names.removeKeys(tx);
        await tx.audit('name-keys.removed', { details: { removed } });
      },
      PATIENCE,
    );
    log.info({}, 'stored keys of names were removed: names are found in memory');
  }

  /** Some batches, so that jobs that wait are not held up; the next look goes on behind them. */
  private async fill(key: Buffer): Promise<void> {
    for (let batch = 0; batch < BATCHES_AT_ONCE && !this.complete; batch++) {
      if (await this.names.lacksKeys(this.after)) this.after = await this.fillBatch(key, this.after);
      else this.complete = true;
    }
  }

  /** Makes the keys of some files that have none, and answers the last of them. */
  private fillBatch(key: Buffer, after: string): Promise<string> {
    return this.database.write(
      null,
      async (tx) => {
        const ids = await this.names.lackingKeys(tx, after, BATCH);
        const people = await this.names.people({ cases: ids }, BATCH, tx);
        const files = people.map((person) => ({
          person,
          keys: storedKeysOf(matchPersonOf(person, this.catalogue), person.aliases, key),
        }));
        await this.names.insertKeys(tx, files);
        await tx.audit('name-keys.made', { details: { files: ids.length } });
        return ids.at(-1) ?? after;
      },
      PATIENCE,
    );
  }
}
