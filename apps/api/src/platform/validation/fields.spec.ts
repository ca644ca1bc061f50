/**
 * What the document says of a field and what the service accepts are the same: whoever makes requests from the document
 * makes none that is refused for its form, and the document forbids nothing that would be taken.
 */
import 'reflect-metadata';
import fc from 'fast-check';
import { validateSync } from 'class-validator';
import { passTextGate } from '../text-gate.js';
import { FreeText, Id, NameText, PhoneText } from './fields.js';

class Fields {
  @FreeText({ max: 12 })
  told!: string;

  @FreeText({ max: 12, blank: true })
  emptied!: string;

  @NameText({ max: 12 })
  line!: string;

  @PhoneText({ max: 12 })
  phone!: string;

  @Id()
  id!: string;
}
const NAMES = ['told', 'emptied', 'line', 'phone', 'id'] as const;
type Name = (typeof NAMES)[number];

const GOOD: Readonly<Record<Name, string>> = {
  told: 'a',
  emptied: '',
  line: 'a',
  phone: '1',
  id: 'b0000000-0000-4000-8000-000000000001',
};

interface Said {
  readonly pattern: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

function documented(name: Name, value: string): boolean {
  const said = Reflect.getMetadata('swagger/apiModelProperties', Fields.prototype, name) as Said;
  const length = [...value].length;
  return (
    new RegExp(said.pattern, 'u').test(value) &&
    length >= (said.minLength ?? 0) &&
    length <= (said.maxLength ?? Infinity)
  );
}

function accepted(name: Name, value: string): boolean {
  const body = Object.assign(new Fields(), GOOD, { [name]: value });
  try {
    passTextGate({ [name]: value }, 'body');
  } catch {
    return false;
  }
  return validateSync(body).length === 0;
}

/** Letters that the checks are about, and some that they are not. */
const LETTERS = [
  ...' \t\r\n\u0000\u0001\u000B\u001F\u007F\u0085\u009F\u00A0\u2028\u2029\u3000\uFEFF\uFDD0\uFFFE',
  ...'\u202A\u202E\u2066\u2069\u200F=+-@\uFF1D\uFF0B\uFF0D\uFF20',
  ..."aZñ7().'李م😀",
];
const text = fc.array(fc.constantFrom(...LETTERS), { maxLength: 14 }).map((letters) => letters.join(''));
const almostId = fc.tuple(fc.uuid(), fc.constantFrom('4', '1', '7'), fc.boolean()).map(([id, version, upper]) => {
  const made = `${id.slice(0, 14)}${version}${id.slice(15)}`;
  return upper ? made.toUpperCase() : made;
});

describe.each(NAMES)('the field `%s`', (name) => {
  it('is accepted exactly where the document allows it', () => {
    const values = name === 'id' ? fc.oneof(almostId, text) : text;
    fc.assert(
      fc.property(values, (value) => accepted(name, value) === documented(name, value)),
      { numRuns: 3_000 },
    );
    expect(accepted(name, GOOD[name])).toBe(true);
  });
});

it('would not agree if the document said less: a name may not begin like a formula', () => {
  expect([accepted('line', '=1'), documented('line', '=1'), accepted('line', '\uFF1D1')]).toEqual([
    false,
    false,
    false,
  ]);
  expect([accepted('phone', '+503 1'), documented('phone', '+503 1')]).toEqual([true, true]);
});
