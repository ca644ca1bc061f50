/** What may come out as the name of a download, whatever went in. */
import fc from 'fast-check';
import { attachment, safeFileName } from './file-name.js';

describe('the name of a download', () => {
  it.each([
    ['report-2022.html', 'report-2022.html'],
    ['Informe de señales Ñ.md', 'Informe-de-senales-N.md'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/absolute', 'absolute'],
    ['.htaccess', 'htaccess'],
    ['con.csv', 'file-con.csv'],
    ['LPT1', 'file-LPT1'],
    ['a\r\nset-cookie: b=c', 'a-set-cookie-b-c'],
    ['x".csv; filename=y', 'x-.csv-filename-y'],
    ['cod\u202Egpj.exe', 'cod-gpj.exe'],
    ['nul\u0000byte.txt', 'nul-byte.txt'],
    ['a....csv', 'a.csv'],
    ['…', 'file'],
    ['', 'file'],
    ['报告', 'file'],
  ])('%j becomes %j', (wanted, expected) => expect(safeFileName(wanted)).toBe(expected));

  it('is short and keeps its ending', () => {
    const name = safeFileName(`${'long '.repeat(100)}.csv`);
    expect(name).toHaveLength(100);
    expect(name).toMatch(/\.csv$/);
  });

  it('is safe in a header, in a folder and in a shell, whatever was wanted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (wanted) => {
        expect(attachment(wanted)).toMatch(/^attachment; filename="(?![.-])(?!.*\.\.)[A-Za-z0-9._-]{1,100}"$/);
      }),
    );
  });
});
