import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { sqlFile, type Tx } from '#lib/database';

const listAudit = sqlFile(import.meta.url, './sql/list-audit.sql');

/** One line of the trail, its content sealed. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly actorId: string | null;
  readonly sessionId: string | null;
  readonly requestId: string | null;
  readonly caseId: string | null;
  readonly subjectId: string | null;
  readonly sealed: Buffer | null;
  readonly salt: Buffer | null;
}

export interface AuditFilter {
  readonly action?: string;
  readonly caseId?: string;
  readonly actorId?: string;
  readonly cases?: readonly string[];
  readonly actions?: readonly string[];
}

@Injectable()
export class AuditRepository {
  /** The trail of the caller's organisation, newest first. */
  trailOf(
    tx: Tx,
    caller: Caller,
    filter: AuditFilter,
    after: Pick<AuditEntry, 'at' | 'id'> | null,
    limit: number,
  ): Promise<AuditEntry[]> {
    return tx.sql<AuditEntry>(listAudit, {
      organisation: caller.organisationId,
      limit,
      action: filter.action,
      case: filter.caseId,
      actor: filter.actorId,
      cases: filter.cases,
      actions: filter.actions,
      ...(after === null ? {} : { afterMoment: after.at, afterId: after.id }),
    });
  }
}
