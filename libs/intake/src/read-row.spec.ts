/** What a mapping can ask for beyond the two shipped ones: each rule of samples/README.md by itself. */
import { rowSentence } from './faults.js';
import { readMapping } from './mapping.js';
import { arrestAfterKnownOn, RowReader, type Cells, type IntakeLists, type RowReading } from './read-row.js';

const anything: IntakeLists = { hasCode: () => true, hasArea: () => true, liesWithin: () => true };
const ROW: Cells = { id: '1', sent: '2022-10-10' };

/** Reads one row with a mapping that has an id, a day, and what is given. */
function read(cells: Cells, more: object, lists: IntakeLists = anything): RowReading {
  const base = {
    code: 'm',
    en: 'M',
    es: 'M',
    country: 'SV',
    externalId: { column: 'id' },
    knownOn: { column: 'sent', take: 'day' },
  };
  return new RowReader(readMapping({ ...base, ...more }), lists).read({ ...ROW, ...cells });
}
function caseOf(cells: Cells, more: object, lists?: IntakeLists) {
  const found = read(cells, more, lists);
  if (!found.ok) throw new Error(`refused: ${found.faults.map(({ code }) => code).join(', ')}`);
  return found.value;
}
const arrestAt = (cells: Cells, reading: object): unknown =>
  (caseOf(cells, { case: { 'arrest.at': reading } }).body['arrest'] as { at?: unknown }).at;
const codesOf = (cell: string, more: object = {}): unknown => {
  const { arrest } = caseOf(
    { why: cell },
    { case: { 'arrest.bases': { column: 'why', codes: 'ARREST_BASIS', ...more } } },
  ).body;
  return (arrest as { bases: unknown }).bases;
};

describe('a date', () => {
  it('is read by the first spelling that fits, in the order the mapping gives', () => {
    expect(arrestAt({ d: '03/04/2022' }, { column: 'd', date: ['D/M/Y', 'M/D/Y'] })).toBe('2022-04-03');
    expect(arrestAt({ d: '03/04/2022' }, { column: 'd', date: ['M/D/Y', 'D/M/Y'] })).toBe('2022-03-04');
  });

  it.each([
    ['2012-02-30', 'ISO', '2012-02'],
    ['30/02/2012', 'D/M/Y', '2012-02'],
    ['02/30/2012', 'M/D/Y', '2012-02'],
    ['30 de febrero de 2012', 'MONTH_NAME_ES', '2012-02'],
    ['30 February 2012', 'MONTH_NAME_EN', '2012-02'],
  ])('of no calendar (%s, %s) is its month where the mapping wants that', (d, spelling, month) => {
    const reading = { column: 'd', date: [spelling], required: true };
    expect(arrestAt({ d }, { ...reading, impossible: 'month' })).toBe(month);
    expect(read({ d }, { case: { 'arrest.at': reading } })).toMatchObject({ faults: [{ code: 'date.impossible' }] });
  });

  it('of no calendar is not made into a month where it is one end of a range, or the month is impossible too', () => {
    for (const d of ['2012-02-30/2012-03-04', '2012-13-01', '2012-02-30T10:00']) {
      const found = read({ d }, { case: { 'arrest.at': { column: 'd', date: ['ISO'], impossible: 'month' } } });
      expect(found).toMatchObject({ ok: false, faults: [{ column: 'd', code: 'date.impossible' }] });
    }
  });

  it('made from others is found whatever the order in which they are written', () => {
    const events = [
      { kind: 'releases', when: 'died', fields: { at: { before: 'custody-spells.at' } } },
      { kind: 'custody-spells', when: 'died', fields: { at: { same: 'deaths.at' } } },
      { kind: 'deaths', when: 'died', fields: { at: { column: 'died', date: ['ISO'] } } },
    ];
    const found = caseOf({ died: '2022-04-03' }, { case: { 'arrest.at': { before: 'releases.at' } }, events });
    expect(found.events.map(({ body }) => body['at'])).toEqual(['../2022-04-03', '2022-04-03', '2022-04-03']);
    expect(found.body).toMatchObject({ arrest: { at: '../2022-04-03' } });
  });

  it('made from one that nobody knows is not known either', () => {
    const events = [
      { kind: 'deaths', when: 'died', fields: { at: { column: 'died', date: ['ISO'], unknown: ['?'] } } },
      { kind: 'custody-spells', when: 'died', fields: { at: { before: 'deaths.at' }, until: { same: 'deaths.at' } } },
    ];
    const found = caseOf({ died: '?' }, { case: { 'arrest.at': { after: 'deaths.at' } }, events });
    expect(found.events.map(({ body }) => body)).toEqual([{ at: 'XXXX' }, { at: 'XXXX' }]);
    expect(found.body).toMatchObject({ arrest: { at: 'XXXX' } });
  });

  it.each([
    ['before', '2022-04-10/2022-04-15', '../2022-04-15'],
    ['after', '2022-04-10/2022-04-15', '2022-04-10/..'],
    ['before', '../2022-04-10', '../2022-04-10'],
    ['after', '../2022-04-10', 'XXXX'],
    ['before', '2022-04-10/..', 'XXXX'],
    ['after', '2022-04-10~', '2022-04-07/..'],
    ['before', '2022-04', '../2022-04'],
  ])('%s %s is %s', (relation, died, expected) => {
    const events = [{ kind: 'deaths', when: 'died', fields: { at: { column: 'died', date: ['ISO'] } } }];
    const found = caseOf({ died }, { case: { 'arrest.at': { [relation]: 'deaths.at' } }, events });
    expect(found.body).toMatchObject({ arrest: { at: expected } });
  });
});

