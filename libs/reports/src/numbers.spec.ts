import { lastDayOf, monthsBetween, writeDate } from './dates.js';
import { limitDays, shortLimit, spokenLimit } from './limits.js';
import { writeInWords, writeNumber, writePartOf, writePercent, writeRange } from './numbers.js';

describe('numbers', () => {
  it('have a comma for thousands and a point for decimals, in English and in Central American Spanish', () => {
    expect([writeNumber(36277), writeNumber(999), writeNumber(1234567.891, 2), writeNumber(0)]).toEqual([
      '36,277',
      '999',
      '1,234,567.89',
      '0',
    ]);
  });

  it('have the other marks in text edited for the European Union', () => {
    expect(writeNumber(36277.5, 1, 'point')).toBe('36.277,5');
  });

  it('round halves away from zero and never print a negative nought', () => {
    expect([writeNumber(1.005, 2), writeNumber(2.5), writeNumber(-2.5), writeNumber(-0.2)]).toEqual([
      '1.01',
      '3',
      '−3',
      '0',
    ]);
  });

  it('are words to ten in prose, with the gender of what is counted', () => {
    expect([1, 2, 10, 11].map((n) => writeInWords(n, 'en'))).toEqual(['one', 'two', 'ten', '11']);
    expect([1, 2, 10, 11].map((n) => writeInWords(n, 'es'))).toEqual(['una', 'dos', 'diez', '11']);
    expect(writeInWords(1, 'es', 'masculine')).toBe('uno');
  });

  it('make ranges with a dash in English and a hyphen in Spanish', () => {
    expect([writeRange('13', '16', 'en'), writeRange('13', '16', 'es')]).toEqual(['13–16', '13-16']);
  });
});

describe('percentages', () => {
  it('are not printed on a base under 20', () => {
    expect(writePercent(9 / 19, 19, 'en')).toBeNull();
    expect([writePartOf(9, 19, 'en'), writePartOf(9, 19, 'es')]).toEqual(['9 of 19', '9 de 19']);
  });

  it('have no decimals on a base from 20 to 199', () => {
    expect([writePercent(0.5517, 20, 'en'), writePercent(0.5517, 199, 'en')]).toEqual(['55%', '55%']);
  });

  it('have one decimal from 200 on, and in Spanish a space that does not break', () => {
    expect(writePercent(0.57983, 2380, 'en')).toBe('58.0%');
    expect(writePercent(0.57983, 2380, 'es')).toBe('58.0\u00a0%');
    expect(writePercent(0.57983, 2380, 'es', 'point')).toBe('58,0\u00a0%');
  });
});

describe('dates', () => {
  it('are written in full in prose', () => {
    expect(writeDate('2022-03-27', 'en')).toBe('27 March 2022');
    expect(writeDate('2022-03-27', 'es')).toBe('27 de marzo de 2022');
  });

  it('say no more than is known', () => {
    expect([writeDate('2022-11', 'en'), writeDate('2022-11', 'es'), writeDate('2022', 'es')]).toEqual([
      'November 2022',
      'noviembre de 2022',
      '2022',
    ]);
  });

  it('give every month of a period and its last day', () => {
    expect(monthsBetween('2022-11-15', '2023-02-01')).toEqual(['2022-11', '2022-12', '2023-01', '2023-02']);
    expect(['2024-02', '2023-02', '2022-04', '2022-12'].map(lastDayOf)).toEqual([
      '2024-02-29',
      '2023-02-28',
      '2022-04-30',
      '2022-12-31',
    ]);
  });
});

describe('limits', () => {
  it('are said in hours up to three days', () => {
    expect(['PT48H', 'P3D', 'P15D'].map(limitDays)).toEqual([2, 3, 15]);
    expect(['PT48H', 'P3D', 'P15D'].map((limit) => shortLimit(limit, 'en'))).toEqual(['48 h', '72 h', '15 days']);
    expect(['PT48H', 'P3D', 'P15D'].map((limit) => spokenLimit(limit, 'es'))).toEqual([
      'las 48 horas',
      'las 72 horas',
      'los 15 días',
    ]);
  });
});
