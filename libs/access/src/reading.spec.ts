import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { visibilityOf } from './caller.js';
import type { Caller } from './caller.js';
import { readingLimit, readingVerdict } from './reading.js';
import { ROLES, type Role } from './roles.js';

interface Example {
  readonly name: string;
  readonly budget: number;
  readonly allowance?: number;
  readonly readings: number;
  readonly verdict: string;
}

const file = new URL('../cases/reading-budget.yaml', import.meta.url);
const examples = parse(readFileSync(file, 'utf8')) as Example[];

describe('a reading on a day', () => {
  it.each(examples)('$name', ({ budget, allowance = 0, readings, verdict }) => {
    expect(readingVerdict({ budget, allowance, readings })).toBe(verdict);
  });

  it('is refused from just where the statement that counts it stops counting', () => {
    for (const budget of [1, 7, 300]) {
      const limit = readingLimit(budget)!;
      expect(readingVerdict({ budget, allowance: 0, readings: limit })).not.toBe('refuse');
      expect(readingVerdict({ budget, allowance: 0, readings: limit + 1 })).toBe('refuse');
    }
  });
});

describe('an opened case', () => {
  it('is a door for those who work inside cases and see a part of them, and for nobody else', () => {
    const opened = (role: Role): boolean => visibilityOf({ roles: [role] } as unknown as Caller).opened;
    expect(ROLES.filter(opened)).toEqual(['caseworker', 'lawyer']);
  });
});
