/** What a stored index of names is asked, and what it holds. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { askedWords, LEAST_SCORE, scoreOfName } from './name-book.js';
import { soughtKeys, soughtNumberKey, wordKeys } from './word-keys.js';

const stored = (givenNames: string, familyNames: string): readonly string[] =>
  wordKeys({ givenNames, familyNames, aliases: null, documentNumber: null });

describe('The keys of a name', () => {
  test('are its words as they sound, aliases and the number of the document among them', () => {
    expect(
      wordKeys({ givenNames: 'José', familyNames: 'Menjívar de Cruz', aliases: 'Chele', documentNumber: ' 12-a' }),
    ).toEqual(['word|yose', 'word|menjibar', 'word|krus', 'word|Cele', 'written|12A']);
    expect(wordKeys({ givenNames: null, familyNames: null, aliases: null, documentNumber: null })).toEqual([]);
  });

  test.each([
    ['Menjívar', 'Menjivra', true],
    ['Menjívar', 'Menjvar', true],
    ['Menjívar', 'Menjíbarr', true],
    ['Guardado', 'Guarbado', true],
    ['José', 'Chepe', true],
    ['Chepe', 'José', true],
    ['Ana', 'Eva', false],
    ['Menjívar', 'Hernández', false],
  ])('of %s are looked under for %s: %s', (name, asked, found) => {
    const keys = new Set(stored(name, ''));
    expect(soughtKeys(asked).some(({ key }) => keys.has(key))).toBe(found);
  });

  test('say for which word they are looked under, the nearest first of those that sound alike', () => {
    const sought = soughtKeys('Cruz Menjívar');
    expect(sought.filter(({ key }) => key === 'word|krus')).toEqual([{ key: 'word|krus', word: 0, nearness: 0.92 }]);
    expect(sought.filter(({ key }) => key === 'word|menjibar')).toEqual([
      { key: 'word|menjibar', word: 1, nearness: 0.92 },
    ]);
    expect(sought.length).toBeLessThan(2_000);
  });

  test('of a number are the same however it is written', () => {
    const written = ['03803817-2', '0380 3817 2', '0380.3817-2', '０３８０３８１７２'].map(soughtNumberKey);
    expect(new Set(written)).toEqual(new Set(['written|038038172']));
    expect(soughtNumberKey('p-12 345')).toBe(soughtNumberKey('P12345'));
    expect(soughtNumberKey('-.')).toBeNull();
  });
});

describe('A search by stored keys', () => {
  test('finds the other file of a person for at least 19 of 20 pairs of the sample', () => {
    const rows = parse(readFileSync('samples/intake-2022.csv'), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    const { duplicate_pairs } = JSON.parse(readFileSync('samples/intake-2022.expected.json', 'utf8')) as {
      duplicate_pairs: readonly (readonly [string, string])[];
    };
    const names = new Map(
      rows.map((row) => [
        row['_uuid'] ?? '',
        { givenNames: row['nombres'] ?? null, familyNames: row['apellidos'] ?? null, aliases: null },
      ]),
    );
    const missed = [...duplicate_pairs, ...duplicate_pairs.map(([a, b]) => [b, a] as const)].filter(([a, b]) => {
      const { givenNames, familyNames } = names.get(a)!;
      const asked = `${givenNames} ${familyNames}`;
      const stored = new Set(wordKeys({ ...names.get(b)!, documentNumber: null }));
      const met = soughtKeys(asked).some(({ key }) => stored.has(key));
      const weights = askedWords(asked).map(() => 1);
      return !met || scoreOfName(askedWords(asked), weights, names.get(b)!) < LEAST_SCORE;
    });
    expect(1 - missed.length / (2 * duplicate_pairs.length)).toBeGreaterThanOrEqual(0.95);
  });
});