describe('an age', () => {
  const bornOf = (age: string, sent: string): RowReading =>
    read({ age, sent }, { case: { 'person.born': { column: 'age', integer: true, ageOn: 'knownOn' } } });

  it('is counted in completed years, on both sides of a birthday', () => {
    expect(bornOf('35', '2005-01-03')).toMatchObject({
      value: { body: { person: { born: '1969-01-04/1970-01-03' } } },
    });
  });

  it('that leads out of the calendar is a fault of its cell, not of the import', () => {
    expect(bornOf('100', '1850-01-03')).toMatchObject({
      ok: false,
      faults: [{ column: 'age', code: 'date.out-of-range' }],
    });
  });
});

describe('a list of codes', () => {
  it('is cut where the mapping says, each code once, empty parts dropped', () => {
    expect(codesOf('A;; B ;A', { split: ';' })).toEqual(['A', 'B']);
    expect(codesOf('A B')).toEqual(['A B']);
  });

  it('of nothing but separators says as little as an empty cell', () => {
    expect(codesOf(' ; ;', { split: ';' })).toEqual(['UNKNOWN']);
    expect(codesOf(';', { split: ';', empty: 'NOT_ASKED' })).toEqual(['NOT_ASKED']);
    expect(codesOf(';', { split: ';', empty: 'skip' })).toEqual([]);
    expect(
      read(
        { why: ';' },
        { case: { 'arrest.bases': { column: 'why', codes: 'ARREST_BASIS', split: ';', required: true } } },
      ),
    ).toMatchObject({ faults: [{ column: 'why', code: 'required' }] });
  });

  it('is translated part by part', () => {
    expect(codesOf('no,si', { split: ',', map: { si: 'YES', no: 'NO' } })).toEqual(['NO', 'YES']);
  });
});

