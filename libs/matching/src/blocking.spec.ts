import { aPerson, type Described } from '../cases/person.js';
import { blockingKeys, MOST_KEYS } from './blocking.js';

const shareKey = (a: Described, b: Described): boolean => {
  const keys = new Set(blockingKeys(aPerson(a)));
  return blockingKeys(aPerson(b)).some((key) => keys.has(key));
};

const FILE: Described = {
  name: 'José Antonio / Menjívar Cruz',
  documentNumber: '03803817-2',
  born: '1986-10-01',
  arrested: '2022-04-14',
  area3: 'SV-SS-MEJICANOS',
};

describe('the keys of a file', () => {
  it('are kinds and their parts', () => {
    expect(blockingKeys(aPerson(FILE))).toEqual([
      'number|038038172',
      'birthday|yose|1986-01-10',
      'birthday|menjibar|1986-01-10',
      'birthday|krus|1986-01-10',
      'day|SV-SS-MEJICANOS|2022-04-14',
      'month|yose|menjibar|2022-04',
      'month|yose|krus|2022-04',
      'year|yose|menjibar|1986',
      'month|antonio|menjibar|2022-04',
      'month|antonio|krus|2022-04',
    ]);
  });

  it('are at most twelve', () => {
    expect(blockingKeys(aPerson({ ...FILE, arrested: '2022-04-30' })).length).toBe(MOST_KEYS);
    expect(blockingKeys(aPerson({ ...FILE, arrested: '2022-04~' })).length).toBeLessThanOrEqual(MOST_KEYS);
  });

  it('are none for a file that says nothing', () => {
    expect(blockingKeys(aPerson())).toEqual([]);
    expect(blockingKeys(aPerson({ name: 'José / Cruz' }))).toEqual([]);
    expect(blockingKeys(aPerson({ documentNumber: '00000000-0' }))).toEqual([]);
  });

  const monthsOf = (arrested: string): readonly string[] =>
    blockingKeys(aPerson({ name: 'Ana / Cruz', arrested })).map((key) => key.split('|').at(-1)!);

  it.each([
    ['2022-04-14', ['2022-04']],
    ['2022-04-27', ['2022-04']],
    ['2022-04-28', ['2022-04', '2022-05']],
    ['2022-05-03', ['2022-04', '2022-05']],
    ['2022-05-04', ['2022-05']],
    ['2022-12-31', ['2022-12', '2023-01']],
    ['2022-04', ['2022-04']],
    ['2022-04-29~', ['2022-04', '2022-05']],
    ['2022-04~', ['2022-03', '2022-04', '2022-05']],
    ['2022', []],
    ['2022-04-14/..', []],
    ['XXXX', []],
  ])('for an arrest at %s have the months %j', (arrested, months) => {
    expect(monthsOf(arrested)).toEqual(months);
  });

  it('without a date of arrest have names only together with a birth', () => {
    expect(blockingKeys(aPerson({ name: 'Ana / Cruz', born: '1990' }))).toEqual(['year|ana|krus|1990']);
    expect(blockingKeys(aPerson({ name: 'Ana / Cruz', ageAtArrest: 30 }))).toEqual([]);
  });

  it('name both years of birth that an age leaves open', () => {
    const years = blockingKeys(aPerson({ name: 'Ana / Cruz', ageAtArrest: 30, arrested: '2022-04-14' }));
    expect(years.filter((key) => key.startsWith('year'))).toEqual(['year|ana|krus|1991', 'year|ana|krus|1992']);
  });

  it.each<[string, Described, Described]>([
    ['the letters of both surnames differ', FILE, { name: 'JOSE / MENJIBAR CRUS', arrested: '2022-04-01' }],
    ['the surnames are swapped', FILE, { name: 'José / Cruz Menjívar', arrested: '2022-04-20' }],
    ['the first surname is missing', FILE, { name: 'José / Cruz', arrested: '2022-04' }],
    ['the first given name is missing', FILE, { name: 'Antonio / Menjívar', arrested: '2022-04' }],
    ['a nickname stands for the name', FILE, { name: 'Chepe / Menjívar', arrested: '2022-04' }],
    ['the month is the next', { ...FILE, arrested: '2022-04-30' }, { name: 'José / Cruz', arrested: '2022-05-01' }],
    ['day and month of birth are swapped', FILE, { name: 'José / Pérez', born: '1986-01-10' }],
    ['the arrest is unknown', FILE, { name: 'José / Menjívar', born: '1986' }],
    ['the names are unreadable', FILE, { name: 'Jsoe / Mnejviar', arrested: '2022-04-14', area3: 'SV-SS-MEJICANOS' }],
    ['the number is written otherwise', FILE, { documentNumber: '038038172' }],
    ['the whole name is in one field', FILE, { name: 'José Antonio Menjívar Cruz', arrested: '2022-04' }],
  ])('meet when %s', (_, a, b) => {
    expect(shareKey(a, b)).toBe(true);
  });
});
