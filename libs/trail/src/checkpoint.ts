/**
 * A checkpoint: how many entries there are, the root over them, and when it was said, signed. Whoever keeps one outside
 * can show later that the first `size` entries are still the ones that were signed.
 *
 *     amparo-audit/0123456789abcdef
 *     1024
 *     <root, base64>
 *     time 2026-11-26T22:40:00.000Z
 *
 *     — amparo-audit/0123456789abcdef <key id and signature, base64>
 */
import { noteText, openNote, openNoteApart, signedNote, type NoteKey, type NoteSigner } from './signing.js';
import { DIGEST_BYTES } from './tree.js';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** ISO 8601, UTC. */
  readonly at: string;
}

const AT = /^time (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)$/;

/** A signed checkpoint as text. */
export function signedCheckpoint(signer: NoteSigner, size: number, root: Uint8Array, at: Date): string {
  const lines = [signer.name, String(size), Buffer.from(root).toString('base64'), `time ${at.toISOString()}`];
  return signedNote(`${lines.join('\n')}\n`, signer);
}

/** What a checkpoint says, whether or not anybody signed it; null when it is none. */
function read(text: string | null): Checkpoint | null {
  if (text === null || !text.endsWith('\n')) return null;
  const [origin = '', size = '', root = '', time = '', ...more] = text.slice(0, -1).split('\n');
  const at = AT.exec(time)?.[1];
  const digest = Buffer.from(root, 'base64');
  if (at === undefined || more.length > 0 || !/^(0|[1-9]\d{0,14})$/.test(size)) return null;
  if (digest.length !== DIGEST_BYTES || digest.toString('base64') !== root || origin === '') return null;
  return { origin, size: Number(size), root: digest, at };
}

const ofKey = (found: Checkpoint | null, key: NoteKey): Checkpoint | null =>
  found?.origin === key.name ? found : null;

/** What a checkpoint claims; believe it only after `openCheckpoint`. */
export const claimedCheckpoint = (note: string): Checkpoint | null => read(noteText(note));

/** A checkpoint that this key signed, else null. */
export const openCheckpoint = (note: string, key: NoteKey): Checkpoint | null => ofKey(read(openNote(note, key)), key);

/** The same beside other work. */
export const openCheckpointApart = async (note: string, key: NoteKey): Promise<Checkpoint | null> =>
  ofKey(read(await openNoteApart(note, key)), key);

const NOTE = /^.+\n\d+\n[A-Za-z0-9+/=]+\ntime .+\n\n(?:— .+\n)+/gm;

/** The checkpoints in a file that holds many, one below the other; anything between them is passed over. */
export const checkpointsIn = (text: string): string[] => text.replaceAll('\r\n', '\n').match(NOTE) ?? [];
