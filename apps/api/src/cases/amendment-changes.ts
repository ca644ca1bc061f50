/** What a merge patch changes: absent leaves, null removes, the same value is no change. */
export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Identity or testimony: shown only to whoever may read those. */
  readonly restricted: boolean;
}

export type Values = Readonly<Record<string, unknown>>;

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The fields of a patch whose value is another one than is known.
 * @param within what the fields stand in, e.g. `person.`
 */
export function changesIn(
  patch: object,
  known: Values,
  within: string,
  isRestricted: (field: string) => boolean,
): Change[] {
  return Object.entries(patch)
    .filter(([field, value]) => value !== undefined && !isSame(value, known[field]))
    .map(([field, value]) => ({
      field: `${within}${field}`,
      before: known[field] ?? null,
      after: value as unknown,
      restricted: isRestricted(field),
    }));
}

/** New values under the bare names of their fields. */
export const valuesOf = (changes: readonly Change[]): Values =>
  Object.fromEntries(changes.map(({ field, after }) => [field.slice(field.lastIndexOf('.') + 1), after]));
