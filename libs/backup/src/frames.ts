/**
 * What stands inside an artefact, before compression and sealing: frames of a type, a length and bytes. A part (a table
 * or a file) is a `begin`, its bytes in pieces, and an `end` that says how many rows and bytes it had and their digest.
 */
import { createHash, type Hash } from 'node:crypto';
import type { ArtefactOpening, Closing, PartEnd, PartName } from './manifest.js';
import { BackupRefusal } from './refusal.js';

const TYPES = { opening: 1, begin: 2, bytes: 3, end: 4, closing: 5 } as const;
type Type = keyof typeof TYPES;
const BY_NUMBER = new Map<number, Type>(Object.entries(TYPES).map(([name, number]) => [number, name as Type]));
const HEAD_BYTES = 5;
/** No frame is longer; a longer one is not ours. */
const LONGEST = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/** One thing read from an artefact, in order. */
export type Piece =
  | { readonly is: 'opening'; readonly opening: ArtefactOpening }
  | { readonly is: 'begin'; readonly part: PartName }
  | { readonly is: 'bytes'; readonly bytes: Buffer }
  | { readonly is: 'end'; readonly part: PartEnd }
  | { readonly is: 'closing'; readonly closing: Closing };

function frame(type: Type, bytes: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = TYPES[type];
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

export const frames = {
  opening: (opening: ArtefactOpening): Buffer => frame('opening', json(opening)),
  begin: (part: PartName): Buffer => frame('begin', json(part)),
  bytes: (bytes: Buffer): Buffer => frame('bytes', bytes),
  end: (part: PartEnd): Buffer => frame('end', json(part)),
  closing: (closing: Closing): Buffer => frame('closing', json(closing)),
};

/** Counts and digests the bytes of one part while they pass. A row of COPY's text format is a line. */
export class PartTally {
  private rows = 0;
  private length = 0;
  private readonly hash: Hash = createHash('sha256');

  constructor(readonly part: PartName) {}

  add(bytes: Buffer): void {
    this.length += bytes.length;
    this.hash.update(bytes);
    if (this.part.kind === 'table')
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) this.rows += 1;
  }

  end(): PartEnd {
    return { ...this.part, rows: this.rows, bytes: this.length, sha256: this.hash.digest('hex') };
  }
}

/** Reads frames from bytes that arrive in pieces of any size, and holds every part against what its end says. */
export class FrameReader {
  private waiting: Buffer = Buffer.alloc(0);
  private tally: PartTally | null = null;
  private readonly ends: PartEnd[] = [];
  private state: 'new' | 'open' | 'closed' = 'new';

  push(bytes: Buffer): Piece[] {
    this.waiting = this.waiting.length === 0 ? bytes : Buffer.concat([this.waiting, bytes]);
    const pieces: Piece[] = [];
    let at = 0;
    while (this.waiting.length - at >= HEAD_BYTES) {
      const type = BY_NUMBER.get(this.waiting[at] as number);
      const length = this.waiting.readUInt32BE(at + 1);
      if (type === undefined || length > LONGEST) throw notOurs();
      if (this.waiting.length - at - HEAD_BYTES < length) break;
      pieces.push(this.piece(type, this.waiting.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)));
      at += HEAD_BYTES + length;
    }
    this.waiting = this.waiting.subarray(at);
    return pieces;
  }

  /** To be called when no bytes are left. */
  end(): void {
    if (this.state !== 'closed' || this.waiting.length > 0) throw notOurs();
  }

  private piece(type: Type, bytes: Buffer): Piece {
    if (this.state === 'closed' || (type === 'opening') !== (this.state === 'new')) throw notOurs();
    switch (type) {
      case 'opening':
        this.state = 'open';
        return { is: 'opening', opening: parsed(bytes) };
      case 'begin': {
        if (this.tally) throw notOurs();
        const part = parsed<PartName>(bytes);
        this.tally = new PartTally(part);
        return { is: 'begin', part };
      }
      case 'bytes':
        if (!this.tally) throw notOurs();
        this.tally.add(bytes);
        return { is: 'bytes', bytes };
      case 'end': {
        const counted = this.tally?.end();
        const part = parsed<PartEnd>(bytes);
        this.tally = null;
        if (!counted || !isSame(counted, part)) throw notOurs();
        this.ends.push(part);
        return { is: 'end', part };
      }
      case 'closing': {
        const closing = parsed<Closing>(bytes);
        if (this.tally || closing.parts.length !== this.ends.length) throw notOurs();
        if (!closing.parts.every((part, index) => isSame(part, this.ends[index]))) throw notOurs();
        this.state = 'closed';
        return { is: 'closing', closing };
      }
    }
  }
}

const isSame = (one: PartEnd, other: PartEnd | undefined): boolean =>
  one.kind === other?.kind &&
  one.name === other.name &&
  one.rows === other.rows &&
  one.bytes === other.bytes &&
  one.sha256 === other.sha256;

const notOurs = (): BackupRefusal =>
  new BackupRefusal('What is in this backup does not agree with itself. It was not written by this program.');

function parsed<T>(bytes: Buffer): T {
  try {
    return JSON.parse(bytes.toString('utf8')) as T;
  } catch {
    throw notOurs();
  }
}
