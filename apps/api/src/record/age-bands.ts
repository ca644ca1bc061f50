/** Age bands of people at their arrest. */
import type { CountedArrest } from '#lib/custody';
import { dayOfMinute, yearsBetween, type EventDate } from '#lib/time';

/** AGE_BAND of an age in years; the cut points are those of the law (taxonomy.md §8). */
export function ageBandOf(age: number): string {
  if (age <= 11) return 'AGE_0_11';
  if (age <= 15) return 'AGE_12_15';
  if (age <= 17) return 'AGE_16_17';
  if (age <= 29) return 'AGE_18_29';
  if (age <= 44) return 'AGE_30_44';
  return age <= 59 ? 'AGE_45_59' : 'AGE_60_PLUS';
}

/**
 * The age band at the arrest. A date of birth is compared with the date of arrest; where their uncertainty leaves two
 * ages open, or there is no date of birth, the stated age decides; where bounds fall into two bands and nothing is
 * stated, it is unknown.
 */
export function ageBandAt(
  arrest: Pick<CountedArrest, 'earliest' | 'latest'>,
  born: EventDate | null,
  stated: number | null,
): string {
  if (born?.earliest && born.latest && arrest.earliest && arrest.latest) {
    const youngest = yearsBetween(dayOfMinute(born.latest), dayOfMinute(arrest.earliest));
    const oldest = yearsBetween(dayOfMinute(born.earliest), dayOfMinute(arrest.latest));
    if (stated !== null && stated >= youngest && stated <= oldest) return ageBandOf(stated);
    if (youngest >= 0 && ageBandOf(youngest) === ageBandOf(oldest)) return ageBandOf(oldest);
  }
  return stated === null ? 'UNKNOWN' : ageBandOf(stated);
}
