import fc from 'fast-check';
import { eventDate } from '#lib/time';
import { aPerson, type Described } from '../cases/person.js';
import { blockingKeys, MOST_KEYS } from './blocking.js';
import { EVIDENCE, LEVELS } from './evidence.js';
import type { MatchPerson } from './person.js';
import { REASONS } from './reasons.js';
import { CANDIDATE_THRESHOLD, compare } from './score.js';

const FILE: Described = {
  name: 'José Antonio / Menjívar Cruz',
  documentNumber: '03803817-2',
  sex: 'M',
  born: '1986-10-01',
  ageAtArrest: 35,
  arrested: '2022-04-14',
  area1: 'SV-SS',
  area3: 'SV-SS-MEJICANOS',
  place: 'SV-IZALCO',
};
/** What a second informant tells as a rule: a name, the night, the place. */
const TOLD: Described = {
  name: FILE.name,
  sex: 'M',
  arrested: '2022-04-14',
  area1: 'SV-SS',
  area3: 'SV-SS-MEJICANOS',
};
const scored = (a: Described, b: Described): ReturnType<typeof compare> => compare(aPerson(a), aPerson(b));

describe('two files of one person', () => {
  it.each<[string, Partial<Described>, string]>([
    ['all is told alike', {}, 'NAME_SAME'],
    ['the name is in capitals without accents', { name: 'JOSE ANTONIO / MENJIVAR CRUZ' }, 'NAME_SAME'],
    ['letters that sound alike differ', { name: 'José Antonio / Menjíbar Crus' }, 'NAME_SPELLING'],
    ['two letters changed places', { name: 'José Antonio / Mejnívar Cruz' }, 'NAME_SPELLING'],
    ['the second given name is missing', { name: 'José / Menjívar Cruz' }, 'GIVEN_NAME_MISSING'],
    ['the first given name is missing', { name: 'Antonio / Menjívar Cruz' }, 'GIVEN_NAME_MISSING'],
    ['a given name is an initial', { name: 'José A. / Menjívar Cruz' }, 'NAME_INITIAL'],
    ['a nickname is given', { name: 'Chepe / Menjívar Cruz' }, 'NICKNAME'],
    ['the second surname is missing', { name: 'José Antonio / Menjívar' }, 'SURNAME_MISSING'],
    ['the first surname is missing', { name: 'José Antonio / Cruz' }, 'SURNAME_MISSING'],
    ['the surnames are swapped', { name: 'José Antonio / Cruz Menjívar' }, 'SURNAMES_SWAPPED'],
    ['the fields are confused', { name: 'José / Antonio Menjívar Cruz' }, 'NAME_FIELDS_MIXED'],
    ['given names are written as one', { name: 'Joseantonio / Menjívar Cruz' }, 'NAME_SAME'],
    ['one surname is another', { name: 'José Antonio / Menjívar Pérez' }, 'SURNAME_DIFFERENT'],
    ['the arrest is told for the next night', { arrested: '2022-04-15' }, 'ARREST_NEAR'],
    ['the arrest is told by its month', { arrested: '2022-04', born: '1986' }, 'ARREST_COMPATIBLE'],
    ['the district is another of the department', { area3: 'SV-SS-APOPA', ageAtArrest: 36 }, 'DEPARTMENT_SAME'],
    ['the number has a wrong digit', { documentNumber: '03803817-3' }, 'DOCUMENT_ONE_DIGIT'],
    ['two digits changed places', { documentNumber: '03808317-2' }, 'DOCUMENT_ONE_DIGIT'],
    ['a digit is missing', { documentNumber: '0380817-2' }, 'DOCUMENT_ONE_DIGIT'],
    ['day and month of birth are swapped', { born: '1986-01-10' }, 'BIRTH_DAY_MONTH_SWAPPED'],
    ['the year of birth is wrong', { born: '1968-10-01' }, 'BIRTH_ONE_PART'],
    ['the birth is known by its year', { born: '1986' }, 'BIRTH_COMPATIBLE'],
    ['only the age is known', { ageAtArrest: 36 }, 'AGE_COMPATIBLE'],
    [
      'the number is another, the birth the same',
      { documentNumber: '11111112-3', born: '1986-10-01' },
      'DOCUMENT_DIFFERENT',
    ],
  ])('are candidates when %s', (_, told, reason) => {
    const match = scored(FILE, { ...TOLD, ...told });
    expect(match.reasons).toContain(reason);
    expect(match.score).toBeGreaterThan(CANDIDATE_THRESHOLD);
  });

  it('are candidates by number alone with a name that fits, years apart', () => {
    const other = { name: 'Chepe / Menjíbar', documentNumber: '038038172', arrested: '2023-11-02', area1: 'SV-SA' };
    const match = scored(FILE, other);
    expect(match.reasons).toEqual([
      'NICKNAME',
      'NAME_SPELLING',
      'GIVEN_NAME_MISSING',
      'SURNAME_MISSING',
      'DOCUMENT_SAME',
      'ARREST_DIFFERENT',
      'DEPARTMENT_DIFFERENT',
    ]);
    expect(match.score).toBeGreaterThan(0.9);
  });

  it('are candidates by a nickname, a surname, a night and a district (the example of `compare`)', () => {
    const night = { arrested: '2022-04-14', area1: 'SV-SS', area3: 'SV-SS-MEJICANOS' };
    const match = scored({ name: 'Chepe / Menjívar', ...night }, { name: 'José / Menjívar', ...night });
    expect(match.reasons).toEqual(['NICKNAME', 'ARREST_SAME_DAY', 'DISTRICT_SAME']);
    expect(match.score).toBeCloseTo(0.55, 2);
  });

  it('weigh less in a larger register, where more strangers share a name', () => {
    const [a, b] = [aPerson(TOLD), aPerson({ ...TOLD, name: 'José / Menjívar' })];
    expect(compare(a, b, 1_000_000).score).toBeLessThan(compare(a, b).score);
    expect(compare(a, b, 1000).score).toBeGreaterThan(compare(a, b).score);
  });

  it('are candidates for a woman under her own and under her husband’s name', () => {
    const own = { ...TOLD, sex: 'F', name: 'Ana María / Pérez Rodas', ageAtArrest: 40 };
    const match = scored(own, { ...own, name: 'Ana María / Pérez de Gómez' });
    expect(match.reasons).toContain('SURNAME_MISSING');
    expect(match.reasons).not.toContain('SURNAME_DIFFERENT');
    expect(match.score).toBeGreaterThan(0.9);
  });
});

