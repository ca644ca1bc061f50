import type { DataState } from './hedges.js';
import { hedged, hedgeFor, qualifierOf } from './hedges.js';
import type { Language } from './language.js';

/** report-forms.md §3, row by row: state, value, English, Spanish. */
const TABLE: readonly (readonly [string, DataState, number, string, string])[] = [
  ['own list, incomplete', { kind: 'own-list', complete: false }, 2402, 'at least 2,402', 'al menos 2,402'],
  ['own list, complete', { kind: 'own-list', complete: true }, 2402, '2,402', '2,402'],
  [
    'own list, some unverified',
    { kind: 'part-verified', verified: 216 },
    972,
    '972 documented, of which 216 verified',
    '972 documentados, de los cuales 216 verificados',
  ],
  [
    'one official source',
    { kind: 'official', institution: 'PNC', checkable: true, organisation: 'Ejemplo', qualifier: 'exact' },
    33812,
    '33,812, according to PNC',
    '33,812, según PNC',
  ],
  [
    'official source that nobody can check',
    { kind: 'official', institution: 'PNC', checkable: false, organisation: 'Ejemplo', qualifier: 'more than' },
    61000,
    'more than 61,000, a figure Ejemplo could not verify',
    'más de 61,000, cifra que Ejemplo no pudo verificar',
  ],
  [
    'estimate',
    { kind: 'estimate', lower: 900, upper: 1100, decimals: 0 },
    1000,
    'an estimated 1,000 (95% interval 900–1,100)',
    'una estimación de 1,000 (intervalo del 95\u00a0%: 900-1,100)',
  ],
  ['one source', { kind: 'single-source' }, 3, 'reportedly 3', 'según se informa, 3'],
  ['attribution', { kind: 'attribution' }, 3, 'allegedly 3', 'presuntamente 3'],
  ['ongoing count', { kind: 'ongoing', on: '2023-03-27' }, 3, '3 as of 27 March 2023', '3 al 27 de marzo de 2023'],
  ['rounded down', { kind: 'rounded', down: true }, 61000, 'more than 61,000', 'más de 61,000'],
  ['rounded up', { kind: 'rounded', down: false }, 65000, 'nearly 65,000', 'casi 65,000'],
  ['suppressed', { kind: 'suppressed', below: 10 }, 4, 'fewer than 10', 'menos de 10'],
];

describe('hedges follow from the state of the data', () => {
  it.each(TABLE)('%s', (_name, state, value, english, spanish) => {
    expect(hedged(state, value, 'en')).toBe(english);
    expect(hedged(state, value, 'es')).toBe(spanish);
  });

  it.each<Language>(['en', 'es'])('nobody says "at least none" (%s)', (language) => {
    expect(hedgeFor({ kind: 'own-list', complete: false }, 0, language)).toEqual({ before: '', after: '' });
  });

  it('an estimate never carries "at least"', () => {
    const text = hedged({ kind: 'estimate', lower: null, upper: null, decimals: 0 }, 15, 'en');
    expect(text).toBe('an estimated 15');
  });

  it.each([
    ['more than; government', 'more than'],
    ['over; official', 'more than'],
    ['about; according to available data', 'about'],
    ['almost', 'nearly'],
    ['at least', 'at least'],
    ['exact; police', 'exact'],
    ['credible allegations of', 'exact'],
  ])('reads the remark %j of a published figure as %j', (remark, qualifier) => {
    expect(qualifierOf(remark)).toBe(qualifier);
  });
});
