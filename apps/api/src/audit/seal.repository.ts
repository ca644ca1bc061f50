/** The tree in the database: what waits for its seal, and what a seal writes. */
import { Injectable } from '@nestjs/common';
import { Database, sqlFile } from '#lib/database';
import { Problem } from '#lib/problem';
import type { SignedFacts, WholeSubtree } from '#lib/trail';

const unsealedEntries = sqlFile(import.meta.url, './sql/unsealed-entries.sql');
const lastCheckpoint = sqlFile(import.meta.url, './sql/last-checkpoint.sql');
const appendLeaves = sqlFile(import.meta.url, './sql/append-leaves.sql');

/** An entry without a leaf, and under which snapshot of which server it was seen. */
export interface UnsealedEntry extends SignedFacts {
  readonly mac: Buffer;
  readonly seen: string;
  readonly server: string;
}

export interface LastCheckpoint {
  readonly size: number;
  readonly note: string;
  readonly frontier: Buffer;
  readonly seen: string;
}

/** What one seal adds. */
export interface Seal {
  readonly before: number;
  readonly entries: readonly string[];
  readonly leaves: readonly Buffer[];
  readonly nodes: readonly WholeSubtree[];
  readonly size: number;
  readonly note: string;
  readonly frontier: Buffer;
  readonly seen: string;
  readonly server: string;
}

@Injectable()
export class SealRepository {
  constructor(private readonly database: Database) {}

  /** @param seen the snapshot of the last seal */
  unsealed(limit: number, seen: string): Promise<UnsealedEntry[]> {
    return this.database.trailWork<UnsealedEntry>(unsealedEntries, { limit, seen });
  }

  async last(): Promise<LastCheckpoint | null> {
    const [last] = await this.database.trailWork<LastCheckpoint>(lastCheckpoint, {});
    return last ?? null;
  }

  /** Writes a seal whole; false when another process had its turn. */
  async append(seal: Seal): Promise<boolean> {
    const nodes = seal.nodes.map(({ level, position, digest }) => ({
      level,
      position,
      digest: `\\x${digest.toString('hex')}`,
    }));
    try {
      const rows = await this.database.trailWork(appendLeaves, { ...seal, nodes: JSON.stringify(nodes) });
      return rows.length > 0;
    } catch (error) {
      if (error instanceof Problem && error.kind === 'conflict') return false;
      throw error;
    }
  }
}