describe('what is missing', () => {
  it('is what the mapping says, and unknown where it says nothing', () => {
    const found = caseOf(
      { sex: '-' },
      {
        case: {
          'person.sex': { column: 'sex', codes: 'SEX', unknown: ['-', '?'], empty: 'REFUSED' },
          'person.occupation': { column: 'job', codes: 'OCCUPATION', empty: 'skip' },
          'arrest.area': { column: 'area', area: true },
          'arrest.at': { column: 'when', date: ['ISO'] },
          'person.born': { column: 'born', date: ['ISO'] },
          narrative: { column: 'story' },
        },
      },
    );
    expect(found.body).toEqual({
      externalId: '1',
      consents: [],
      person: { sex: 'REFUSED' },
      arrest: {
        at: 'XXXX',
        area: 'UNKNOWN',
        legalGround: 'UNKNOWN',
        emergencyRegime: 'UNKNOWN',
        bases: ['UNKNOWN'],
        forces: ['UNKNOWN'],
      },
      source: { type: 'UNKNOWN' },
    });
  });

  it('is never the day on which the state of the case was known, even where the mapping forgets to require it', () => {
    expect(read({ sent: '' }, {})).toEqual({
      ok: false,
      externalId: '1',
      faults: [{ column: 'sent', code: 'required' }],
    });
    const related = { case: { 'arrest.at': { before: 'knownOn' } } };
    expect(read({ sent: 'tomorrow' }, related)).toMatchObject({
      ok: false,
      faults: [{ column: 'sent', code: 'date.malformed' }],
    });
  });

  it('is everything whose condition does not hold: a cell is not looked at, a constant is not set', () => {
    const profile = (reading: object) => ({
      case: { 'arrest.setting': { ...reading, when: { column: 'kind', in: ['home'] } } },
    });
    const settingOf = (cells: Cells, reading: object): unknown =>
      (
        caseOf(cells, profile(reading), { ...anything, hasCode: (_list, code) => code !== 'WRONG' }).body['arrest'] as {
          setting?: unknown;
        }
      ).setting;
    expect(settingOf({ kind: 'street', s: 'WRONG' }, { column: 's', codes: 'ARREST_SETTING' })).toBe('UNKNOWN');
    expect(settingOf({ kind: 'home', s: 'HOME' }, { column: 's', codes: 'ARREST_SETTING' })).toBe('HOME');
    expect(settingOf({ kind: 'street' }, { value: 'HOME', empty: 'skip' })).toBeUndefined();
    expect(settingOf({ kind: 'home' }, { value: 'HOME', empty: 'skip' })).toBe('HOME');
  });

  it('is an event whose condition does not hold', () => {
    const events = [{ kind: 'hearings', when: { column: 'h', not: ['', 'no'] }, fields: { at: { same: 'knownOn' } } }];
    expect(['', 'no', ' no ', 'sí'].map((h) => caseOf({ h }, { events }).events.length)).toEqual([0, 0, 0, 1]);
  });
});

describe('a text', () => {
  const narrative = (story: string): RowReading => read({ story }, { case: { narrative: { column: 'story' } } });

  it('may be as long as the record takes, counted in characters as people see them', () => {
    expect(narrative('😀'.repeat(50_000)).ok).toBe(true);
    expect(narrative('😀'.repeat(50_001))).toMatchObject({ faults: [{ column: 'story', code: 'text.too-long' }] });
  });

  it('with half a character in it is refused, because it could not be given back as it came', () => {
    expect(narrative('a\uD83D b')).toMatchObject({ faults: [{ column: 'story', code: 'text.control-character' }] });
  });
});

describe('the arrest', () => {
  it.each([
    ['2022-10-11', '2022-10-10', true],
    ['2022-10-10T23:59', '2022-10-10', false],
    ['2022-10', '2022-10-10', false],
    ['2022-11', '2022-10-10', true],
    ['2022-10-11~', '2022-10-10', false],
    ['XXXX', '2022-10-10', false],
    ['2022-10-11', '2022-10', false],
  ])('%s is certainly after %s: %s', (arrest, known, after) => {
    expect(arrestAfterKnownOn(arrest, known)).toBe(after);
  });
});

describe('a sentence for a fault', () => {
  it('speaks of order only where order is at fault', () => {
    expect(rowSentence('custody-spell.before-arrest', 'es')).toMatch(/orden/);
    expect(rowSentence('remedy.in-future', 'en')).toMatch(/order/);
    for (const code of ['place.unknown', 'area.other-country', 'toString', 'some-new.code']) {
      expect([rowSentence(code, 'en'), rowSentence(code, 'es')]).not.toContainEqual(expect.stringMatching(/orde[rn]/));
    }
  });
});
