/** Names of backups, and which of them are kept. */
import fc from 'fast-check';
import { backupsAmong, readName, stemOf, toPrune, type Retention } from './index.js';

const KEEP: Retention = { daily: 7, weekly: 5, monthly: 12, keysDays: 30 };
const at = (day: string, time = '03:00:00'): Date => new Date(`${day}T${time}Z`);
const pair = (moment: Date, id = '1a2b3c4d'): string[] => [`${stemOf(moment, id)}.data`, `${stemOf(moment, id)}.keys`];
const days = (from: string, count: number): Date[] =>
  Array.from({ length: count }, (_, day) => new Date(at(from).getTime() + day * 86_400_000));

describe('the name of a backup', () => {
  it('tells its moment and nothing else', () => {
    const stem = stemOf(new Date('2026-11-26T23:15:07.123Z'), '1a2b3c4d-0000-4000-8000-000000000000');
    expect(stem).toBe('amparo-20261126T231507Z-1a2b3c4d');
    expect(readName(`${stem}.keys`)).toEqual({
      name: `${stem}.keys`,
      stem,
      kind: 'keys',
      at: at('2026-11-26', '23:15:07'),
    });
  });

  it('is not that of a half-written one, of another file, or of no moment', () => {
    for (const name of [
      'amparo-20261126T231507Z-1a2b3c4d.data.part',
      'amparo-20261126T231507Z-1a2b3c4d',
      'notes.txt',
      'amparo-20261326T231507Z-1a2b3c4d.data',
    ])
      expect(readName(name)).toBeNull();
  });

  it('brings the two halves together, newest first', () => {
    const backups = backupsAmong([...pair(at('2026-11-01')), ...pair(at('2026-11-02')).slice(1), 'x']);
    expect(backups.map(({ data, keys }) => [data !== null, keys !== null])).toEqual([
      [false, true],
      [true, true],
    ]);
  });
});

describe('the retention', () => {
  it('keeps the newest of seven days, five weeks and twelve months', () => {
    const now = at('2026-11-26');
    const names = days('2025-06-01', 544).flatMap((day) => pair(day));
    const gone = new Set(toPrune(backupsAmong(names), KEEP, now));
    const kept = names.filter((name) => name.endsWith('.data') && !gone.has(name)).map((name) => name.slice(7, 15));
    expect(kept).toEqual([
      ...['20251231', '20260131', '20260228', '20260331', '20260430', '20260531', '20260630', '20260731', '20260831'],
      ...['20260930', '20261031', '20261101', '20261108', '20261115'],
      ...['20261120', '20261121', '20261122', '20261123', '20261124', '20261125', '20261126'],
    ]);
  });

  it('lets keys go after their days, and the data of the same backup stay', () => {
    const old = pair(at('2026-10-01'));
    expect(toPrune(backupsAmong([...old, ...pair(at('2026-11-26'))]), KEEP, at('2026-11-26'))).toEqual([old[1]]);
  });

  it('keeps of several in a day the newest', () => {
    const [early, late] = [pair(at('2026-11-26', '01:00:00')), pair(at('2026-11-26', '02:00:00'))];
    expect(toPrune(backupsAmong([...early, ...late]), KEEP, at('2026-11-26'))).toEqual(early);
  });

  it('takes half of a backup away once a whole one is newer, and not before', () => {
    const [, half = ''] = pair(at('2026-11-20'));
    expect(toPrune(backupsAmong([half]), KEEP, at('2026-11-26'))).toEqual([]);
    expect(toPrune(backupsAmong([half, ...pair(at('2026-11-26'))]), KEEP, at('2026-11-26'))).toEqual([half]);
  });

  it('never takes the newest whole backup, whatever is set and however old it is', () => {
    const day = fc.integer({ min: 0, max: 2_000 }).map((n) => at('2022-01-01').getTime() + n * 86_400_000);
    const count = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 30 }), count, count, count, (moments, d, w, m) => {
        const backups = backupsAmong(moments.flatMap((moment) => pair(new Date(moment))));
        const gone = toPrune(backups, { daily: d, weekly: w, monthly: m, keysDays: 1 }, at('2030-01-01'));
        expect(gone).not.toContain(backups[0]?.data);
        expect(gone).not.toContain(backups[0]?.keys);
      }),
    );
  });
});
