/** Files that share keys, in memory: the same as a table of keys would answer, and never too many. */
import fc from 'fast-check';
import { inventRegister } from '../cases/invented-people.js';
import { blockingKeys } from './blocking.js';
import { KeyBlocks, partnersOf } from './key-blocks.js';
import { CANDIDATE_THRESHOLD, compare } from './score.js';

const ALL = { mostSharing: 1_000, mostPartners: 1_000 };

describe('Files under keys', () => {
  test('meet whoever shares a key with them, and nobody else', () => {
    const key: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const change = fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5'), keys: fc.array(key, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.array(key, { maxLength: 3 }), (changes, keys) => {
        const known = new Map<string, readonly string[]>();
        const blocks = new KeyBlocks();
        for (const { id, keys: given } of changes) {
          known.set(id, given);
          blocks.set(id, given);
        }
        const expected = [...known].filter(([id, own]) => id !== '1' && own.some((one) => keys.includes(one)));
        expect([...partnersOf('1', keys, [blocks], ALL)].sort()).toEqual(expected.map(([id]) => id).sort());
        expect(blocks.size).toBe([...known.values()].filter((own) => own.length > 0).length);
        for (const id of known.keys()) blocks.delete(id);
        expect([blocks.size, ...keys.map((one) => blocks.countUnder(one))].every((count) => count === 0)).toBe(true);
      }),
    );
  });

  test('in two places meet across them', () => {
    const [there, here] = [new KeyBlocks(), new KeyBlocks()];
    there.set('a', ['x']);
    here.set('b', ['x', 'y']);
    expect(partnersOf('c', ['x'], [there, here], ALL)).toEqual(['a', 'b']);
  });

  test('meet first whoever shares what few share, and not those who share what everybody does', () => {
    const blocks = new KeyBlocks();
    for (let n = 0; n < 50; n++) blocks.set(`many ${n}`, ['common', ...(n < 3 ? ['rare'] : [])]);
    blocks.set('other', ['rare']);
    expect(partnersOf('me', ['common', 'rare'], [blocks], { mostSharing: 100, mostPartners: 4 })).toEqual([
      'many 0',
      'many 1',
      'many 2',
      'other',
    ]);
    expect(partnersOf('me', ['common'], [blocks], { mostSharing: 49, mostPartners: 4 })).toEqual([]);
  });

  test.each([
    ['with families taken together', 1, 500],
    ['of one wave of arrests', 4, 30],
  ])('of an invented register %s lose none of 95 in 100 duplicates by meeting fifteen at most', (_, seed, days) => {
    const { files, duplicates } = inventRegister(seed, { persons: 5_000, duplicates: 0.08, relatives: 0.1, days });
    const blocks = new KeyBlocks();
    const people = new Map(files.map(({ id, person }) => [id, person]));
    for (const { id, person } of files) blocks.set(id, blockingKeys(person));
    const found = duplicates.filter(([a, b]) => {
      const [one, other] = [people.get(a)!, people.get(b)!];
      const meet = (from: string, to: string): boolean =>
        partnersOf(from, blockingKeys(people.get(from)!), [blocks], { mostSharing: 400, mostPartners: 15 }).includes(
          to,
        );
      return (meet(a, b) || meet(b, a)) && compare(one, other).score >= CANDIDATE_THRESHOLD;
    });
    expect(found.length / duplicates.length).toBeGreaterThanOrEqual(0.95);
  });
});
