/**
 * Erasure: the keys of a person are destroyed, in every file of theirs. Nothing else is cleared: what was sealed is
 * noise, and what was counted goes on being counted. A receipt names the keys by digests. Who may have it done, and who
 * agreed, is decided in `retention` (erasure-requests.service.ts).
 */
import { Injectable } from '@nestjs/common';
import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';
import { CaseKeys } from '../keys/case-keys.js';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { NameIndex } from '../names/name-index.service.js';
import { Clock } from '../platform/clock.js';
import { nextVersion } from '../record/person-files.repository.js';
import type { PersonFiles } from '../record/person-files.js';
import { LegalHoldsService } from '../retention/legal-holds.service.js';
import { ErasureRepository, type DestroyedKey } from './erasure.repository.js';

/** The proof of an erasure. */
export interface ErasureReceipt {
  readonly id: string;
  readonly caseId: string;
  readonly erasedAt: string;
  readonly files: number;
  readonly keys: number;
  readonly digest: string;
}

/** One digest over what names the keys, in an order that does not depend on the database. */
function digestOf(keys: readonly DestroyedKey[]): Buffer {
  const names = keys.map((key) => `${key.caseId}|${key.class}|${key.version}|${key.blob}`).sort();
  return createHash('sha256').update(names.join('\n')).digest();
}

@Injectable()
export class ErasureService {
  constructor(
    private readonly caseKeys: CaseKeys,
    private readonly clock: Clock,
    private readonly erasure: ErasureRepository,
    private readonly holds: LegalHoldsService,
    private readonly names: NameIndex,
    private readonly purposeKeys: PurposeKeys,
  ) {}

  /** Destroys the keys of a person inside an act that has locked their files, and to which two people have agreed. */
  async eraseWithin(tx: Tx, caller: Caller, { file, all }: PersonFiles): Promise<ErasureReceipt> {
    const [ids, caseId] = [all.map(({ id }) => id), file.id];
    await this.holds.refuseWhileHeld(tx, ids);
    const destroyed = await this.erasure.destroyKeys(tx, ids);
    const [erasedAt, digest, id] = [this.clock.now(), digestOf(destroyed), randomUUID()];
    await this.erasure.freeze(tx, ids, erasedAt);
    for (const one of all) await nextVersion(tx, one);
    const mac = createHmac('sha256', this.purposeKeys.get('audit-mac'))
      .update(JSON.stringify(['erasure', id, caseId, erasedAt.toISOString(), destroyed.length, digest.toString('hex')]))
      .digest();
    const row = { id, caseId, organisationId: file.organisationId, keys: destroyed.length, digest, mac };
    await this.erasure.insert(tx, { ...row, erasedAt, erasedBy: caller.userId });
    const proof = { keys: destroyed.length, digest: digest.toString('hex') };
    await tx.audit('case.erased', { caseId, subjectId: id, details: { files: ids.length, ...proof } });
    return { id, caseId, erasedAt: erasedAt.toISOString(), files: ids.length, ...proof };
  }

  /** Whatever this process had unwrapped is forgotten now rather than in five minutes, and nobody is found any more. */
  forget(caseIds: readonly string[]): void {
    this.caseKeys.forget();
    this.names.changed(caseIds);
  }
}
