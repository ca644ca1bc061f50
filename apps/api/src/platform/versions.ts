/** Lost updates: strong ETags made from row versions, and the If-Match that changes must carry (RFC 9110 §13, RFC 6585). */
import { problem } from '#lib/problem';

export const versionProblems = {
  missing: problem(
    'version.missing',
    'precondition-missing',
    () => 'Say which version you are changing: send its ETag as If-Match.',
  ),
  malformed: problem('version.malformed', 'invalid', () => 'If-Match must be one strong ETag as this service gave it.'),
  stale: problem<{ current: number }>(
    'version.stale',
    'stale',
    ({ current }) =>
      `Somebody changed this meanwhile; the current version is "${current}". Read it again before changing it.`,
  ),
};

export const etagOf = (version: number): string => `"${version}"`;

/** The version named by If-Match. `*` is refused: it would mean "whatever is there", which loses updates. */
export function requiredVersion(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '') throw versionProblems.missing({});
  const found = /^"(\d{1,9})"$/.exec(ifMatch.trim());
  if (!found) throw versionProblems.malformed({});
  return Number(found[1]);
}

/** Refuses a change of an older version. */
export function checkVersion(expected: number, current: number): void {
  if (expected !== current) throw versionProblems.stale({ current });
}