describe('two files of two persons', () => {
  it.each<[string, Described, Described]>([
    [
      'brothers taken in one night',
      { ...TOLD, ageAtArrest: 30 },
      { ...TOLD, name: 'Luis Ernesto / Menjívar Cruz', ageAtArrest: 28 },
    ],
    [
      'brothers who share a first name',
      { ...TOLD, ageAtArrest: 30 },
      { ...TOLD, name: 'José Manuel / Menjívar Cruz', ageAtArrest: 26 },
    ],
    ['brother and sister', TOLD, { ...TOLD, name: 'María / Menjívar Cruz', sex: 'F' }],
    [
      'father and son of one name',
      { ...FILE, documentNumber: null },
      { ...TOLD, name: 'José / Menjívar Rivas', ageAtArrest: 17 },
    ],
    ['strangers taken in one raid', TOLD, { ...TOLD, name: 'Carlos / Hernández López' }],
    [
      'namesakes far apart',
      { name: 'José / Hernández López', arrested: '2022-04-02', area1: 'SV-SS' },
      { name: 'José / Hernández López', arrested: '2022-09-19', area1: 'SV-MO' },
    ],
    [
      'namesakes of different births',
      { name: 'José / Hernández López', born: '1970-01-01', arrested: '2022-04-02' },
      { name: 'José / Hernández López', born: '1999-05-20', arrested: '2022-04-02' },
    ],
    ['people who were born on one day', { born: '1990-05-20', sex: 'M' }, { born: '1990-05-20', sex: 'M' }],
    ['José and Josué', { ...TOLD, name: 'José / Menjívar Cruz' }, { ...TOLD, name: 'Josué / Menjívar Cruz' }],
    ['two files that say nothing', {}, {}],
  ])('are no candidates: %s', (_, a, b) => {
    expect(scored(a, b).score).toBeLessThan(CANDIDATE_THRESHOLD);
  });

  it('weigh strongly, not finally, when their numbers differ', () => {
    const [without, different] = [scored(FILE, TOLD), scored(FILE, { ...TOLD, documentNumber: '77512340-9' })];
    const odds = ({ score }: { readonly score: number }): number => score / (1 - score);
    expect(odds(different)).toBeLessThan(odds(without) / 25);
    expect(scored(FILE, { ...FILE, documentNumber: '77512340-9' }).score).toBeGreaterThan(CANDIDATE_THRESHOLD);
  });

  it('have no reason of names when one has no name', () => {
    const { reasons } = scored(FILE, { ...FILE, name: 'desconocido / sin dato' });
    expect(reasons).toEqual(scored(FILE, { ...FILE, name: '' }).reasons);
    expect(reasons.filter((reason) => /NAME/.test(reason))).toEqual([]);
  });
});

