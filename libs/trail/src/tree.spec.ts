/** The tree against the published answers of RFC 6962 (certificate-transparency), and against its own definition. */
import fc from 'fast-check';
import {
  consistencyProof,
  EMPTY_ROOT,
  Frontier,
  inclusionProof,
  KEPT_LEVELS,
  leafDigest,
  nodeDigest,
  peakLevels,
  provesConsistency,
  provesInclusion,
  rootAt,
  type ReadDigests,
} from './index.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** The eight leaves of the reference tests of Certificate Transparency (merkletree/merkle_tree_test.cc). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex,
);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hex);

/** The definition of RFC 6962 §2.1, word by word. */
function definedRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0] as Buffer;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return nodeDigest(definedRoot(leaves.slice(0, left)), definedRoot(leaves.slice(left)));
}

/** Grows a tree and keeps what the database keeps. */
function grown(leaves: readonly Buffer[]): { tree: Frontier; read: ReadDigests; reads: number[] } {
  const kept = new Map<string, Buffer>();
  const reads: number[] = [];
  const tree = Frontier.empty();
  leaves.forEach((leaf, position) => {
    kept.set(`0/${position}`, leaf);
    for (const node of tree.append(leaf)) kept.set(`${node.level}/${node.position}`, node.digest);
  });
  const read: ReadDigests = async (level, first, count) => {
    reads.push(count);
    return Array.from({ length: count }, (_, at) => kept.get(`${level}/${first + at}`)).filter(
      (one) => one !== undefined,
    );
  };
  return { tree, read, reads };
}

const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, at) => leafDigest(Buffer.from(`leaf ${at}`)));

describe('the tree', () => {
  it('has the root of RFC 6962 without leaves', () => {
    expect(Frontier.empty().root().toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it.each(ROOTS.map((root, at) => [at + 1, root] as const))('has the published root over %i leaves', (size, root) => {
    const { tree } = grown(LEAVES.slice(0, size).map(leafDigest));
    expect(tree.root().toString('hex')).toBe(root.toString('hex'));
  });

  it('has the root of the definition at every size', () => {
    for (let size = 0; size <= 70; size++) {
      const leaves = leavesOf(size);
      expect(grown(leaves).tree.root().equals(definedRoot(leaves))).toBe(true);
    }
  });

  it('goes on from its right edge as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(600), (before, more) => {
        const leaves = leavesOf(before + more);
        const { tree } = grown(leaves.slice(0, before));
        const again = Frontier.read(before, tree.bytes());
        for (const leaf of leaves.slice(before)) again?.append(leaf);
        return again?.root().equals(grown(leaves).tree.root()) === true;
      }),
      { numRuns: 30 },
    );
  });

  it('takes no edge of another size', () => {
    const { tree } = grown(leavesOf(7));
    expect(Frontier.read(8, tree.bytes())).toBeNull();
    expect(Frontier.read(7, tree.bytes().subarray(1))).toBeNull();
    expect(Frontier.read(6, tree.bytes())).toBeNull();
  });

  it('falls into whole subtrees, the highest first', () => {
    expect(peakLevels(0)).toEqual([]);
    expect(peakLevels(13)).toEqual([3, 2, 0]);
    expect(peakLevels(2 ** 40 + 1)).toEqual([40, 0]);
  });
});

