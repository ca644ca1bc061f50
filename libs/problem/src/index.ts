/**
 * How something can go wrong, without HTTP.
 *
 * A feature keeps its catalogue in `<feature>.problems.ts`; one filter in `apps/api/src/platform` turns a kind into a
 * status and writes RFC 9457 `application/problem+json`. Facts are typed and chosen one by one, so that a detail
 * never carries a name, a place or free text of a case.
 */

/** What kind of refusal this is. The mapping to HTTP lives in the platform, not here. */
export type ProblemKind =
  | 'invalid' // the request is not well formed
  | 'unauthenticated' // we do not know who is asking
  | 'forbidden' // this role may never do this
  | 'not-found' // there is nothing here for this caller
  | 'conflict' // it clashes with what is recorded
  | 'stale' // the caller changes an older version than the current one
  | 'precondition-missing' // the caller must say which version is meant
  | 'refused' // well formed, understood, and not possible: a rule of the domain says no
  | 'too-large'
  | 'unsupported' // a media type or format we do not speak
  | 'too-many' // slow down
  | 'unavailable' // try again
  | 'storage-full'
  | 'internal';

/** One fault inside a request: where (RFC 6901 JSON Pointer into the body, or a query name), which, and in words. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** A refusal with a stable code. `detail` is a sentence for a person and never echoes what they sent. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly kind: ProblemKind,
    readonly detail: string,
    readonly faults: readonly Fault[] = [],
    /** Seconds after which a repeat makes sense (429 and 503). */
    readonly retryAfterSeconds?: number,
    /** Further members of the answer, e.g. the challenge that a second factor answers. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = 'Problem';
  }

  /** The same refusal with further members in its answer. */
  with(members: Readonly<Record<string, unknown>>): Problem {
    return new Problem(this.code, this.kind, this.detail, this.faults, this.retryAfterSeconds, members);
  }
}

/** A catalogue entry: its code, its kind, and the sentence made from chosen facts. */
export interface ProblemType<F> {
  (facts: F, faults?: readonly Fault[]): Problem;
  readonly code: string;
  readonly kind: ProblemKind;
}

/**
 * Declares one way in which a feature can refuse.
 *
 * @example
 *   const beforeArrest = problem('release.before-arrest', 'refused', () => 'A release cannot precede the arrest.');
 *   throw beforeArrest({});
 */
export function problem<F = Record<string, never>>(
  code: string,
  kind: ProblemKind,
  sentence: (facts: F) => string,
  retryAfterSeconds?: number,
): ProblemType<F> {
  const make = (facts: F, faults: readonly Fault[] = []): Problem =>
    new Problem(code, kind, sentence(facts), faults, retryAfterSeconds);
  return Object.assign(make, { code, kind });
}

/** JSON Pointer (RFC 6901) for a path of keys: `pointerTo('arrest', 'bases', 0)` is `/arrest/bases/0`. */
export function pointerTo(...keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
