import { documentNumber, writtenNumber } from './document-agreement.js';

describe('A document number', () => {
  test.each([
    ['03803817-2', '038038172'],
    ['0380.3817 2', '038038172'],
    [' ab-123.456/c ', 'AB123456C'],
    ['ＡＢ１２３４５６', 'AB123456'],
  ])('written %s is one number', (text, number) => {
    expect(writtenNumber(text)).toBe(number);
    expect(documentNumber(text)).toBe(number);
  });

  test.each(['12-34', '00000000-0', '12345678-9', 'PASAPORTE'])(
    'such as %s can be asked for, and tells of nobody who they are',
    (text) => {
      expect(writtenNumber(text)).not.toBeNull();
      expect(documentNumber(text)).toBeNull();
    },
  );

  test.each(['', ' - ', '7'.repeat(31), ' '.repeat(70)])('is not what is written %j', (text) => {
    expect(writtenNumber(text)).toBeNull();
    expect(documentNumber(text)).toBeNull();
  });
});
