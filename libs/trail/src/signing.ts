/**
 * Ed25519 keys and signed notes in the form of C2SP (signed-note, tlog-checkpoint), so that other people's tools read
 * them: the text, an empty line, and for each signature `— <name> <base64 of key id and signature>`.
 */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './entry.js';

/** Ed25519 in the words of PKCS #8 and of a public key info; the key itself follows. */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const ED25519 = 1;
const KEY_BYTES = 32;
const ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

/** Whose signature it is: a name and a public key, written `name+id+key` where people compare it. */
export interface NoteKey {
  readonly name: string;
  readonly id: Buffer;
  readonly publicKey: Buffer;
  readonly key: KeyObject;
}

export interface NoteSigner extends NoteKey {
  sign(text: string): Buffer;
}

function noteKey(name: string, publicKey: Buffer): NoteKey {
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey])).subarray(0, ID_BYTES);
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, publicKey]), format: 'der', type: 'spki' });
  return { name, id, publicKey, key };
}

/** The signer of an installation. Its name tells installations apart and says nothing about who they are. */
export function noteSigner(seed: Uint8Array): NoteSigner {
  const secret = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  const name = `amparo-audit/${sha256(publicKey).toString('hex').slice(0, 16)}`;
  return { ...noteKey(name, publicKey), sign: (text) => sign(null, Buffer.from(text), secret) };
}

/** A public key as one line of text. */
export function writtenKey({ name, id, publicKey }: NoteKey): string {
  return `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')}`;
}

/** Reads a public key; null when it is none. */
export function readKey(text: string): NoteKey | null {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length !== 1 + KEY_BYTES || bytes[0] !== ED25519) return null;
  const key = noteKey(name, bytes.subarray(1));
  return key.id.toString('hex') === id ? key : null;
}

/** A text with its signature below. */
export function signedNote(text: string, signer: NoteSigner): string {
  return `${text}\n— ${signer.name} ${Buffer.concat([signer.id, signer.sign(text)]).toString('base64')}\n`;
}

/** The text of a note and its signatures, not yet checked; null when it is no note. */
function parts(note: string): { readonly text: string; readonly signatures: readonly [string, Buffer][] } | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.map((line) => SIGNATURE_LINE.exec(line));
  if (signatures.some((found) => found === null)) return null;
  return {
    text: note.slice(0, end + 1),
    signatures: signatures.map((found) => [found?.[1] ?? '', Buffer.from(found?.[2] ?? '', 'base64')]),
  };
}

/** The text above the signatures, whether or not they hold; null when it is no note. */
export const noteText = (note: string): string | null => parts(note)?.text ?? null;

function signatureOf(note: string, key: NoteKey): { readonly text: string; readonly signature: Buffer } | null {
  const found = parts(note);
  const own = found?.signatures.find(
    ([name, bytes]) => name === key.name && bytes.subarray(0, ID_BYTES).equals(key.id),
  );
  const signature = own?.[1].subarray(ID_BYTES);
  return found && signature?.length === SIGNATURE_BYTES ? { text: found.text, signature } : null;
}

/** The text of a note if this key signed it, else null. */
export function openNote(note: string, key: NoteKey): string | null {
  const found = signatureOf(note, key);
  return found && verify(null, Buffer.from(found.text), key.key, found.signature) ? found.text : null;
}

/** The same beside other work: many signatures are checked on all cores. */
export function openNoteApart(note: string, key: NoteKey): Promise<string | null> {
  const found = signatureOf(note, key);
  if (!found) return Promise.resolve(null);
  return new Promise((done, failed) =>
    verify(null, Buffer.from(found.text), key.key, found.signature, (error, fits) =>
      error ? failed(error) : done(fits ? found.text : null),
    ),
  );
}
