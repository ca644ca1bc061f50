import fc from 'fast-check';
import { addDays } from './civil.js';
import { parseLocalDate, type DateSpelling } from './local-spelling.js';

const FORM: readonly DateSpelling[] = ['ISO', 'D/M/Y', 'M/Y', 'MONTH_NAME_ES'];

const edtfOf = (text: string, spellings: readonly DateSpelling[] = FORM, clock?: string): string => {
  const parsed = parseLocalDate(text, spellings, clock);
  return parsed.ok ? parsed.date.edtf : parsed.fault;
};

describe('a date as a form spells it', () => {
  it.each([
    ['2022-04-03', '2022-04-03'],
    ['2022-04', '2022-04'],
    ['2022', '2022'],
    ['2022~', '2022~'],
    ['2021/2022', '2021/2022'],
    ['../2022-04-03', '../2022-04-03'],
    ['25/05/2022', '2022-05-25'],
    ['3.4.2022', '2022-04-03'],
    [' 03-04-2022 ', '2022-04-03'],
    ['05/2022', '2022-05'],
    ['marzo 2022', '2022-03'],
    ['Marzo de 2022', '2022-03'],
    ['3 DE ABRIL DE 2022', '2022-04-03'],
    ['3 de abril del 2022', '2022-04-03'],
    ['sept. 2022', '2022-09'],
    ['setiembre 2022', '2022-09'],
    ['set. 2022', '2022-09'],
    ['31/02/2022', 'date.impossible'],
    ['13/2022', 'date.impossible'],
    ['ma 2022', 'date.malformed'],
    ['brumario 2022', 'date.malformed'],
    ['', 'date.malformed'],
    ['03/04/22', 'date.malformed'],
  ])('%s is %s', (text, edtf) => {
    expect(edtfOf(text)).toBe(edtf);
  });

  it('is read only by a spelling that the mapping declares', () => {
    expect(edtfOf('03/04/2022', ['D/M/Y'])).toBe('2022-04-03');
    expect(edtfOf('03/04/2022', ['M/D/Y'])).toBe('2022-03-04');
    expect(edtfOf('03/04/2022', ['ISO'])).toBe('date.malformed');
    expect(edtfOf('2022', ['Y'])).toBe('2022');
    expect(edtfOf('April 2022', ['MONTH_NAME_EN'])).toBe('2022-04');
    expect(edtfOf('3 Sept 2022', ['MONTH_NAME_EN'])).toBe('2022-09-03');
    expect(edtfOf('April 2022', FORM)).toBe('date.malformed');
  });

  it('takes a time only when it names a single day', () => {
    expect(edtfOf('25/05/2022', FORM, '16:11')).toBe('2022-05-25T16:11');
    expect(edtfOf('2022-05-25', FORM, '6:11')).toBe('2022-05-25T06:11');
    expect(edtfOf('marzo 2022', FORM, '16:11')).toBe('2022-03');
    expect(edtfOf('2022-05-25', FORM, '25:00')).toBe('date.impossible');
    expect(edtfOf('2022-05-25', FORM, 'noon')).toBe('date.malformed');
  });

  it('means the same day however it is spelled', () => {
    const months = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
      ' ',
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), (n) => {
        const day = addDays('2000-01-01', n);
        const [y, m, d] = day.split('-');
        const spelled = [day, `${d}/${m}/${y}`, `${Number(d)} de ${months[Number(m) - 1]} de ${y}`];
        expect(spelled.map((text) => edtfOf(text))).toEqual([day, day, day]);
        expect(edtfOf(`${m}/${d}/${y}`, ['M/D/Y'])).toBe(day);
      }),
    );
  });
});
