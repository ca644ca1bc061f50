/**
 * Proofs of RFC 6962 §2.1.1 and §2.1.2: that an entry is in a tree, and that a tree is the beginning of a later one.
 * They are made from kept nodes and checked by whoever has nothing but the proof and two roots (RFC 9162 §2.1.3, §2.1.4).
 */
import { foldPeaks, KEPT_LEVELS, nodeDigest, peakLevels } from './tree.js';

/** Reads kept digests that stand side by side; level 0 are the leaves. */
export type ReadDigests = (level: number, first: number, count: number) => Promise<readonly Buffer[]>;

/** The largest power of two below a size. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The digest of a whole subtree, from the next kept level below it. */
async function subtree(level: number, position: number, read: ReadDigests): Promise<Buffer> {
  const kept = level - (level % KEPT_LEVELS);
  const count = 2 ** (level - kept);
  let row = await read(kept, position * count, count);
  if (row.length !== count) throw new Error(`digests of level ${kept} are missing from ${position * count} on`);
  while (row.length > 1) {
    const below: readonly Buffer[] = row;
    row = Array.from({ length: below.length / 2 }, (_, at) =>
      nodeDigest(below[2 * at] as Buffer, below[2 * at + 1] as Buffer),
    );
  }
  return row[0] as Buffer;
}

/** The root over leaves from `first` on; `first` is where a subtree of at least this size begins. */
async function rootOfRange(first: number, size: number, read: ReadDigests): Promise<Buffer> {
  const peaks: Buffer[] = [];
  let at = first;
  for (const level of peakLevels(size)) {
    peaks.push(await subtree(level, at / 2 ** level, read));
    at += 2 ** level;
  }
  return foldPeaks(peaks);
}

/** The root of the tree of the first `size` leaves. */
export const rootAt = (size: number, read: ReadDigests): Promise<Buffer> => rootOfRange(0, size, read);

/** The digests that lead from a leaf up to the root of the first `size` leaves. */
export async function inclusionProof(position: number, size: number, read: ReadDigests): Promise<Buffer[]> {
  if (position < 0 || position >= size) throw new Error('the leaf is not in the tree');
  const path: Buffer[] = [];
  let [first, rest] = [0, size];
  while (rest > 1) {
    const left = split(rest);
    if (position - first < left) {
      path.unshift(await rootOfRange(first + left, rest - left, read));
      rest = left;
    } else {
      path.unshift(await rootOfRange(first, left, read));
      first += left;
      rest -= left;
    }
  }
  return path;
}

/** The digests that show that the first `before` leaves are the beginning of the first `after` leaves. */
export async function consistencyProof(before: number, after: number, read: ReadDigests): Promise<Buffer[]> {
  if (before < 0 || before > after) throw new Error('the earlier tree is larger than the later one');
  if (before === 0 || before === after) return [];
  const path: Buffer[] = [];
  let [first, size, rest] = [0, after, before];
  // Whether the earlier tree is a whole subtree of the later one, so that its root is known to whoever checks.
  let isWhole = true;
  while (rest !== size) {
    const left = split(size);
    if (rest <= left) {
      path.unshift(await rootOfRange(first + left, size - left, read));
      size = left;
    } else {
      path.unshift(await rootOfRange(first, left, read));
      first += left;
      size -= left;
      rest -= left;
      isWhole = false;
    }
  }
  return isWhole ? path : [await rootOfRange(first, size, read), ...path];
}

const half = (value: number): number => Math.floor(value / 2);

/** Whether the proof leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function provesInclusion(
  leaf: Uint8Array,
  position: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(position) || !Number.isSafeInteger(size) || position < 0 || position >= size) return false;
  let [at, last] = [position, size - 1];
  let digest: Buffer = Buffer.from(leaf);
  for (const step of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      digest = nodeDigest(step, digest);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else digest = nodeDigest(digest, step);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && digest.equals(root);
}

/** Whether the proof shows the earlier tree as the beginning of the later one (RFC 9162 §2.1.4.2). */
export function provesConsistency(
  before: { readonly size: number; readonly root: Uint8Array },
  after: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(before.size) || !Number.isSafeInteger(after.size)) return false;
  if (before.size < 0 || before.size > after.size) return false;
  if (before.size === after.size) return proof.length === 0 && Buffer.from(before.root).equals(after.root);
  // Nothing is the beginning of everything.
  if (before.size === 0) return proof.length === 0;
  let [at, last] = [before.size - 1, after.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // A whole subtree is the root that is known already.
  const steps = at === 0 ? [before.root, ...proof] : proof;
  const [start, ...rest] = steps;
  if (start === undefined) return false;
  let [earlier, later]: [Buffer, Buffer] = [Buffer.from(start), Buffer.from(start)];
  for (const step of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      earlier = nodeDigest(step, earlier);
      later = nodeDigest(step, later);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else later = nodeDigest(later, step);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && earlier.equals(before.root) && later.equals(after.root);
}
