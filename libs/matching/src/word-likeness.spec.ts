import fc from 'fast-check';
import { isNicknameOf, relatedNames } from './nicknames.js';
import { nearness, NEARNESS, WordShelves } from './word-likeness.js';

describe('A word', () => {
  test.each([
    ['menjivar', 'menjivar', NEARNESS.same],
    ['menjivar', 'menjibar', NEARNESS.sound],
    ['chepe', 'jose', NEARNESS.nickname],
    ['chepe', 'pepe', NEARNESS.nickname],
    ['menjivra', 'menjivar', NEARNESS.slip],
    ['guardado', 'gaurdabo', NEARNESS.twoSlips],
    ['ana', 'eva', 0],
    ['menjivar', 'hernandez', 0],
  ])('%s is as near to %s as %d says', (asked, known, near) => {
    expect(nearness(asked, known)).toBe(near);
  });

  const letters = fc.string({
    unit: fc.constantFrom('a', 'e', 'm', 'n', 's', 'z', 'ñ', 'х'),
    minLength: 1,
    maxLength: 10,
  });

  test('finds every word on the shelves that is a slip away, and no other', () => {
    fc.assert(
      fc.property(letters, fc.uniqueArray(letters, { maxLength: 40 }), (word, words) => {
        const shelves = new WordShelves();
        for (const one of words) shelves.add(one);
        const gone = words.filter((_, index) => index % 5 === 4);
        for (const one of gone) shelves.delete(one);
        const found = new Set<string>();
        shelves.slipsOf(word, (near) => found.add(near));
        for (const one of words) {
          const near = nearness(word, one);
          if (gone.includes(one) || one === word) expect(found.has(one)).toBe(false);
          else if (near === NEARNESS.slip || near === NEARNESS.twoSlips)
            expect([one, found.has(one)]).toEqual([one, true]);
          else if (near === 0) expect([one, found.has(one)]).toEqual([one, false]);
        }
      }),
    );
  });

  test('has the related names that are its nicknames', () => {
    const names = ['jose', 'chepe', 'pepe', 'beto', 'alberto', 'roberto', 'humberto', 'chon', 'xochitl', 'tito'];
    const all = [
      ...new Set(names.flatMap((name) => [name, ...relatedNames(name), ...relatedNames(name).flatMap(relatedNames)])),
    ];
    expect(all.length).toBeGreaterThan(20);
    for (const a of names)
      for (const b of all) if (a !== b) expect([a, b, relatedNames(a).includes(b)]).toEqual([a, b, isNicknameOf(a, b)]);
  });
});
