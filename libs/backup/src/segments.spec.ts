/** Segments against every way of handing in something else than was sealed. */
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { BackupRefusal, SEALED_SEGMENT_BYTES, SEGMENT_BYTES, SegmentOpener, SegmentSealer } from './index.js';

const KEY = Buffer.alloc(32, 7);
const BOUND = Buffer.from('head');

function sealed(bytes: Buffer, pieces: readonly number[] = [bytes.length], key = KEY): Buffer[] {
  const sealer = new SegmentSealer(key, BOUND);
  const segments: Buffer[] = [];
  let at = 0;
  for (const length of pieces) segments.push(...sealer.push(bytes.subarray(at, (at += length))));
  segments.push(...sealer.push(bytes.subarray(at)));
  return [...segments, sealer.end()];
}

function opened(segments: readonly Buffer[], key = KEY, bound = BOUND): Buffer {
  const opener = new SegmentOpener(key, bound);
  return Buffer.concat(segments.map((segment, index) => opener.open(segment, index === segments.length - 1)));
}

const said = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof BackupRefusal) return error.message;
    throw error;
  }
  return 'nothing was refused';
};

const THREE = randomBytes(2 * SEGMENT_BYTES + 1_000);

describe('a stream in segments', () => {
  it('comes back byte for byte, however it was handed in', () => {
    const lengths = [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES];
    for (const length of lengths) {
      const bytes = randomBytes(length);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 6 }), (pieces) => {
          expect(opened(sealed(bytes, pieces)).equals(bytes)).toBe(true);
        }),
        { numRuns: 5 },
      );
    }
  });

  it('has full segments only, but for the last', () => {
    const segments = sealed(THREE, [10, 70_000]);
    expect(segments.map((segment) => segment.length)).toEqual([SEALED_SEGMENT_BYTES, SEALED_SEGMENT_BYTES, 1_016]);
    expect(sealed(Buffer.alloc(0)).map((segment) => segment.length)).toEqual([16]);
    expect(sealed(Buffer.alloc(SEGMENT_BYTES)).map((segment) => segment.length)).toEqual([SEALED_SEGMENT_BYTES]);
  });

  it('that ends after a whole segment is said to be cut off', () => {
    expect(said(() => opened(sealed(THREE).slice(0, 2)))).toMatch(/cut off: it ends after 2 whole segments/);
  });

  it('that ends within a segment is refused', () => {
    const [first, second = Buffer.alloc(0)] = sealed(THREE);
    expect(said(() => opened([first as Buffer, second.subarray(0, 500)]))).toMatch(/last segment \(2\), or cut off/);
    expect(said(() => opened([first as Buffer, second.subarray(0, 3)]))).toMatch(/last segment \(2\), or cut off/);
  });

  it('is refused when any one bit of any segment was changed, and the segment is named', () => {
    const segments = sealed(THREE);
    for (const [place, segment] of segments.entries()) {
      for (const at of [0, 100, segment.length - 1]) {
        const changed = Buffer.from(segment);
        changed[at] = (changed[at] as number) ^ 1;
        expect(said(() => opened(segments.with(place, changed)))).toContain(
          place === 2 ? '(3)' : `segment ${place + 1}`,
        );
      }
    }
  });

  it('is refused when two segments were exchanged, or one was left out or repeated', () => {
    const [one, two, three] = sealed(THREE) as [Buffer, Buffer, Buffer];
    for (const wrong of [
      [two, one, three],
      [one, three],
      [one, one, two, three],
      [two, three],
    ])
      expect(said(() => opened(wrong))).toMatch(/damaged/);
  });

  it('is refused when something follows its end', () => {
    const segments = sealed(THREE);
    expect(said(() => opened([...segments, segments[2] as Buffer]))).toMatch(/Something was added/);
  });

  it('is refused under another key or another head', () => {
    expect(said(() => opened(sealed(THREE), Buffer.alloc(32, 8)))).toMatch(/damaged: segment 1/);
    expect(said(() => opened(sealed(THREE), KEY, Buffer.from('hear')))).toMatch(/damaged: segment 1/);
  });
});
