/** Reading the trail is itself an act on the trail: it is audited like everything else. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, type Tx } from '#lib/database';
import { Cursors, type Page } from '../platform/cursor.js';
import { PAGE_DEFAULT } from '../platform/paging.js';
import type { AuditEntryView, AuditQuery } from './audit.dto.js';
import { AuditRepository, type AuditEntry } from './audit.repository.js';
import { TrailContentService } from './trail-content.service.js';

@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditRepository,
    private readonly cursors: Cursors,
    private readonly content: TrailContentService,
  ) {}

  async list(caller: Caller, query: AuditQuery): Promise<Page<AuditEntryView>> {
    const { limit: wanted, cursor, ...filter } = query;
    const limit = wanted ?? PAGE_DEFAULT;
    const scope = JSON.stringify(['audit', caller.userId, filter]);
    const after = cursor === undefined ? null : this.cursors.open(scope, cursor);
    const position = after && { at: String(after[0]), id: String(after[1]) };
    const found = await this.database.write(caller, async (tx) => {
      const entries = await this.audit.trailOf(tx, caller, filter, position, limit + 1);
      await tx.audit('audit.read', {
        details: { action: filter.action ?? null, caseId: filter.caseId ?? null, actorId: filter.actorId ?? null },
      });
      return entries;
    });
    return this.cursors.page(
      scope,
      found,
      limit,
      (entry) => [entry.at, entry.id],
      (entry) => this.opened(entry),
    );
  }

  /**
   * What the trail says of some cases, newest first: for whoever watches over reading. Inside the act of the caller, who
   * reaches these cases; that act leaves its own entry.
   */
  async entriesAbout(
    tx: Tx,
    caller: Caller,
    about: { readonly cases: readonly string[]; readonly actions: readonly string[] },
    after: { readonly at: string; readonly id: string } | null,
    limit: number,
  ): Promise<AuditEntryView[]> {
    if (about.cases.length === 0) return [];
    return (await this.audit.trailOf(tx, caller, about, after, limit)).map((entry) => this.opened(entry));
  }

  /** What the entry says; a stub whose key was destroyed, or content that was damaged, says that it cannot be read. */
  private opened({ sealed, salt, ...entry }: AuditEntry): AuditEntryView {
    const content = this.content.contentOf({ id: entry.id, sealed, salt });
    return { ...entry, reason: null, details: null, ...content, contentUnreadable: content === null };
  }
}
