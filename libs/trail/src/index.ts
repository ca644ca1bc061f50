/** An audit trail that shows tampering: entries with a MAC, a Merkle tree over them, signed checkpoints, receipts. */
export { canonicalEntry, entryMac, hasItsMac, leafOf, sha256, type EntryFacts, type SignedFacts } from './entry.js';
export { openContent, sealContent, type EntryContent } from './content.js';
export { trailKeysFrom, type TrailKeys } from './keys.js';
export { TrailWriter, type Draft, type WrittenEntry } from './writer.js';
export { EMPTY_ROOT, Frontier, KEPT_LEVELS, leafDigest, nodeDigest, peakLevels, type WholeSubtree } from './tree.js';
export {
  consistencyProof,
  inclusionProof,
  provesConsistency,
  provesInclusion,
  rootAt,
  type ReadDigests,
} from './proofs.js';
export { noteSigner, openNote, readKey, signedNote, writtenKey, type NoteKey, type NoteSigner } from './signing.js';
export { checkpointsIn, claimedCheckpoint, openCheckpoint, signedCheckpoint, type Checkpoint } from './checkpoint.js';
export { checkReceipt, receiptFor, RECEIPT_FORMAT, type CheckedReceipt, type Receipt } from './receipt.js';
export { lastTurn, verificationDue } from './nightly.js';
export { Findings, type Finding, type FindingKind } from './findings.js';
export {
  endOf,
  verifyTrail,
  type OutsideCheckpoint,
  type StoredCheckpoint,
  type StoredLeaf,
  type TrailToVerify,
  type Verified,
} from './verify.js';
