/** Whether something holds a case: asked by whoever is about to erase it, whichever way it came to that. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/database';
import { retentionProblems } from './retention.problems.js';
import { RetentionRepository } from './retention.repository.js';

@Injectable()
export class LegalHoldsService {
  constructor(private readonly retention: RetentionRepository) {}

  /** Inside an act that has locked these files: a hold that is placed meanwhile waits for it. */
  async refuseWhileHeld(tx: Tx, caseIds: readonly string[]): Promise<void> {
    if (await this.retention.isHeld(tx, caseIds)) throw retentionProblems.held({});
  }
}
