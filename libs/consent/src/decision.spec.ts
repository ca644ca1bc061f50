/** Runs the examples of `../cases/leaving.yaml`: whoever asks people for consent can read them and add to them. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { decide, purposeOf, PURPOSES, type ConsentGiven } from './index.js';

interface Example {
  readonly name: string;
  readonly purpose: string;
  readonly identity?: boolean;
  readonly override?: boolean;
  readonly confidentiality?: string;
  readonly day?: string;
  readonly consents: readonly { readonly use: string; readonly state?: string; readonly until?: string }[];
  readonly expected: object & { readonly may: boolean };
}

const file = new URL('../cases/leaving.yaml', import.meta.url);
const examples = parse(readFileSync(file, 'utf8')) as Example[];

const said = ({ consents }: Example): ConsentGiven[] =>
  consents.map(({ use, state = 'GIVEN', until }, position) => ({
    use,
    state,
    recordedAt: '2026-01-01T00:00:00Z',
    position,
    expiresOn: until ?? null,
  }));

describe('what leaves', () => {
  it.each(examples)('$name', (example) => {
    const { purpose, identity = false, override = false, confidentiality = 'TEAM', day = '2026-11-26' } = example;
    const decision = decide({
      purpose: purposeOf(purpose)!,
      identity,
      override,
      confidentiality,
      day,
      consents: said(example),
    });
    const whole = example.expected.may ? { overridden: [] } : { missing: [], refused: [] };
    expect(decision).toEqual({ ...whole, ...example.expected });
  });

  it('never goes out with a name that the consent for names does not carry, whatever is set aside', () => {
    const uses = [...new Set(PURPOSES.flatMap(({ needs, namesBy }) => [...needs, ...(namesBy ? [namesBy] : [])]))];
    const consent = fc.record({
      use: fc.constantFrom(...uses),
      state: fc.constantFrom('GIVEN', 'WITHDRAWN', 'REFUSED', 'NOT_ASKED'),
      recordedAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
      position: fc.nat(5),
      expiresOn: fc.constantFrom(null, '2026-11-25', '2026-11-26'),
    });
    fc.assert(
      fc.property(fc.array(consent, { maxLength: 8 }), fc.constantFrom(...PURPOSES), (consents, purpose) => {
        const wish = { purpose, consents, confidentiality: 'TEAM', day: '2026-11-26' };
        const decision = decide({ ...wish, identity: true, override: true });
        if (!decision.may) return;
        expect(decision.overridden).toEqual([]);
        expect(decision.uses).toContain(purpose.namesBy);
        for (const use of decision.uses)
          expect(
            consents.some((one) => one.use === use && one.state === 'GIVEN' && one.expiresOn !== '2026-11-25'),
          ).toBe(true);
      }),
    );
  });
});
