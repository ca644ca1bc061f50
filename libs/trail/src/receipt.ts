/**
 * A receipt: one entry, its way up to the root of a signed checkpoint, and the key that signed it. A court or a partner
 * checks it without our database and without us. It holds identifiers and the digest of the content, never the content.
 */
import { canonicalEntry, leafOf, MAC_BYTES, type SignedFacts } from './entry.js';
import { openCheckpoint } from './checkpoint.js';
import { provesConsistency, provesInclusion } from './proofs.js';
import { readKey } from './signing.js';
import { DIGEST_BYTES, leafDigest } from './tree.js';

export const RECEIPT_FORMAT = 'amparo audit receipt 1';

type Text = string | null;

export interface Receipt {
  readonly format: typeof RECEIPT_FORMAT;
  readonly entry: {
    readonly id: string;
    readonly at: string;
    readonly organisationId: Text;
    readonly actorId: Text;
    readonly sessionId: Text;
    readonly requestId: Text;
    readonly action: string;
    readonly caseId: Text;
    readonly subjectId: Text;
    /** SHA-256 of the sealed content, base64. */
    readonly contentDigest: Text;
    readonly mac: string;
  };
  /** Which leaf it is, counted from 0. */
  readonly position: number;
  /** Digests from the leaf up, base64. */
  readonly proof: readonly string[];
  readonly checkpoint: string;
  /** Shows that an earlier checkpoint, held by whoever asked, is the beginning of this one. */
  readonly earlier?: { readonly checkpoint: string; readonly proof: readonly string[] };
  /** `name+id+key`: compare it with the key that the organisation gave you another way. */
  readonly key: string;
}

export interface CheckedReceipt {
  /** Empty when the receipt holds. */
  readonly faults: readonly string[];
  readonly receipt: Receipt | null;
  readonly size: number;
  readonly signedAt: string;
}

const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Puts a receipt together. */
export function receiptFor(
  facts: SignedFacts,
  position: number,
  proof: readonly Uint8Array[],
  checkpoint: string,
  key: string,
  earlier?: { readonly checkpoint: string; readonly proof: readonly Uint8Array[] },
): Receipt {
  const { contentDigest, mac, ...said } = facts;
  return {
    format: RECEIPT_FORMAT,
    entry: { ...said, contentDigest: contentDigest && encoded(contentDigest), mac: encoded(mac) },
    position,
    proof: proof.map(encoded),
    checkpoint,
    ...(earlier ? { earlier: { checkpoint: earlier.checkpoint, proof: earlier.proof.map(encoded) } } : {}),
    key,
  };
}

const isText = (value: unknown): value is Text => value === null || typeof value === 'string';
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length < 128 && value.every((one) => typeof one === 'string');

/** A receipt from JSON; null when a field is missing or of another kind. */
function parsed(text: string): Receipt | null {
  let found: Partial<Receipt>;
  try {
    found = JSON.parse(text) as Partial<Receipt>;
  } catch {
    return null;
  }
  const entry = found?.entry as Record<string, unknown> | undefined;
  if (found?.format !== RECEIPT_FORMAT || typeof entry !== 'object' || entry === null) return null;
  const must = [entry['id'], entry['at'], entry['action'], entry['mac'], found.checkpoint, found.key];
  const may = ['organisationId', 'actorId', 'sessionId', 'requestId', 'caseId', 'subjectId', 'contentDigest'];
  const fits =
    must.every((value) => typeof value === 'string') &&
    may.every((name) => isText(entry[name])) &&
    typeof found.position === 'number' &&
    isTexts(found.proof) &&
    (found.earlier === undefined || (typeof found.earlier.checkpoint === 'string' && isTexts(found.earlier.proof)));
  return fits ? (found as Receipt) : null;
}

/** Bytes of a digest; null when the text is not the one way to write one. */
function digestOf(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === DIGEST_BYTES && encoded(bytes) === text ? bytes : null;
}

function allDigests(texts: readonly string[]): readonly Buffer[] | null {
  const digests = texts.map(digestOf);
  return digests.every((one) => one !== null) ? (digests as Buffer[]) : null;
}

/**
 * Checks a receipt with nothing but the receipt. `trusted` is the key that the organisation gave another way; without it
 * a receipt that holds says only that whoever holds the key in it signed it.
 */
export function checkReceipt(text: string, trusted?: string): CheckedReceipt {
  const receipt = parsed(text);
  const refuse = (...faults: string[]): CheckedReceipt => ({ faults, receipt, size: 0, signedAt: '' });
  if (!receipt) return refuse('This is not a receipt of an audit entry.');
  const key = readKey(receipt.key);
  if (!key) return refuse('The key in the receipt is not a key.');
  const faults: string[] = [];
  if (trusted !== undefined && trusted.trim() !== receipt.key)
    faults.push('It was signed with another key than yours.');
  const checkpoint = openCheckpoint(receipt.checkpoint, key);
  if (!checkpoint) return refuse(...faults, 'The signature of the checkpoint does not hold.');
  const { mac, contentDigest, ...said } = receipt.entry;
  const [macBytes, proof] = [digestOf(mac), allDigests(receipt.proof)];
  const content = contentDigest === null ? null : digestOf(contentDigest);
  if (macBytes?.length !== MAC_BYTES || !proof || (contentDigest !== null && content === null))
    return refuse(...faults, 'A digest in the receipt cannot be read.');
  const leaf = leafDigest(leafOf(canonicalEntry({ ...said, contentDigest: content }), macBytes));
  if (!provesInclusion(leaf, receipt.position, checkpoint.size, proof, checkpoint.root))
    faults.push('The entry is not where the receipt says, in the tree that the checkpoint signs.');
  if (receipt.earlier) {
    const earlier = openCheckpoint(receipt.earlier.checkpoint, key);
    const steps = allDigests(receipt.earlier.proof);
    if (!earlier) faults.push('The signature of the earlier checkpoint does not hold.');
    else if (!steps || !provesConsistency(earlier, checkpoint, steps))
      faults.push('The earlier checkpoint is not the beginning of this one: the history was changed between them.');
  }
  return { faults, receipt, size: checkpoint.size, signedAt: checkpoint.at };
}
