/**
 * The head of an artefact, in clear: which backup it belongs to, and its key, wrapped for each who may open it. All that
 * follows is bound to it, so that nothing can be put under another head.
 *
 *     AMPARO BACKUP 1\n | length (4 bytes) | JSON
 */
import { createHash } from 'node:crypto';
import { BackupRefusal } from './refusal.js';

const MAGIC = Buffer.from('AMPARO BACKUP 1\n');
const LENGTH_BYTES = 4;
const LONGEST = 65_536;
/** So many bytes tell how long a head is. */
export const HEAD_START_BYTES = MAGIC.length + LENGTH_BYTES;

/** `data`: the record, sealed values included. `keys`: what opens the sealed values. Never both in one. */
export type ArtefactKind = 'data' | 'keys';

/** The artefact's key for one who may open it: this installation, or a recipient elsewhere. */
export interface Wrap {
  readonly by: 'installation' | 'recipient';
  /** Which key of the installation, or which recipient. */
  readonly name: string;
  readonly blob: string;
}

export interface ArtefactHead {
  readonly kind: ArtefactKind;
  /** The same in both artefacts of a backup. */
  readonly backup: string;
  readonly at: string;
  readonly wraps: readonly Wrap[];
}

/** What a wrap is bound to: the key of one artefact is not taken for another's. */
export const contextOf = ({ kind, backup }: Pick<ArtefactHead, 'kind' | 'backup'>): string =>
  `backup|${kind}|${backup}`;

export function writeHead(head: ArtefactHead): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.length);
  return Buffer.concat([MAGIC, length, json]);
}

/** How long the head is that begins with these bytes. */
export function headLength(start: Buffer): number {
  const length = start.length < HEAD_START_BYTES ? 0 : start.readUInt32BE(MAGIC.length);
  if (!start.subarray(0, MAGIC.length).equals(MAGIC) || length === 0 || length > LONGEST)
    throw new BackupRefusal('This is no backup of Amparo, or one of a version that this program does not know.');
  return HEAD_START_BYTES + length;
}

export function readHead(bytes: Buffer): ArtefactHead {
  let head: Partial<ArtefactHead>;
  try {
    head = JSON.parse(bytes.subarray(HEAD_START_BYTES).toString('utf8')) as Partial<ArtefactHead>;
  } catch {
    throw new BackupRefusal('The head of this backup is damaged.');
  }
  const isWhole =
    (head.kind === 'data' || head.kind === 'keys') &&
    typeof head.backup === 'string' &&
    typeof head.at === 'string' &&
    Array.isArray(head.wraps) &&
    head.wraps.every((wrap) => [wrap?.by, wrap?.name, wrap?.blob].every((text) => typeof text === 'string'));
  if (!isWhole) throw new BackupRefusal('The head of this backup is damaged.');
  return head as ArtefactHead;
}

/** What segments are bound to. */
export const digestOfHead = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
