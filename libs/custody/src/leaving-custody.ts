/** Which recorded outcomes (taxonomy.md §9, OUTCOME) are a person leaving custody, and which are not. */

/**
 * Outcomes after which the person is still held, or that another event tells. RELEASE_ORDERED_HELD is an order that
 * nobody carried out: the clock of custody keeps running (law.md, design consequence 11). Death is its own event, and
 * missing is not free.
 */
const NOT_LEAVING: ReadonlySet<string> = new Set([
  'STILL_PRETRIAL',
  'RELEASE_ORDERED_HELD',
  'REARRESTED',
  'DIED_CUSTODY',
  'DIED_AFTER_RELEASE',
  'WHEREABOUTS_UNKNOWN',
]);

/** Whether this outcome is a conviction (CONVICTED_PLEA, CONVICTED_TRIAL). */
export function isConviction(outcome: string): boolean {
  return outcome.startsWith('CONVICTED_');
}

/**
 * Whether this outcome is a person leaving custody: RELEASED_*, ACQUITTED, SENTENCE_SERVED, TRANSFERRED_ABROAD, and a
 * release of an unknown or other kind. A code that a country adds ends custody too, because the word "release" means
 * nothing else (design §1).
 */
export function endsCustody(outcome: string): boolean {
  return !NOT_LEAVING.has(outcome) && !isConviction(outcome);
}
