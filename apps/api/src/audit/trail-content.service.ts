/** What entries say, while their key is there, and the end of that key when a person is erased. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/database';
import { openContent, type EntryContent } from '#lib/trail';
import { TrailContentRepository } from './trail-content.repository.js';
import { TrailKeysService } from './trail-keys.service.js';

/** An entry as its row holds it. */
export interface SealedContent {
  readonly id: string;
  readonly sealed: Buffer | null;
  readonly salt: Buffer | null;
}

@Injectable()
export class TrailContentService {
  constructor(
    private readonly keys: TrailKeysService,
    private readonly salts: TrailContentRepository,
  ) {}

  /** Reason and details of an entry; null when there are some and they cannot be read any more. */
  contentOf({ id, sealed, salt }: SealedContent): EntryContent | null {
    if (sealed === null) return { reason: null, details: null };
    return openContent(this.keys.keys().content, id, salt, sealed);
  }

  /** Part of erasing a person: the entries about the case stay and can be proved; nobody reads again what they say. */
  eraseContentOf(tx: Tx, caseId: string): Promise<number> {
    return this.salts.forget(tx, caseId);
  }
}
