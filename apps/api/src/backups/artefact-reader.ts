/** Reads one artefact. Nothing is handed on before its segment was authenticated, and the end must be the real end. */
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import {
  BackupRefusal,
  digestOfHead,
  FrameReader,
  HEAD_START_BYTES,
  headLength,
  readHead,
  SEALED_SEGMENT_BYTES,
  SegmentOpener,
  type ArtefactHead,
  type ArtefactOpening,
  type Closing,
  type Piece,
} from '#lib/backup';

/** An artefact on this machine's disk. */
export class ArtefactReader {
  private constructor(
    readonly file: string,
    readonly head: ArtefactHead,
    readonly bytes: number,
    private readonly start: Buffer,
  ) {}

  /** Reads the head. Refuses what is no backup, and one whose head is damaged. */
  static async open(file: string): Promise<ArtefactReader> {
    const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new BackupRefusal(`There is no ${file}.`) : error;
    });
    try {
      const { size } = await handle.stat();
      const length = headLength(await bytesAt(handle, 0, HEAD_START_BYTES));
      if (size < length) throw new BackupRefusal('It is cut off within its head.');
      const start = await bytesAt(handle, 0, length);
      return new ArtefactReader(file, readHead(start), size, start);
    } finally {
      await handle.close();
    }
  }

  /** Everything in it, in order. */
  async *pieces(key: Uint8Array): AsyncGenerator<Piece> {
    const gunzip = createGunzip();
    const fed = pipeline(Readable.from(this.clear(key), { objectMode: false }), gunzip);
    fed.catch(() => undefined);
    const reader = new FrameReader();
    try {
      for await (const bytes of gunzip) yield* reader.push(bytes as Buffer);
      await fed;
      reader.end();
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code?.startsWith('Z_')
        ? new BackupRefusal('What is in this backup was not written by this program.')
        : error;
    } finally {
      gunzip.destroy();
    }
  }

  /** What it needs, without reading on. */
  async opening(key: Uint8Array): Promise<ArtefactOpening> {
    for await (const piece of this.pieces(key)) if (piece.is === 'opening') return piece.opening;
    throw new BackupRefusal('It is empty.');
  }

  /** Reads all of it and believes none of it: what its parts have must be what its end says. */
  async verify(key: Uint8Array): Promise<{ readonly opening: ArtefactOpening; readonly closing: Closing }> {
    let opening: ArtefactOpening | null = null;
    let closing: Closing | null = null;
    for await (const piece of this.pieces(key)) {
      if (piece.is === 'opening') opening = piece.opening;
      if (piece.is === 'closing') closing = piece.closing;
    }
    if (!opening || !closing) throw new BackupRefusal('It is empty.');
    const { kind, backup } = this.head;
    if (opening.kind !== kind || opening.backup !== backup)
      throw new BackupRefusal('Its head belongs to another backup.');
    return { opening, closing };
  }

  private async *clear(key: Uint8Array): AsyncGenerator<Buffer> {
    const opener = new SegmentOpener(key, digestOfHead(this.start));
    const handle = await open(this.file, 'r');
    try {
      for (let at = this.start.length; ; at += SEALED_SEGMENT_BYTES) {
        const isLast = at + SEALED_SEGMENT_BYTES >= this.bytes;
        const sealed = await bytesAt(handle, at, Math.min(SEALED_SEGMENT_BYTES, this.bytes - at));
        const clear = opener.open(sealed, isLast);
        if (clear.length > 0) yield clear;
        if (isLast) return;
      }
    } finally {
      await handle.close();
    }
  }
}

/** The bytes at a place; fewer where the file ends. */
async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, length));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
