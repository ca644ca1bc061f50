/**
 * The Merkle tree of RFC 6962 §2.1: leaf 0x00, node 0x01, and no leaf is ever moved. The tree grows at its right edge;
 * the edge alone (a few digests) is enough to append and to tell the root.
 *
 * Nodes of whole subtrees are kept for every eighth level, so that a proof reads a few hundred digests and not all.
 */
import { sha256 } from './entry.js';

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const DIGEST_BYTES = 32;
/** A whole subtree is kept when its height is a multiple of this. */
export const KEPT_LEVELS = 8;

export const leafDigest = (leaf: Uint8Array): Buffer => sha256(Buffer.concat([LEAF, leaf]));
export const nodeDigest = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.concat([NODE, left, right]));

/** The root of a tree without leaves. */
export const EMPTY_ROOT = sha256(new Uint8Array(0));

/** A whole subtree: its height, which one of that height it is, and its digest. */
export interface WholeSubtree {
  readonly level: number;
  readonly position: number;
  readonly digest: Buffer;
}

/** The heights of the whole subtrees that a number of leaves falls into, the highest first. */
export function peakLevels(size: number): number[] {
  const levels: number[] = [];
  for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) levels.unshift(level);
  }
  return levels;
}

/** The root over whole subtrees side by side, the highest first. */
export function foldPeaks(peaks: readonly Buffer[]): Buffer {
  return peaks.length === 0 ? EMPTY_ROOT : peaks.reduceRight((right, left) => nodeDigest(left, right));
}

/** The right edge of a tree. */
export class Frontier {
  private readonly peaks: { readonly level: number; readonly digest: Buffer }[];

  private constructor(
    private leaves: number,
    digests: readonly Buffer[],
  ) {
    const levels = peakLevels(leaves);
    if (levels.length !== digests.length) throw new Error('a right edge that does not fit its size');
    this.peaks = digests.map((digest, index) => ({ level: levels[index] ?? 0, digest }));
  }

  static empty(): Frontier {
    return new Frontier(0, []);
  }

  /** The edge as `bytes()` wrote it; null when the bytes are no edge of a tree of this size. */
  static read(size: number, bytes: Uint8Array): Frontier | null {
    if (bytes.length !== peakLevels(size).length * DIGEST_BYTES) return null;
    const count = bytes.length / DIGEST_BYTES;
    const digests = Array.from({ length: count }, (_, at) =>
      Buffer.from(bytes.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES)),
    );
    return new Frontier(size, digests);
  }

  get size(): number {
    return this.leaves;
  }

  /** Appends a leaf by its digest; answers the whole subtrees that it completed and that are to be kept. */
  append(leaf: Buffer): WholeSubtree[] {
    const kept: WholeSubtree[] = [];
    let top = { level: 0, digest: leaf };
    this.leaves += 1;
    for (let left = this.peaks.at(-1); left?.level === top.level; left = this.peaks.at(-1)) {
      this.peaks.pop();
      top = { level: top.level + 1, digest: nodeDigest(left.digest, top.digest) };
      if (top.level % KEPT_LEVELS === 0) kept.push({ ...top, position: this.leaves / 2 ** top.level - 1 });
    }
    this.peaks.push(top);
    return kept;
  }

  root(): Buffer {
    return foldPeaks(this.peaks.map((peak) => peak.digest));
  }

  bytes(): Buffer {
    return Buffer.concat(this.peaks.map((peak) => peak.digest));
  }

  copy(): Frontier {
    return new Frontier(
      this.leaves,
      this.peaks.map((peak) => peak.digest),
    );
  }
}
