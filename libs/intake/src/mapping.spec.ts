/** A profile that loads can be used; one that cannot is refused with the key at fault, in both languages. */
import { shippedMapping, shippedProfile } from '../cases/shipped.js';
import { readMapping } from './mapping.js';
import { MAPPING_FAULTS, MappingError, type MappingFault } from './mapping-faults.js';

type Plain = Record<string, unknown>;

/** The smallest profile that records anything. */
const small = (): Plain => ({
  code: 'small',
  en: 'Small form',
  es: 'Formulario pequeño',
  country: 'SV',
  externalId: { column: 'id', required: true },
  knownOn: { column: 'sent', take: 'day', required: true },
});
const withCase = (reading: unknown, target = 'person.sex'): Plain => ({ ...small(), case: { [target]: reading } });
const withEvent = (fields: Plain, more: Plain = {}): Plain => ({
  ...small(),
  events: [{ kind: 'hearings', when: 'heard', fields, ...more }],
});
const hearing = (reading: unknown, name = 'defendants'): Plain =>
  withEvent({ at: { column: 'heard', date: ['ISO'] }, [name]: reading });

function faultOf(profile: unknown): MappingError {
  try {
    readMapping(profile);
  } catch (error) {
    if (error instanceof MappingError) return error;
    throw error;
  }
  throw new Error('the profile was taken');
}

describe('a mapping profile', () => {
  it.each(['kobo-intake-sv', 'us-ca-deaths'])('as shipped (%s) is taken as it stands', (name) => {
    const mapping = shippedMapping(name);
    expect(mapping).toMatchObject({ code: name, delimiter: 'auto', en: expect.any(String), es: expect.any(String) });
    const profile = shippedProfile(name);
    expect(mapping.fields.map(({ target }) => target)).toEqual(Object.keys(profile['case'] as Plain));
    expect(mapping.events).toHaveLength((profile['events'] as unknown[]).length);
    expect(mapping.constants).toEqual(profile['constants']);
  });

  it('may say no more than what a case needs', () => {
    expect(readMapping(small())).toMatchObject({ fields: [], events: [], constants: {}, delimiter: 'auto' });
  });

  it('names every column it reads, asks about or sets aside', () => {
    const mapping = readMapping({
      ...withEvent(
        {
          at: { column: 'heard', date: ['D/M/Y'], time: 'hour' },
          court: { column: 'court', when: { column: 'sat', in: ['yes'] } },
        },
        { when: { column: 'any', not: [''] } },
      ),
      case: {
        'arrest.area': { column: 'district', area: { within: 'department' } },
        'arrest.at': { columns: ['y', 'm'], join: '-', date: ['ISO'] },
      },
      ignored: { race: 'no such question' },
    });
    expect([...mapping.columns].sort()).toEqual(
      'any court department district heard hour id m race sat sent y'.split(' '),
    );
  });

  it('gives a list where a target takes one, also for a constant of one code', () => {
    const mapping = readMapping({
      ...withCase({ value: 'NOT_ASKED' }, 'arrest.bases'),
      constants: { 'arrest.forces': 'NOT_ASKED' },
    });
    expect(mapping.constants).toEqual({ 'arrest.forces': ['NOT_ASKED'] });
    expect(mapping.fields[0]?.origin).toEqual({ kind: 'value', value: ['NOT_ASKED'] });
  });

  it('narrows a range and never widens it beyond what the target takes', () => {
    const rangeOf = (more: Plain): unknown =>
      readMapping(withCase({ column: 'age', integer: true, ...more }, 'person.ageAtArrest')).fields[0]?.integer;
    expect([rangeOf({}), rangeOf({ min: 12, max: 99 })]).toEqual([
      { min: 0, max: 120 },
      { min: 12, max: 99 },
    ]);
    expect(faultOf(withCase({ column: 'age', integer: true, max: 150 }, 'person.ageAtArrest')).fault).toBe('number');
  });
});

