import { Injectable } from '@nestjs/common';
import { sqlFile, type Tx } from '#lib/database';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import type { Row } from '../record/event-rows.js';

const caseAnnotations = sqlFile(import.meta.url, './sql/case-annotations.sql');

/** What was written about some files without being an event. */
export interface Annotations {
  readonly keys: readonly CaseKeyRow[] | null;
  readonly notes: readonly Row[];
  readonly amendments: readonly Row[];
}

@Injectable()
export class TimelineRepository {
  async annotationsOf(tx: Tx, caseIds: readonly string[]): Promise<Annotations> {
    const [row] = await tx.sql<{ annotations: Annotations }>(caseAnnotations, { cases: caseIds });
    return row?.annotations ?? { keys: [], notes: [], amendments: [] };
  }
}
