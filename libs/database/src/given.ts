/**
 * The fields that have a value, null included. Prisma refuses `undefined` here (strictUndefinedChecks), because in a
 * `where` it would silently mean "any".
 */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