describe('the weights', () => {
  it('are probabilities, each with a reason', () => {
    for (const { same, strangers, relatives, why } of Object.values(LEVELS)) {
      for (const probability of [same, strangers, relatives]) {
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
      }
      expect(why).not.toBe('');
    }
  });

  it('do not exceed certainty over the levels of one comparison', () => {
    const sums = [
      ['documentSame', 'documentOneSlip', 'documentDifferent'],
      ['sexSame', 'sexDifferent'],
      ['birthSame', 'birthSwapped', 'birthOnePart', 'birthDifferentNear', 'birthDifferent', 'birthDifferentFar'],
      ['arrestSameDay', 'arrestNear', 'arrestDifferent', 'arrestDifferentFar'],
      ['districtSame', 'departmentSame', 'departmentDifferent'],
      ['departmentOnly', 'departmentDifferent'],
      ['placeSame', 'placeDifferent'],
    ] as const;
    for (const levels of sums) {
      for (const population of ['same', 'strangers', 'relatives'] as const) {
        const sum = levels.reduce((total, level) => total + LEVELS[level][population], 0);
        expect(sum).toBeLessThanOrEqual(1.03);
        expect(sum).toBeGreaterThan(0.9);
      }
    }
  });

  it('speak for one person when things agree, and against when they do not', () => {
    expect(EVIDENCE.documentSame.overStrangers).toBeGreaterThan(15);
    expect(EVIDENCE.documentDifferent.overStrangers).toBeLessThan(-5);
    expect(EVIDENCE.arrestSameDay.overRelatives).toBe(0);
  });

  it('have a sentence in English and in Spanish for each reason', () => {
    for (const { en, es } of Object.values(REASONS)) {
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(es).toMatch(/^[A-ZÁÉÍÓÚ].*\.$/);
    }
  });
});

describe('whatever two files say', () => {
  const GIVEN = [
    'José',
    'María',
    'Chepe',
    'Antonio',
    'J.',
    'Josué',
    'Ana Lucía',
    'Analucía',
    'Ángel',
    'Xiomara',
    'Xóchitl',
  ];
  const FAMILY = [
    'Hernández',
    'Ernandes',
    'Menjívar',
    'Menjíbar',
    'de la O',
    'de Gómez',
    'Cruz',
    'Ángel',
    'Núñez',
    'Peña',
  ];
  const DATES = [
    '1986-10-01',
    '1986-01-10',
    '1986-10-04',
    '1986',
    '1986-10',
    '1986-10-02~',
    '../1986-10-01',
    'XXXX',
    '1970/1995',
  ];
  const ARRESTS = [
    '2022-04-14',
    '2022-04-15',
    '2022-04',
    '2022',
    '2022-04-14~',
    '2022-05-01',
    '2022-04-14/..',
    '2023-01-01T10:00',
  ];
  const NUMBERS = ['03803817-2', '03803817-3', '77512340-9', '00000000-0'];

  const names = (pool: readonly string[]): fc.Arbitrary<string | null> =>
    fc.oneof(
      { weight: 8, arbitrary: fc.array(fc.constantFrom(...pool), { maxLength: 3 }).map((parts) => parts.join(' ')) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
  const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(...values, null);
  const person: fc.Arbitrary<MatchPerson> = fc.record({
    givenNames: names(GIVEN),
    familyNames: names(FAMILY),
    documentNumber: oneOf(...NUMBERS),
    sex: fc.constantFrom('F', 'M', 'UNKNOWN', ''),
    born: oneOf(...DATES.map(eventDate)),
    ageAtArrest: fc.option(fc.integer({ min: -1, max: 130 })),
    arrestedAt: oneOf(...ARRESTS.map(eventDate)),
    area1: oneOf('A', 'B'),
    area3: oneOf('A1', 'A2', 'B1'),
    place: oneOf('P', 'Q'),
  });
  /** A person and a variation of it, so that agreement is as usual as disagreement. */
  const pair = fc
    .tuple(person, person, fc.array(fc.constantFrom(...(Object.keys(aPerson()) as (keyof MatchPerson)[]))))
    .map(
      ([one, other, kept]) =>
        [one, { ...other, ...Object.fromEntries(kept.map((field) => [field, one[field]])) }] as const,
    );
  const runs = { numRuns: 3000 };

  it('the score is a probability, and its reasons are known and told once', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const { score, reasons } = compare(a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(new Set(reasons).size).toBe(reasons.length);
        for (const reason of reasons) expect(REASONS[reason]).toBeDefined();
      }),
      runs,
    );
  });

  it('it does not matter which file comes first', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(compare(b, a)).toEqual(compare(a, b));
      }),
      runs,
    );
  });

  it('no other file matches a file better than itself', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(compare(a, b).score).toBeLessThanOrEqual(compare(a, { ...a }).score + 1e-9);
      }),
      runs,
    );
  });

  it('capitals and accents change nothing', () => {
    const plain = (text: string | null): string | null =>
      text === null ? null : text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
    const spoken = person.filter(({ givenNames, familyNames }) =>
      /^[\p{Script=Latin} .]*$/u.test(`${givenNames}${familyNames}`),
    );
    fc.assert(
      fc.property(spoken, person, (a, b) => {
        const capitals = { ...a, givenNames: plain(a.givenNames), familyNames: plain(a.familyNames) };
        expect(compare(capitals, b)).toEqual(compare(a, b));
        expect(blockingKeys(capitals)).toEqual(blockingKeys(a));
      }),
      runs,
    );
  });

  it('a file has at most twelve keys, none of them twice', () => {
    fc.assert(
      fc.property(person, (one) => {
        const keys = blockingKeys(one);
        expect(keys.length).toBeLessThanOrEqual(MOST_KEYS);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      runs,
    );
  });
});
