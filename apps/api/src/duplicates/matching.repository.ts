/** Which files wait to be compared, whose they are, and what was found. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database, sqlFile, type Tx } from '#lib/database';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';
import { CaseSealing, UNREADABLE, type Opener } from '../record/case-sealing.js';
import type { FiledPerson as Recognised } from '../record/match-rows.js';

const matchPeople = sqlFile(import.meta.url, './sql/match-people.sql');
const pendingFiles = sqlFile(import.meta.url, './sql/pending-files.sql');

export interface PendingFile {
  readonly caseId: string;
  readonly organisationId: string;
}

/** The person of a file, with what it takes to compare it. */
export interface FiledPerson extends Recognised {
  readonly id: string;
  readonly personId: string;
  readonly keys: readonly CaseKeyRow[] | null;
  readonly mergedInto: string | null;
  readonly recordedAt: Date;
  readonly place: string | null;
}

export interface Candidate {
  readonly aId: string;
  readonly bId: string;
  readonly score: number;
  readonly reasons: readonly string[];
}

@Injectable()
export class MatchingRepository {
  constructor(
    private readonly database: Database,
    private readonly sealing: CaseSealing,
  ) {}

  /** How many files wait: those of one import, or those of nobody's. */
  countPending(jobId: string | null): Promise<number> {
    return this.database.prisma.matchPending.count({ where: { jobId } });
  }

  countPendingIn(tx: Tx, jobId: string): Promise<number> {
    return tx.prisma.matchPending.count({ where: { jobId } });
  }

  /** Takes up some waiting files, so that no other process takes the same. */
  takePending(tx: Tx, jobId: string | null, limit: number): Promise<PendingFile[]> {
    return tx.sql<PendingFile>(pendingFiles, { job: jobId, others: jobId === null, limit });
  }

  async forgetPending(tx: Tx, caseIds: readonly string[]): Promise<void> {
    await tx.prisma.matchPending.deleteMany({ where: { caseId: { in: [...caseIds] } } });
  }

  /** The people of some files, opened. What cannot be opened is not known, and nobody is recognised by it. */
  async peopleOf(tx: Tx, organisationId: string, caseIds: readonly string[]): Promise<FiledPerson[]> {
    const people = await tx.sql<FiledPerson>(matchPeople, { cases: caseIds });
    const opener = await this.sealing.opener(
      organisationId,
      people.flatMap((one) => one.keys ?? []),
    );
    return people.map((one) => openedPerson(one, opener));
  }

  /** Keeps what was found and answers how much of it is new: a pair is kept once. */
  async insertCandidates(
    tx: Tx,
    organisationId: string,
    candidates: readonly Candidate[],
    foundAt: Date,
  ): Promise<number> {
    const data = candidates.map(({ aId, bId, score, reasons }) => ({
      id: randomUUID(),
      organisationId,
      aId,
      bId,
      score,
      reasons: [...reasons],
      foundAt,
    }));
    const { count } = await tx.prisma.duplicateCandidate.createMany({ data, skipDuplicates: true });
    return count;
  }
}

function openedPerson(filed: FiledPerson, opener: Opener): FiledPerson {
  const { id, personId } = filed;
  const opened = (table: string, column: string, stored: string | null): string | null => {
    const value = opener.value(table, column, id, personId, stored);
    return typeof value !== 'string' || value === UNREADABLE ? null : value;
  };
  return {
    ...filed,
    born: opened('person', 'born_edtf', filed.born),
    givenNames: opened('person_identity', 'given_names', filed.givenNames),
    familyNames: opened('person_identity', 'family_names', filed.familyNames),
    documentNumber: opened('person_identity', 'document_number', filed.documentNumber),
  };
}