const refused: readonly (readonly [MappingFault, string, string, unknown])[] = [
  ['map', 'mapping', 'a text instead of a profile', 'code: small'],
  ['map', 'mapping', 'nothing at all', null],
  ['map', 'externalId', 'no external id', { ...small(), externalId: undefined }],
  ['map', 'knownOn', 'no day of knowledge', { ...small(), knownOn: 'sent' }],
  ['map', 'case', 'a list of targets', { ...small(), case: [] }],
  ['map', 'ignored', 'ignored columns without a reason', { ...small(), ignored: ['race'] }],
  ['list', 'events', 'one event outside a list', { ...small(), events: { kind: 'hearings' } }],
  ['list', 'case.arrest.at', 'one spelling outside a list', withCase({ column: 'a', date: 'ISO' }, 'arrest.at')],
  ['texts', 'case.person.sex', 'a list in a list', withCase({ column: 'a', codes: 'SEX', unknown: [['Unk']] })],
  ['text', 'en', 'no English name', { ...small(), en: '' }],
  ['text', 'es', 'no Spanish name', { ...small(), es: undefined }],
  ['text', 'country', 'no country', { ...small(), country: 503 }],
  ['text', 'case.person.sex', 'a number for a column', withCase({ column: 7, codes: 'SEX' })],
  ['text', 'case.person.sex', 'a code that is no text', withCase({ column: 'a', codes: 'SEX', map: { si: true } })],
  ['flag', 'externalId', 'a word for yes', { ...small(), externalId: { column: 'id', required: 'yes' } }],
  ['number', 'events[0].defendants.min', 'a bound in words', hearing({ column: 'n', integer: true, min: 'one' })],
  [
    'number',
    'events[0].defendants.max',
    'a bound beyond the target',
    hearing({ column: 'n', integer: true, max: 1e9 }),
  ],
  [
    'range',
    'events[0].defendants',
    'bounds the wrong way round',
    hearing({ column: 'n', integer: true, min: 9, max: 2 }),
  ],
  ['key', 'mapping', 'a misspelt part', { ...small(), constans: {} }],
  ['key', 'case.person.sex', 'a misspelt key of a reading', withCase({ column: 'a', code: 'SEX' })],
  ['key', 'csv', 'a misspelt delimiter', { ...small(), csv: { delimeter: ';' } }],
  ['key', 'case.arrest.area', 'a misspelt container', withCase({ column: 'a', area: { inside: 'b' } }, 'arrest.area')],
  ['key', 'events[0]', 'a source of an event', withEvent({}, { source: 'x' })],
  [
    'key',
    'case.person.sex',
    'a condition by another word',
    withCase({ column: 'a', codes: 'SEX', when: { column: 'b', is: 'x' } }),
  ],
  [
    'key',
    'case.consents',
    'a consent with an author',
    withCase({ column: 'a', codes: 'CONSENT_USE', objects: { key: 'use', with: { by: 'ME' } } }, 'consents'),
  ],
  [
    'word',
    'case.consents.key',
    'a consent called otherwise',
    withCase({ column: 'a', codes: 'CONSENT_USE', objects: { key: 'purpose' } }, 'consents'),
  ],
  [
    'word',
    'case.arrest.at',
    'what to do with impossible days',
    withCase({ column: 'a', date: ['ISO'], impossible: 'year' }, 'arrest.at'),
  ],
  ['word', 'knownOn', 'another part of a time stamp', { ...small(), knownOn: { column: 'sent', take: 'week' } }],
  ['origin', 'case.person.sex', 'a reading from nowhere', withCase({ codes: 'SEX' })],
  ['origin', 'case.person.sex', 'a reading from two places', withCase({ column: 'a', value: 'F', codes: 'SEX' })],
  ['columns', 'case.arrest.at', 'a reading of no column', withCase({ columns: [], date: ['ISO'] }, 'arrest.at')],
  [
    'spelling',
    'case.arrest.at',
    'a spelling that nobody reads',
    withCase({ column: 'a', date: ['ISO', 'Y/M/D'] }, 'arrest.at'),
  ],
  ['idle', 'case.person.sex', 'several answers where one fits', withCase({ column: 'a', codes: 'SEX', split: ' ' })],
  ['idle', 'case.narrative', 'a translation of free text', withCase({ column: 'a', map: { a: 'b' } }, 'narrative')],
  ['idle', 'externalId', 'a joint of one column', { ...small(), externalId: { column: 'id', join: '-' } }],
  ['idle', 'case.narrative', 'an hour of no date', withCase({ column: 'a', time: 'b' }, 'narrative')],
  [
    'ways',
    'case.arrest.at',
    'a date and a code at once',
    withCase({ column: 'a', date: ['ISO'], codes: 'SEX' }, 'arrest.at'),
  ],
  ['kind', 'case.person.sex', 'a code of another list', withCase({ column: 'a', codes: 'STAGE' })],
  ['kind', 'case.person.sex', 'a code read as text', withCase({ column: 'a' })],
  ['kind', 'case.arrest.at', 'a date read as text', withCase({ column: 'a' }, 'arrest.at')],
  [
    'kind',
    'case.consents',
    'consents without their state',
    withCase({ column: 'a', codes: 'CONSENT_USE' }, 'consents'),
  ],
  [
    'kind',
    'case.person.sex',
    'an object of a single code',
    withCase({ column: 'a', codes: 'SEX', objects: { key: 'sex' } }),
  ],
  ['kind', 'case.narrative', 'a text made from a date', withCase({ same: 'knownOn' }, 'narrative')],
  ['kind', 'knownOn', 'a day made from another date', { ...small(), knownOn: { same: 'arrest.at' } }],
  [
    'value',
    'constants.person.sex',
    'a constant that is no code',
    { ...small(), constants: { 'person.sex': 'female' } },
  ],
  [
    'value',
    'constants.source.credibility',
    'a number for a code',
    { ...small(), constants: { 'source.credibility': 6 } },
  ],
  ['value', 'case.arrest.at', 'a constant that is no date', withCase({ value: 'in spring' }, 'arrest.at')],
  ['value', 'case.arrest.at', 'a constant day of no calendar', withCase({ value: '2022-02-30' }, 'arrest.at')],
  ['value', 'knownOn', 'a month for a day', { ...small(), knownOn: { value: '2022-04' } }],
  ['value', 'events[0].defendants', 'a constant beyond its range', hearing({ value: 0 })],
  ['value', 'case.arrest.bases', 'a list with something else in it', withCase({ value: ['NONE', 5] }, 'arrest.bases')],
  [
    'special',
    'case.person.sex',
    'a real answer for an empty cell',
    withCase({ column: 'a', codes: 'SEX', empty: 'F' }),
  ],
  [
    'special',
    'case.arrest.at',
    'a code for a missing date',
    withCase({ column: 'a', date: ['ISO'], empty: 'UNKNOWN' }, 'arrest.at'),
  ],
  ['reference', 'events[0].at', 'a date that the mapping does not read', withEvent({ at: { same: 'deaths.at' } })],
  [
    'reference',
    'case.person.born',
    'an age on a day that nobody reads',
    withCase({ column: 'a', integer: true, ageOn: 'deaths.at' }, 'person.born'),
  ],
  ['circle', 'case.arrest.at', 'a date made from itself', withCase({ same: 'arrest.at' }, 'arrest.at')],
  [
    'circle',
    'case.arrest.at',
    'two dates made from each other',
    { ...withEvent({ at: { after: 'arrest.at' } }), case: { 'arrest.at': { before: 'hearings.at' } } },
  ],
  ['target', 'case.person.name', 'a target that no case has', withCase({ column: 'a' }, 'person.name')],
  ['target', 'case.constructor', 'a word that every object knows', withCase({ column: 'a' }, 'constructor')],
  ['target', 'constants.toString', 'the same among the constants', { ...small(), constants: { toString: 'X' } }],
  ['field', 'events[0].judge', 'a field that no hearing has', hearing({ column: 'a' }, 'judge')],
  ['event', 'events[0]', 'a kind of event that nobody records', withEvent({}, { kind: 'trials' })],
  ['event', 'events[0]', 'a word that every object knows, as a kind', withEvent({}, { kind: 'valueOf' })],
  ['at', 'events[0]', 'an event without a date', withEvent({ court: { column: 'a' } })],
  ['delimiter', 'csv.delimiter', 'a bar between cells', { ...small(), csv: { delimiter: '|' } }],
  ['encoding', 'csv.encoding', 'another encoding', { ...small(), csv: { encoding: 'latin1' } }],
  ['code', 'code', 'a code with capitals', { ...small(), code: 'Small' }],
];

describe('a profile is refused for', () => {
  it.each(refused)('%s at %s: %s', (fault, key, _what, profile) => {
    const error = faultOf(profile);
    expect([error.fault, error.key]).toEqual([fault, key]);
    expect(error.message).toBe(error.en);
    for (const sentence of [error.en, error.es]) {
      expect(sentence.startsWith(`${key}: `)).toBe(true);
      expect(sentence).not.toMatch(/\{\}|undefined|\[object/);
    }
    expect(error.en).not.toBe(error.es);
  });

  it('every fault that there is', () => {
    expect(new Set(refused.map(([fault]) => fault))).toEqual(new Set(MAPPING_FAULTS));
  });
});
