/** What is said about an error nobody foresaw, and what is not. */
import { errorFacts } from './error-facts.js';

class Unforeseen extends Error {}

const said = (error: unknown): string => JSON.stringify(errorFacts(error));

describe('an error that nobody foresaw', () => {
  it('is told by its class and by where it arose', () => {
    const facts = errorFacts(new Unforeseen('Ana Ejemplo'));
    expect(facts.kind).toBe('Unforeseen');
    expect(facts.frames[0]).toMatch(/^at .*error-facts\.spec/);
    expect(facts.frames.length).toBeLessThanOrEqual(8);
  });

  it('is told by its code where that is a word of a program', () => {
    expect(errorFacts(Object.assign(new Error('x'), { code: 'ECONNRESET' })).code).toBe('ECONNRESET');
    expect(said(Object.assign(new Error('x'), { code: 'Ana Ejemplo' }))).not.toContain('Ana');
  });

  it.each([
    ['one line', 'Ana Ejemplo'],
    ['lines that look like frames', 'told:\n    at Ana Ejemplo (house:1:1)\n    at Soyapango'],
    ['nothing but a frame', '    at Ana Ejemplo'],
  ])('is never told in its message: %s', (_what, message) => {
    expect(said(new Unforeseen(message))).not.toMatch(/Ana|Soyapango/);
  });

  it('says nothing of a message that was changed afterwards, nor of what caused it', () => {
    const changed = new Unforeseen('Ana Ejemplo\n    at Ana Ejemplo');
    changed.message = 'something else';
    expect(said(changed)).not.toContain('Ana');
    expect(said(new Error('outer', { cause: new Error('Ana Ejemplo') }))).not.toContain('Ana');
  });

  it.each([['Ana Ejemplo'], [{ name: 'Ana Ejemplo' }], [null], [undefined], [7]])(
    'need not be an error: %j',
    (thrown) => {
      expect(said(thrown)).not.toContain('Ana');
    },
  );
});
