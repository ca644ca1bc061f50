/** Who has looked at a case: told from the audit trail, so that there is one account of it and not two. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database } from '#lib/database';
import { AuditService } from '../audit/audit.service.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { PAGE_DEFAULT } from '../platform/paging.js';
import { filesOfPerson } from '../record/person-files.js';
import type { ReadersQuery, ReaderView } from './reading.dto.js';
import { ReadersRepository } from './readers.repository.js';

/** Entries that tell of somebody looking, and at what. */
const CLASSES: Readonly<Record<string, string>> = {
  'identity.read': 'identity',
  'case.read': 'facts',
  'timeline.read': 'facts',
  'break-glass.opened': 'opened',
  'case.exported': 'export',
};

@Injectable()
export class ReadersService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly cursors: Cursors,
    private readonly readers: ReadersRepository,
  ) {}

  /** Who looked at any file of the person that the caller reaches, newest first. Asking is itself in the trail. */
  async list(caller: Caller, caseId: string, query: ReadersQuery): Promise<Page<ReaderView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = JSON.stringify(['readers', caller.userId, caseId]);
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const position = after && { at: String(after[0]), id: String(after[1]) };
    const { entries, names } = await this.database.write(caller, async (tx) => {
      const { all } = await filesOfPerson(tx, caller, caseId, { lock: false });
      const cases = all.filter(({ visible }) => visible).map(({ id }) => id);
      const about = { cases, actions: Object.keys(CLASSES) };
      const entries = await this.audit.entriesAbout(tx, caller, about, position, limit + 1);
      const names = await this.readers.namesOf(tx, caller, [
        ...new Set(entries.flatMap(({ actorId }) => actorId ?? [])),
      ]);
      await tx.audit('readers.read', { caseId });
      return { entries, names };
    });
    return this.cursors.page(
      scope,
      entries,
      limit,
      (entry) => [entry.at, entry.id],
      ({ id, at, actorId, action, reason, caseId: file }) => ({
        id,
        at,
        userId: actorId,
        displayName: actorId === null ? null : (names.get(actorId) ?? null),
        class: CLASSES[action] ?? 'facts',
        reason,
        caseId: file ?? caseId,
      }),
    );
  }
}
