/** The book of names: found however it is spelt, with the sample's own pairs as the measure. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { inventRegister } from '../cases/invented-people.js';
import {
  askedWords,
  LEAST_SCORE,
  NameBook,
  roundedScore,
  scoreOfName,
  weightOfWord,
  wordsOf,
  type BookEntry,
  type Found,
} from './name-book.js';

const book = new NameBook();
const people: Readonly<Record<string, readonly [string, string]>> = {
  a: ['José Antonio', 'Menjívar Rivas'],
  b: ['María Elena', 'Guevara de Gómez'],
  c: ['Concepción', 'de la Cruz Huezo'],
  d: ['Juan Carlos', 'Pérez López'],
};
for (const [id, [givenNames, familyNames]] of Object.entries(people))
  book.set(id, { givenNames, familyNames, aliases: null });

describe('A book of names', () => {
  test.each([
    ['José Antonio Menjívar Rivas', 'a'],
    ['jose menjibar', 'a'],
    ['Rivas Menjívar José', 'a'],
    ['Chepe Menjivar', 'a'],
    ['Menjivra', 'a'],
    ['MARIA GUEBARA', 'b'],
    ['Concha Cruz Güezo', 'c'],
    ['Jaun Carlos Perez', 'd'],
  ])('finds %s', (name, id) => {
    expect(book.search(name, 5)[0]?.id).toBe(id);
  });

  test('does not find who is called otherwise', () => {
    expect(book.search('Wenceslao', 5)).toEqual([]);
    expect(book.search('de la', 5)).toEqual([]);
    expect(book.search('', 5)).toEqual([]);
  });

  test('forgets who is taken out, and an earlier name of who is renamed', () => {
    const small = new NameBook();
    small.set('x', { givenNames: 'Ana', familyNames: 'Uno', aliases: 'La Chele' });
    small.set('x', { givenNames: 'Berta', familyNames: 'Dos', aliases: null });
    expect(small.search('Ana', 5)).toEqual([]);
    expect(small.search('Berta', 5)).toEqual([{ id: 'x', score: 1 }]);
    small.delete('x');
    expect(small.search('Berta', 5)).toEqual([]);
    expect(small.size).toBe(0);
  });

  test('finds the other file of a person for at least 19 of 20 pairs of the sample', () => {
    const rows = parse(readFileSync('samples/intake-2022.csv'), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    const expected = JSON.parse(readFileSync('samples/intake-2022.expected.json', 'utf8')) as {
      duplicate_pairs: readonly (readonly string[])[];
    };
    const names = new Map(rows.map((row) => [row['_uuid'] ?? '', row]));
    const register = new NameBook();
    for (const [id, row] of names)
      register.set(id, { givenNames: row['nombres'] ?? null, familyNames: row['apellidos'] ?? null, aliases: null });
    const pairs = expected.duplicate_pairs.flatMap(([a = '', b = '']) => [
      [a, b],
      [b, a],
    ]);
    const missed = pairs.filter(([a = '', b = '']) => {
      const asked = `${names.get(a)?.['nombres']} ${names.get(a)?.['apellidos']}`;
      return !register.search(asked, 50).some(({ id }) => id === b);
    });
    expect(pairs.length).toBeGreaterThan(100);
    expect(1 - missed.length / pairs.length).toBeGreaterThanOrEqual(0.95);
  });
});

/** The same by looking at everybody and at every word of everybody. */
function lookedThrough(people: ReadonlyMap<string, BookEntry>, name: string, limit: number): Found[] {
  const asked = askedWords(name);
  const named = [...people]
    .map(([id, entry]) => ({ id, entry, words: wordsOf(entry) }))
    .filter((one) => one.words.length > 0);
  const weights = asked.map((word) =>
    weightOfWord(named.filter(({ words }) => words.includes(word)).length, named.length),
  );
  return named
    .map(({ id, entry, words }) => ({ id, score: scoreOfName(asked, weights, entry), extra: words.length }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || a.extra - b.extra || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map(({ id, score }) => ({ id, score: roundedScore(score) }));
}

describe('A search of the book', () => {
  const { files } = inventRegister(11, { persons: 400, duplicates: 0.2, relatives: 0.2, days: 300 });
  const entries = files.map(({ id, person }): [string, BookEntry] => [
    id,
    { givenNames: person.givenNames, familyNames: person.familyNames, aliases: null },
  ]);
  const asked = entries.map(([, { givenNames, familyNames }]) => `${givenNames ?? ''} ${familyNames ?? ''}`);
  const slip = fc.record({ at: fc.nat(30), letter: fc.constantFrom('', 'a', 'n', 's', 'ñ', 'z', 'х') });
  const remembered = fc
    .tuple(fc.constantFrom(...asked), fc.array(slip, { maxLength: 3 }))
    .map(([name, slips]) =>
      slips.reduce((text, { at, letter }) => text.slice(0, at) + letter + text.slice(at + 1), name),
    );

  test('finds whom looking through everybody finds, in that order, whoever has come and gone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(entries.length - 1), fc.boolean(), fc.nat(entries.length - 1)), { maxLength: 60 }),
        fc.array(fc.oneof(remembered, fc.string({ unit: 'grapheme', maxLength: 20 })), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(1, 20, 500),
        (changes, names, limit) => {
          const people = new Map(entries.slice(0, 150));
          const register = new NameBook();
          for (const [id, entry] of people) register.set(id, entry);
          for (const [whom, stays, like] of changes) {
            const id = entries[whom]![0];
            if (stays) {
              people.set(id, entries[like]![1]);
              register.set(id, entries[like]![1]);
            } else {
              people.delete(id);
              register.delete(id);
            }
          }
          for (const name of names) expect(register.search(name, limit)).toEqual(lookedThrough(people, name, limit));
        },
      ),
      { numRuns: 60 },
    );
  });
});
