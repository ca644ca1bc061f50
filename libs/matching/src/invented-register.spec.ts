import { inventRegister } from '../cases/invented-people.js';
import { link } from '../cases/linked-pairs.js';

/**
 * Registers of other names and other errors than the sample: typing slips, missing and swapped surnames, nicknames,
 * wrong numbers, births with day and month swapped, arrests a day or three off, brothers taken in one night. Only the
 * first seed was looked at while the weights were written.
 */
describe('an invented register', () => {
  const usual = { persons: 5000, duplicates: 0.08, relatives: 0.1, days: 500 };

  it.each([
    ['with families taken together', 1, usual],
    ['with other people', 2024, usual],
    ['with families taken together in every third arrest', 77, { ...usual, relatives: 0.33 }],
    ['of one wave of arrests', 4, { ...usual, days: 90 }],
    ['with few duplicates', 5, { ...usual, duplicates: 0.02 }],
  ])('%s (seed %i): finds 95 of 100 duplicates, and nine of ten that it shows are true', (_, seed, proportions) => {
    const { files, duplicates } = inventRegister(seed, proportions);
    const { recall, precision } = link(files, duplicates);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(precision).toBeGreaterThanOrEqual(0.9);
  });
});
