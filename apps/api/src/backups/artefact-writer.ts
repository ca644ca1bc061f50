/** Writes one artefact: frames, compressed, sealed in segments, into a file that nobody takes for a backup before it is whole. */
import { once } from 'node:events';
import { open, type FileHandle } from 'node:fs/promises';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import {
  digestOfHead,
  frames,
  PartTally,
  SegmentSealer,
  writeHead,
  type ArtefactHead,
  type ArtefactOpening,
  type Closing,
  type PartEnd,
  type PartName,
} from '#lib/backup';

/** Sealed values do not compress; what stands around them does so at the lowest effort as well. */
const EFFORT = 2;
const PIECE_BYTES = 256 * 1024;

export class ArtefactWriter {
  private readonly parts: PartEnd[] = [];
  private failure: Error | null = null;

  private constructor(
    private readonly handle: FileHandle,
    private readonly gzip: Gzip,
    private readonly written: Promise<void>,
  ) {
    written.catch((error: Error) => (this.failure = error));
  }

  /** Begins a file that must not be there yet. */
  static async create(file: string, head: ArtefactHead, key: Uint8Array): Promise<ArtefactWriter> {
    const handle = await open(file, 'wx', 0o600);
    try {
      const start = writeHead(head);
      await handle.writeFile(start);
      const sealer = new SegmentSealer(key, digestOfHead(start));
      const sealing = new Transform({
        transform(bytes: Buffer, _encoding, done) {
          for (const segment of sealer.push(bytes)) this.push(segment);
          done();
        },
        flush(done) {
          this.push(sealer.end());
          done();
        },
      });
      const gzip = createGzip({ level: EFFORT });
      // The handle goes on from where it is, and is still ours when the stream has ended.
      const disk = new Writable({
        write(bytes: Buffer, _encoding, done) {
          handle.writeFile(bytes).then(() => done(), done);
        },
      });
      return new ArtefactWriter(handle, gzip, pipeline(gzip, sealing, disk));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  opening(opening: ArtefactOpening): Promise<void> {
    return this.put(frames.opening(opening));
  }

  /** Writes a whole part as it arrives. */
  async part(part: PartName, bytes: AsyncIterable<Buffer>): Promise<PartEnd> {
    const tally = new PartTally(part);
    await this.put(frames.begin(part));
    for await (const piece of bytes) {
      for (let at = 0; at < piece.length; at += PIECE_BYTES) {
        const some = piece.subarray(at, at + PIECE_BYTES);
        tally.add(some);
        await this.put(frames.bytes(some));
      }
    }
    const end = tally.end();
    await this.put(frames.end(end));
    this.parts.push(end);
    return end;
  }

  /** Ends the artefact; when this has returned it is on the disk. */
  async close(rest: Omit<Closing, 'parts'>): Promise<Closing> {
    const closing: Closing = { parts: this.parts, ...rest };
    await this.put(frames.closing(closing));
    this.gzip.end();
    await this.written;
    await this.handle.sync();
    await this.handle.close();
    return closing;
  }

  /** Gives up; the file stays for whoever clears it away. */
  async abandon(): Promise<void> {
    this.gzip.destroy();
    await this.written.catch(() => undefined);
    await this.handle.close().catch(() => undefined);
  }

  private async put(bytes: Buffer): Promise<void> {
    if (this.failure) throw this.failure;
    if (!this.gzip.write(bytes)) await Promise.race([once(this.gzip, 'drain'), this.written]);
  }
}
