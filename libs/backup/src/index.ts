export { BackupRefusal } from './refusal.js';
export { SEALED_SEGMENT_BYTES, SEGMENT_BYTES, SegmentOpener, SegmentSealer } from './segments.js';
export { contextOf, digestOfHead, HEAD_START_BYTES, headLength, readHead, writeHead } from './head.js';
export type { ArtefactHead, ArtefactKind, Wrap } from './head.js';
export { FrameReader, frames, PartTally } from './frames.js';
export type { Piece } from './frames.js';
export { differences, sequenceDifferences } from './manifest.js';
export type {
  ArtefactOpening,
  Closing,
  Difference,
  Erasure,
  Migration,
  PartEnd,
  PartName,
  Sequence,
  TrailState,
} from './manifest.js';
export { backupsAmong, readName, stemOf } from './names.js';
export type { NamedArtefact, StoredBackup } from './names.js';
export { newRecipient, readRecipient, readRecoveryKeys, unwrapWith, wrapFor } from './recipient.js';
export type { Recipient, RecoveryKey } from './recipient.js';
export { toPrune } from './retention.js';
export type { Retention } from './retention.js';
export { objectPath, signed } from './sigv4.js';
export type { SigningKey, UnsignedRequest } from './sigv4.js';
