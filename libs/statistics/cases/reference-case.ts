/** Reads a reference case and compares with its tolerance. Used by specs only: the library itself does no I/O. */
import { readFileSync } from 'node:fs';

export interface Tolerance {
  readonly abs?: number;
  readonly rel?: number;
}

/** The case of that name in this folder. */
export function referenceCase<T>(name: string): T & { readonly tolerance: Tolerance } {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));
}

/** A result passes when |x - e| <= abs + rel |e|; null (not defined, not reached) only matches null. */
export function agrees(x: number | null, e: number | null | undefined, { abs = 0, rel = 0 }: Tolerance): boolean {
  if (e === undefined) return false;
  if (x === null || e === null) return x === e;
  return Math.abs(x - e) <= abs + rel * Math.abs(e);
}

/** Every pair that disagrees, as text, so that a failing test names them: `expect(disagreements(…)).toEqual([])`. */
export function disagreements(
  pairs: readonly (readonly [label: string, actual: number | null, expected: number | null | undefined])[],
  tolerance: Tolerance,
): readonly string[] {
  return pairs
    .filter(([, actual, expected]) => !agrees(actual, expected, tolerance))
    .map(([label, actual, expected]) => `${label}: got ${actual}, expected ${expected}`);
}
