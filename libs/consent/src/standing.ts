/** What holds on a day of everything that was ever said about one use: the last word, as long as it lasts. */

/** One answer to one use, as it was recorded. */
export interface ConsentGiven {
  readonly use: string;
  /** GIVEN, WITHDRAWN, REFUSED, or a kind of unknown. */
  readonly state: string;
  /** Moment of recording, ISO 8601; the later one holds, and at one moment the one with the higher position. */
  readonly recordedAt: string;
  readonly position?: number;
  /** Last day on which it holds. */
  readonly expiresOn?: string | null;
}

/**
 * How a use stands: `given`, `refused` (a person said no, at once or later), `lapsed` (it was given and ran out), or
 * `open` (nobody knows or asked).
 */
export type Standing = 'given' | 'refused' | 'lapsed' | 'open';

const NO = new Set(['WITHDRAWN', 'REFUSED']);

function isLater(one: ConsentGiven, other: ConsentGiven): boolean {
  if (one.recordedAt !== other.recordedAt) return one.recordedAt > other.recordedAt;
  return (one.position ?? 0) > (other.position ?? 0);
}

/** How each use that was ever spoken of stands on a day (`2026-11-26`). */
export function standingConsents(consents: readonly ConsentGiven[], day: string): ReadonlyMap<string, Standing> {
  const last = new Map<string, ConsentGiven>();
  for (const consent of consents) {
    const known = last.get(consent.use);
    if (!known || isLater(consent, known)) last.set(consent.use, consent);
  }
  return new Map([...last].map(([use, consent]) => [use, standingOf(consent, day)]));
}

function standingOf({ state, expiresOn }: ConsentGiven, day: string): Standing {
  if (NO.has(state)) return 'refused';
  if (state !== 'GIVEN') return 'open';
  return expiresOn && expiresOn < day ? 'lapsed' : 'given';
}
