/** The audit trail as the bench fills and reads it: the service's own statements, read where they lie, and its own keys. */
import type pg from 'pg';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sqlFile, type SqlFile } from '#lib/database';
import {
  endOf,
  Frontier,
  leafDigest,
  leafOf,
  canonicalEntry,
  noteSigner,
  signedCheckpoint,
  trailKeysFrom,
  TrailWriter,
  verifyTrail,
  type SignedFacts,
  type StoredCheckpoint,
  type StoredLeaf,
  type Verified,
  type WholeSubtree,
  type WrittenEntry,
} from '#lib/trail';

const statement = (name: string): SqlFile =>
  sqlFile(pathToFileURL(join(process.cwd(), 'apps/api/src/audit/sql/')).href, `./${name}.sql`);
const unsealedEntries = statement('unsealed-entries');
const appendLeaves = statement('append-leaves');
const leavesOf = statement('leaves');
const checkpointsOf = statement('checkpoints');
const nodesOf = statement('nodes');

export const KEYS = trailKeysFrom(Buffer.alloc(32, 5));
export const SIGNER = noteSigner(Buffer.alloc(32, 6));
export const writer = (): TrailWriter =>
  new TrailWriter(
    () => KEYS,
    () => new Date(),
  );

export async function run<Row>(pool: pg.Pool, file: SqlFile, values: Record<string, unknown>): Promise<Row[]> {
  const compiled = file.compile(values);
  const found = await pool.query({ name: compiled.name, text: compiled.text, values: file.bind(compiled, values) });
  return found.rows as Row[];
}

export const columnsOf = (entry: WrittenEntry): unknown[] => [
  entry.id,
  entry.at,
  entry.organisationId,
  entry.actorId,
  entry.sessionId,
  entry.requestId,
  entry.action,
  entry.caseId,
  entry.subjectId,
  entry.sealed,
  entry.mac,
];

/** Seals what waits, as the service does each second. */
export class BenchSealer {
  private readonly tree = Frontier.empty();
  private seen = '1:1:';

  constructor(private readonly pool: pg.Pool) {}

  /** @param limit entries of one seal; answers how many were sealed */
  async seal(limit: number): Promise<number> {
    const entries = await run<SignedFacts & { seen: string; server: string }>(this.pool, unsealedEntries, {
      limit,
      seen: this.seen,
    });
    const [first] = entries;
    if (!first) return 0;
    if (entries.length < limit) this.seen = first.seen;
    await this.append(entries, this.seen, first.server);
    return entries.length;
  }

  async append(entries: readonly SignedFacts[], seen: string, server: string): Promise<void> {
    const before = this.tree.size;
    const leaves = entries.map((entry) => leafDigest(leafOf(canonicalEntry(entry), entry.mac)));
    const nodes = leaves.flatMap((leaf) => this.tree.append(leaf));
    await run(this.pool, appendLeaves, {
      before,
      entries: entries.map((entry) => entry.id),
      leaves,
      nodes: JSON.stringify(nodes.map((node) => ({ ...node, digest: `\\x${node.digest.toString('hex')}` }))),
      size: this.tree.size,
      note: signedCheckpoint(SIGNER, this.tree.size, this.tree.root(), new Date()),
      frontier: this.tree.bytes(),
      seen,
      server,
    });
  }
}

async function* pieces<T, From>(
  read: (from: From) => Promise<T[]>,
  next: (last: T) => From,
  first: From,
): AsyncGenerator<T[]> {
  let coming = read(first);
  for (;;) {
    const piece = await coming;
    const last = piece.at(-1);
    if (last === undefined) return;
    coming = read(next(last));
    yield piece;
  }
}

/** The verification of the service, on the same statements. */
export function verify(pool: pg.Pool): Promise<Verified> {
  const end = Number.MAX_SAFE_INTEGER;
  const leaves = async (first: number): Promise<StoredLeaf[]> => {
    const rows = await run<StoredLeaf & SignedFacts>(pool, leavesOf, { first, end, limit: 5_000 });
    return rows.map((row) => ({ position: row.position, entryId: row.entryId, digest: row.digest, entry: row }));
  };
  const checkpoints = (after: number): Promise<StoredCheckpoint[]> =>
    run<StoredCheckpoint>(pool, checkpointsOf, { after, end, limit: 5_000 });
  const nodes = (after: { end: number; level: number }): Promise<WholeSubtree[]> =>
    run<WholeSubtree>(pool, nodesOf, { afterEnd: after.end, afterLevel: after.level, end, limit: 5_000 });
  return verifyTrail({
    macKey: KEYS.mac,
    signedBy: SIGNER,
    leaves: pieces(leaves, (leaf) => leaf.position + 1, 0),
    checkpoints: pieces(checkpoints, (checkpoint) => checkpoint.size, 0),
    nodes: pieces(nodes, (node) => ({ end: endOf(node), level: node.level }), { end: 0, level: 0 }),
    outside: [],
  });
}
