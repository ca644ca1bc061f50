/** What receipts are made from: an entry with its place in the tree, and the digests that stand beside it. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile } from '#lib/database';
import type { ReadDigests, SignedFacts } from '#lib/trail';

const entryWithLeaf = sqlFile(import.meta.url, './sql/entry-with-leaf.sql');
const keptDigests = sqlFile(import.meta.url, './sql/kept-digests.sql');

/** An entry, and its place; null while it waits for its seal. */
export interface PlacedEntry extends SignedFacts {
  readonly position: number | null;
}

@Injectable()
export class ReceiptsRepository {
  constructor(private readonly database: Database) {}

  /** @param organisation null for the operator, who may see every entry */
  async entry(id: string, organisation: string | null): Promise<PlacedEntry | null> {
    const [entry] = await this.database.trailWork<PlacedEntry>(entryWithLeaf, { entry: id, organisation });
    return entry ?? null;
  }

  readonly digests: ReadDigests = async (level, first, count) => {
    const rows = await this.database.trailWork<{ digest: Buffer }>(keptDigests, { level, first, count });
    return rows.map((row) => row.digest);
  };
}
