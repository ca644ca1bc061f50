/** What the code says to people outside, it says in English and in Spanish. (The vocabularies: country-packs.spec.ts.) */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DIMENSIONS, INDICATORS } from '#lib/statistics';
import { NOTES } from '../../src/figures/figure-notes.js';
import { shippedCodes } from '../../src/reference/shipped-codes.js';
import { filesAt, lineAt, read, ROOT, spoken, type Offence, type SourceFile } from './source-tree.js';

interface Said {
  readonly code: string;
  readonly en: string;
  readonly es: string;
}

const unsaid = (words: readonly Said[]): readonly string[] =>
  words.filter(({ en, es }) => en.trim() === '' || es.trim() === '' || en === es).map(({ code }) => code);

const LISTS = readdirSync(join(ROOT, 'countries/core/vocabularies')).map(
  (file) => (parse(read(`countries/core/vocabularies/${file}`).text) as { code: string }).code,
);
/** Not lists of terms, but tables of a pack, known by the same kind of code. */
const TABLES = ['AREA', 'PLACE'];

/** Vocabularies that the code names, e.g. `@Code('SEX')`, and no pack has. */
const unknownLists = ({ path: file, text }: SourceFile, known: readonly string[]): readonly Offence[] =>
  [...text.matchAll(/@(?:Optional)?Codes?\(\s*'([A-Z_]+)'|\bvocabulary: '([A-Z_]+)'/g)].flatMap((found) => {
    const list = found[1] ?? found[2] ?? '';
    const advice = `There is no list ${list}: add it to countries/core/vocabularies, in English and Spanish.`;
    return known.includes(list) ? [] : [{ file, line: lineAt(text, found.index), advice }];
  });

describe('words', () => {
  it('of indicators, dimensions and notes are there in both languages', () => {
    const meanings = INDICATORS.flatMap(({ code, numerator, denominator }) => [
      { code: `${code}, numerator`, ...numerator },
      ...(denominator ? [{ code: `${code}, denominator`, ...denominator }] : []),
    ]);
    expect(unsaid([...INDICATORS, ...DIMENSIONS, ...Object.values(NOTES), ...meanings])).toEqual([]);
    expect(
      unsaid([
        { code: 'a', en: 'sex', es: '' },
        { code: 'b', en: 'sex', es: 'sex' },
      ]),
    ).toEqual(['a', 'b']);
  });

  it('are known for every list that the code names', () => {
    const known = [...LISTS, ...TABLES];
    expect(spoken(filesAt(/^apps\/api\/src\/.*\.ts$/).flatMap((file) => unknownLists(file, known)))).toEqual([]);
    const lists = DIMENSIONS.flatMap(({ vocabulary }) => vocabulary ?? []);
    expect(lists.filter((list) => !known.includes(list))).toEqual([]);
    expect(unknownLists({ path: 'a.ts', text: "\n@Code('GONE')" }, known)).toHaveLength(1);
  });

  it('are more than none for every list', () => {
    const codes = shippedCodes(join(ROOT, 'countries'));
    expect([...LISTS, ...TABLES].filter((list) => codes(list).length === 0)).toEqual([]);
  });
});
