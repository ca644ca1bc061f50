/** Receipts: one entry with its way up to a signed checkpoint, for somebody who has neither our database nor our word. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database } from '#lib/database';
import {
  checkReceipt,
  consistencyProof,
  inclusionProof,
  openCheckpoint,
  receiptFor,
  writtenKey,
  type Receipt,
} from '#lib/trail';
import { auditProblems } from './audit.problems.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { SealRepository } from './seal.repository.js';
import { TrailKeysService } from './trail-keys.service.js';

@Injectable()
export class ReceiptsService {
  constructor(
    private readonly database: Database,
    private readonly receipts: ReceiptsRepository,
    private readonly seals: SealRepository,
    private readonly keys: TrailKeysService,
  ) {}

  /** The last signed checkpoint as text. */
  async checkpoint(): Promise<string> {
    const last = await this.seals.last();
    if (last === null) throw auditProblems.noCheckpoint({});
    return last.note;
  }

  /** A receipt for an auditor of the organisation; giving it out is an act. */
  async receipt(caller: Caller, entryId: string): Promise<Receipt> {
    const receipt = await this.make(entryId, caller.organisationId);
    await this.database.write(caller, (tx) => tx.audit('audit.receipt-given', { subjectId: entryId }));
    return receipt;
  }

  /**
   * A receipt for the operator. With an earlier checkpoint, kept by whoever asks, it also shows that the tree of then is
   * the beginning of the tree of now.
   */
  async receiptAtConsole(entryId: string, earlier?: string): Promise<Receipt> {
    const receipt = await this.make(entryId, null, earlier);
    await this.database.write(null, (tx) => tx.audit('audit.receipt-given', { subjectId: entryId }));
    return receipt;
  }

  private async make(entryId: string, organisation: string | null, earlier?: string): Promise<Receipt> {
    const placed = await this.receipts.entry(entryId, organisation);
    if (placed === null) throw auditProblems.noEntry({});
    const last = await this.seals.last();
    const { position, ...facts } = placed;
    if (position === null || last === null || position >= last.size) throw auditProblems.unsealed({});
    const key = writtenKey(this.keys.signer());
    try {
      const proof = await inclusionProof(position, last.size, this.receipts.digests);
      const before = earlier === undefined ? undefined : await this.continued(earlier, last.size);
      const receipt = receiptFor(facts, position, proof, last.note, key, before);
      if (checkReceipt(JSON.stringify(receipt), key).faults.length === 0) return receipt;
    } catch (error) {
      // Digests that are missing are damage like digests that are wrong; anything else is not about the tree.
      if (!(error instanceof Error) || !/^(digests of level|the earlier)/.test(error.message)) throw error;
    }
    throw auditProblems.cannotProve({});
  }

  private async continued(note: string, size: number): Promise<{ checkpoint: string; proof: readonly Buffer[] }> {
    const signed = openCheckpoint(note, this.keys.signer());
    if (!signed) throw auditProblems.cannotProve({});
    return { checkpoint: note, proof: await consistencyProof(signed.size, size, this.receipts.digests) };
  }
}
