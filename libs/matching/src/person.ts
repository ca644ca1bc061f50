import type { EventDate } from '#lib/time';

/**
 * What one case file says of one person, as far as it helps to recognise the same person in another file. `null` is
 * "not known" and never counts for or against anybody.
 */
export interface MatchPerson {
  readonly givenNames: string | null;
  readonly familyNames: string | null;
  readonly documentNumber: string | null;
  /** `F`, `M` or `INTERSEX`; anything else (`UNKNOWN`, an empty text) is "not known". */
  readonly sex: string;
  readonly born: EventDate | null;
  readonly ageAtArrest: number | null;
  readonly arrestedAt: EventDate | null;
  /** Department (first level) and district (third level) of the arrest, as codes. */
  readonly area1: string | null;
  readonly area3: string | null;
  /** Place of custody, as a code. */
  readonly place: string | null;
}