describe('an inclusion proof', () => {
  it('is the one of RFC 6962 §2.1.3 in the example with seven leaves', async () => {
    const leaves = leavesOf(7);
    const d = (...at: number[]): Buffer => definedRoot(at.map((one) => leaves[one] as Buffer));
    const { read } = grown(leaves);
    expect(await inclusionProof(0, 7, read)).toEqual([d(1), d(2, 3), d(4, 5, 6)]);
    expect(await inclusionProof(3, 7, read)).toEqual([d(2), d(0, 1), d(4, 5, 6)]);
    expect(await inclusionProof(4, 7, read)).toEqual([d(5), d(6), d(0, 1, 2, 3)]);
    expect(await inclusionProof(6, 7, read)).toEqual([d(4, 5), d(0, 1, 2, 3)]);
  });

  it('holds for every leaf of every tree, and for nothing else', async () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size);
      const { tree, read } = grown(leaves);
      for (let position = 0; position < size; position++) {
        const proof = await inclusionProof(position, size, read);
        const holds = (p: number, n: number, leaf = leaves[position] as Buffer, steps = proof): boolean =>
          provesInclusion(leaf, p, n, steps, tree.root());
        expect(holds(position, size)).toBe(true);
        expect(holds((position + 1) % size, size)).toBe(size === 1);
        expect(holds(position, size, leafDigest(Buffer.from('another')))).toBe(false);
        expect(holds(position, size, leaves[position], [...proof, tree.root()])).toBe(false);
        if (proof.length > 0) expect(holds(position, size, leaves[position], proof.slice(1))).toBe(false);
      }
    }
  });

  it('fails with any one bit changed', async () => {
    const { tree, read } = grown(leavesOf(300));
    const [leaf, proof] = [leavesOf(300)[200] as Buffer, await inclusionProof(200, 300, read)];
    for (let step = 0; step < proof.length; step++)
      for (const bit of [0, 77, 255]) {
        const changed = proof.map((one) => Buffer.from(one));
        (changed[step] as Buffer)[bit >> 3]! ^= 1 << (bit & 7);
        expect(provesInclusion(leaf, 200, 300, changed, tree.root())).toBe(false);
      }
  });

  it('reads a few rows of digests however large the tree is', async () => {
    const leaves = leavesOf(70_000);
    const { tree, read, reads } = grown(leaves);
    for (const position of [0, 255, 256, 65_535, 65_536, 69_999]) {
      const proof = await inclusionProof(position, 70_000, read);
      expect(provesInclusion(leaves[position] as Buffer, position, 70_000, proof, tree.root())).toBe(true);
    }
    expect(Math.max(...reads)).toBeLessThan(2 ** KEPT_LEVELS);
    expect(reads.reduce((sum, one) => sum + one, 0) / 6).toBeLessThan(4 * 2 ** KEPT_LEVELS);
  });

  it('is not made for a leaf outside the tree, nor from missing digests', async () => {
    const { read } = grown(leavesOf(5));
    await expect(inclusionProof(5, 5, read)).rejects.toThrow('not in the tree');
    await expect(inclusionProof(0, 9, read)).rejects.toThrow('missing');
  });
});

describe('a consistency proof', () => {
  it('is the one of RFC 6962 §2.1.3 in the example with seven leaves', async () => {
    const leaves = leavesOf(7);
    const d = (...at: number[]): Buffer => definedRoot(at.map((one) => leaves[one] as Buffer));
    const { read } = grown(leaves);
    expect(await consistencyProof(3, 7, read)).toEqual([d(2), d(3), d(0, 1), d(4, 5, 6)]);
    expect(await consistencyProof(4, 7, read)).toEqual([d(4, 5, 6)]);
    expect(await consistencyProof(6, 7, read)).toEqual([d(4, 5), d(6), d(0, 1, 2, 3)]);
  });

  it('holds between any two sizes of one tree, and not when a leaf before was changed', async () => {
    for (let after = 0; after <= 40; after++) {
      const leaves = leavesOf(after);
      const { tree, read } = grown(leaves);
      for (let before = 0; before <= after; before++) {
        const proof = await consistencyProof(before, after, read);
        const earlier = { size: before, root: await rootAt(before, read) };
        const later = { size: after, root: tree.root() };
        expect(provesConsistency(earlier, later, proof)).toBe(true);
        if (before === 0) continue;
        const other = leaves.map((leaf, at) => (at === before - 1 ? leafDigest(Buffer.from('another')) : leaf));
        const changed = grown(other);
        const itsProof = await consistencyProof(before, after, changed.read);
        expect(provesConsistency(earlier, { size: after, root: changed.tree.root() }, itsProof)).toBe(false);
      }
    }
  });

  it('fails with any one bit changed, and with a step more or less', async () => {
    const { tree, read } = grown(leavesOf(300));
    const proof = await consistencyProof(170, 300, read);
    const [earlier, later] = [
      { size: 170, root: await rootAt(170, read) },
      { size: 300, root: tree.root() },
    ];
    for (let step = 0; step < proof.length; step++) {
      const changed = proof.map((one) => Buffer.from(one));
      (changed[step] as Buffer)[step]! ^= 1;
      expect(provesConsistency(earlier, later, changed)).toBe(false);
      expect(
        provesConsistency(
          earlier,
          later,
          proof.filter((_, at) => at !== step),
        ),
      ).toBe(false);
    }
    expect(provesConsistency(earlier, later, [...proof, later.root])).toBe(false);
    expect(provesConsistency(later, earlier, proof)).toBe(false);
  });
});
