/** What stands inside an artefact must agree with itself. */
import { BackupRefusal, FrameReader, frames, PartTally, type ArtefactOpening, type Piece } from './index.js';

const OPENING: ArtefactOpening = {
  ...{ backup: 'b', at: '2026-11-26T00:00:00.000Z', kind: 'data', server: '17', migrations: [], erasures: [] },
};
const PART = { kind: 'table', name: 'release', columns: ['id'] } as const;
const ROWS = [Buffer.from('1\n2'), Buffer.from('\n3\\n\n')];

function tallied(rows: readonly Buffer[]): ReturnType<PartTally['end']> {
  const tally = new PartTally(PART);
  for (const bytes of rows) tally.add(bytes);
  return tally.end();
}

const whole = (end = tallied(ROWS), parts = [end]): Buffer[] => [
  frames.opening(OPENING),
  frames.begin(PART),
  ...ROWS.map(frames.bytes),
  frames.end(end),
  frames.closing({ parts, sequences: [], trail: null }),
];

function read(bytes: Buffer, step: number): Piece[] {
  const reader = new FrameReader();
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += step) pieces.push(...reader.push(bytes.subarray(at, at + step)));
  reader.end();
  return pieces;
}

describe('the inside of an artefact', () => {
  it('is read however its bytes arrive', () => {
    for (const step of [1, 7, 1_000]) {
      const pieces = read(Buffer.concat(whole()), step);
      expect(pieces.map(({ is }) => is)).toEqual(['opening', 'begin', 'bytes', 'bytes', 'end', 'closing']);
    }
  });

  it('counts a row a line, and no line break within a value', () => {
    expect(tallied(ROWS)).toMatchObject({ rows: 3, bytes: 8 });
  });

  it.each<[string, Buffer[]]>([
    ['has other rows than it says', whole({ ...tallied(ROWS), rows: 4 })],
    ['has other bytes than it says', whole({ ...tallied(ROWS), sha256: tallied([]).sha256 })],
    ['names a part at its closing that it does not have', whole(tallied(ROWS), [tallied(ROWS), tallied(ROWS)])],
    ['does not close', whole().slice(0, -1)],
    ['goes on after it closed', [...whole(), frames.begin(PART)]],
    ['has no opening', whole().slice(1)],
    ['opens twice', [frames.opening(OPENING), ...whole()]],
    ['has bytes that belong to no part', [frames.opening(OPENING), frames.bytes(Buffer.from('x'))]],
    ['is not made of frames', [Buffer.from('hello, this is not a backup at all')]],
  ])('is refused when it %s', (_what, all) => {
    expect(() => read(Buffer.concat(all), 1_000)).toThrow(BackupRefusal);
  });
});
