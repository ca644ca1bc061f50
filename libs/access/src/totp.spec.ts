import { acceptedTotpStep, base32, totpCode, totpStep } from './totp.js';

/** The secret of RFC 6238, appendix B. */
const SECRET = Buffer.from('12345678901234567890');

describe('codes of an authenticator app', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at second %d are those of RFC 6238', (seconds, code) => {
    expect(totpCode(SECRET, totpStep(new Date(seconds * 1000)), 8)).toBe(code);
  });

  it('have a secret that apps read as RFC 4648 writes it', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });

  describe('are accepted', () => {
    const at = new Date(1234567890_000);
    const step = totpStep(at);

    it.each([-1, 0, 1])('%d steps from the clock', (away) => {
      expect(acceptedTotpStep(SECRET, totpCode(SECRET, step + away), at, 0)).toBe(step + away);
    });

    it.each([-2, 2])('but not %d steps from it', (away) => {
      expect(acceptedTotpStep(SECRET, totpCode(SECRET, step + away), at, 0)).toBeNull();
    });

    it('once: neither the same code nor an earlier one follows', () => {
      expect(acceptedTotpStep(SECRET, totpCode(SECRET, step), at, step)).toBeNull();
      expect(acceptedTotpStep(SECRET, totpCode(SECRET, step - 1), at, step)).toBeNull();
      expect(acceptedTotpStep(SECRET, totpCode(SECRET, step + 1), at, step)).toBe(step + 1);
    });

    it.each(['', '12345', '1234567', '12345a', ' 12345', '１２３４５６'])('only as six digits, not as %j', (code) => {
      expect(acceptedTotpStep(SECRET, code, at, 0)).toBeNull();
    });
  });
});
