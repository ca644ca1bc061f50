/** A case as the database hands it over for one reading, its sealed fields as they are stored. */
import type { Reachable } from '#lib/access';
import type { CaseKeyRow } from '../keys/case-keys.repository.js';

/** What the status of a case is told from: days of the latest fact as text, open sides as infinity. */
export interface StatusFacts {
  readonly arrestedOn: string | null;
  readonly arrestedBy: string;
  readonly judgeFrom: string;
  readonly judgeTo: string;
  readonly releaseFrom: string;
  readonly releaseTo: string;
  readonly deathFrom: string;
  readonly deathTo: string;
  readonly knownOn: string;
  readonly stage: number;
}

/** A case as Postgres built it, its sealed fields as they are stored. */
export interface SealedBody extends Omit<Reachable, 'organisationId' | 'opened'> {
  readonly id: string;
  readonly person: Record<string, unknown> & { identity?: Record<string, unknown> | null };
  readonly arrest: (Record<string, unknown> & { readonly id: string }) | null;
  readonly source: (Record<string, unknown> & { readonly id: string }) | null;
  narrative?: { readonly id: string; readonly text: string } | string | null;
  unreadable?: string[];
}

/** One case as a caller may see it. Postgres has built the JSON, without what the caller may not read. */
export interface CaseSheet extends StatusFacts {
  readonly organisationId: string;
  readonly erased: boolean;
  readonly personId: string | null;
  /** The wrapped keys of what is sealed in the body. */
  readonly keys: readonly CaseKeyRow[] | null;
  readonly version: number;
  readonly country: string;
  readonly recordedBy: string;
  /** How often the caller has read identity today, this time included; null where it is not counted. */
  readonly readings: number | null;
  /** Whether something on record may say that nobody is told where the person is. */
  readonly mayBeLost: boolean;
  /** Whether the caller has opened the case by breaking the glass. */
  readonly opened: boolean;
  readonly body: SealedBody;
}
