/** Verification of the whole trail: every entry, leaf, root and signature, against checkpoints that were kept outside. */
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '#lib/database';
import { canonicalEntry, hasItsMac, verifyTrail, type Findings, type OutsideCheckpoint } from '#lib/trail';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import type { AuditVerificationView } from './audit.dto.js';
import { auditProblems } from './audit.problems.js';
import { readCheckpoints } from './checkpoint-files.js';
import { TrailKeysService } from './trail-keys.service.js';
import { VerificationRepository, type Verification } from './verification.repository.js';

/** Entries that wait are those of the last second, unless somebody put many there. */
const MOST_LOOSE = 100_000;

@Injectable()
export class VerificationService {
  constructor(
    private readonly database: Database,
    private readonly trail: VerificationRepository,
    private readonly keys: TrailKeysService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Verifies everything, keeps the result and answers it.
   * @param path a checkpoint file or a folder of them; by default the folder of AUDIT_CHECKPOINT_DIR
   */
  async verify(path?: string, progress?: (entries: number) => void): Promise<Verification> {
    const began = this.clock.now();
    // Read before the extent: a checkpoint that is written meanwhile is not one that the database must already have.
    const outside = await this.outside(path);
    const { size, beyond, stubs } = await this.trail.extent();
    const verified = await verifyTrail({
      macKey: this.keys.keys().mac,
      signedBy: this.keys.signer(),
      leaves: this.trail.leaves(size),
      checkpoints: this.trail.checkpoints(size),
      nodes: this.trail.nodes(size),
      outside,
      ...(progress ? { progress } : {}),
    });
    if (beyond > 0)
      verified.findings.add('node', `${beyond} kept digests stand for places that the trail does not have.`, {
        from: size,
      });
    const pending = await this.looseEntries(verified.findings);
    const verification: Verification = {
      id: randomUUID(),
      at: began,
      entries: verified.entries,
      checkpoints: verified.checkpoints,
      pending,
      stubs,
      outside: outside.length,
      findings: verified.findings.count,
      found: verified.findings.kept,
      milliseconds: this.clock.now().getTime() - began.getTime(),
    };
    const { entries, findings } = verification;
    await this.database.write(null, async (tx) => {
      await this.trail.save(tx, verification);
      await tx.audit('audit.verified', { subjectId: verification.id, details: { entries, findings } });
    });
    return verification;
  }

  /** The last verification, or null when there was none. */
  lastOne(): Promise<Verification | null> {
    return this.trail.last();
  }

  /** What the last verification found. */
  async last(): Promise<AuditVerificationView> {
    const last = await this.trail.last();
    if (last === null) throw auditProblems.notVerified({});
    const { at, entries, checkpoints, pending, stubs, outside, findings, found } = last;
    const counts = { entries, checkpoints, pending, stubs, outside, findings };
    return { at: at.toISOString(), intact: findings === 0, ...counts, found };
  }

  private outside(path: string | undefined): Promise<readonly OutsideCheckpoint[]> {
    const folder = path ?? this.config.auditCheckpointDir;
    return folder === '' ? Promise.resolve([]) : readCheckpoints(folder);
  }

  /** Entries without a leaf: the last second, and whatever somebody put in behind the sealer's back. */
  private async looseEntries(findings: Findings): Promise<number> {
    const loose = await this.trail.withoutLeaf(MOST_LOOSE);
    let pending = 0;
    for (const entry of loose) {
      const where = { entryId: entry.id, at: entry.at };
      if (!hasItsMac(this.keys.keys().mac, canonicalEntry(entry), entry.mac))
        findings.add('forged', `Entry ${entry.id} was put in or changed without the key; it is not sealed.`, where);
      else if (entry.overdue)
        findings.add(
          'inserted',
          `Entry ${entry.id} has no place in the tree, although its time to be sealed has passed.`,
          where,
        );
      else pending += 1;
    }
    return pending;
  }
}
