/** The trail as verification reads it, a piece at a time, and what it found. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile, type Prisma, type Tx } from '#lib/database';
import {
  endOf,
  type Finding,
  type SignedFacts,
  type StoredCheckpoint,
  type StoredLeaf,
  type WholeSubtree,
} from '#lib/trail';

const trailExtent = sqlFile(import.meta.url, './sql/trail-extent.sql');
const leavesOf = sqlFile(import.meta.url, './sql/leaves.sql');
const checkpointsOf = sqlFile(import.meta.url, './sql/checkpoints.sql');
const nodesOf = sqlFile(import.meta.url, './sql/nodes.sql');
const entriesWithoutLeaf = sqlFile(import.meta.url, './sql/entries-without-leaf.sql');

const PIECE = 5_000;

export interface LooseEntry extends SignedFacts {
  readonly overdue: boolean;
}

export interface Verification {
  readonly id: string;
  readonly at: Date;
  readonly entries: number;
  readonly checkpoints: number;
  readonly pending: number;
  readonly stubs: number;
  readonly outside: number;
  readonly findings: number;
  readonly found: readonly Finding[];
  readonly milliseconds: number;
}

/** How far the trail reaches, and what reaches further. */
export interface Extent {
  readonly size: number;
  readonly beyond: number;
  readonly stubs: number;
}

interface LeafRow extends Omit<SignedFacts, 'id'> {
  readonly position: number;
  readonly entryId: string;
  readonly digest: Buffer;
  readonly id: string | null;
}

@Injectable()
export class VerificationRepository {
  constructor(private readonly database: Database) {}

  async extent(): Promise<Extent> {
    const [extent] = await this.database.trailWork<Extent>(trailExtent, {});
    return extent ?? { size: 0, beyond: 0, stubs: 0 };
  }

  leaves(end: number): AsyncGenerator<readonly StoredLeaf[]> {
    const piece = async (first: number): Promise<StoredLeaf[]> => {
      const rows = await this.database.trailWork<LeafRow>(leavesOf, { first, end, limit: PIECE });
      return rows.map((row) => {
        const { position, entryId, digest, id } = row;
        return { position, entryId, digest, entry: id === null ? null : { ...row, id } };
      });
    };
    return pieces(piece, (leaf) => leaf.position + 1, 0);
  }

  checkpoints(end: number): AsyncGenerator<readonly StoredCheckpoint[]> {
    const piece = (after: number): Promise<StoredCheckpoint[]> =>
      this.database.trailWork<StoredCheckpoint>(checkpointsOf, { after, end, limit: PIECE });
    return pieces(piece, (checkpoint) => checkpoint.size, 0);
  }

  nodes(end: number): AsyncGenerator<readonly WholeSubtree[]> {
    const piece = (after: { end: number; level: number }): Promise<WholeSubtree[]> =>
      this.database.trailWork<WholeSubtree>(nodesOf, {
        ...{ afterEnd: after.end, afterLevel: after.level },
        ...{ end, limit: PIECE },
      });
    return pieces(piece, (node) => ({ end: endOf(node), level: node.level }), { end: 0, level: 0 });
  }

  withoutLeaf(limit: number): Promise<LooseEntry[]> {
    return this.database.trailWork<LooseEntry>(entriesWithoutLeaf, { limit });
  }

  async save(tx: Tx, { found, ...rest }: Verification): Promise<void> {
    await tx.prisma.auditVerification.createMany({
      data: [{ ...rest, found: found as unknown as Prisma.InputJsonValue }],
    });
  }

  async last(): Promise<Verification | null> {
    const row = await this.database.prisma.auditVerification.findFirst({ orderBy: { at: 'desc' } });
    return (
      row && {
        ...row,
        entries: Number(row.entries),
        checkpoints: Number(row.checkpoints),
        stubs: Number(row.stubs),
        found: row.found as unknown as Finding[],
      }
    );
  }
}

/** Piece after piece until one is empty. The next piece is on its way while one is worked on. */
async function* pieces<T, From>(
  read: (from: From) => Promise<T[]>,
  next: (last: T) => From,
  from: From,
): AsyncGenerator<readonly T[]> {
  let coming = read(from);
  for (;;) {
    const piece = await coming;
    const last = piece.at(-1);
    if (last === undefined) return;
    coming = read(next(last));
    // Whoever stops early must not leave an error that nobody hears.
    coming.catch(() => undefined);
    yield piece;
  }
}
