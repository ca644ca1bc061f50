/** Verification of the digests that are kept over whole subtrees: receipts are made from them. */
import {
  canonicalEntry,
  endOf,
  entryMac,
  Frontier,
  leafDigest,
  leafOf,
  noteSigner,
  signedCheckpoint,
  verifyTrail,
  type StoredCheckpoint,
  type StoredLeaf,
  type WholeSubtree,
} from './index.js';

const SIGNER = noteSigner(Buffer.alloc(32, 6));
const KEY = Buffer.alloc(32, 5);
const SIZE = 700;
const EACH = 100;

function trail() {
  const tree = Frontier.empty();
  const leaves: StoredLeaf[] = [];
  const nodes: WholeSubtree[] = [];
  const checkpoints: StoredCheckpoint[] = [];
  for (let position = 0; position < SIZE; position++) {
    const entryId = `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`;
    const facts = {
      ...{ id: entryId, at: '2026-11-27T08:00:00.000000Z', organisationId: null, actorId: null, sessionId: null },
      ...{ requestId: null, action: 'case.read', caseId: null, subjectId: null, contentDigest: null },
    };
    const mac = entryMac(KEY, canonicalEntry(facts));
    const digest = leafDigest(leafOf(canonicalEntry(facts), mac));
    leaves.push({ position, entryId, digest, entry: { ...facts, mac } });
    nodes.push(...tree.append(digest));
    if (tree.size % EACH === 0)
      checkpoints.push({
        ...{ size: tree.size, frontier: tree.bytes() },
        note: signedCheckpoint(SIGNER, tree.size, tree.root(), new Date('2026-11-27T08:00:01Z')),
      });
  }
  return { leaves, nodes, checkpoints };
}
const WHOLE = trail();

async function* one<T>(piece: readonly T[]): AsyncGenerator<readonly T[]> {
  if (piece.length > 0) yield piece;
}

async function found(change: Partial<typeof WHOLE> = {}): Promise<readonly string[]> {
  const { leaves, nodes, checkpoints } = { ...WHOLE, ...change };
  const verified = await verifyTrail({
    ...{ macKey: KEY, signedBy: SIGNER, outside: [] },
    ...{ leaves: one(leaves), nodes: one(nodes), checkpoints: one(checkpoints) },
  });
  return verified.findings.kept.map(({ kind, from, to }) => `${kind} ${from} to ${to}`);
}
const digest = Buffer.alloc(32, 1);

it('two whole subtrees of 256 leaves are kept over seven hundred, and nothing is found', async () => {
  expect(WHOLE.nodes.map(endOf)).toEqual([256, 512]);
  expect(await found()).toEqual([]);
});

it('a kept digest that was changed, removed or put in is named by its places', async () => {
  const [first, second] = WHOLE.nodes as [WholeSubtree, WholeSubtree];
  expect(await found({ nodes: [{ ...first, digest }, second] })).toEqual(['node 0 to 255']);
  expect(await found({ nodes: [second] })).toEqual(['node 0 to 255']);
  expect(await found({ nodes: [first] })).toEqual(['node 256 to 511']);
  expect(await found({ nodes: [first, { level: 4, position: 20, digest }, second] })).toEqual(['node 320 to 335']);
});

it('the kept digests behind a damaged second are still looked at, with what was signed before it', async () => {
  const leaves = WHOLE.leaves.map((leaf) => (leaf.position === 320 ? { ...leaf, digest } : leaf));
  const [first, second] = WHOLE.nodes as [WholeSubtree, WholeSubtree];
  expect(await found({ leaves })).toEqual(['leaf 320 to 320']);
  expect(await found({ leaves, nodes: [first, { ...second, digest }] })).toEqual([
    'leaf 320 to 320',
    'node 256 to 511',
  ]);
});
