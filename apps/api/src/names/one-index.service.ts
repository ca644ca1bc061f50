/**
 * One index for all processes of an installation: with two, one would store the keys of names that the other removes, and
 * search by keys that nobody stores. Whoever comes second and was told otherwise does not start.
 */
import { Inject, Injectable } from '@nestjs/common';
import { Database, Disagreement, type Agreement } from '#lib/database';
import { Config } from '../platform/config.js';
import { log } from '../platform/log.js';
import { CONFIG } from '../platform/provided.js';

/** The number of the locks is only ours; the order of the choices is for ever. */
const SUBJECT = { lock: 72_707_370, choices: ['memory', 'blind'] };

/** A start that is refused because others run with another index. The message says what to do. */
export class AnotherIndex extends Error {
  constructor(mine: string, others: string) {
    super(
      `NAME_INDEX is ${mine} here, and a process that runs on this database has ${others}: they would work against each ` +
        `other. Set NAME_INDEX=${others} to start beside it. To change the index, stop every process of the ` +
        `installation, set NAME_INDEX=${mine} for all of them, and start them again.`,
    );
  }
}

@Injectable()
export class OneIndex {
  private readonly agreement: Agreement;

  constructor(
    database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.agreement = database.agree(SUBJECT, config.nameIndex, (others) =>
      log.error(
        { nameIndex: config.nameIndex, others },
        'processes with another NAME_INDEX began while the database was out of reach: stored keys of names are left alone until they have stopped',
      ),
    );
  }

  /** Before anything is served. Commands beside a serving installation store nothing of names and do not enter. */
  async enter(): Promise<void> {
    try {
      await this.agreement.enter();
    } catch (error) {
      throw error instanceof Disagreement ? new AnotherIndex(this.config.nameIndex, error.others) : error;
    }
  }

  /** How many times all agreed; 0 while it is not known that they do. In between, others may have stored or removed keys. */
  get epoch(): number {
    return this.agreement.epoch;
  }
}
