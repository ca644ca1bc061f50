/** Suggestions that two files are about one person. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import { Database, sqlFile, type Tx } from '#lib/database';

const listDuplicates = sqlFile(import.meta.url, './sql/list-duplicates.sql');

/** A suggestion with the two files it is about; `a` was recorded first. */
export interface Suggestion {
  readonly id: string;
  readonly score: number;
  readonly reasons: string[];
  readonly state: string;
  readonly aId: string;
  readonly aExternalId: string | null;
  readonly aNumber: string;
  readonly bId: string;
  readonly bExternalId: string | null;
  readonly bNumber: string;
}

export interface SuggestionPosition {
  readonly score: number;
  readonly id: string;
}

@Injectable()
export class DuplicatesRepository {
  constructor(private readonly database: Database) {}

  suggestionsFor(
    caller: Caller,
    state: string,
    after: SuggestionPosition | null,
    limit: number,
  ): Promise<Suggestion[]> {
    return this.database.statement<Suggestion>(caller, listDuplicates, {
      organisation: caller.organisationId,
      state,
      limit,
      ...(after === null ? {} : { afterScore: after.score, afterId: after.id }),
    });
  }

  /** The two files of a suggestion of the caller's organisation, or null. */
  async pairOf(tx: Tx, caller: Caller, id: string): Promise<{ readonly aId: string; readonly bId: string } | null> {
    return tx.prisma.duplicateCandidate.findFirst({
      where: { id, organisationId: caller.organisationId },
      select: { aId: true, bId: true },
    });
  }

  /** Whether the suggestion was still open. */
  async dismiss(tx: Tx, caller: Caller, id: string, decidedAt: Date): Promise<boolean> {
    const decided = await tx.prisma.duplicateCandidate.updateMany({
      where: { id, state: 'open' },
      data: { state: 'different', decidedAt, decidedBy: caller.userId },
    });
    return decided.count > 0;
  }
}
