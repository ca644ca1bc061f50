/** When the trail is verified by itself: once a day at one moment, and later that day if nobody could then. */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The last moment at which it was this time of day (`HH:MM`, UTC). */
export function lastTurn(now: Date, timeOfDay: string): Date {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const today = midnight + (hours * 60 + minutes) * MINUTE_MS;
  return new Date(today <= now.getTime() ? today : today - DAY_MS);
}

/**
 * Whether a verification is due: it has been that time of day since the last one.
 * @param since the last verification, or where there was none, since when somebody watches
 */
export function verificationDue(now: Date, timeOfDay: string, since: Date): boolean {
  return since < lastTurn(now, timeOfDay);
}
